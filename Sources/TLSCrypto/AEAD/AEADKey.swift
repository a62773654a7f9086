internal import CGcrypt

/// One key of an AEAD cipher, ready to seal and open. Its libgcrypt handle is wiped in the end.
///
/// The caller never uses a nonce twice for sealing under one key.
@safe
public struct AEADKey: ~Copyable, @unchecked Sendable {
  /// A nonce: ``AEADAlgorithm/nonceByteCount`` bytes.
  public typealias Nonce = InlineArray<12, UInt8>

  private let handle: gcry_cipher_hd_t

  /// The length of a tag, in bytes.
  private let tagByteCount: Int

  /// Whether libgcrypt has to be told the lengths of each message.
  private let needsLengths: Bool

  /// Takes a key of ``AEADAlgorithm/keyByteCount`` bytes.
  ///
  /// - Throws: ``CryptoError`` if the key has another length, or libgcrypt cannot be used.
  public init(_ algorithm: AEADAlgorithm, key: RawSpan) throws(CryptoError) {
    self = try Self.make(algorithm, key: key)
  }

  private init(adopting handle: gcry_cipher_hd_t, _ algorithm: AEADAlgorithm) {
    unsafe self.handle = handle
    tagByteCount = algorithm.tagByteCount
    needsLengths = algorithm.needsLengths
  }

  deinit {
    unsafe gcry_cipher_close(handle)
  }

  private static func make(
    _ algorithm: AEADAlgorithm, key: RawSpan
  ) throws(CryptoError) -> AEADKey {
    guard key.byteCount == algorithm.keyByteCount else {
      throw .invalidInput(
        "a key of \(algorithm) has \(algorithm.keyByteCount) bytes, not \(key.byteCount)")
    }
    try Library.initialize()
    let (cipher, mode) = algorithm.cipherAndMode
    var handle: gcry_cipher_hd_t?
    try unsafe CryptoError.check(gcry_cipher_open(&handle, cipher, mode, 0), "gcry_cipher_open")
    guard let handle = unsafe handle else { throw .unsupported("\(algorithm) is not available") }
    let new = unsafe AEADKey(adopting: handle, algorithm)
    let code = unsafe key.withUnsafeBytes {
      unsafe gcry_cipher_setkey(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(code, "gcry_cipher_setkey")
    return new
  }

  /// Seals `record` where it lies; its last bytes receive the tag.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if there is no room for the tag.
  public mutating func seal(
    inPlace record: inout MutableRawSpan, nonce: borrowing Nonce,
    authenticating additionalData: RawSpan
  ) throws(CryptoError) {
    let count = record.byteCount - tagByteCount
    guard count >= 0 else { throw tooShort(record.byteCount) }
    var code = begin(nonce, additionalData, count)
    if code == 0 {
      code = unsafe record.withUnsafeMutableBytes { record in
        unsafe encrypt(record, count: count, from: nil)
      }
    }
    guard code == 0 else { throw Self.failure(of: code, "sealing") }
  }

  /// Seals `plaintext` into `record`, which is longer by the tag, without another copy.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if the lengths do not fit.
  public mutating func seal(
    _ plaintext: RawSpan, into record: inout MutableRawSpan, nonce: borrowing Nonce,
    authenticating additionalData: RawSpan
  ) throws(CryptoError) {
    guard record.byteCount - tagByteCount == plaintext.byteCount else {
      throw mismatch(plaintext.byteCount, record.byteCount)
    }
    var code = begin(nonce, additionalData, plaintext.byteCount)
    if code == 0 {
      code = unsafe record.withUnsafeMutableBytes { record in
        unsafe plaintext.withUnsafeBytes { plaintext in
          unsafe encrypt(record, count: plaintext.count, from: plaintext.baseAddress)
        }
      }
    }
    guard code == 0 else { throw Self.failure(of: code, "sealing") }
  }

  /// Opens `record`, ciphertext and tag, where it lies: all but the tag is then the plaintext.
  ///
  /// - Throws: ``CryptoError/authenticationFailed`` if the tag does not match, and then nothing of
  ///   the plaintext is left; ``CryptoError/invalidInput(_:)`` if there is no room for a tag.
  public mutating func open(
    inPlace record: inout MutableRawSpan, nonce: borrowing Nonce,
    authenticating additionalData: RawSpan
  ) throws(CryptoError) {
    let count = record.byteCount - tagByteCount
    guard count >= 0 else { throw tooShort(record.byteCount) }
    var code = begin(nonce, additionalData, count)
    if code == 0 {
      code = unsafe record.withUnsafeMutableBytes { record in
        let start = record.baseAddress
        return unsafe decrypt(start, into: start, count: count, isInPlace: true)
      }
    }
    guard code == 0 else { throw Self.failure(of: code, "opening") }
  }

  /// Opens `record`, ciphertext and tag, into `plaintext`, which is shorter by the tag.
  ///
  /// - Throws: ``CryptoError/authenticationFailed`` if the tag does not match, and then nothing of
  ///   the plaintext is left; ``CryptoError/invalidInput(_:)`` if the lengths do not fit.
  public mutating func open(
    _ record: RawSpan, into plaintext: inout MutableRawSpan, nonce: borrowing Nonce,
    authenticating additionalData: RawSpan
  ) throws(CryptoError) {
    guard record.byteCount - tagByteCount == plaintext.byteCount else {
      throw mismatch(plaintext.byteCount, record.byteCount)
    }
    var code = begin(nonce, additionalData, plaintext.byteCount)
    if code == 0 {
      code = unsafe record.withUnsafeBytes { record in
        unsafe plaintext.withUnsafeMutableBytes { text in
          unsafe decrypt(
            record.baseAddress, into: text.baseAddress, count: text.count, isInPlace: false)
        }
      }
    }
    guard code == 0 else { throw Self.failure(of: code, "opening") }
  }

  // MARK: Steps
  //
  // All that is done for a record is one function of codes, inlined: a throw from each step would
  // cost small records more than the step.

  /// Sets the nonce and hashes the additional data, before a plaintext of `count` bytes.
  @inline(__always)
  private func begin(
    _ nonce: borrowing Nonce, _ additionalData: RawSpan, _ count: Int
  ) -> gcry_error_t {
    var code = unsafe nonce.span.withUnsafeBytes {
      unsafe gcry_cipher_setiv(handle, $0.baseAddress, $0.count)
    }
    if code == 0, needsLengths { code = setLengths(count, additionalData.byteCount) }
    if code == 0, !additionalData.isEmpty {
      code = unsafe additionalData.withUnsafeBytes {
        unsafe gcry_cipher_authenticate(handle, $0.baseAddress, $0.count)
      }
    }
    return code
  }

  /// Says how long the plaintext, the additional data and the tag of the next message are.
  private func setLengths(
    _ plaintextByteCount: Int, _ additionalDataByteCount: Int
  ) -> gcry_error_t {
    var lengths: InlineArray<3, UInt64> = [
      UInt64(plaintextByteCount), UInt64(additionalDataByteCount), UInt64(tagByteCount),
    ]
    var span = lengths.mutableSpan
    return unsafe span.withUnsafeMutableBytes {
      unsafe gcry_cipher_ctl(
        handle, Int32(bitPattern: GCRYCTL_SET_CCM_LENGTHS.rawValue), $0.baseAddress, $0.count)
    }
  }

  /// Encrypts `count` bytes to the start of `record`, and puts the tag after them.
  ///
  /// - Parameter plaintext: where they are; `nil` if they are at the start of `record` already.
  @inline(__always)
  private func encrypt(
    _ record: UnsafeMutableRawBufferPointer, count: Int, from plaintext: UnsafeRawPointer?
  ) -> gcry_error_t {
    guard let start = record.baseAddress else {
      return gcry_error_t(GPG_ERR_BUFFER_TOO_SHORT.rawValue)
    }
    if count > 0 {
      let code = unsafe gcry_cipher_encrypt(
        handle, start, count, plaintext, plaintext == nil ? 0 : count)
      guard code == 0 else { return code }
    }
    return unsafe gcry_cipher_gettag(handle, start + count, tagByteCount)
  }

  /// Decrypts `count` bytes of `record` into `text` and checks the tag behind them; if it is wrong,
  /// wipes `text`.
  @inline(__always)
  private func decrypt(
    _ record: UnsafeRawPointer?, into text: UnsafeMutableRawPointer?, count: Int, isInPlace: Bool
  ) -> gcry_error_t {
    guard let record = unsafe record else {
      return gcry_error_t(GPG_ERR_BUFFER_TOO_SHORT.rawValue)
    }
    var code: gcry_error_t = 0
    if count > 0 {
      code = unsafe gcry_cipher_decrypt(
        handle, text, count, isInPlace ? nil : record, isInPlace ? 0 : count)
    }
    if code == 0 { code = unsafe gcry_cipher_checktag(handle, record + count, tagByteCount) }
    // The plaintext is there before the tag is checked; nobody may see it if the tag is wrong.
    if code != 0 { unsafe Wiping.wipe(UnsafeMutableRawBufferPointer(start: text, count: count)) }
    return code
  }

  @inline(never)
  private static func failure(of code: gcry_error_t, _ operation: StaticString) -> CryptoError {
    if gcry_err_code(code) == GPG_ERR_CHECKSUM { return .authenticationFailed }
    return .library(code, operation)
  }

  private func tooShort(_ count: Int) -> CryptoError {
    .invalidInput("\(count) bytes have no room for a tag of \(tagByteCount)")
  }

  private func mismatch(_ plaintext: Int, _ record: Int) -> CryptoError {
    .invalidInput(
      "a plaintext of \(plaintext) bytes and a record of \(record) do not fit: the record has "
        + "\(tagByteCount) more")
  }
}
