import TLSEngine

/// What a rule book allows, said in suites, groups and signatures.
struct CompliancePolicy {
  let cipherSuites: [CipherSuite]
  let supportedGroups: [NamedGroup]
  let signatureSchemes: [SignatureScheme]

  /// AES-GCM, NIST's curves and all hashes of SHA-2 (NIST SP 800-52r2).
  static let fips202205 = CompliancePolicy(
    cipherSuites: [
      .ecdheECDSAWithAES128GCMSHA256, .ecdheRSAWithAES128GCMSHA256,
      .ecdheECDSAWithAES256GCMSHA384, .ecdheRSAWithAES256GCMSHA384,
    ],
    supportedGroups: [.secp256r1, .secp384r1],
    signatureSchemes: [
      .rsaPKCS1SHA256, .rsaPKCS1SHA384, .rsaPKCS1SHA512, .ecdsaSecp256r1SHA256,
      .ecdsaSecp384r1SHA384, .rsaPSSRSAESHA256, .rsaPSSRSAESHA384, .rsaPSSRSAESHA512,
    ])

  /// 192 bits and more (WPA3 Enterprise).
  static let wpa202304 = CompliancePolicy(
    cipherSuites: [.ecdheECDSAWithAES256GCMSHA384, .ecdheRSAWithAES256GCMSHA384],
    supportedGroups: [.secp384r1],
    signatureSchemes: [
      .rsaPKCS1SHA384, .rsaPKCS1SHA512, .ecdsaSecp384r1SHA384, .rsaPSSRSAESHA384,
      .rsaPSSRSAESHA512,
    ])

  /// 192 bits, and SHA-384 alone (NSA's CNSA 1.0).
  static let cnsa1 = CompliancePolicy(
    cipherSuites: [.ecdheECDSAWithAES256GCMSHA384, .ecdheRSAWithAES256GCMSHA384],
    supportedGroups: [.secp384r1],
    signatureSchemes: [.rsaPKCS1SHA384, .ecdsaSecp384r1SHA384, .rsaPSSRSAESHA384])
}

extension ShimOptions {
  /// The rule book that the flags name, if they name one.
  var policy: CompliancePolicy? {
    if followsFIPS { return .fips202205 }
    if followsWPA { return .wpa202304 }
    return followsCNSA1 ? .cnsa1 : nil
  }
}
