@testable import TLSCertificates

/// What authorities must be like, those that are trusted among them.
extension StrictCase {
  /// What an authority is asked for, whether it is a root or not.
  private static func common(_ who: String) -> [StrictCase] {
    [
      breaks(
        .authorityKeyIdentifierCriticality, "authority-key-critical",
        "The \(who)'s authorityKeyIdentifier is critical."
      ) { $0.makeCritical("2.5.29.35") },
      breaks(
        .subjectKeyIdentifier, "without-subject-key", "The \(who)'s key has no name."
      ) { $0.remove("2.5.29.14") },
      breaks(
        .subjectKeyIdentifierCriticality, "subject-key-critical",
        "The \(who)'s subjectKeyIdentifier is critical."
      ) { $0.makeCritical("2.5.29.14") },
      breaks(.keyUsage, "without-key-usage", "The \(who) does not say what its key may do.") {
        $0.remove("2.5.29.15")
      },
      breaks(
        .basicConstraintsCriticality, "basic-constraints-not-critical",
        "The \(who)'s basicConstraints are not critical."
      ) { $0.set("2.5.29.19", isAuthority) },
    ]
  }

  static let authorities =
    common("authority") + constraints + access(of: "authority") + [
      breaks(
        .authorityKeyIdentifier, "without-authority-key",
        "The authority has no authorityKeyIdentifier."
      ) { $0.remove("2.5.29.35") },
      breaks(
        .serialNumber, "serial-zero", "The authority's serial number is zero.", openSSL: unasked
      ) { $0.raw.serialNumber = TLV.integer(0) },
      breaks(
        .dnsName, "name-underscore", "The authority has a name with an underscore.",
        openSSL: unaskedText
      ) { $0.set("2.5.29.17", names("a_b.example.com")) },
    ]

  private static let constraints: [StrictCase] = [
    keeps(
      .nameConstraintsCriticality, "name-constraints", "The authority's constraints are critical."
    ) { $0.set("2.5.29.30", critical: true, constraint("example.com")) },
    breaks(
      .nameConstraintsCriticality, "name-constraints-not-critical",
      "The authority's constraints are not critical.", openSSL: unasked
    ) { $0.set("2.5.29.30", constraint("example.com")) },
    breaks(
      .nameConstraintsDNSName, "name-constraints-period",
      "The authority permits a domain with a period in front.", openSSL: unaskedText
    ) { $0.set("2.5.29.30", critical: true, constraint(".com")) },
    keeps(
      .nameConstraintsDNSName, "name-constraints-all", "The authority permits all domains."
    ) { $0.set("2.5.29.30", critical: true, constraint("")) },
    keeps(
      .policyConstraintsCriticality, "policy-constraints",
      "The authority's policyConstraints are critical."
    ) { $0.set("2.5.29.36", critical: true, TLV.sequence(TLV.field(1, [0]))) },
    breaks(
      .policyConstraintsCriticality, "policy-constraints-not-critical",
      "The authority's policyConstraints are not critical.", openSSL: unasked
    ) { $0.set("2.5.29.36", TLV.sequence(TLV.field(1, [0]))) },
    keeps(
      .inhibitAnyPolicyCriticality, "inhibit-any-policy",
      "The authority's inhibitAnyPolicy is critical."
    ) { $0.set("2.5.29.54", critical: true, TLV.integer(0)) },
    breaks(
      .inhibitAnyPolicyCriticality, "inhibit-any-policy-not-critical",
      "The authority's inhibitAnyPolicy is not critical.", openSSL: unasked
    ) { $0.set("2.5.29.54", TLV.integer(0)) },
    keeps(.policyMappings, "policy-mappings", "The authority maps policies.") {
      $0.set("2.5.29.33", critical: true, mappings)
    },
  ]

  static let roots =
    common("root") + [
      keeps(.version, "good", "The root is as it must be.") { _ in },
      breaks(.version, "version-1", "The root is of version 1.") {
        $0.raw.version = []
        $0.hasExtensions = false
      },
      keeps(
        .authorityKeyIdentifier, "without-authority-key",
        "The root signed itself, and need not name the key."
      ) { $0.remove("2.5.29.35") },
      keeps(
        .serialNumber, "serial-zero", "The root's serial number is zero, as of some in every store."
      ) { $0.raw.serialNumber = TLV.integer(0) },
      keeps(.nameConstraints, "name-constraints", "The root's constraints are critical.") {
        $0.set("2.5.29.30", critical: true, constraint("example.com"))
      },
      breaks(
        .nameConstraintsCriticality, "name-constraints-not-critical",
        "The root's constraints are not critical.", openSSL: unasked
      ) { $0.set("2.5.29.30", constraint("example.com")) },
      breaks(
        .nameConstraintsDNSName, "name-constraints-period",
        "The root permits a domain with a period in front.", openSSL: unaskedText
      ) { $0.set("2.5.29.30", critical: true, constraint(".com")) },
    ]
}
