import Testing

@testable import TLSCertificates

@Suite("Policies, mappings and constraints in certificates (RFC 5280 section 4.2.1.4)")
struct PolicyExtensionTests {
  private static let policies = "2.5.29.32"
  private static let mappings = "2.5.29.33"
  private static let constraints = "2.5.29.36"

  private static func policy(
    _ identifier: String = "1.2.3", qualifiers: [UInt8]...
  ) -> [UInt8] {
    TLV.sequence(
      TLV.identifier(identifier), qualifiers.isEmpty ? [] : TLV.sequence(qualifiers.flatMap(\.self))
    )
  }

  private static func cps(_ value: [UInt8]) -> [UInt8] {
    TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.2.1"), value)
  }

  private static func notice(_ fields: [UInt8]...) -> [UInt8] {
    TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.2.2"), TLV.sequence(fields.flatMap(\.self)))
  }

  private static func one(qualifier: [UInt8]) -> [UInt8] {
    TLV.sequence(policy(qualifiers: qualifier))
  }

  private static let malformedPolicies: [MalformedExtension] = [
    .init(policies, TLV.sequence(policy(), policy()), "certificatePolicies has 1.2.3 twice"),
    .init(
      policies, TLV.sequence(policy("2.5.29.32.0"), policy(), policy("2.5.29.32.0")),
      "certificatePolicies has 2.5.29.32.0 twice"),
    .init(policies, TLV.sequence(TLV.sequence()), "certificatePolicies has no policyIdentifier"),
    .init(
      policies, TLV.sequence(TLV.identifier("1.2.3")),
      "certificatePolicies is an element of tag 6, not a SEQUENCE"),
    .init(
      policies, TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.sequence())),
      "policyQualifiers is empty"),
    .init(
      policies,
      TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.sequence(cps(uri)), TLV.null)),
      "certificatePolicies has more fields than it may"),
    .init(
      policies, one(qualifier: TLV.sequence(TLV.identifier("1.2.3"))),
      "policyQualifierInfo has no qualifier"),
    .init(
      policies, one(qualifier: cps(TLV.text(0x0c, "http://a/"))),
      "cPSuri is an element of tag 12, not an element of tag 22"),
    .init(
      policies, one(qualifier: cps(TLV.element(0x16, [0x80]))),
      "cPSuri has a URI that is not ASCII"),
    .init(
      policies, one(qualifier: cps(uri + TLV.null)),
      "policyQualifierInfo has more fields than it may"),
    .init(
      policies, one(qualifier: notice(TLV.integer(1))),
      "explicitText is an INTEGER, not a DisplayText"),
    .init(
      policies, one(qualifier: notice(TLV.text(0x13, "a"))),
      "explicitText is an element of tag 19, not a DisplayText"),
    .init(
      policies, one(qualifier: notice(TLV.element(0x0c, [0xff]))),
      "explicitText has a UTF8String that is none"),
    .init(policies, one(qualifier: notice(text, text)), "userNotice has more fields than it may"),
    .init(policies, one(qualifier: notice(TLV.sequence(text))), "noticeRef has no noticeNumbers"),
    .init(
      policies, one(qualifier: notice(TLV.sequence(text, TLV.sequence()))),
      "noticeNumbers is empty"),
    .init(
      policies,
      one(qualifier: notice(TLV.sequence(text, TLV.sequence(TLV.integer(0xff))))),
      "noticeNumbers is negative"),
    .init(
      policies,
      TLV.sequence((0..<65).flatMap { policy("1.2.\($0)") }),
      "certificatePolicies has more than 64 policies"),
    .init(
      policies,
      TLV.sequence(
        TLV.sequence(
          TLV.identifier("1.2.3"),
          TLV.sequence([[UInt8]](repeating: cps(uri), count: 17).flatMap(\.self)))),
      "policyQualifiers has more than 16 qualifiers"),
  ]

  private static let uri = TLV.text(0x16, "http://a/")
  private static let text = TLV.text(0x0c, "a")

  private static func mapping(_ issuer: String, _ subject: String) -> [UInt8] {
    TLV.sequence(TLV.identifier(issuer), TLV.identifier(subject))
  }

  private static let malformedRules: [MalformedExtension] = [
    .init(mappings, TLV.sequence(mapping("2.5.29.32.0", "1.2.3")), "policyMappings map anyPolicy"),
    .init(mappings, TLV.sequence(mapping("1.2.3", "2.5.29.32.0")), "policyMappings map anyPolicy"),
    .init(
      mappings, TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"))),
      "policyMappings has no subjectDomainPolicy"),
    .init(
      mappings,
      TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.identifier("1.2.4"), TLV.null)),
      "policyMappings has more fields than it may"),
    .init(
      mappings, TLV.sequence((0..<65).flatMap { mapping("1.2.3", "1.2.\($0)") }),
      "policyMappings has more than 64 mappings"),
    .init(constraints, TLV.sequence(TLV.field(0, [0xff])), "requireExplicitPolicy is negative"),
    .init(
      constraints, TLV.sequence(TLV.field(0, [])),
      "requireExplicitPolicy is an empty INTEGER"),
    .init(
      constraints, TLV.sequence(TLV.field(1, [1, 0, 0, 0, 0])),
      "inhibitPolicyMapping is too large"),
    .init(
      constraints, TLV.sequence(TLV.field(1, [0, 1])),
      "inhibitPolicyMapping is an INTEGER with needless zeros"),
    .init(
      constraints, TLV.sequence(TLV.tagged(0, TLV.integer(1))),
      "requireExplicitPolicy is the field [0] in constructed form"),
    .init(
      constraints, TLV.sequence(TLV.field(1, [0]), TLV.field(0, [0])),
      "policyConstraints has more fields than it may"),
    .init("2.5.29.54", TLV.integer(0xff), "inhibitAnyPolicy is negative"),
    .init("2.5.29.54", TLV.integer(0x80, 0, 0, 0), "inhibitAnyPolicy is negative"),
    .init("2.5.29.54", TLV.integer(0, 0x80, 0, 0, 0), "inhibitAnyPolicy is too large"),
    .init(
      "2.5.29.54", TLV.sequence(TLV.integer(1)), "inhibitAnyPolicy is a SEQUENCE, not an INTEGER"),
  ]

  @Test("what is malformed is refused by name", arguments: malformedPolicies + malformedRules)
  func refuses(_ malformed: MalformedExtension) {
    #expect(malformed.found == [malformed.sentence, malformed.sentence])
  }

  @Test("one constraint may be there without the other")
  func alone() throws {
    let first = try RawCertificate.parse(
      extension: Self.constraints, TLV.sequence(TLV.field(0, [0])))
    #expect(first.policyConstraints?.requireExplicitPolicy == 0)
    #expect(first.policyConstraints?.inhibitPolicyMapping == nil)
    let second = try RawCertificate.parse(
      extension: Self.constraints, TLV.sequence(TLV.field(1, [0x7f, 0xff, 0xff, 0xff])))
    #expect(second.policyConstraints?.requireExplicitPolicy == nil)
    #expect(second.policyConstraints?.inhibitPolicyMapping == 2_147_483_647)
  }

  @Test("a qualifier of another kind is read over, and a notice cannot disturb a terminal")
  func qualifiers() throws {
    let other = TLV.sequence(TLV.identifier("1.2.9"), TLV.null)
    let policy = try RawCertificate.parse(
      extension: Self.policies,
      TLV.sequence(
        Self.policy(
          qualifiers: other, Self.cps(Self.uri), Self.notice(),
          Self.notice(TLV.text(0x0c, "a\u{1b}[2J"))))
    ).certificatePolicies?.policies.first
    #expect(policy?.cpsURIs == ["http://a/"])
    #expect(policy?.userNotices.map(\.description) == ["", "a\\u{1b}[2J"])
    #expect(policy?.userNotices.map(\.explicitText) == [nil, "a\u{1b}[2J"])
    let texts: [(UInt8, [UInt8])] = [
      (0x16, [0x61]), (0x1a, [0x61]), (0x1e, [0, 0x61]), (0x0c, [0x61]),
    ]
    for (tag, bytes) in texts {
      let read = try RawCertificate.parse(
        extension: Self.policies, Self.one(qualifier: Self.notice(TLV.element(tag, bytes)))
      ).certificatePolicies
      #expect(read?.policies.first?.userNotices.first?.explicitText == "a")
    }
  }
}
