import TLSCrypto
import Testing

@testable import TLSCertificates

/// What certificates must be like (RFC 5280 section 4). `Vectors/chains/strict` has a chain for each
/// requirement, with the answers; here is what it cannot say.
@Suite("RFC 5280's profile of certificates")
struct CertificateProfileTests {
  private static let cases = ChainFolder.cases.filter { $0.hasPrefix("strict/") }

  /// A case under another profile.
  private static func answer(_ one: ChainCase, _ profile: String?) throws -> ChainAnswer {
    var one = one
    one.question.more["profile"] = profile
    return try one.answer()
  }

  @Test("what breaks it is a valid path all the same", arguments: cases)
  func section6(_ path: String) throws {
    let one = try ChainFolder.read(path)
    let answer = try Self.answer(one, nil)
    if case .refused("unknownCriticalExtension", _) = one.expected {
      #expect(answer == one.expected)
    } else {
      #expect(answer.isAccepted, "\(answer)")
    }
  }

  @Test("each requirement is kept by one chain and broken by another")
  func requirements() throws {
    var kept: Set<String> = []
    var broken: Set<String> = []
    var brokenByRoots: Set<String> = []
    for path in Self.cases {
      let one = try ChainFolder.read(path)
      switch one.expected {
      case .accepted: kept.insert(one.rule)
      case .refused(let rule, let place):
        broken.insert(rule)
        if place == .root { brokenByRoots.insert(rule) }
      }
    }
    for requirement in CertificateProfileRequirement.allCases {
      #expect(broken.contains("certificateProfile \(requirement)"))
      // One that keeps all keeps those of which there is nothing to say.
      let hasOwn = ![.issuer, .noUniqueIdentifiers].contains(requirement)
      if hasOwn { #expect(kept.contains("RFC 5280 \(requirement.section)"), "\(requirement)") }
    }
    // A root without a name is found by what it issued, which has no issuer.
    let asked = CertificateProfileRequirement.allCases.filter {
      $0.isAskedOfRoots && $0 != .subject
    }
    #expect(brokenByRoots == Set(asked.map { "certificateProfile \($0)" }))
  }

  private static func problem(
    _ change: (inout SpoiltCertificate) -> Void
  ) throws -> CertificateProfileRules.Problem? {
    let certificate = try Certificate(
      der: try SpoiltCertificate.make(below: try Party.root(), change))
    return CertificateProfileRules.problem(with: certificate) { _ in true }
  }

  @Test("the requirement says where it stands, what it wants and what there is")
  func texts() throws {
    let root = try Party.root()
    let leaf = try root.leaf { $0.omittedExtensions = ["2.5.29.35"] }
    var policy = ChainVerifier.Policy()
    policy.profile = .strictRFC5280
    let error = try #require(
      try refusal(of: [leaf.certificate], trusting: [root.certificate], policy: policy))
    #expect(error.rule == .certificateProfile(.authorityKeyIdentifier, found: "none"))
    #expect(error.section == "RFC 5280 4.2.1.1")
    #expect(error.failure.expected == "authorityKeyIdentifier with a keyIdentifier")
    #expect(error.failure.found == "none")
    #expect(
      error.description
        == "certificate \"CN=Leaf\" is not as RFC 5280 wants it: expected "
        + "authorityKeyIdentifier with a keyIdentifier, found none")
    let zero = try #require(try Self.problem { $0.raw.serialNumber = TLV.integer(0) })
    #expect(zero.requirement == .serialNumber)
    #expect(zero.found == "zero")
    let texts = Set(CertificateProfileRequirement.allCases.map(\.expected))
    #expect(texts.count == CertificateProfileRequirement.allCases.count)
  }

  @Test("clients' chains are asked, too")
  func clients() throws {
    let root = try Party.root()
    let leaf = try root.leaf {
      $0.extendedKeyUsages = [.clientAuth]
      $0.keyUsage = [.digitalSignature, .keyCertSign]
    }
    var policy = ChainVerifier.Policy()
    policy.profile = .strictRFC5280
    let error = try refusal(
      of: [leaf.certificate], trusting: [root.certificate], for: nil, usage: .client,
      policy: policy)
    #expect(
      error?.rule == .certificateProfile(.keyCertSign, found: "one that is no authority's"))
    // The Baseline Requirements are about servers, and nothing of them is asked of a client.
    policy.profile = .baselineRequirements
    #expect(
      try refusal(
        of: [leaf.certificate], trusting: [root.certificate], for: nil, usage: .client,
        policy: policy) == nil)
  }

  @Test("the Baseline Requirements stand on it, but for two rules on name constraints")
  func baseline() throws {
    let certificate: [(CertificateProfileRequirement, CertificateBuilder.Extension)] = [
      (.policyConstraintsCriticality, Self.plain("2.5.29.36", TLV.sequence(TLV.field(1, [0])))),
      (.inhibitAnyPolicyCriticality, Self.plain("2.5.29.54", TLV.integer(0))),
      (.subjectKeyIdentifierCriticality, Self.critical("2.5.29.14", TLV.octets([1]))),
      (
        .nameConstraintsCriticality,
        .constraints(permitted: [NameDER.dns("example.com")], isCritical: false)
      ),
      (.nameConstraintsDNSName, .constraints(permitted: [NameDER.dns(".com")])),
    ]
    for (requirement, one) in certificate {
      let root = try Party.root()
      let middle = try root.authority("Middle") {
        $0.extendedKeyUsages = [.serverAuth]
        $0.extraExtensions = [one]
      }
      // Of which key it is signed is not the question.
      let leaf = try middle.leaf(commonName: nil) {
        guard requirement == .subjectKeyIdentifierCriticality else { return }
        $0.extraExtensions = [Self.plain("2.5.29.35", TLV.sequence(TLV.field(0, [1])))]
      }
      for profile in [ChainVerifier.Profile.strictRFC5280, .baselineRequirements] {
        var policy = ChainVerifier.Policy()
        policy.profile = profile
        let error = try refusal(
          of: [leaf.certificate, middle.certificate], trusting: [root.certificate], policy: policy)
        if profile == .strictRFC5280 || requirement.isAskedByBaselineRequirements {
          guard case .certificateProfile(requirement, _) = error?.rule else {
            Issue.record("\(requirement): \(String(describing: error))")
            continue
          }
          #expect(error?.position == 1)
        } else {
          #expect(error == nil)
        }
      }
    }
  }

  private static func plain(_ identifier: String, _ der: [UInt8]) -> CertificateBuilder.Extension {
    .init(identifier: identifier, isCritical: false, der: der)
  }

  private static func critical(
    _ identifier: String, _ der: [UInt8]
  ) -> CertificateBuilder.Extension {
    .init(identifier: identifier, isCritical: true, der: der)
  }

  @Test("what is made for development keeps it")
  func development() throws {
    var policy = ChainVerifier.Policy()
    policy.profile = .strictRFC5280
    var random = SystemRandomSource()
    let authority = try DevelopmentAuthority(now: Party.now, random: &random)
    let leaf = try authority.issue(
      names: ["example.com", "*.example.org"], now: Party.now, random: &random)
    #expect(
      try refusal(
        of: [leaf.certificate], trusting: [authority.certificate], policy: policy) == nil)
  }

  private static let hosts: [(String, Bool)] = [
    ("example.com", true), ("localhost", true), ("EXAMPLE.com", true), ("a.b-c.d1", true),
    ("1.example", true), ("xn--bcher-kva.example", true), ("a--b.example", true),
    (String(repeating: "a", count: 63) + ".example", true), ("*.example.com", true),
    ("*.com", true), ("", false), (" ", false), (".", false), (".example.com", false),
    ("example.com.", false), ("a..b", false), ("a_b.example", false), ("-a.example", false),
    ("a-.example", false), ("a b.example", false), ("192.0.2.1", false), ("1", false),
    ("example.1", false), ("*", false), ("*.", false), ("*.*.example", false),
    ("a.*.example", false), ("a*.example", false), ("*a.example", false),
    ("b\u{fc}.example", false),
    (String(repeating: "a", count: 64) + ".example", false),
    (String(repeating: "abcdefg.", count: 31) + "abcde", true),
    (String(repeating: "abcdefg.", count: 31) + "abcdef", false), ("a\0.example", false),
    ("example.com/", false), ("example.com:443", false), ("@.example", false),
  ]

  @Test("the preferred name syntax, with an asterisk in front perhaps", arguments: hosts)
  func preferredNames(_ text: String, _ isGood: Bool) {
    #expect(PreferredName.isHostOrWildcard(text) == isGood, "\(text.quoted)")
  }
}
