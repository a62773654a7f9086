import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Name constraints (RFC 5280 section 4.2.1.10)")
struct NameConstraintTests {
  /// What is wrong with a leaf for these names below such an authority, if anything is.
  private static func problem(
    permitted: [String] = [], excluded: [String] = [], names: [String],
    commonName: String? = nil, _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> String? {
    let root = try Party.root()
    let middle = try root.authority("Middle") {
      $0.permittedNames = permitted
      $0.excludedNames = excluded
    }
    let leaf = try middle.leaf(names, commonName: commonName, change).certificate
    let error = try refusal(
      of: [leaf, middle.certificate], trusting: [root.certificate], for: nil)
    guard let error else { return nil }
    guard case .nameConstraints("CN=Middle", let problem) = error.rule else { throw error }
    #expect(error.position == 0)
    #expect(
      error.description
        == "certificate \"\(leaf)\" breaks the name constraints of \"CN=Middle\": \(problem)")
    return problem
  }

  private static let permitted: [(String, String, Bool)] = [
    ("example.com", "example.com", true), ("example.com", "www.example.com", true),
    ("example.com", "a.b.example.com", true), ("example.com", "WWW.EXAMPLE.COM", true),
    ("EXAMPLE.com", "www.example.com", true), ("example.com", "*.example.com", true),
    ("example.com", "badexample.com", false), ("example.com", "example.org", false),
    ("example.com", "example.com.evil.org", false), ("example.com", "com", false),
    ("example.com", "*.com", false), ("www.example.com", "*.example.com", false),
    ("www.example.com", "example.com", false), ("", "anything.example", true),
    ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ("0.0.0.0/0", "203.0.113.7", true), ("0.0.0.0/0", "2001:db8::1", false),
    ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.128", true),
    ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
    ("::/0", "192.0.2.1", false),
    // A constraint says nothing of names of another form.
    ("example.com", "192.0.2.1", true), ("192.0.2.0/24", "example.com", true),
  ]

  @Test("a name is within what is permitted, or refused", arguments: permitted)
  func permits(_ constraint: String, _ name: String, _ isGood: Bool) throws {
    let problem = try Self.problem(permitted: [constraint], names: [name])
    #expect((problem == nil) == isGood)
    if !isGood {
      #expect(problem?.hasPrefix("\"\(name)\" is not within \"") == true)
    }
  }

  private static let excluded: [(String, String, Bool)] = [
    ("example.com", "example.com", false), ("example.com", "www.example.com", false),
    ("example.com", "badexample.com", true), ("www.example.com", "example.com", true),
    // A wildcard that would stand for an excluded name is excluded.
    ("www.example.com", "*.example.com", false), ("a.www.example.com", "*.example.com", true),
    ("example.com", "*.example.com", false), ("", "anything.example", false),
    ("192.0.2.0/24", "192.0.2.7", false), ("192.0.2.0/24", "192.0.3.7", true),
    ("0.0.0.0/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8::1", false),
    ("example.com", "192.0.2.1", true), ("192.0.2.0/24", "example.com", true),
  ]

  @Test("a name that is excluded is refused, whatever is permitted", arguments: excluded)
  func excludes(_ constraint: String, _ name: String, _ isGood: Bool) throws {
    for permitted in [[], ["", "0.0.0.0/0", "::/0"]] {
      let problem = try Self.problem(permitted: permitted, excluded: [constraint], names: [name])
      #expect((problem == nil) == isGood)
      if !isGood { #expect(problem?.hasPrefix("\"\(name)\" is excluded by \"") == true) }
    }
  }

  @Test("the sentences name both values")
  func sentences() throws {
    #expect(
      try Self.problem(permitted: ["example.com", "example.org"], names: ["evil.example"])
        == "\"evil.example\" is not within \"example.com\", \"example.org\"")
    #expect(
      try Self.problem(permitted: ["192.0.2.0/24"], names: ["198.51.100.1"])
        == "\"198.51.100.1\" is not within \"192.0.2.0\" and its mask")
    #expect(
      try Self.problem(excluded: ["example.com"], names: ["www.example.com"])
        == "\"www.example.com\" is excluded by \"example.com\"")
  }

  @Test("every name counts, not the first alone")
  func everyName() throws {
    #expect(
      try Self.problem(permitted: ["example.com"], names: ["example.com", "example.org"]) != nil)
    #expect(
      try Self.problem(excluded: ["example.org"], names: ["example.com", "example.org"]) != nil)
  }

  @Test("a common name is no DNS name, neither for constraints nor for hosts")
  func commonName() throws {
    #expect(
      try Self.problem(
        permitted: ["example.com"], names: ["example.com"], commonName: "evil.example") == nil)
  }

  @Test("constraints of a root and of every authority hold together, and for authorities too")
  func nested() throws {
    let root = try Party.root { $0.permittedNames = ["example.com"] }
    let upper = try root.authority("Upper") { $0.excludedNames = ["secret.example.com"] }
    let lower = try upper.authority("Lower") { $0.permittedNames = ["", "b.example.com"] }
    func rule(_ name: String) throws -> VerificationRule? {
      let chain = [try lower.leaf([name]), lower, upper].map(\.certificate)
      return try refusal(of: chain, trusting: [root.certificate], for: nil)?.rule
    }
    #expect(try rule("b.example.com") == nil)
    // What is permitted below cannot exceed what is permitted above.
    #expect(
      try rule("example.org")
        == .nameConstraints(
          authority: "CN=Root", problem: "\"example.org\" is not within \"example.com\""))
    #expect(
      try rule("secret.example.com")
        == .nameConstraints(
          authority: "CN=Upper",
          problem: "\"secret.example.com\" is excluded by \"secret.example.com\""))
  }

  private static let organization = TLV.relativeName("2.5.4.10", TLV.text(0x0c, "Example"))

  private static func constraints(
    permitted: [UInt8]? = nil, excluded: [UInt8]? = nil
  ) -> CertificateBuilder.Extension {
    let value = TLV.sequence(
      permitted.map { TLV.tagged(0, TLV.sequence($0)) } ?? [],
      excluded.map { TLV.tagged(1, TLV.sequence($0)) } ?? [])
    return .init(identifier: "2.5.29.30", isCritical: true, der: value)
  }

  private static func problem(
    _ constraints: CertificateBuilder.Extension,
    _ change: (inout CertificateBuilder) -> Void
  ) throws -> String? {
    let root = try Party.root { $0.extraExtensions = [constraints] }
    let leaf = try root.leaf(["example.com"], commonName: "Leaf", change).certificate
    let error = try refusal(of: [leaf], trusting: [root.certificate])
    guard let error else { return nil }
    guard case .nameConstraints("CN=Root", let problem) = error.rule else { throw error }
    return problem
  }

  @Test("constraints of directory names hold for subjects")
  func directoryNames() throws {
    let permitted = Self.constraints(permitted: TLV.tagged(4, TLV.sequence(Self.organization)))
    #expect(try Self.problem(permitted) { $0.organization = "EXAMPLE" } == nil)
    #expect(
      try Self.problem(permitted) { $0.organization = "Another" }
        == "\"CN=Leaf, O=Another\" is not within \"O=Example\"")
    #expect(
      try Self.problem(permitted) { $0.organization = nil }
        == "\"CN=Leaf\" is not within \"O=Example\"")
    let excluded = Self.constraints(excluded: TLV.tagged(4, TLV.sequence(Self.organization)))
    #expect(
      try Self.problem(excluded) { $0.organization = "Example" }
        == "\"CN=Leaf, O=Example\" is excluded by \"O=Example\"")
    #expect(try Self.problem(excluded) { $0.organization = "Another" } == nil)
  }

  @Test("names of a form that is not compared are refused where such a form is constrained")
  func otherForms() throws {
    let number = TLV.field(8, [0x2a, 0x03])
    let names = CertificateBuilder.Extension(
      identifier: "2.5.29.17", isCritical: false,
      der: TLV.sequence(TLV.field(2, Array("example.com".utf8)), number))
    for constraints in [
      Self.constraints(permitted: number), Self.constraints(excluded: number),
    ] {
      #expect(try Self.problem(constraints) { _ in } == nil)
      let problem = try Self.problem(constraints) { $0.extraExtensions = [names] }
      #expect(problem?.hasPrefix("\"RID:1.2.3\" is ") == true)
    }
    let other = Self.constraints(permitted: TLV.field(6, Array("example.com".utf8)))
    #expect(try Self.problem(other) { $0.extraExtensions = [names] } == nil)
  }

  @Test(
    "what is no URI by its characters or its scheme, or is longer than any, is within nothing",
    arguments: [
      "evil.example/x://example.com/", "https://evil.example\\@example.com/",
      "https://example.com/ ", "1https://example.com/", "://example.com/",
      "https://example.com/" + String(repeating: "a", count: 2_048),
    ])
  func oddURIs(_ text: String) throws {
    let constraints = Self.constraints(permitted: TLV.field(6, Array("example.com".utf8)))
    func problem(_ uri: String) throws -> String? {
      let names = TLV.sequence(
        TLV.field(2, Array("example.com".utf8)), TLV.field(6, Array(uri.utf8)))
      return try Self.problem(constraints) {
        $0.extraExtensions = [.init(identifier: "2.5.29.17", isCritical: false, der: names)]
      }
    }
    #expect(try problem("https://example.com/") == nil)
    #expect(try problem(text)?.hasSuffix(" is no URI with a host name") == true)
  }

  @Test("an email address that is longer than any is none")
  func longMailbox() throws {
    let constraint = TLV.field(1, Array("example.com".utf8))
    let address = String(repeating: "a", count: 400) + "@example.com"
    let names = TLV.sequence(
      TLV.field(2, Array("example.com".utf8)), TLV.field(1, Array(address.utf8)))
    let problem = try Self.problem(Self.constraints(permitted: constraint)) {
      $0.extraExtensions = [.init(identifier: "2.5.29.17", isCritical: false, der: names)]
    }
    #expect(problem?.hasSuffix(" is no email address") == true)
  }

  @Test("an email address in a subject counts where there are no alternative names")
  func emailInSubject() throws {
    let subject = try Certificate(fixture: OpenSSLOddities.names)
    let constraints = try NameConstraints(
      der: Self.constraints(excluded: TLV.field(1, Array("example.org".utf8))).der[...])
    let address = GeneralName.rfc822Name("a@example.org")
    #expect(subject.constrainedNames.contains(address))
    #expect(constraints.objection(to: address) != nil)
    let leaf = try Certificate(fixture: OpenSSLChain.leafP256)
    #expect(leaf.subject.emailAddresses.isEmpty)
    #expect(!leaf.constrainedNames.contains { if case .rfc822Name = $0 { true } else { false } })
    let named = try RawCertificate.parse {
      $0.subject = TLV.sequence(
        TLV.relativeName("1.2.840.113549.1.9.1", TLV.text(0x16, "admin@example.com")))
      $0.extensions = [
        TLV.certificateExtension(
          "2.5.29.17", critical: false,
          TLV.sequence(TLV.field(2, Array("www.example.com".utf8))))
      ]
    }
    #expect(named.subject.emailAddresses == ["admin@example.com"])
    #expect(!named.constrainedNames.contains { if case .rfc822Name = $0 { true } else { false } })
  }

  @Test("a leading dot means what is below a name, and not the name itself")
  func leadingDot() throws {
    let dot = TLV.field(2, Array(".example.com".utf8))
    let constraints = try NameConstraints(der: Self.constraints(permitted: dot).der[...])
    #expect(constraints.objection(to: .dnsName("www.example.com")) == nil)
    #expect(constraints.objection(to: .dnsName("example.com")) != nil)
    #expect(constraints.objection(to: .dnsName("badexample.com")) != nil)
  }

  @Test(
    "a DNS constraint that is no domain excludes every DNS name, and permits none",
    arguments: ["*.example.com", "example.com.", "a..b", "..", ".", " ", "a b", "a\u{0}", "a/b"])
  func noDomain(_ text: String) throws {
    for permitted in [true, false] {
      let base = TLV.field(2, Array(text.utf8))
      let constraints =
        permitted ? Self.constraints(permitted: base) : Self.constraints(excluded: base)
      let read = try NameConstraints(der: constraints.der[...])
      let problem = try #require(read.objection(to: .dnsName("example.com")))
      #expect(
        problem.hasSuffix(
          permitted ? "within a DNS name that is none" : "by a DNS name that is none"))
      #expect(read.objection(to: .ipAddress([192, 0, 2, 1])) == nil)
    }
  }

  @Test("a self-issued authority is exempt, and a self-issued leaf is not")
  func selfIssued() throws {
    let name = Self.constraints(excluded: TLV.tagged(4, TLV.sequence(Self.organization)))
    let root = try Party.root { $0.extraExtensions = [name] }
    let middle = try root.authority("Middle")
    let renewed = try middle.authority("Middle", key: Party.key("renewed"))
    #expect(
      try refusal(
        of: [try renewed.leaf().certificate, renewed.certificate, middle.certificate],
        trusting: [root.certificate]) == nil)
    let issuer = try root.authority("Same") { $0.organization = "Example" }
    let leaf = try issuer.leaf(commonName: "Same") { $0.organization = "Example" }.certificate
    #expect(leaf.isSelfIssued)
    let error = try refusal(of: [leaf, issuer.certificate], trusting: [root.certificate])
    guard case .nameConstraints = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.position == 0)
  }

  @Test("more comparisons than are made are refused before any is made")
  func bounded() throws {
    let root = try Party.root {
      $0.permittedNames = (0..<600).map { "\($0).example.com" }
    }
    let leaf = try root.leaf((0..<600).map { "\($0).example.com" }).certificate
    let error = try refusal(of: [leaf], trusting: [root.certificate], for: nil)
    #expect(error?.rule == .tooManyNames(limit: 250_000))
    #expect(
      error?.description
        == "the names of certificate \"CN=Leaf\" and the name constraints above it take more than "
        + "250000 comparisons")
    let few = try root.leaf(["1.example.com"]).certificate
    #expect(try refusal(of: [few], trusting: [root.certificate], for: nil) == nil)
  }

  @Test("constraints of an authority that nobody signed are never compared")
  func unsigned() throws {
    let root = try Party.root()
    let forged = try root.authority("Forged") {
      $0.excludedNames = ["example.com"]
      $0.signature = .unsigned(
        algorithm: "1.2.840.10045.4.3.2", parameters: [], signature: [1, 2, 3])
    }
    let chain = [try forged.leaf().certificate, forged.certificate]
    #expect(
      try refusal(of: chain, trusting: [root.certificate])?.rule
        == .badSignature(issuer: "CN=Root"))
  }
}
