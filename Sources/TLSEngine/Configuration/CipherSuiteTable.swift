import TLSCrypto

/// A suite that the engine speaks.
struct CipherSuiteRow: Sendable {
  let suite: CipherSuite

  /// The name in the IANA registry.
  let name: String

  /// OpenSSL's name, if it knows the suite.
  let opensslName: String?

  let parameters: CipherSuiteParameters

  init(
    _ suite: CipherSuite, _ name: String, _ opensslName: String?,
    _ keyExchange: CipherSuiteParameters.KeyExchange,
    _ authentication: CipherSuiteParameters.Authentication, _ cipher: RecordCipher,
    _ hash: HashFunction
  ) {
    self.suite = suite
    self.name = name
    self.opensslName = opensslName
    parameters = CipherSuiteParameters(
      keyExchange: keyExchange, authentication: authentication, cipher: cipher, hash: hash)
  }
}

/// Every suite that the engine speaks, a row a suite, in the order in which it prefers them.
///
/// AES-128 comes before AES-256, which costs more and protects no better against anything known.
/// The hash is the PRF's: SHA-256 unless the suite says SHA-384 (RFC 5246 section 5), with HMAC-SHA-1
/// in the records too.
enum CipherSuiteTable {
  private typealias Row = CipherSuiteRow

  static let rows = modern + addedByIntermediate + addedByLegacy + preSharedKey

  private static let rowsByNumber = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.suite.rawValue, $0) })

  static func row(of suite: CipherSuite) -> CipherSuiteRow? { rowsByNumber[suite.rawValue] }

  /// What ``CipherSuite/Preset/legacy`` has besides.
  static let addedByLegacy = ccm + cbc

  /// What is on unless told otherwise.
  static let modern: [CipherSuiteRow] = [
    Row(
      .ecdheECDSAWithAES128GCMSHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "ECDHE-ECDSA-AES128-GCM-SHA256", .ecdhe, .ecdsa, .aead(.aes128GCM), .sha256),
    Row(
      .ecdheRSAWithAES128GCMSHA256, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "ECDHE-RSA-AES128-GCM-SHA256", .ecdhe, .rsa, .aead(.aes128GCM), .sha256),
    Row(
      .ecdheECDSAWithAES256GCMSHA384, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "ECDHE-ECDSA-AES256-GCM-SHA384", .ecdhe, .ecdsa, .aead(.aes256GCM), .sha384),
    Row(
      .ecdheRSAWithAES256GCMSHA384, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "ECDHE-RSA-AES256-GCM-SHA384", .ecdhe, .rsa, .aead(.aes256GCM), .sha384),
    Row(
      .ecdheECDSAWithChaCha20Poly1305SHA256, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      "ECDHE-ECDSA-CHACHA20-POLY1305", .ecdhe, .ecdsa, .aead(.chaCha20Poly1305), .sha256),
    Row(
      .ecdheRSAWithChaCha20Poly1305SHA256, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
      "ECDHE-RSA-CHACHA20-POLY1305", .ecdhe, .rsa, .aead(.chaCha20Poly1305), .sha256),
  ]

  /// What ``CipherSuite/Preset/intermediate`` has besides.
  static let addedByIntermediate: [CipherSuiteRow] = [
    Row(
      .dheRSAWithAES128GCMSHA256, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
      "DHE-RSA-AES128-GCM-SHA256", .dhe, .rsa, .aead(.aes128GCM), .sha256),
    Row(
      .dheRSAWithAES256GCMSHA384, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
      "DHE-RSA-AES256-GCM-SHA384", .dhe, .rsa, .aead(.aes256GCM), .sha384),
    Row(
      .dheRSAWithChaCha20Poly1305SHA256, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
      "DHE-RSA-CHACHA20-POLY1305", .dhe, .rsa, .aead(.chaCha20Poly1305), .sha256),
  ]

  private static let ccm: [CipherSuiteRow] = [
    Row(
      .ecdheECDSAWithAES128CCM, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
      "ECDHE-ECDSA-AES128-CCM", .ecdhe, .ecdsa, .aead(.aes128CCM), .sha256),
    Row(
      .ecdheECDSAWithAES256CCM, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
      "ECDHE-ECDSA-AES256-CCM", .ecdhe, .ecdsa, .aead(.aes256CCM), .sha256),
    Row(
      .dheRSAWithAES128CCM, "TLS_DHE_RSA_WITH_AES_128_CCM",
      "DHE-RSA-AES128-CCM", .dhe, .rsa, .aead(.aes128CCM), .sha256),
    Row(
      .dheRSAWithAES256CCM, "TLS_DHE_RSA_WITH_AES_256_CCM",
      "DHE-RSA-AES256-CCM", .dhe, .rsa, .aead(.aes256CCM), .sha256),
    Row(
      .ecdheECDSAWithAES128CCM8, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
      "ECDHE-ECDSA-AES128-CCM8", .ecdhe, .ecdsa, .aead(.aes128CCM8), .sha256),
    Row(
      .ecdheECDSAWithAES256CCM8, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8",
      "ECDHE-ECDSA-AES256-CCM8", .ecdhe, .ecdsa, .aead(.aes256CCM8), .sha256),
    Row(
      .dheRSAWithAES128CCM8, "TLS_DHE_RSA_WITH_AES_128_CCM_8",
      "DHE-RSA-AES128-CCM8", .dhe, .rsa, .aead(.aes128CCM8), .sha256),
    Row(
      .dheRSAWithAES256CCM8, "TLS_DHE_RSA_WITH_AES_256_CCM_8",
      "DHE-RSA-AES256-CCM8", .dhe, .rsa, .aead(.aes256CCM8), .sha256),
  ]

  private static let cbc: [CipherSuiteRow] = [
    Row(
      .ecdheECDSAWithAES128CBCSHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
      "ECDHE-ECDSA-AES128-SHA256", .ecdhe, .ecdsa, .cbc(.aes128CBC, .hmacSHA256), .sha256),
    Row(
      .ecdheRSAWithAES128CBCSHA256, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
      "ECDHE-RSA-AES128-SHA256", .ecdhe, .rsa, .cbc(.aes128CBC, .hmacSHA256), .sha256),
    Row(
      .ecdheECDSAWithAES256CBCSHA384, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
      "ECDHE-ECDSA-AES256-SHA384", .ecdhe, .ecdsa, .cbc(.aes256CBC, .hmacSHA384), .sha384),
    Row(
      .ecdheRSAWithAES256CBCSHA384, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
      "ECDHE-RSA-AES256-SHA384", .ecdhe, .rsa, .cbc(.aes256CBC, .hmacSHA384), .sha384),
    Row(
      .ecdheECDSAWithAES128CBCSHA, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
      "ECDHE-ECDSA-AES128-SHA", .ecdhe, .ecdsa, .cbc(.aes128CBC, .hmacSHA1), .sha256),
    Row(
      .ecdheRSAWithAES128CBCSHA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
      "ECDHE-RSA-AES128-SHA", .ecdhe, .rsa, .cbc(.aes128CBC, .hmacSHA1), .sha256),
    Row(
      .ecdheECDSAWithAES256CBCSHA, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
      "ECDHE-ECDSA-AES256-SHA", .ecdhe, .ecdsa, .cbc(.aes256CBC, .hmacSHA1), .sha256),
    Row(
      .ecdheRSAWithAES256CBCSHA, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
      "ECDHE-RSA-AES256-SHA", .ecdhe, .rsa, .cbc(.aes256CBC, .hmacSHA1), .sha256),
    Row(
      .dheRSAWithAES128CBCSHA256, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
      "DHE-RSA-AES128-SHA256", .dhe, .rsa, .cbc(.aes128CBC, .hmacSHA256), .sha256),
    Row(
      .dheRSAWithAES256CBCSHA256, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
      "DHE-RSA-AES256-SHA256", .dhe, .rsa, .cbc(.aes256CBC, .hmacSHA256), .sha256),
    Row(
      .dheRSAWithAES128CBCSHA, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
      "DHE-RSA-AES128-SHA", .dhe, .rsa, .cbc(.aes128CBC, .hmacSHA1), .sha256),
    Row(
      .dheRSAWithAES256CBCSHA, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
      "DHE-RSA-AES256-SHA", .dhe, .rsa, .cbc(.aes256CBC, .hmacSHA1), .sha256),
  ]

  /// ECDHE with a key that both sides have already: in no preset, for without such a key they are of no
  /// use.
  static let preSharedKey: [CipherSuiteRow] = [
    Row(
      .ecdhePSKWithAES128GCMSHA256, "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256",
      nil, .ecdhe, .preSharedKey, .aead(.aes128GCM), .sha256),
    Row(
      .ecdhePSKWithAES256GCMSHA384, "TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384",
      nil, .ecdhe, .preSharedKey, .aead(.aes256GCM), .sha384),
    Row(
      .ecdhePSKWithChaCha20Poly1305SHA256, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256",
      "ECDHE-PSK-CHACHA20-POLY1305", .ecdhe, .preSharedKey, .aead(.chaCha20Poly1305), .sha256),
    Row(
      .ecdhePSKWithAES128CCMSHA256, "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256",
      nil, .ecdhe, .preSharedKey, .aead(.aes128CCM), .sha256),
    Row(
      .ecdhePSKWithAES128CCM8SHA256, "TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256",
      nil, .ecdhe, .preSharedKey, .aead(.aes128CCM8), .sha256),
  ]
}
