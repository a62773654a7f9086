/// A hash under way.
public struct Hash: ~Copyable, Sendable {
  private let handle: MessageDigestHandle
  private let function: HashFunction

  /// Begins with nothing hashed.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public init(_ function: HashFunction) throws(CryptoError) {
    self.init(try .open(function, isKeyed: false), function)
  }

  private init(_ handle: consuming MessageDigestHandle, _ function: HashFunction) {
    self.handle = handle
    self.function = function
  }

  /// Hashes more bytes.
  public mutating func update(_ bytes: RawSpan) {
    handle.update(bytes)
  }

  /// A second hash of the same bytes so far.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for it.
  public borrowing func copy() throws(CryptoError) -> Hash {
    Hash(try handle.copy(), function)
  }

  /// The digest of the bytes so far; hashing may go on.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for it.
  public borrowing func snapshot() throws(CryptoError) -> Digest {
    try copy().finalize()
  }

  /// The digest.
  public consuming func finalize() -> Digest {
    Digest(count: function.digestByteCount) { handle.read(into: &$0) }
  }

  /// The digest of `bytes`.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public static func digest(
    of bytes: RawSpan, using function: HashFunction
  ) throws(CryptoError) -> Digest {
    try MessageDigestHandle.digest(of: bytes, using: function)
  }
}
