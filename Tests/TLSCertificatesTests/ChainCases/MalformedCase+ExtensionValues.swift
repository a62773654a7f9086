@testable import TLSCertificates

/// The values of extensions.
extension MalformedCase {
  private static func value(
    _ field: String, _ name: String, _ about: String, _ identifier: String, _ value: [UInt8]
  ) -> MalformedCase {
    .init(name, about, "RFC 5280 4.2.1", field) { $0.set(identifier, value) }
  }

  /// An identifier of no meaning.
  private static let one = "1.2.3.4"

  /// Who may issue, and for whom.
  static var constraintValues: [MalformedCase] {
    [
      value(
        "basicConstraints", "basic-constraints-boolean", "cA is a BOOLEAN that is 1.",
        "2.5.29.19", TLV.sequence(TLV.element(1, [1]))),
      value(
        "basicConstraints", "basic-constraints-default", "cA is FALSE, and written out.",
        "2.5.29.19", TLV.sequence(TLV.element(1, [0]))),
      value(
        "basicConstraints", "basic-constraints-negative", "The path length is negative.",
        "2.5.29.19", TLV.sequence(TLV.true, TLV.integer(0xff))),
      value(
        "basicConstraints", "basic-constraints-leaf-length", "No authority has a path length.",
        "2.5.29.19", TLV.sequence(TLV.integer(0))),
      value(
        "basicConstraints", "basic-constraints-trailing", "basicConstraints have a third field.",
        "2.5.29.19", TLV.sequence(TLV.true, TLV.integer(0), TLV.null)),
      value(
        "nameConstraints", "name-constraints-empty", "nameConstraints are empty.", "2.5.29.30",
        TLV.sequence()),
      value(
        "nameConstraints", "name-constraints-minimum", "A subtree has the minimum 1.",
        "2.5.29.30",
        TLV.sequence(
          TLV.tagged(0, TLV.sequence(NameDER.dns("example.com"), TLV.field(0, [1]))))),
      value(
        "nameConstraints", "name-constraints-range", "An IP range has four bytes.", "2.5.29.30",
        TLV.sequence(TLV.tagged(0, TLV.sequence(NameDER.ip([192, 0, 2, 0]))))),
      value(
        "nameConstraints", "name-constraints-mask", "An IP range's mask has a gap.",
        "2.5.29.30",
        TLV.sequence(
          TLV.tagged(0, TLV.sequence(NameDER.ip([192, 0, 2, 0, 255, 0, 255, 0]))))),
    ]
  }

  /// What keys are for, and how they are called.
  static var usageValues: [MalformedCase] {
    [
      value(
        "keyUsage", "key-usage-nothing", "keyUsage allows nothing.", "2.5.29.15",
        TLV.bits([0])),
      value(
        "keyUsage", "key-usage-empty", "keyUsage is an empty BIT STRING.", "2.5.29.15",
        TLV.bits([])),
      value(
        "keyUsage", "key-usage-octets", "keyUsage is an OCTET STRING.", "2.5.29.15",
        TLV.octets([0x80])),
      value(
        "extKeyUsage", "extended-key-usage-empty", "extKeyUsage is empty.", "2.5.29.37",
        TLV.sequence()),
      value(
        "extKeyUsage", "extended-key-usage-text", "A purpose is a UTF8String.", "2.5.29.37",
        TLV.sequence(TLV.text(0x0c, one))),
      value(
        "subjectKeyIdentifier", "subject-key-identifier-bits",
        "subjectKeyIdentifier is a BIT STRING.", "2.5.29.14", TLV.bits([1])),
      value(
        "authorityKeyIdentifier", "authority-key-identifier-octets",
        "authorityKeyIdentifier is an OCTET STRING.", "2.5.29.35", TLV.octets([1])),
      value(
        "authorityKeyIdentifier", "authority-key-identifier-half",
        "authorityKeyIdentifier has a serial number and no issuer.", "2.5.29.35",
        TLV.sequence(TLV.field(2, [1]))),
      value(
        "tlsFeature", "tls-feature-text", "A TLS feature is a UTF8String.",
        "1.3.6.1.5.5.7.1.24", TLV.sequence(TLV.text(0x0c, "5"))),
      value(
        "ocsp-nocheck", "ocsp-no-check-text", "ocsp-nocheck is a UTF8String.",
        "1.3.6.1.5.5.7.48.1.5", TLV.text(0x0c, "")),
    ]
  }

  /// Policies.
  static var policyValues: [MalformedCase] {
    [
      value(
        "certificatePolicies", "policies-empty", "certificatePolicies are empty.", "2.5.29.32",
        TLV.sequence()),
      value(
        "certificatePolicies", "policies-twice", "A policy is there twice.", "2.5.29.32",
        TLV.sequence(TLV.sequence(TLV.identifier(one)), TLV.sequence(TLV.identifier(one)))),
      value(
        "policyMappings", "policy-mappings-empty", "policyMappings are empty.", "2.5.29.33",
        TLV.sequence()),
      value(
        "policyMappings", "policy-mappings-any", "anyPolicy is mapped to another.",
        "2.5.29.33",
        TLV.sequence(TLV.sequence(TLV.identifier("2.5.29.32.0"), TLV.identifier(one)))),
      value(
        "policyConstraints", "policy-constraints-empty", "policyConstraints are empty.",
        "2.5.29.36", TLV.sequence()),
      value(
        "requireExplicitPolicy", "policy-constraints-negative",
        "requireExplicitPolicy is negative.", "2.5.29.36", TLV.sequence(TLV.field(0, [0xff]))),
      value(
        "inhibitAnyPolicy", "inhibit-any-policy-negative", "inhibitAnyPolicy is negative.",
        "2.5.29.54", TLV.integer(0xff)),
      value(
        "inhibitAnyPolicy", "inhibit-any-policy-octets",
        "inhibitAnyPolicy is an OCTET STRING.", "2.5.29.54", TLV.octets([0])),
    ]
  }

  /// Where to learn more, and other names.
  static var pointValues: [MalformedCase] {
    [
      value(
        "cRLDistributionPoints", "distribution-points-empty",
        "There are no distribution points in the extension.", "2.5.29.31", TLV.sequence()),
      value(
        "cRLDistributionPoints", "distribution-points-reasons-only",
        "A distribution point has reasons alone.", "2.5.29.31",
        TLV.sequence(TLV.sequence(TLV.field(1, [6, 0x40])))),
      value(
        "authorityInfoAccess", "information-access-empty",
        "authorityInfoAccess is empty.", "1.3.6.1.5.5.7.1.1", TLV.sequence()),
      value(
        "freshestCRL", "freshest-list-empty", "freshestCRL is empty.", "2.5.29.46",
        TLV.sequence()),
      value(
        "subjectInfoAccess", "subject-information-access-empty", "subjectInfoAccess is empty.",
        "1.3.6.1.5.5.7.1.11", TLV.sequence()),
      value(
        "signedCertificateTimestampList", "timestamps-short",
        "A list of certificate timestamps ends too early.",
        "1.3.6.1.4.1.11129.2.4.2", TLV.octets([0, 5, 0])),
      value(
        "issuerAltName", "issuer-names-empty", "issuerAltName is empty.", "2.5.29.18",
        TLV.sequence()),
    ]
  }
}
