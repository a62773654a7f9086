import TLSCrypto

/// What a suite protects its records with (RFC 5246 section 6.2.3).
enum RecordCipher: Sendable, Hashable {
  /// A cipher that encrypts and authenticates at once (RFC 5246 section 6.2.3.3).
  case aead(AEADAlgorithm)

  /// A block cipher and a keyed hash (RFC 5246 section 6.2.3.2).
  case cbc(BlockCipherAlgorithm, MACAlgorithm)
}
