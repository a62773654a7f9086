import TLSCrypto

/// What a suite protects its records with (RFC 5246 section 6.2.3).
enum RecordCipher: Sendable, Hashable {
  /// A cipher that encrypts and authenticates at once (RFC 5246 section 6.2.3.3).
  case aead(AEADAlgorithm)

  /// A block cipher and a keyed hash (RFC 5246 section 6.2.3.2).
  case cbc(BlockCipherAlgorithm, MACAlgorithm)

  /// The length of what a record's body begins with, in the clear: the initialisation vector of a CBC
  /// suite, or the part of the nonce that AES-GCM and AES-CCM send.
  var explicitIVByteCount: Int {
    switch self {
    case .aead(let algorithm): algorithm.explicitNonceByteCount
    case .cbc: BlockCipherAlgorithm.blockByteCount
    }
  }
}
