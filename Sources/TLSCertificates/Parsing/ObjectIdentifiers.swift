import SwiftASN1

/// The object identifiers that certificates here are made of.
enum ObjectIdentifiers {
  // RFC 8017 appendix C, RFC 5758, RFC 8410.
  static let rsaPSS: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 10]
  static let mgf1: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 8]
  static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]
  static let sha256WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 11]
  static let sha384WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 12]
  static let sha512WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 13]
  static let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 2]
  static let ecdsaWithSHA384: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 3]
  static let ecdsaWithSHA512: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 4]
  static let ecPublicKey: ASN1ObjectIdentifier = [1, 2, 840, 10045, 2, 1]
  static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]

  static let secp256r1: ASN1ObjectIdentifier = [1, 2, 840, 10045, 3, 1, 7]
  static let secp384r1: ASN1ObjectIdentifier = [1, 3, 132, 0, 34]
  static let secp521r1: ASN1ObjectIdentifier = [1, 3, 132, 0, 35]

  static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
  static let sha384: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 2]
  static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]

  /// What is known by name so that it can be refused by name.
  static let weakSignatures: [ASN1ObjectIdentifier: String] = [
    [1, 2, 840, 113549, 1, 1, 2]: "MD2 with RSA",
    [1, 2, 840, 113549, 1, 1, 4]: "MD5 with RSA",
    [1, 2, 840, 113549, 1, 1, 5]: "SHA-1 with RSA",
    [1, 3, 14, 3, 2, 29]: "SHA-1 with RSA",
    [1, 2, 840, 10045, 4, 1]: "SHA-1 with ECDSA",
    [1, 2, 840, 10040, 4, 3]: "SHA-1 with DSA",
  ]

  // RFC 5280 section 4.2.
  static let subjectKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 14]
  static let keyUsage: ASN1ObjectIdentifier = [2, 5, 29, 15]
  static let subjectAlternativeName: ASN1ObjectIdentifier = [2, 5, 29, 17]
  static let issuerAlternativeName: ASN1ObjectIdentifier = [2, 5, 29, 18]
  static let basicConstraints: ASN1ObjectIdentifier = [2, 5, 29, 19]
  static let nameConstraints: ASN1ObjectIdentifier = [2, 5, 29, 30]
  static let cRLDistributionPoints: ASN1ObjectIdentifier = [2, 5, 29, 31]
  static let certificatePolicies: ASN1ObjectIdentifier = [2, 5, 29, 32]
  static let anyPolicy: ASN1ObjectIdentifier = [2, 5, 29, 32, 0]
  static let policyMappings: ASN1ObjectIdentifier = [2, 5, 29, 33]
  static let authorityKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 35]
  static let policyConstraints: ASN1ObjectIdentifier = [2, 5, 29, 36]
  static let extendedKeyUsage: ASN1ObjectIdentifier = [2, 5, 29, 37]
  static let freshestCRL: ASN1ObjectIdentifier = [2, 5, 29, 46]
  static let inhibitAnyPolicy: ASN1ObjectIdentifier = [2, 5, 29, 54]
  static let authorityInfoAccess: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 1, 1]
  static let subjectInfoAccess: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 1, 11]
  // RFC 7633, RFC 6960 and RFC 6962.
  static let tlsFeature: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 1, 24]
  static let ocspNoCheck: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 5]
  static let signedCertificateTimestamps: ASN1ObjectIdentifier =
    [1, 3, 6, 1, 4, 1, 11129, 2, 4, 2]
  static let precertificatePoison: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11129, 2, 4, 3]

  static let cpsQualifier: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 2, 1]
  static let userNoticeQualifier: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 2, 2]

  static let ocsp: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1]
  static let caIssuers: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 2]
  static let timeStampingService: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 3]
  static let caRepository: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 5]

  static let serverAuth: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 1]
  static let clientAuth: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 2]
  static let codeSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 3]
  static let emailProtection: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 4]
  static let timeStamping: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 8]
  static let ocspSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 9]
  /// For precertificates (RFC 6962 section 3.1).
  static let precertificateSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11129, 2, 4, 4]
  static let anyExtendedKeyUsage: ASN1ObjectIdentifier = [2, 5, 29, 37, 0]

  static let commonName: ASN1ObjectIdentifier = [2, 5, 4, 3]
  static let emailAddress: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 1]

  /// The short names of the attributes of a name (RFC 4514 section 3).
  static let attributeNames: [ASN1ObjectIdentifier: String] = [
    commonName: "CN", [2, 5, 4, 6]: "C", [2, 5, 4, 7]: "L", [2, 5, 4, 8]: "ST",
    [2, 5, 4, 10]: "O", [2, 5, 4, 11]: "OU", [2, 5, 4, 9]: "STREET", [2, 5, 4, 5]: "serialNumber",
    [0, 9, 2342, 19_200_300, 100, 1, 25]: "DC", emailAddress: "emailAddress",
  ]

  /// What extensions, purposes, access methods and the policy of them all are called.
  static let names: [ASN1ObjectIdentifier: String] = [
    subjectKeyIdentifier: "subjectKeyIdentifier", keyUsage: "keyUsage",
    subjectAlternativeName: "subjectAltName", issuerAlternativeName: "issuerAltName",
    basicConstraints: "basicConstraints", nameConstraints: "nameConstraints",
    cRLDistributionPoints: "cRLDistributionPoints", certificatePolicies: "certificatePolicies",
    anyPolicy: "anyPolicy", policyMappings: "policyMappings",
    authorityKeyIdentifier: "authorityKeyIdentifier", policyConstraints: "policyConstraints",
    extendedKeyUsage: "extKeyUsage", freshestCRL: "freshestCRL",
    inhibitAnyPolicy: "inhibitAnyPolicy", authorityInfoAccess: "authorityInfoAccess",
    subjectInfoAccess: "subjectInfoAccess", tlsFeature: "tlsFeature",
    ocspNoCheck: "ocsp-nocheck",
    signedCertificateTimestamps: "signedCertificateTimestampList",
    precertificatePoison: "precertificate poison", ocsp: "ocsp", caIssuers: "caIssuers",
    timeStampingService: "timeStamping", caRepository: "caRepository", serverAuth: "serverAuth",
    clientAuth: "clientAuth", codeSigning: "codeSigning", emailProtection: "emailProtection",
    timeStamping: "timeStamping", ocspSigning: "OCSPSigning",
    anyExtendedKeyUsage: "anyExtendedKeyUsage",
  ]
}
