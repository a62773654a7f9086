/// Bytes that nobody else may have: on the heap, never copied unasked, wiped when they go.
@safe
public struct SecretBytes: ~Copyable, @unchecked Sendable {
  private let storage: UnsafeMutableRawBufferPointer

  /// So many zeros, to be written into.
  public init(count: Int) {
    unsafe storage = Self.allocate(count)
    _ = unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// A copy of `bytes`.
  public init(copying bytes: RawSpan) {
    unsafe storage = Self.allocate(bytes.byteCount)
    unsafe bytes.withUnsafeBytes { unsafe storage.copyMemory(from: $0) }
  }

  /// Aligned for words: for more than that the system's allocator takes longer.
  private static func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
    .allocate(byteCount: count, alignment: MemoryLayout<UInt>.alignment)
  }

  deinit {
    unsafe Wiping.wipe(storage)
    unsafe storage.deallocate()
  }

  /// How many bytes there are.
  public var count: Int { unsafe storage.count }

  /// The bytes, to be read.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      let span = unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(storage))
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes, to be written.
  public var mutableBytes: MutableRawSpan {
    @_lifetime(&self)
    mutating get {
      let span = unsafe MutableRawSpan(_unsafeBytes: storage)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// A second copy, which is wiped by itself.
  public borrowing func copy() -> SecretBytes {
    SecretBytes(copying: bytes)
  }
}
