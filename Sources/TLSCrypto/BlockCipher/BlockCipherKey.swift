internal import CGcrypt

/// One key of a block cipher in CBC mode, ready to encrypt and decrypt whole blocks. Its libgcrypt
/// handle is wiped in the end.
///
/// It authenticates nothing and knows nothing of padding: both are the caller's.
@safe
public struct BlockCipherKey: ~Copyable, @unchecked Sendable {
  /// An initialisation vector: ``BlockCipherAlgorithm/blockByteCount`` bytes.
  public typealias InitializationVector = InlineArray<16, UInt8>

  private let handle: gcry_cipher_hd_t

  /// Takes a key of ``BlockCipherAlgorithm/keyByteCount`` bytes.
  ///
  /// - Throws: ``CryptoError`` if the key has another length, or libgcrypt cannot be used.
  public init(_ algorithm: BlockCipherAlgorithm, key: RawSpan) throws(CryptoError) {
    self = try Self.make(algorithm, key: key)
  }

  private init(adopting handle: gcry_cipher_hd_t) {
    unsafe self.handle = handle
  }

  deinit {
    unsafe gcry_cipher_close(handle)
  }

  private static func make(
    _ algorithm: BlockCipherAlgorithm, key: RawSpan
  ) throws(CryptoError) -> BlockCipherKey {
    guard key.byteCount == algorithm.keyByteCount else {
      throw .invalidInput(
        "a key of \(algorithm) has \(algorithm.keyByteCount) bytes, not \(key.byteCount)")
    }
    try Library.initialize()
    let mode = Int32(bitPattern: GCRY_CIPHER_MODE_CBC.rawValue)
    var handle: gcry_cipher_hd_t?
    try unsafe CryptoError.check(
      gcry_cipher_open(&handle, algorithm.cipher, mode, 0), "gcry_cipher_open")
    guard let handle = unsafe handle else { throw .unsupported("\(algorithm) is not available") }
    let new = unsafe BlockCipherKey(adopting: handle)
    let code = unsafe key.withUnsafeBytes {
      unsafe gcry_cipher_setkey(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(code, "gcry_cipher_setkey")
    return new
  }

  /// Encrypts `blocks` where they lie.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if they are not whole blocks.
  public mutating func encrypt(
    inPlace blocks: inout MutableRawSpan, iv: borrowing InitializationVector
  ) throws(CryptoError) {
    try begin(blocks.byteCount, iv)
    let code = unsafe blocks.withUnsafeMutableBytes {
      unsafe gcry_cipher_encrypt(handle, $0.baseAddress, $0.count, nil, 0)
    }
    try CryptoError.check(code, "encrypting")
  }

  /// Decrypts `blocks` where they lie.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if they are not whole blocks.
  public mutating func decrypt(
    inPlace blocks: inout MutableRawSpan, iv: borrowing InitializationVector
  ) throws(CryptoError) {
    try begin(blocks.byteCount, iv)
    let code = unsafe blocks.withUnsafeMutableBytes {
      unsafe gcry_cipher_decrypt(handle, $0.baseAddress, $0.count, nil, 0)
    }
    try CryptoError.check(code, "decrypting")
  }

  /// Decrypts `blocks` into `plaintext`, which is as long.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if they are not whole blocks, or the lengths differ.
  public mutating func decrypt(
    _ blocks: RawSpan, into plaintext: inout MutableRawSpan, iv: borrowing InitializationVector
  ) throws(CryptoError) {
    guard blocks.byteCount == plaintext.byteCount else {
      throw .invalidInput(
        "\(blocks.byteCount) bytes are not decrypted into room for \(plaintext.byteCount)")
    }
    try begin(blocks.byteCount, iv)
    let code = unsafe plaintext.withUnsafeMutableBytes { output in
      unsafe blocks.withUnsafeBytes { input in
        unsafe gcry_cipher_decrypt(
          handle, output.baseAddress, output.count, input.baseAddress, input.count)
      }
    }
    try CryptoError.check(code, "decrypting")
  }

  /// Sets the initialisation vector, if there are whole blocks to be worked on.
  private func begin(
    _ byteCount: Int, _ iv: borrowing InitializationVector
  ) throws(CryptoError) {
    let block = BlockCipherAlgorithm.blockByteCount
    guard byteCount > 0, byteCount.isMultiple(of: block) else {
      throw .invalidInput("\(byteCount) bytes are not one or more whole blocks of \(block)")
    }
    let code = unsafe iv.span.withUnsafeBytes {
      unsafe gcry_cipher_setiv(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(code, "gcry_cipher_setiv")
  }
}
