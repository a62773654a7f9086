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
    try begin(nonce, additionalData, count)
    let code = unsafe record.withUnsafeMutableBytes { record in
      unsafe encrypt(record, count: count, from: nil)
    }
    try CryptoError.check(code, "sealing")
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
    try begin(nonce, additionalData, plaintext.byteCount)
    let code = unsafe record.withUnsafeMutableBytes { record in
      unsafe plaintext.withUnsafeBytes { plaintext in
        unsafe encrypt(record, count: plaintext.count, from: plaintext.baseAddress)
      }
    }
    try CryptoError.check(code, "sealing")
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
    try begin(nonce, additionalData, count)
    let code = unsafe record.withUnsafeMutableBytes { record in
      let all = UnsafeRawBufferPointer(record)
      let text = unsafe UnsafeMutableRawBufferPointer(rebasing: record[..<count])
      return unsafe decrypt(all, into: text, isInPlace: true)
    }
    try Self.checkOpened(code)
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
    try begin(nonce, additionalData, plaintext.byteCount)
    let code = unsafe record.withUnsafeBytes { record in
      unsafe plaintext.withUnsafeMutableBytes { text in
        unsafe decrypt(record, into: text, isInPlace: false)
      }
    }
    try Self.checkOpened(code)
  }

  // MARK: Steps

  /// Sets the nonce and hashes the additional data, before a plaintext of so many bytes.
  private func begin(
    _ nonce: borrowing Nonce, _ additionalData: RawSpan, _ plaintextByteCount: Int
  ) throws(CryptoError) {
    let set = unsafe nonce.span.withUnsafeBytes {
      unsafe gcry_cipher_setiv(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(set, "gcry_cipher_setiv")
    if needsLengths { try setLengths(plaintextByteCount, additionalData.byteCount) }
    guard !additionalData.isEmpty else { return }
    let hashed = unsafe additionalData.withUnsafeBytes {
      unsafe gcry_cipher_authenticate(handle, $0.baseAddress, $0.count)
    }
    try CryptoError.check(hashed, "gcry_cipher_authenticate")
  }

  /// Says how long the plaintext, the additional data and the tag of the next message are.
  private func setLengths(
    _ plaintextByteCount: Int, _ additionalDataByteCount: Int
  ) throws(CryptoError) {
    var lengths: InlineArray<3, UInt64> = [
      UInt64(plaintextByteCount), UInt64(additionalDataByteCount), UInt64(tagByteCount),
    ]
    var span = lengths.mutableSpan
    let code = unsafe span.withUnsafeMutableBytes {
      unsafe gcry_cipher_ctl(
        handle, Int32(bitPattern: GCRYCTL_SET_CCM_LENGTHS.rawValue), $0.baseAddress, $0.count)
    }
    try CryptoError.check(code, "gcry_cipher_ctl")
  }

  /// Encrypts `count` bytes to the start of `record`, and puts the tag after them.
  ///
  /// - Parameter plaintext: where they are; `nil` if they are at the start of `record` already.
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

  /// Decrypts all but the tag of `record` into `text` and checks the tag; if it is wrong, wipes
  /// `text`.
  private func decrypt(
    _ record: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer, isInPlace: Bool
  ) -> gcry_error_t {
    guard let start = record.baseAddress else {
      return gcry_error_t(GPG_ERR_BUFFER_TOO_SHORT.rawValue)
    }
    var code: gcry_error_t = 0
    if let output = text.baseAddress, text.count > 0 {
      code = unsafe gcry_cipher_decrypt(
        handle, output, text.count, isInPlace ? nil : start, isInPlace ? 0 : text.count)
    }
    if code == 0 {
      code = unsafe gcry_cipher_checktag(handle, start + text.count, tagByteCount)
    }
    // The plaintext is there before the tag is checked; nobody may see it if the tag is wrong.
    if code != 0 { unsafe Wiping.wipe(text) }
    return code
  }

  private static func checkOpened(_ code: gcry_error_t) throws(CryptoError) {
    if gcry_err_code(code) == GPG_ERR_CHECKSUM { throw .authenticationFailed }
    try CryptoError.check(code, "opening")
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
