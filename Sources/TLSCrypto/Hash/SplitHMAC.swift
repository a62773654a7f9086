/// HMAC taken apart into its two hashes (RFC 2104 section 2), for a message whose length is a secret:
/// the inner hash can be looked at after every byte, and the outer one follows once.
///
/// A whole ``HMAC`` for each possible length would give the same code for three times the work.
package struct SplitHMAC: ~Copyable, Sendable {
  private let inner: MessageDigestHandle
  private let outer: MessageDigestHandle

  /// Takes a key, which is at most as long as a block of the hash function.
  ///
  /// - Throws: ``CryptoError`` if the key is longer, or libgcrypt cannot be used.
  package init(_ algorithm: MACAlgorithm, key: RawSpan) throws(CryptoError) {
    let inner = try Self.started(algorithm, key, pad: 0x36)
    let outer = try Self.started(algorithm, key, pad: 0x5c)
    self.inner = inner
    self.outer = outer
  }

  /// The hash of a block: the key, filled up with zeros, xor `pad`.
  private static func started(
    _ algorithm: MACAlgorithm, _ key: RawSpan, pad: UInt8
  ) throws(CryptoError) -> MessageDigestHandle {
    guard key.byteCount <= algorithm.blockByteCount else {
      throw .invalidInput(
        "a key of \(key.byteCount) bytes is longer than a block of \(algorithm.blockByteCount)")
    }
    var block = SecretBytes(count: algorithm.blockByteCount)
    var bytes = block.mutableBytes
    bytes.copy(key)
    for offset in bytes.byteOffsets { bytes[byte: offset] ^= pad }
    let handle = try MessageDigestHandle.open(algorithm, isKeyed: false)
    handle.update(block.bytes)
    return handle
  }

  /// Begins the inner hash of a message.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for it.
  package func begin() throws(CryptoError) -> InnerHash {
    InnerHash(try inner.copy())
  }

  /// Writes the code of the message whose inner hash has this digest.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for it.
  package func finish(
    _ innerDigest: RawSpan, into code: inout MutableRawSpan
  ) throws(CryptoError) {
    let outer = try outer.copy()
    outer.update(innerDigest)
    outer.read(into: &code)
  }
}

/// A hash whose digest can be read at any time, while hashing goes on.
package protocol ReadableHash: ~Copyable {
  /// Hashes more bytes.
  mutating func update(_ bytes: RawSpan)

  /// Writes the digest of the bytes so far.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for a copy of the hash.
  borrowing func read(into digest: inout MutableRawSpan) throws(CryptoError)
}

/// The inner hash of an HMAC, under way.
package struct InnerHash: ~Copyable, Sendable, ReadableHash {
  private let handle: MessageDigestHandle

  fileprivate init(_ handle: consuming MessageDigestHandle) {
    self.handle = handle
  }

  /// Hashes more bytes.
  package mutating func update(_ bytes: RawSpan) {
    handle.update(bytes)
  }

  /// Writes the digest of the bytes so far, which a copy of the hash computes.
  ///
  /// - Throws: ``CryptoError`` if there is no memory for that.
  package borrowing func read(into digest: inout MutableRawSpan) throws(CryptoError) {
    let copy = try handle.copy()
    copy.read(into: &digest)
  }
}
