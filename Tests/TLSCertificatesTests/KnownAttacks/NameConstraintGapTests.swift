import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// Gaps in name constraints (BetterTLS 2017, CVE-2021-44531): an authority that may
  /// speak for `example.com` alone finds a form of name, a place or a spelling that its constraints do not
  /// reach. RFC 5280 section 4.2.1.10.
  @Suite("Gaps in name constraints: a constrained authority speaks for nobody else")
  struct NameConstraintGapTests {
    /// What is said of a leaf for `names`, for a client that wants `wanted`, below an authority with
    /// constraints.
    private func rule(
      permitted: [[UInt8]] = [], excluded: [[UInt8]] = [], names: [[UInt8]],
      wanted: String? = nil, _ change: (inout CertificateBuilder) -> Void = { _ in }
    ) throws -> VerificationRule? {
      let root = try Party.root()
      let middle = try root.authority("Middle") {
        $0.extraExtensions = [.constraints(permitted: permitted, excluded: excluded)]
      }
      let leaf = try middle.leaf([]) {
        if !names.isEmpty { $0.extraExtensions = [.names(names)] }
        change(&$0)
      }
      return try refusal(
        of: [leaf.certificate, middle.certificate], trusting: [root.certificate], for: wanted)?.rule
    }

    private func isConstrained(_ rule: VerificationRule?) -> Bool {
      if case .nameConstraints = rule { true } else { false }
    }

    private static let inside = NameDER.dns("example.com")

    @Test("A common name outside of them is no name of a host at all")
    func commonName() throws {
      let found = try rule(
        permitted: [Self.inside], names: [], wanted: "victim.example"
      ) { $0.commonName = "victim.example" }
      guard case .nameMismatch(let presented, _) = found else {
        Issue.record("\(String(describing: found))")
        return
      }
      #expect(presented.isEmpty)
    }

    @Test("Every name of every form that is constrained must be within, whoever is looked for")
    func everyName() throws {
      let cases: [(permitted: [[UInt8]], excluded: [[UInt8]], outside: [UInt8])] = [
        ([Self.inside], [], NameDER.dns("victim.example")),
        ([Self.inside], [], NameDER.dns("example.com.victim.example")),
        ([Self.inside], [], NameDER.dns("notexample.com")),
        ([], [NameDER.dns("victim.example")], NameDER.dns("VICTIM.example")),
        ([], [NameDER.dns("victim.example")], NameDER.dns("www.victim.example")),
        ([NameDER.email("example.com")], [], NameDER.email("root@victim.example")),
        ([], [NameDER.email("victim.example")], NameDER.email("root@VICTIM.example")),
        ([NameDER.uri("example.com")], [], NameDER.uri("https://victim.example/")),
        ([NameDER.uri("example.com")], [], NameDER.uri("https://example.com@victim.example/")),
        ([NameDER.uri("example.com")], [], NameDER.uri("https://192.0.2.1/")),
        ([], [NameDER.uri("victim.example")], NameDER.uri("https://victim.example:443/")),
        ([NameDER.ip([10, 0, 0, 0, 255, 0, 0, 0])], [], NameDER.ip([192, 0, 2, 1])),
        ([], [NameDER.ip([192, 0, 2, 0, 255, 255, 255, 0])], NameDER.ip([192, 0, 2, 1])),
      ]
      for (permitted, excluded, outside) in cases {
        let found = try rule(
          permitted: permitted, excluded: excluded, names: [Self.inside, outside],
          wanted: "example.com")
        #expect(isConstrained(found), "\(outside): \(String(describing: found))")
      }
    }

    @Test("A wildcard that would stand for an excluded host is excluded, and so is one too wide")
    func wildcards() throws {
      let excluded = NameDER.dns("admin.example.com")
      let name = NameDER.dns("*.example.com")
      #expect(isConstrained(try rule(excluded: [excluded], names: [name])))
      #expect(isConstrained(try rule(permitted: [excluded], names: [name])))
      #expect(
        isConstrained(
          try rule(permitted: [NameDER.dns("www.example.com")], names: [NameDER.dns("*")])))
    }

    @Test("What is no name of its form is within nothing: a zero, a space, a second @")
    func malformed() throws {
      let cases: [(constraint: [UInt8], name: [UInt8])] = [
        (Self.inside, NameDER.dns("victim.example\u{0}.example.com")),
        (Self.inside, NameDER.dns("victim.example .example.com")),
        (Self.inside, NameDER.dns(".example.com")),
        (NameDER.email("example.com"), NameDER.email("\"root@victim.example\"@example.com")),
        (NameDER.uri("example.com"), NameDER.uri("https://victim.example\\@example.com/")),
      ]
      for (constraint, name) in cases {
        #expect(isConstrained(try rule(permitted: [constraint], names: [name])), "\(name)")
      }
    }

    @Test("A form that is constrained and not understood takes every name of that form with it")
    func unknownForm() throws {
      let other = NameDER.other("1.3.6.1.4.1.311.20.2.3", TLV.text(0x0c, "root@victim.example"))
      for permitted in [true, false] {
        let constraint = NameDER.other("1.3.6.1.4.1.311.20.2.3", TLV.text(0x0c, "@example.com"))
        let found = try rule(
          permitted: permitted ? [constraint] : [], excluded: permitted ? [] : [constraint],
          names: [Self.inside, other])
        #expect(isConstrained(found))
      }
    }

    @Test("An authority below cannot permit what the one above it does not")
    func widened() throws {
      let root = try Party.root()
      let upper = try root.authority("Upper") {
        $0.extraExtensions = [.constraints(permitted: [Self.inside])]
      }
      let lower = try upper.authority("Lower") {
        $0.extraExtensions = [.constraints(permitted: [NameDER.dns("")])]
      }
      let chain = [try lower.leaf(["victim.example"]), lower, upper].map(\.certificate)
      #expect(
        isConstrained(
          try refusal(of: chain, trusting: [root.certificate], for: "victim.example")?.rule))
    }
  }
}
