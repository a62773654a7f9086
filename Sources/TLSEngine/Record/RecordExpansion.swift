/// How long the body of a record is for a plaintext of any length (RFC 5246 section 6.2.3).
///
/// One formula for every cipher: no branch, and no look at the keys, where records are measured.
struct RecordExpansion: Sendable, Equatable {
  /// What is added outside of what is filled up to whole blocks.
  let outside: Int

  /// What is filled up to whole blocks together with the plaintext.
  let inside: Int

  /// The length of a block; 1 where nothing is filled up. A power of two.
  let blockByteCount: Int

  /// Nothing is added.
  static let none = RecordExpansion(outside: 0, inside: 0, blockByteCount: 1)

  /// The length of the body, in bytes.
  func bodyByteCount(of plaintextByteCount: Int) -> Int {
    let mask = blockByteCount - 1
    return outside + ((plaintextByteCount + inside + mask) & ~mask)
  }

  /// The length of the longest body that holds so much plaintext: a peer may add more padding than
  /// it needs, 255 bytes and the byte that counts them in all (RFC 5246 section 6.2.3.2).
  func longestBodyByteCount(of plaintextByteCount: Int) -> Int {
    bodyByteCount(of: plaintextByteCount) + (blockByteCount > 1 ? 256 - blockByteCount : 0)
  }
}
