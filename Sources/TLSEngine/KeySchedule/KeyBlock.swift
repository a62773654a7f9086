import TLSCrypto

/// The key block, cut as RFC 5246 section 6.3 says. AEAD suites have no MAC keys.
struct KeyBlock: ~Copyable, Sendable {
  private let secret: SecretBytes
  private let cipher: RecordCipher

  init(_ secret: consuming SecretBytes, _ cipher: RecordCipher) {
    self.secret = secret
    self.cipher = cipher
  }

  static func byteCount(for cipher: RecordCipher) -> Int {
    switch cipher {
    case .aead(let algorithm): 2 * (algorithm.keyByteCount + algorithm.fixedIVByteCount)
    case .cbc(let algorithm, let mac): 2 * (algorithm.keyByteCount + mac.byteCount)
    }
  }

  /// What the records that `side` writes are protected with.
  func protection(ofRecordsWrittenBy side: Side) throws(TLSError) -> AEADProtection {
    guard case .aead(let algorithm) = cipher else {
      throw TLSError(.internalError, .internalFailure("no keys for \(cipher)"))
    }
    let keyByteCount = algorithm.keyByteCount
    let ivByteCount = algorithm.fixedIVByteCount
    let index = side == .client ? 0 : 1
    let keyStart = index * keyByteCount
    let ivStart = 2 * keyByteCount + index * ivByteCount
    return try AEADProtection(
      algorithm, key: secret.bytes.extracting(keyStart..<keyStart + keyByteCount),
      fixedIV: secret.bytes.extracting(ivStart..<ivStart + ivByteCount))
  }
}
