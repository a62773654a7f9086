// The suites that the engine speaks, with their numbers in the IANA registry.

// MARK: ECDHE, certificates, AEAD

extension CipherSuite {
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256` (RFC 5289).
  public static let ecdheECDSAWithAES128GCMSHA256 = CipherSuite(rawValue: 0xc02b)
  /// `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` (RFC 5289).
  public static let ecdheRSAWithAES128GCMSHA256 = CipherSuite(rawValue: 0xc02f)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384` (RFC 5289).
  public static let ecdheECDSAWithAES256GCMSHA384 = CipherSuite(rawValue: 0xc02c)
  /// `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384` (RFC 5289).
  public static let ecdheRSAWithAES256GCMSHA384 = CipherSuite(rawValue: 0xc030)
  /// `TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let ecdheECDSAWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xcca9)
  /// `TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let ecdheRSAWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xcca8)
}

// MARK: DHE, certificates, AEAD

extension CipherSuite {
  /// `TLS_DHE_RSA_WITH_AES_128_GCM_SHA256` (RFC 5288).
  public static let dheRSAWithAES128GCMSHA256 = CipherSuite(rawValue: 0x009e)
  /// `TLS_DHE_RSA_WITH_AES_256_GCM_SHA384` (RFC 5288).
  public static let dheRSAWithAES256GCMSHA384 = CipherSuite(rawValue: 0x009f)
  /// `TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let dheRSAWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xccaa)
}

// MARK: CCM

extension CipherSuite {
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_CCM` (RFC 7251).
  public static let ecdheECDSAWithAES128CCM = CipherSuite(rawValue: 0xc0ac)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_CCM` (RFC 7251).
  public static let ecdheECDSAWithAES256CCM = CipherSuite(rawValue: 0xc0ad)
  /// `TLS_DHE_RSA_WITH_AES_128_CCM` (RFC 6655).
  public static let dheRSAWithAES128CCM = CipherSuite(rawValue: 0xc09e)
  /// `TLS_DHE_RSA_WITH_AES_256_CCM` (RFC 6655).
  public static let dheRSAWithAES256CCM = CipherSuite(rawValue: 0xc09f)
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8` (RFC 7251).
  public static let ecdheECDSAWithAES128CCM8 = CipherSuite(rawValue: 0xc0ae)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8` (RFC 7251).
  public static let ecdheECDSAWithAES256CCM8 = CipherSuite(rawValue: 0xc0af)
  /// `TLS_DHE_RSA_WITH_AES_128_CCM_8` (RFC 6655).
  public static let dheRSAWithAES128CCM8 = CipherSuite(rawValue: 0xc0a2)
  /// `TLS_DHE_RSA_WITH_AES_256_CCM_8` (RFC 6655).
  public static let dheRSAWithAES256CCM8 = CipherSuite(rawValue: 0xc0a3)
}

// MARK: CBC

extension CipherSuite {
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256` (RFC 5289).
  public static let ecdheECDSAWithAES128CBCSHA256 = CipherSuite(rawValue: 0xc023)
  /// `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256` (RFC 5289).
  public static let ecdheRSAWithAES128CBCSHA256 = CipherSuite(rawValue: 0xc027)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384` (RFC 5289).
  public static let ecdheECDSAWithAES256CBCSHA384 = CipherSuite(rawValue: 0xc024)
  /// `TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384` (RFC 5289).
  public static let ecdheRSAWithAES256CBCSHA384 = CipherSuite(rawValue: 0xc028)
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA` (RFC 8422).
  public static let ecdheECDSAWithAES128CBCSHA = CipherSuite(rawValue: 0xc009)
  /// `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA` (RFC 8422).
  public static let ecdheRSAWithAES128CBCSHA = CipherSuite(rawValue: 0xc013)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA` (RFC 8422).
  public static let ecdheECDSAWithAES256CBCSHA = CipherSuite(rawValue: 0xc00a)
  /// `TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA` (RFC 8422).
  public static let ecdheRSAWithAES256CBCSHA = CipherSuite(rawValue: 0xc014)
  /// `TLS_DHE_RSA_WITH_AES_128_CBC_SHA256` (RFC 5246).
  public static let dheRSAWithAES128CBCSHA256 = CipherSuite(rawValue: 0x0067)
  /// `TLS_DHE_RSA_WITH_AES_256_CBC_SHA256` (RFC 5246).
  public static let dheRSAWithAES256CBCSHA256 = CipherSuite(rawValue: 0x006b)
  /// `TLS_DHE_RSA_WITH_AES_128_CBC_SHA` (RFC 5246).
  public static let dheRSAWithAES128CBCSHA = CipherSuite(rawValue: 0x0033)
  /// `TLS_DHE_RSA_WITH_AES_256_CBC_SHA` (RFC 5246).
  public static let dheRSAWithAES256CBCSHA = CipherSuite(rawValue: 0x0039)
}

// MARK: Pre-shared keys

extension CipherSuite {
  /// `TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256` (RFC 8442).
  public static let ecdhePSKWithAES128GCMSHA256 = CipherSuite(rawValue: 0xd001)
  /// `TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384` (RFC 8442).
  public static let ecdhePSKWithAES256GCMSHA384 = CipherSuite(rawValue: 0xd002)
  /// `TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let ecdhePSKWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xccac)
  /// `TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256` (RFC 8442).
  public static let ecdhePSKWithAES128CCMSHA256 = CipherSuite(rawValue: 0xd005)
  /// `TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256` (RFC 8442).
  public static let ecdhePSKWithAES128CCM8SHA256 = CipherSuite(rawValue: 0xd003)
}
