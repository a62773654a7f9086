@testable import TLSCertificates

/// A change to a certificate that keeps or breaks a requirement, and is for others to judge.
struct StrictCase: Sendable {
  enum Requirement: Sendable {
    case kept(CertificateProfileRequirement)
    case broken(CertificateProfileRequirement)

    var isKept: Bool { if case .kept = self { true } else { false } }

    var value: CertificateProfileRequirement {
      switch self {
      case .kept(let value), .broken(let value): value
      }
    }
  }

  typealias Change = @Sendable (inout SpoiltCertificate) -> Void

  let name: String
  let about: String
  let requirement: Requirement
  let openSSL: PeerAnswer?
  let change: Change

  /// A certificate that keeps a requirement.
  private static func keeps(
    _ requirement: CertificateProfileRequirement, _ name: String, _ about: String,
    openSSL: PeerAnswer? = nil, _ change: @escaping Change
  ) -> StrictCase {
    StrictCase(
      name: name, about: about, requirement: .kept(requirement), openSSL: openSSL, change: change)
  }

  /// A certificate that breaks a requirement.
  private static func breaks(
    _ requirement: CertificateProfileRequirement, _ name: String, _ about: String,
    openSSL: PeerAnswer? = nil, _ change: @escaping Change
  ) -> StrictCase {
    StrictCase(
      name: name, about: about, requirement: .broken(requirement), openSSL: openSSL, change: change)
  }

  static let distributionPoints = TLV.sequence(
    TLV.sequence(TLV.tagged(0, TLV.tagged(0, NameDER.uri("http://example.com/list")))))

  private static let access = TLV.sequence(
    TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.48.1"), NameDER.uri("http://example.com/ocsp")))
  private static let mappings = TLV.sequence(
    TLV.sequence(
      TLV.identifier("1.3.6.1.4.1.32473.10.1"), TLV.identifier("1.3.6.1.4.1.32473.10.2")))
  private static let isAuthority = TLV.sequence(TLV.true)
  private static let digitalSignature = TLV.bits([0x80], unused: 7)
  private static let signatureAndCertificates = TLV.bits([0x84], unused: 2)
  private static let signatureAndLists = TLV.bits([0x82], unused: 1)

  private static func constraint(_ base: String) -> [UInt8] {
    TLV.sequence(TLV.tagged(0, TLV.sequence(NameDER.dns(base))))
  }

  private static func names(_ names: String...) -> [UInt8] {
    TLV.sequence(names.flatMap(NameDER.dns))
  }

  private static let unasked = PeerAnswer.differs("-x509_strict does not ask for it")
  private static let unaskedText = PeerAnswer.differs("it does not look into the text")

  // MARK: - Leaves

  static let leaves = leafFields + leafNames + leafRights + access(of: "leaf")

  private static let leafFields: [StrictCase] = [
    keeps(.version, "good", "All certificates are as they must be.") { _ in },
    breaks(.serialNumber, "serial-zero", "The leaf's serial number is zero.", openSSL: unasked) {
      $0.raw.serialNumber = TLV.integer(0)
    },
    keeps(.serialNumber, "serial-20-bytes", "The leaf's serial number has 20 bytes.") {
      $0.raw.serialNumber = TLV.element(0x02, [0x7f] + [UInt8](repeating: 0xff, count: 19))
    },
    breaks(
      .noUniqueIdentifiers, "issuer-unique-identifier", "The leaf has an issuerUniqueID.",
      openSSL: unasked
    ) { $0.raw.uniqueIdentifiers = TLV.field(1, [0, 1]) },
    breaks(
      .noUniqueIdentifiers, "subject-unique-identifier", "The leaf has a subjectUniqueID.",
      openSSL: unasked
    ) { $0.raw.uniqueIdentifiers = TLV.field(2, [0, 1]) },
    breaks(
      .authorityKeyIdentifier, "without-authority-key", "The leaf has no authorityKeyIdentifier."
    ) { $0.remove("2.5.29.35") },
    breaks(
      .authorityKeyIdentifier, "authority-key-empty",
      "The leaf's authorityKeyIdentifier says nothing."
    ) { $0.set("2.5.29.35", TLV.sequence()) },
    breaks(
      .authorityKeyIdentifier, "authority-key-by-number",
      "The leaf's authorityKeyIdentifier has a name and a number in place of the key's identifier."
    ) {
      let name = TLV.tagged(1, TLV.tagged(4, TLV.commonName("Root")))
      $0.set("2.5.29.35", TLV.sequence(name, TLV.field(2, [1])))
    },
    breaks(
      .subjectKeyIdentifierCriticality, "subject-key-critical",
      "The leaf's subjectKeyIdentifier is critical."
    ) { $0.makeCritical("2.5.29.14") },
    keeps(.subjectKeyIdentifier, "without-subject-key", "The leaf's key has no name.") {
      $0.remove("2.5.29.14")
    },
    keeps(.keyUsage, "without-key-usage", "The leaf does not say what its key may do.") {
      $0.remove("2.5.29.15")
    },
    keeps(
      .basicConstraintsCriticality, "without-basic-constraints", "The leaf has no basicConstraints."
    ) { $0.remove("2.5.29.19") },
  ]

  private static let leafNames: [StrictCase] = [
    breaks(
      .subject, "authority-without-subject", "The leaf is an authority, and has no subject."
    ) {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
      $0.set("2.5.29.19", critical: true, isAuthority)
    },
    breaks(.subject, "list-issuer-without-subject", "The leaf signs lists, and has no subject.") {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
      $0.set("2.5.29.15", critical: true, signatureAndLists)
    },
    keeps(.subject, "list-issuer", "The leaf signs lists, and has a subject.") {
      $0.set("2.5.29.15", critical: true, signatureAndLists)
    },
    keeps(
      .alternativeNames, "without-subject", "The leaf has no subject, and critical names."
    ) {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
    },
    breaks(
      .alternativeNamesCriticality, "names-not-critical",
      "The leaf has no subject, and names that are not critical."
    ) { $0.raw.subject = TLV.sequence() },
    keeps(
      .alternativeNamesCriticality, "names-critical",
      "The leaf has a subject, and its names are critical, which is not forbidden."
    ) { $0.set("2.5.29.17", critical: true, names("example.com")) },
    badName("underscore", "a_b.example.com"), badName("period-in-front", ".example.com"),
    badName("period-at-end", "example.com."), badName("space", " "), badName("empty", ""),
    badName("hyphen", "-a.example.com"), badName("address", "192.0.2.1"),
    badName("asterisk-within", "w*.example.com"), badName("asterisk-below", "www.*.example.com"),
    badName("long-label", String(repeating: "a", count: 64) + ".example.com"),
    keeps(.dnsName, "name-digits", "The leaf is for hosts of digits and hyphens, too.") {
      $0.set("2.5.29.17", names("example.com", "1.example.com", "a--b.c-1.EXAMPLE"))
    },
  ]

  private static func badName(_ name: String, _ text: String) -> StrictCase {
    breaks(
      .dnsName, "name-\(name)", "The leaf is for a host, and for \"\(text)\".",
      openSSL: unaskedText
    ) { $0.set("2.5.29.17", names("example.com", text)) }
  }

  /// What only authorities may have.
  private static let leafRights: [StrictCase] = [
    breaks(
      .keyCertSign, "signs-certificates", "The leaf's key signs certificates; it is no authority."
    ) { $0.set("2.5.29.15", critical: true, signatureAndCertificates) },
    keeps(
      .keyCertSign, "is-authority", "The leaf is an authority, whose key signs certificates."
    ) {
      $0.set("2.5.29.15", critical: true, signatureAndCertificates)
      $0.set("2.5.29.19", critical: true, isAuthority)
    },
    breaks(.pathLength, "path-length", "The leaf limits a path that its key cannot sign.") {
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.true, TLV.integer(0)))
    },
    keeps(.pathLength, "authority-path-length", "The leaf limits a path that its key signs.") {
      $0.set("2.5.29.15", critical: true, signatureAndCertificates)
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.true, TLV.integer(0)))
    },
    keeps(
      .basicConstraintsCriticality, "authority-without-certificates",
      "The leaf is an authority whose key signs none, so that the extension need not be critical.",
      openSSL: .differs("it asks so of all authorities; see the third paragraph of 4.2.1.9")
    ) { $0.set("2.5.29.19", isAuthority) },
    breaks(
      .policyMappings, "policy-mappings", "The leaf maps policies, and is no authority.",
      openSSL: unasked
    ) { $0.set("2.5.29.33", critical: true, mappings) },
    breaks(
      .nameConstraints, "name-constraints", "The leaf constrains names, and is no authority.",
      openSSL: unasked
    ) { $0.set("2.5.29.30", critical: true, constraint("example.com")) },
  ]

  /// Where to learn more: `authorityInfoAccess` and `subjectInfoAccess`.
  private static func access(of who: String) -> [StrictCase] {
    let cases: [(String, String, CertificateProfileRequirement)] = [
      ("authority", "1.3.6.1.5.5.7.1.1", .authorityInfoAccessCriticality),
      ("subject", "1.3.6.1.5.5.7.1.11", .subjectInfoAccessCriticality),
    ]
    return cases.flatMap { name, identifier, requirement in
      [
        keeps(requirement, "\(name)-info", "The \(who) has \(name)InfoAccess.") {
          $0.set(identifier, access)
        },
        breaks(requirement, "\(name)-info-critical", "The \(who)'s \(name)InfoAccess is critical.")
        {
          $0.set(identifier, critical: true, access)
        },
      ]
    }
  }

  // MARK: - Authorities

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

  // MARK: - Roots

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

extension SpoiltCertificate {
  /// Makes an extension critical that is there, and is short: its header has two bytes.
  fileprivate mutating func makeCritical(_ identifier: String) {
    guard let found = extensions.first(where: { $0.identifier == identifier }) else { return }
    let type = TLV.identifier(identifier)
    setEncoded(
      identifier, TLV.sequence(type, TLV.true, Array(found.der.dropFirst(2 + type.count))))
  }
}
