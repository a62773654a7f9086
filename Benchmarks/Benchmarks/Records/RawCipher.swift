import RawGcrypt
import TLSCrypto

/// What libgcrypt alone needs for a record: nonce, additional data, encryption from one buffer into
/// another, tag. The same calls as the engine's, and nothing besides.
@safe
final class RawCipher {
  private let handle: gcry_cipher_hd_t
  private var nonce = [UInt8](repeating: 7, count: 12)
  private let additionalData = [UInt8](repeating: 9, count: 13)
  private let plaintext: [UInt8]
  private var record: [UInt8]
  private let tagByteCount: Int

  /// CCM has to be told the lengths of each message.
  private let needsLengths: Bool

  /// - Parameter byteCount: the length of each plaintext.
  /// - Throws: ``Failure`` if libgcrypt does not do it.
  init(_ algorithm: AEADAlgorithm, byteCount: Int) throws {
    let (cipher, mode) =
      switch algorithm {
      case .aes128GCM: (GCRY_CIPHER_AES, GCRY_CIPHER_MODE_GCM)
      case .aes256GCM: (GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM)
      case .chaCha20Poly1305: (GCRY_CIPHER_CHACHA20, GCRY_CIPHER_MODE_POLY1305)
      case .aes128CCM, .aes128CCM8: (GCRY_CIPHER_AES, GCRY_CIPHER_MODE_CCM)
      case .aes256CCM, .aes256CCM8: (GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CCM)
      }
    tagByteCount = algorithm.tagByteCount
    needsLengths = mode == GCRY_CIPHER_MODE_CCM
    unsafe gcry_check_version(nil)
    var opened: gcry_cipher_hd_t?
    let key = [UInt8](repeating: 5, count: algorithm.keyByteCount)
    guard
      unsafe gcry_cipher_open(
        &opened, Int32(bitPattern: cipher.rawValue), Int32(bitPattern: mode.rawValue), 0) == 0,
      let opened = unsafe opened
    else { throw Failure() }
    unsafe handle = opened
    plaintext = [UInt8](repeating: 0x61, count: byteCount)
    record = [UInt8](repeating: 0, count: byteCount + tagByteCount)
    guard unsafe gcry_cipher_setkey(handle, key, key.count) == 0 else { throw Failure() }
  }

  deinit {
    unsafe gcry_cipher_close(handle)
  }

  /// Encrypts one record.
  ///
  /// - Returns: how long it is.
  func seal() throws -> Int {
    nonce[11] &+= 1
    let succeeded = unsafe record.withUnsafeMutableBytes { record in
      guard let start = record.baseAddress else { return false }
      return unsafe gcry_cipher_setiv(handle, nonce, nonce.count) == 0
        && setLengths()
        && gcry_cipher_authenticate(handle, additionalData, additionalData.count) == 0
        && gcry_cipher_encrypt(handle, start, plaintext.count, plaintext, plaintext.count) == 0
        && gcry_cipher_gettag(handle, start + plaintext.count, tagByteCount) == 0
    }
    guard succeeded else { throw Failure() }
    return record.count
  }

  private func setLengths() -> Bool {
    guard needsLengths else { return true }
    var lengths = [plaintext.count, additionalData.count, tagByteCount].map { UInt64($0) }
    return unsafe gcry_cipher_ctl(
      handle, Int32(bitPattern: GCRYCTL_SET_CCM_LENGTHS.rawValue), &lengths, 24) == 0
  }

  /// libgcrypt had something to complain of.
  struct Failure: Error {}
}
