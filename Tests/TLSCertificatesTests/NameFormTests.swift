import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Name constraints of email addresses and URIs (RFC 5280 section 4.2.1.10)")
struct NameFormTests {
  private static func constraints(
    _ tag: UInt8, _ text: String, isExclusion: Bool
  ) throws -> NameConstraints {
    let subtree = TLV.sequence(TLV.field(tag, Array(text.utf8)))
    return try NameConstraints(der: TLV.sequence(TLV.tagged(isExclusion ? 1 : 0, subtree))[...])
  }

  private static let mail: [(String, String, Bool)] = [
    ("someone@example.com", "someone@example.com", true),
    ("someone@example.com", "someone@EXAMPLE.com", true),
    ("someone@example.com", "Someone@example.com", false),
    ("someone@example.com", "other@example.com", false),
    ("example.com", "anyone@example.com", true), ("example.com", "anyone@Example.Com", true),
    ("example.com", "anyone@www.example.com", false),
    ("example.com", "anyone@badexample.com", false),
    (".example.com", "anyone@www.example.com", true),
    (".example.com", "anyone@a.b.example.com", true),
    (".example.com", "anyone@example.com", false), (".example.com", "anyone@badexample.com", false),
    ("", "anyone@example.com", true),
  ]

  @Test("an email address is the one, at the host, or below the domain", arguments: mail)
  func emailAddresses(_ constraint: String, _ name: String, _ isWithin: Bool) throws {
    let permitted = try Self.constraints(1, constraint, isExclusion: false)
    let excluded = try Self.constraints(1, constraint, isExclusion: true)
    #expect((permitted.objection(to: .rfc822Name(name)) == nil) == isWithin)
    #expect((excluded.objection(to: .rfc822Name(name)) != nil) == isWithin)
    #expect(permitted.objection(to: .dnsName("example.org")) == nil)
  }

  private static let uris: [(String, String, Bool)] = [
    ("example.com", "https://example.com/path", true), ("example.com", "https://EXAMPLE.com", true),
    ("example.com", "https://example.com:8443/", true),
    ("example.com", "ftp://me@example.com/", true),
    ("example.com", "https://example.com?query", true),
    ("example.com", "https://example.com#part", true),
    ("example.com", "https://www.example.com/", false),
    ("example.com", "https://example.org/", false),
    ("example.com", "https://example.com@example.org/", false),
    (".example.com", "https://www.example.com/", true),
    (".example.com", "https://a.b.example.com", true),
    (".example.com", "https://example.com/", false),
    (".example.com", "https://badexample.com/", false),
  ]

  @Test("a URI's host is the one, or below the domain", arguments: uris)
  func hosts(_ constraint: String, _ name: String, _ isWithin: Bool) throws {
    let permitted = try Self.constraints(6, constraint, isExclusion: false)
    let excluded = try Self.constraints(6, constraint, isExclusion: true)
    #expect((permitted.objection(to: .uniformResourceIdentifier(name)) == nil) == isWithin)
    #expect((excluded.objection(to: .uniformResourceIdentifier(name)) != nil) == isWithin)
  }

  @Test(
    "a URI without a host's name is refused wherever URIs are constrained",
    arguments: [
      "", "mailto:someone@example.com", "urn:example", "https:///path", "https://192.0.2.1/",
      "https://[2001:db8::1]/", "//example.com/", "https://example.com:port/", "https://a b/",
      "https://exa%6dple.com/",
    ])
  func noHost(_ uri: String) throws {
    for isExclusion in [true, false] {
      let constraints = try Self.constraints(6, "example.com", isExclusion: isExclusion)
      let problem = constraints.objection(to: .uniformResourceIdentifier(uri))
      #expect(problem?.hasSuffix(" is no URI with a host name") == true)
    }
  }

  @Test(
    "an email address that is none is refused wherever addresses are constrained",
    arguments: ["", "someone", "@example.com", "someone@", "a@b@c", "\"a b\"@example.com", "a b@c"])
  func noAddress(_ address: String) throws {
    for isExclusion in [true, false] {
      let constraints = try Self.constraints(1, "example.com", isExclusion: isExclusion)
      let problem = constraints.objection(to: .rfc822Name(address))
      #expect(problem?.hasSuffix(" is no email address") == true)
    }
  }

  @Test("a constraint that is none of its form excludes every name of it, and permits none")
  func noConstraint() throws {
    for (tag, name) in [
      (1, GeneralName.rfc822Name("a@example.com")),
      (6, .uniformResourceIdentifier("https://example.com")),
    ] {
      for text in ["a..b", "*.example.com", "@", "https://example.com"] {
        for isExclusion in [true, false] {
          let constraints = try Self.constraints(UInt8(tag), text, isExclusion: isExclusion)
          #expect(constraints.objection(to: name)?.hasSuffix(" that is none") == true)
        }
      }
    }
  }

  @Test(
    "a DNS name that is none is refused wherever DNS names are constrained",
    arguments: [
      "", "*", "*.", "a..b", "example.com.", ".example.com", "w*.example.com", "a\u{0}.example.com",
    ])
  func noDNSName(_ name: String) throws {
    for isExclusion in [true, false] {
      let constraints = try Self.constraints(2, "example.com", isExclusion: isExclusion)
      #expect(constraints.objection(to: .dnsName(name))?.hasSuffix(" is no DNS name") == true)
    }
    #expect(
      try Self.constraints(1, "example.com", isExclusion: true).objection(to: .dnsName(name)) == nil
    )
  }
}
