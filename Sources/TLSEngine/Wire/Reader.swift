import TLSCrypto

/// Reads the presentation language of RFC 5246 section 4 from bytes that it does not own.
///
/// Every read names the field it is for, so that a malformed message is refused with the name of
/// what was wrong in it. A read never leaves the span and never traps.
struct Reader: ~Escapable {
  private var rest: RawSpan

  /// A reader over all of `bytes`.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) {
    rest = bytes
  }

  /// How many bytes are still unread.
  var remaining: Int { rest.byteCount }

  /// Whether everything was read.
  var isEmpty: Bool { rest.isEmpty }

  /// Reads one byte.
  mutating func readUInt8(_ field: StaticString) throws(TLSError) -> UInt8 {
    let bytes = try readBytes(1, field)
    return bytes[byte: 0]
  }

  /// Reads two bytes, big-endian.
  mutating func readUInt16(_ field: StaticString) throws(TLSError) -> UInt16 {
    let bytes = try readBytes(2, field)
    return UInt16(bytes[byte: 0]) << 8 | UInt16(bytes[byte: 1])
  }

  /// Reads three bytes, big-endian.
  mutating func readUInt24(_ field: StaticString) throws(TLSError) -> Int {
    let bytes = try readBytes(3, field)
    return Int(bytes[byte: 0]) << 16 | Int(bytes[byte: 1]) << 8 | Int(bytes[byte: 2])
  }

  /// Reads `count` bytes.
  @_lifetime(copy self)
  mutating func readBytes(_ count: Int, _ field: StaticString) throws(TLSError) -> RawSpan {
    guard rest.byteCount >= count else {
      throw .malformed(
        field, "needs \(count) bytes where only \(rest.byteCount) are left")
    }
    let bytes = rest.extracting(first: count)
    rest = rest.extracting(droppingFirst: count)
    return bytes
  }

  /// Reads all that is left as numbers of two bytes, big-endian.
  mutating func readUInt16s(_ field: StaticString) throws(TLSError) -> [UInt16] {
    var values: [UInt16] = []
    values.reserveCapacity(rest.byteCount / 2)
    while !rest.isEmpty { values.append(try readUInt16(field)) }
    return values
  }

  /// Reads a copy of all that is left.
  mutating func readRemainder() -> [UInt8] {
    let bytes = [UInt8](rest)
    rest = rest.extracting(droppingFirst: rest.byteCount)
    return bytes
  }

  /// Reads a vector with a length of one byte (`<…..2^8-1>`), whose length must lie in `range`.
  @_lifetime(copy self)
  mutating func readVector8(
    _ field: StaticString, in range: ClosedRange<Int> = 0...255
  ) throws(TLSError) -> Reader {
    let count = Int(try readUInt8(field))
    return try readVector(count, field, in: range)
  }

  /// Reads a vector with a length of two bytes (`<…..2^16-1>`), whose length must lie in `range`.
  @_lifetime(copy self)
  mutating func readVector16(
    _ field: StaticString, in range: ClosedRange<Int> = 0...65_535
  ) throws(TLSError) -> Reader {
    let count = Int(try readUInt16(field))
    return try readVector(count, field, in: range)
  }

  /// Reads a vector with a length of three bytes (`<…..2^24-1>`), whose length must lie in `range`.
  @_lifetime(copy self)
  mutating func readVector24(
    _ field: StaticString, in range: ClosedRange<Int> = 0...16_777_215
  ) throws(TLSError) -> Reader {
    let count = try readUInt24(field)
    return try readVector(count, field, in: range)
  }

  @_lifetime(copy self)
  private mutating func readVector(
    _ count: Int, _ field: StaticString, in range: ClosedRange<Int>
  ) throws(TLSError) -> Reader {
    guard range.contains(count) else {
      throw .malformed(
        field,
        "is \(count) bytes long, and must be \(range.lowerBound) to \(range.upperBound)")
    }
    return Reader(try readBytes(count, field))
  }

  /// Refuses bytes that stand behind the end of `structure`.
  func expectEnd(of structure: StaticString) throws(TLSError) {
    guard rest.isEmpty else {
      throw .malformed(structure, "is followed by \(rest.byteCount) bytes that belong to nothing")
    }
  }
}
