/// A keyed hash (RFC 2104), which can be used for many messages.
public struct HMAC: ~Copyable, Sendable {
  private let handle: MessageDigestHandle

  /// Takes the key.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public init(_ function: HashFunction, key: RawSpan) throws(CryptoError) {
    self.init(try Self.keyed(function, key))
  }

  /// Takes the key for the codes of records.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public init(_ algorithm: MACAlgorithm, key: RawSpan) throws(CryptoError) {
    self.init(try Self.keyed(algorithm, key))
  }

  private init(_ handle: consuming MessageDigestHandle) {
    self.handle = handle
  }

  private static func keyed(
    _ function: some MessageDigestAlgorithm, _ key: RawSpan
  ) throws(CryptoError) -> MessageDigestHandle {
    let handle = try MessageDigestHandle.open(function, isKeyed: true)
    try handle.setKey(key)
    return handle
  }

  /// Adds more bytes of the message.
  public mutating func update(_ bytes: RawSpan) {
    handle.update(bytes)
  }

  /// Writes as much of the code as there is room for, and begins the next message under the same
  /// key.
  public mutating func finalize(into code: inout MutableRawSpan) {
    handle.read(into: &code)
    handle.reset()
  }

  /// The code of one message.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public static func authenticationCode(
    for message: RawSpan, key: RawSpan, using function: HashFunction
  ) throws(CryptoError) -> Digest {
    let handle = try keyed(function, key)
    handle.update(message)
    return Digest(count: function.digestByteCount) { handle.read(into: &$0) }
  }
}
