// Views of bytes that code without `unsafe` may use.
//
// Swift 6.3 marks `Span.bytes` and `MutableSpan.mutableBytes` unsafe for every element type,
// although for `UInt8` there is no padding to leak and no invariant to break. The few
// conversions that the engine needs are made here, once, so that nothing above this module
// says `unsafe` to look at a byte.

extension RawSpan {
  /// The byte at `offset`, which must lie inside the span.
  @inlinable
  package subscript(byte offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The number in the two bytes at `offset`, which must lie inside the span, the highest first.
  @inlinable
  package func uint16(at offset: Int) -> UInt16 {
    unsafe UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The number in the eight bytes at `offset`, which must lie inside the span, the highest first.
  @inlinable
  package func uint64(at offset: Int) -> UInt64 {
    unsafe UInt64(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether both spans hold the same bytes. Not constant time: for public values only.
  package func elementsEqual(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    for offset in byteOffsets where self[byte: offset] != other[byte: offset] {
      return false
    }
    return true
  }
}

extension MutableRawSpan {
  /// The byte at `offset`, which must lie inside the span.
  @inlinable
  package subscript(byte offset: Int) -> UInt8 {
    get { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
    set { storeBytes(of: newValue, toByteOffset: offset, as: UInt8.self) }
  }

  /// Copies `source` to `offset`; it must fit.
  package mutating func copy(_ source: RawSpan, at offset: Int = 0) {
    guard !source.isEmpty else { return }
    var target = _mutatingExtracting(offset..<(offset + source.byteCount))
    unsafe target.withUnsafeMutableBytes { target in
      unsafe source.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    }
  }
}

extension Span where Element == UInt8 {
  /// The same bytes, untyped.
  public var rawSpan: RawSpan {
    @_lifetime(copy self)
    get { unsafe bytes }
  }
}

extension MutableSpan where Element == UInt8 {
  /// The same bytes, untyped.
  public var mutableRawSpan: MutableRawSpan {
    @_lifetime(&self)
    mutating get { MutableRawSpan(_elements: &self) }
  }
}

extension Array where Element == UInt8 {
  /// The array's bytes, untyped, without a copy.
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(span.bytes, borrowing: self) }
  }

  /// The array's bytes, untyped and writable in place.
  public var mutableRawSpan: MutableRawSpan {
    @_lifetime(&self)
    mutating get {
      var span = mutableSpan
      let buffer = unsafe span.withUnsafeMutableBytes { unsafe $0 }
      return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: buffer), mutating: &self)
    }
  }

  /// A copy of `bytes`.
  public init(_ bytes: RawSpan) {
    self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Appends a copy of `bytes`.
  package mutating func append(contentsOf bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}

extension InlineArray where Element == UInt8 {
  /// The array's bytes, untyped, without a copy.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(span.bytes, borrowing: self) }
  }

  /// The array's bytes, untyped and writable in place.
  @inlinable
  public var mutableRawSpan: MutableRawSpan {
    @_lifetime(&self)
    @inline(__always)
    mutating get {
      var span = mutableSpan
      let buffer = unsafe span.withUnsafeMutableBytes { unsafe $0 }
      return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: buffer), mutating: &self)
    }
  }
}
