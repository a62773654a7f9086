/// The output of a hash function, kept inline.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
  private var storage = InlineArray<64, UInt8>(repeating: 0)

  /// The length, in bytes.
  public let count: Int

  /// A digest of `count` bytes, 64 at most, that `body` writes.
  init(count: Int, _ body: (inout MutableRawSpan) -> Void) {
    self.count = min(count, 64)
    var span = storage.mutableRawSpan
    var part = span._mutatingExtracting(0..<self.count)
    body(&part)
  }

  /// The bytes.
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get { storage.rawSpan.extracting(0..<count) }
  }

  /// A copy of the bytes.
  public var array: [UInt8] { [UInt8](rawSpan) }

  /// Whether both are the same. Not constant time: a code that authenticates is compared with
  /// ``ConstantTime/areEqual(_:_:)``.
  public static func == (a: Digest, b: Digest) -> Bool {
    a.rawSpan.elementsEqual(b.rawSpan)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(array)
  }

  /// The bytes in hexadecimal.
  public var description: String {
    array.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
