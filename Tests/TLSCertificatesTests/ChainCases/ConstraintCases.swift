import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Name constraints (RFC 5280 sections 4.2.1.10 and 6.1.3 (b) and (c)).
  static func nameConstraints() throws -> ChainTopic {
    var topic = ChainTopic("name-constraints")
    topic.rule = "RFC 5280 6.1.3 (b)"
    for one in ConstraintCase.dns + ConstraintCase.ip + ConstraintCase.email + ConstraintCase.uri {
      try topic.add(one)
    }
    try topic.addDirectoryNames()
    try topic.addNesting()
    return topic
  }

  private static let refused = ChainAnswer.refused("nameConstraints", at: 0)

  /// An authority with these constraints issued a leaf for these names.
  private mutating func add(_ one: ConstraintCase) throws {
    let root = try Party.anchor()
    let middle = try root.issuer {
      $0.extraExtensions = [.constraints(permitted: one.permitted, excluded: one.excluded)]
    }
    let leaf = try middle.server { $0.extraExtensions = [.names(one.names)] }
    add(
      one.name, one.about, one.isGood ? .accepted : Self.refused, [leaf, middle], [root],
      openSSL: one.openSSL, certtool: one.certtool
    ) { $0.name = nil }
  }

  private static let (country, organization, commonName) = ("2.5.4.6", "2.5.4.10", "2.5.4.3")

  private mutating func addDirectoryNames() throws {
    let root = try Party.anchor()
    let base = NameDER.directory([(Self.organization, "Example")])
    func add(
      _ name: String, _ about: String, _ extension: CertificateBuilder.Extension,
      organization: String?, _ isGood: Bool, openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil
    ) throws {
      let middle = try root.issuer { $0.extraExtensions = [`extension`] }
      let leaf = try middle.server { $0.organization = organization }
      self.add(
        name, about, isGood ? .accepted : Self.refused, [leaf, middle], [root], openSSL: openSSL,
        certtool: certtool)
    }
    let unread = PeerAnswer.differs("it does not compare directory names, and permits them")
    try add(
      "directory-permitted", "O=Example is permitted, and the subject lies below it.",
      .constraints(permitted: [base]), organization: "Example", true)
    try add(
      "directory-permitted-case", "O=Example is permitted, and the subject writes it in capitals.",
      .constraints(permitted: [base]), organization: "EXAMPLE", true)
    try add(
      "directory-permitted-other", "O=Example is permitted, and the subject has another.",
      .constraints(permitted: [base]), organization: "Another", false, certtool: unread)
    try add(
      "directory-permitted-none", "O=Example is permitted, and the subject has no organization.",
      .constraints(permitted: [base]), organization: nil, false, certtool: unread)
    try add(
      "directory-excluded", "O=Example is excluded, and the subject lies below it.",
      .constraints(excluded: [base]), organization: "Example", false)
    try add(
      "directory-excluded-other", "O=Example is excluded, and the subject has another.",
      .constraints(excluded: [base]), organization: "Another", true,
      certtool: .differs("it does not compare directory names, and excludes all of them"))
    let names = CertificateBuilder.Extension.names([
      NameDER.dns("example.com"), NameDER.directory([(Self.organization, "Another")]),
    ])
    let middle = try root.issuer { $0.extraExtensions = [.constraints(permitted: [base])] }
    let leaf = try middle.server {
      $0.organization = "Example"
      $0.extraExtensions = [names]
    }
    self.add(
      "directory-alternative-name", "O=Example is permitted, and an alternative name has another.",
      Self.refused, [leaf, middle], [root], certtool: unread)
  }

  private mutating func addNesting() throws {
    let root = try Party.anchor { $0.permittedNames = ["example.com"] }
    let upper = try root.issuer("Upper") { $0.excludedNames = ["secret.example.com"] }
    let lower = try upper.issuer("Lower") { $0.permittedNames = ["", "b.example.com"] }
    let cases: [(String, String, String, Bool)] = [
      ("good", "All constraints allow the name.", "b.example.com", true),
      ("widened", "The root does not permit what an authority below does.", "example.org", false),
      ("excluded-above", "An authority above excludes the name.", "secret.example.com", false),
    ]
    for (name, about, host, isGood) in cases {
      add(
        "nested-\(name)", about, isGood ? .accepted : Self.refused,
        [try lower.server([host]), lower, upper], [root]
      ) { $0.name = host }
    }
    let common = try lower.server(["b.example.com"], commonName: "evil.example")
    add(
      "common-name-is-no-dns-name", "The common name looks like a name that is not permitted.",
      .accepted, [common, lower, upper], [root]
    ) { $0.name = "b.example.com" }
    let plain = try Party.anchor()
    let notCritical = try plain.issuer {
      $0.extraExtensions = [
        .constraints(permitted: [NameDER.dns("example.org")], isCritical: false)
      ]
    }
    add(
      "not-critical", "The constraints are not critical, and hold all the same.", Self.refused,
      [try notCritical.server(), notCritical], [plain])
    let renewed = try Party.anchor("Middle", key: Party.key("Middle old"))
    let constrained = try renewed.issuer("Middle") {
      $0.permittedNames = ["example.com"]
    }
    add(
      "self-issued-authority", "A self-issued authority is constrained, and so is its leaf.",
      Self.refused, [try constrained.server(["example.org"]), constrained], [renewed]
    ) { $0.name = "example.org" }
  }
}

/// An authority's constraints, a leaf's names, and whether they go together.
struct ConstraintCase {
  let name: String
  let about: String
  var permitted: [[UInt8]] = []
  var excluded: [[UInt8]] = []
  let names: [[UInt8]]
  let isGood: Bool
  var openSSL: PeerAnswer?
  var certtool: PeerAnswer?

  static func permit(
    _ name: String, _ base: (String, [UInt8]), _ names: (String, [UInt8])..., good: Bool,
    openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil
  ) -> ConstraintCase {
    let about =
      "\(base.0) is permitted; the leaf is for \(names.map(\.0).joined(separator: ", "))."
    return ConstraintCase(
      name: name, about: about, permitted: [base.1], names: names.map(\.1), isGood: good,
      openSSL: openSSL, certtool: certtool)
  }

  static func exclude(
    _ name: String, _ base: (String, [UInt8]), _ names: (String, [UInt8])..., good: Bool,
    openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil
  ) -> ConstraintCase {
    let about =
      "\(base.0) is excluded; the leaf is for \(names.map(\.0).joined(separator: ", "))."
    return ConstraintCase(
      name: name, about: about, excluded: [base.1], names: names.map(\.1), isGood: good,
      openSSL: openSSL, certtool: certtool)
  }

  private static func host(_ text: String) -> (String, [UInt8]) {
    ("the DNS name \"\(text)\"", NameDER.dns(text))
  }

  static let dns: [ConstraintCase] = [
    permit("dns-same", host("example.com"), host("example.com"), good: true),
    permit("dns-below", host("example.com"), host("a.b.example.com"), good: true),
    permit("dns-case", host("EXAMPLE.com"), host("www.example.COM"), good: true),
    permit("dns-other", host("example.com"), host("example.org"), good: false),
    permit("dns-suffix", host("example.com"), host("badexample.com"), good: false),
    permit("dns-parent", host("www.example.com"), host("example.com"), good: false),
    permit("dns-wildcard", host("example.com"), host("*.example.com"), good: true),
    permit("dns-wildcard-wide", host("www.example.com"), host("*.example.com"), good: false),
    permit("dns-all", host(""), host("anything.example"), good: true),
    permit(
      "dns-second-name", host("example.com"), host("example.com"), host("example.org"),
      good: false),
    permit("dns-dot", host(".example.com"), host("www.example.com"), good: true),
    exclude("dns-excluded", host("example.com"), host("example.com"), good: false),
    exclude("dns-excluded-below", host("example.com"), host("www.example.com"), good: false),
    exclude("dns-excluded-other", host("example.com"), host("example.org"), good: true),
    exclude("dns-excluded-parent", host("www.example.com"), host("example.com"), good: true),
    exclude(
      "dns-excluded-wildcard", host("www.example.com"), host("*.example.com"), good: false,
      openSSL: .differs("it compares the asterisk as it stands, and not what it stands for"),
      certtool: .differs("it compares the asterisk as it stands, and not what it stands for")),
    exclude("dns-excluded-all", host(""), host("anything.example"), good: false),
    exclude(
      "dns-excluded-second", host("example.org"), host("example.com"), host("www.example.org"),
      good: false),
  ]

  private static func address(_ bytes: UInt8...) -> (String, [UInt8]) {
    ("the address \(bytes.map { "\($0)" }.joined(separator: "."))", NameDER.ip(bytes))
  }

  private static func range(_ bytes: UInt8...) -> (String, [UInt8]) {
    let parts = bytes.map { "\($0)" }
    return (
      "the range \(parts[..<4].joined(separator: "."))/\(parts[4...].joined(separator: "."))",
      NameDER.ip(bytes)
    )
  }

  private static func six(_ last: UInt8, network: UInt8 = 0) -> (String, [UInt8]) {
    let bytes: [UInt8] =
      [0x20, 0x01, 0x0d, 0xb8, 0, network, 0, 0] + [UInt8](repeating: 0, count: 7) + [last]
    return ("the address 2001:db8:\(network)::\(last)", NameDER.ip(bytes))
  }

  private static let range6 = (
    "the range 2001:db8::/48",
    NameDER.ip(
      [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 12)
        + [UInt8](repeating: 0xff, count: 6) + [UInt8](repeating: 0, count: 10))
  )

  static let ip: [ConstraintCase] = [
    permit("ip-within", range(192, 0, 2, 0, 255, 255, 255, 0), address(192, 0, 2, 255), good: true),
    permit(
      "ip-outside", range(192, 0, 2, 0, 255, 255, 255, 0), address(192, 0, 3, 0), good: false),
    permit(
      "ip-half", range(192, 0, 2, 128, 255, 255, 255, 128), address(192, 0, 2, 128), good: true),
    permit(
      "ip-other-half", range(192, 0, 2, 128, 255, 255, 255, 128), address(192, 0, 2, 127),
      good: false),
    permit("ip-all", range(0, 0, 0, 0, 0, 0, 0, 0), address(203, 0, 113, 7), good: true),
    permit(
      "ip-version-6-below-4", range(0, 0, 0, 0, 0, 0, 0, 0), six(1), good: false,
      certtool: .differs("it takes the two versions for two forms of names; there is one")),
    permit("ip6-within", range6, six(1), good: true),
    permit("ip6-outside", range6, six(1, network: 1), good: false),
    exclude(
      "ip-excluded", range(192, 0, 2, 0, 255, 255, 255, 0), address(192, 0, 2, 7), good: false),
    exclude(
      "ip-excluded-other", range(192, 0, 2, 0, 255, 255, 255, 0), address(192, 0, 3, 7),
      good: true),
    exclude("ip6-excluded", range6, six(1), good: false),
    // A constraint says nothing of names of another form (RFC 5280 section 4.2.1.10).
    permit(
      "dns-and-address", host("example.com"), address(192, 0, 2, 1), good: true,
      certtool: .differs("it takes the common name for a DNS name where there is no other")),
    permit(
      "ip-and-name", range(192, 0, 2, 0, 255, 255, 255, 0), host("example.com"), good: true),
  ]

  private static func mail(_ text: String) -> (String, [UInt8]) {
    ("the e-mail address \"\(text)\"", NameDER.email(text))
  }

  static let email: [ConstraintCase] = [
    permit("email-mailbox", mail("a@example.com"), mail("a@example.com"), good: true),
    permit("email-mailbox-other", mail("a@example.com"), mail("b@example.com"), good: false),
    permit("email-mailbox-case", mail("a@example.com"), mail("A@example.com"), good: false),
    permit("email-host", mail("example.com"), mail("a@EXAMPLE.com"), good: true),
    permit("email-host-below", mail("example.com"), mail("a@www.example.com"), good: false),
    permit("email-domain", mail(".example.com"), mail("a@www.example.com"), good: true),
    permit("email-domain-itself", mail(".example.com"), mail("a@example.com"), good: false),
    exclude("email-excluded", mail("example.com"), mail("a@example.com"), good: false),
    exclude("email-excluded-other", mail("example.com"), mail("a@example.org"), good: true),
    permit("email-and-dns", mail("example.com"), host("example.org"), good: true),
  ]

  private static func link(_ text: String) -> (String, [UInt8]) {
    ("the URI \"\(text)\"", NameDER.uri(text))
  }

  private static let uriPermitted = PeerAnswer.differs("it does not compare URIs, and permits them")
  private static let uriExcluded = PeerAnswer.differs(
    "it does not compare URIs, and excludes all of them")

  static let uri: [ConstraintCase] = [
    permit("uri-host", link("example.com"), link("https://example.com/path"), good: true),
    permit("uri-host-port", link("example.com"), link("https://example.com:8443/"), good: true),
    permit(
      "uri-host-user", link("example.com"), link("https://user@example.com/"), good: true,
      openSSL: .differs("it takes the user for a part of the host")),
    permit(
      "uri-host-below", link("example.com"), link("https://www.example.com/"), good: false,
      certtool: uriPermitted),
    permit("uri-domain", link(".example.com"), link("https://www.example.com/"), good: true),
    permit(
      "uri-domain-itself", link(".example.com"), link("https://example.com/"), good: false,
      certtool: uriPermitted),
    permit(
      "uri-other", link("example.com"), link("https://example.org/"), good: false,
      certtool: uriPermitted),
    permit(
      "uri-without-host", link("example.com"), link("urn:example:1"), good: false,
      certtool: uriPermitted),
    permit(
      "uri-address", link("example.com"), link("https://192.0.2.1/"), good: false,
      certtool: uriPermitted),
    exclude("uri-excluded", link("example.com"), link("https://example.com/"), good: false),
    exclude(
      "uri-excluded-other", link("example.com"), link("https://example.org/"), good: true,
      certtool: uriExcluded),
    exclude("uri-excluded-without-host", link("example.com"), link("urn:example:1"), good: false),
  ]
}
