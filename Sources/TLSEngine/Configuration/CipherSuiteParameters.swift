import TLSCrypto

/// What a cipher suite is made of.
struct CipherSuiteParameters: Sendable, Hashable {
  /// Which kind of group the ephemeral keys are of.
  enum KeyExchange: Sendable, Hashable {
    /// Elliptic curves (RFC 8422).
    case ecdhe
    /// Finite fields (RFC 5246 section 7.4.3, RFC 7919).
    case dhe
  }

  /// What proves who the server is.
  enum Authentication: Sendable, Hashable {
    /// A signature by ECDSA, or Ed25519 (RFC 8422 section 2.1).
    case ecdsa
    /// A signature by RSA.
    case rsa
    /// A key that both sides have already (RFC 5489, RFC 8442).
    case preSharedKey
  }

  let keyExchange: KeyExchange
  let authentication: Authentication

  /// What protects the records.
  let cipher: RecordCipher

  /// The hash of the PRF (RFC 5246 section 5) and of the transcript.
  let hash: HashFunction
}

extension CipherSuite {
  /// What the suite is made of, or `nil` if the engine does not speak it.
  var parameters: CipherSuiteParameters? {
    switch self {
    case .ecdheECDSAWithAES128GCMSHA256:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .ecdsa, cipher: .aead(.aes128GCM), hash: .sha256)
    case .ecdheECDSAWithAES256GCMSHA384:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .ecdsa, cipher: .aead(.aes256GCM), hash: .sha384)
    case .ecdheECDSAWithChaCha20Poly1305SHA256:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .ecdsa, cipher: .aead(.chaCha20Poly1305), hash: .sha256
      )
    case .ecdheRSAWithAES128GCMSHA256:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .rsa, cipher: .aead(.aes128GCM), hash: .sha256)
    case .ecdheRSAWithAES256GCMSHA384:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .rsa, cipher: .aead(.aes256GCM), hash: .sha384)
    case .ecdheRSAWithChaCha20Poly1305SHA256:
      CipherSuiteParameters(
        keyExchange: .ecdhe, authentication: .rsa, cipher: .aead(.chaCha20Poly1305), hash: .sha256)
    default: nil
    }
  }
}
