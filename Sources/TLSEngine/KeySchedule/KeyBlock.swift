import TLSCrypto

/// The key block, cut as RFC 5246 section 6.3 says. AEAD suites have no MAC keys.
struct KeyBlock: ~Copyable, Sendable {
  private let secret: SecretBytes
  private let algorithm: AEADAlgorithm

  init(_ secret: consuming SecretBytes, _ algorithm: AEADAlgorithm) {
    self.secret = secret
    self.algorithm = algorithm
  }

  static func byteCount(for algorithm: AEADAlgorithm) -> Int {
    2 * (algorithm.keyByteCount + algorithm.fixedIVByteCount)
  }

  /// What the records that `side` writes are protected with.
  func protection(ofRecordsWrittenBy side: Side) throws(TLSError) -> AEADProtection {
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
