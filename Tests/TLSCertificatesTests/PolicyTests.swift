import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Certificate policies (RFC 5280 section 6.1, RFC 9618)")
struct PolicyTests {
  private static let anyPolicy = "2.5.29.32.0"

  private static func policies(_ identifiers: [String]) -> CertificateBuilder.Extension {
    let list = identifiers.flatMap { TLV.sequence(TLV.identifier($0)) }
    return .init(identifier: "2.5.29.32", isCritical: false, der: TLV.sequence(list))
  }

  private static func mappings(_ pairs: [(String, String)]) -> CertificateBuilder.Extension {
    let list = pairs.flatMap { TLV.sequence(TLV.identifier($0.0), TLV.identifier($0.1)) }
    return .init(identifier: "2.5.29.33", isCritical: true, der: TLV.sequence(list))
  }

  private static func constraints(
    explicit: UInt8? = nil, mapping: UInt8? = nil
  ) -> CertificateBuilder.Extension {
    let value = TLV.sequence(
      explicit.map { TLV.field(0, [$0]) } ?? [], mapping.map { TLV.field(1, [$0]) } ?? [])
    return .init(identifier: "2.5.29.36", isCritical: true, der: value)
  }

  private static func inhibitAny(_ count: UInt8) -> CertificateBuilder.Extension {
    .init(identifier: "2.5.29.54", isCritical: true, der: TLV.integer(count))
  }

  /// What comes of a path whose certificates have these extensions, the topmost authority first.
  private static func verdict(
    _ extensions: [[CertificateBuilder.Extension]],
    _ change: (inout ChainVerifier.Policy) -> Void = { _ in }
  ) throws -> Verdict {
    let root = try Party.root()
    let key = try Party.key("authorities")
    var issuer = root
    var chain: [Certificate] = []
    for (number, list) in extensions.enumerated() {
      let isLeaf = number == extensions.count - 1
      issuer =
        isLeaf
        ? try issuer.leaf { $0.extraExtensions = list }
        : try issuer.authority("Authority \(number)", key: key) { $0.extraExtensions = list }
      chain.insert(issuer.certificate, at: 0)
    }
    return try Verdict(chain, trusting: [root.certificate]) {
      $0.maximumPathLength = 64
      $0.maximumCertificateCount = 64
      $0.maximumSignatureCount = 64
      change(&$0)
    }
  }

  private static func found(_ verdict: Verdict) -> Set<String>? {
    verdict.chain.map { Set($0.policies.map(\.text)) }
  }

  private static func identifiers(_ texts: String...) -> Set<OID> {
    Set(texts.compactMap { OID($0) })
  }

  @Test("where none is asked for, none refuses a path, and those it is for are told")
  func unasked() throws {
    let (a, b) = (Self.policies(["1.2.1"]), Self.policies(["1.2.2"]))
    #expect(Self.found(try Self.verdict([[a], [a]])) == ["1.2.1"])
    #expect(Self.found(try Self.verdict([[a], [b]])) == [])
    #expect(Self.found(try Self.verdict([[], [a]])) == [])
    #expect(Self.found(try Self.verdict([[Self.policies([Self.anyPolicy])], [a]])) == ["1.2.1"])
    let any = Self.policies([Self.anyPolicy])
    #expect(Self.found(try Self.verdict([[any], [any]])) == [Self.anyPolicy])
    #expect(
      Self.found(
        try Self.verdict([[any], [any]]) { $0.acceptablePolicies = Self.identifiers("1.2.9") })
        == ["1.2.9"])
    #expect(
      Self.found(
        try Self.verdict([[a], [a]]) { $0.acceptablePolicies = Self.identifiers("1.2.2") })
        == [])
  }

  private static func refusal(_ required: [String], _ found: [String]) -> VerificationRule {
    .policy(
      required: required.compactMap { OID($0) }, found: found.compactMap { OID($0) })
  }

  @Test("where one is asked for, every certificate must be for it")
  func asked() throws {
    let (a, b) = (Self.policies(["1.2.1", "1.2.3"]), Self.policies(["1.2.2", "1.2.3"]))
    func rule(
      _ list: [[CertificateBuilder.Extension]], _ wanted: String...
    ) throws -> VerificationRule? {
      try Self.verdict(list) {
        $0.requiresExplicitPolicy = true
        if !wanted.isEmpty {
          $0.acceptablePolicies = Set(wanted.compactMap { OID($0) })
        }
      }.rule
    }
    #expect(try rule([[a], [a]]) == nil)
    #expect(try rule([[a], [b]]) == nil)
    #expect(try rule([[a], [b]], "1.2.3") == nil)
    #expect(try rule([[a], [b]], "1.2.1") == Self.refusal(["1.2.1"], ["1.2.3"]))
    #expect(try rule([[a], []]) == .policy(required: [], found: []))
    #expect(try rule([[], [a]]) == .policy(required: [], found: []))
    #expect(
      try rule([[a], [Self.policies(["1.2.9"])]], "1.2.4", "1.2.1")
        == Self.refusal(["1.2.1", "1.2.4"], []))
    let refused = try Self.verdict([[], [a]]) { $0.requiresExplicitPolicy = true }
    #expect(refused.error?.position == 1)
    #expect(refused.error?.section == "RFC 5280 6.1.5 (g)")
  }

  @Test("an authority may ask for a policy, at once or some steps below")
  func explicit() throws {
    let a = Self.policies(["1.2.1"])
    func rule(_ list: [[CertificateBuilder.Extension]]) throws -> VerificationRule? {
      try Self.verdict(list).rule
    }
    #expect(
      try rule([[a, Self.constraints(explicit: 0)], []]) == .policy(required: [], found: []))
    #expect(try rule([[a, Self.constraints(explicit: 0)], [a]]) == nil)
    #expect(
      try rule([[Self.constraints(explicit: 1)], [], []]) == .policy(required: [], found: []))
    #expect(try rule([[Self.constraints(explicit: 3)], [], []]) == nil)
    // The leaf's own.
    #expect(try rule([[], [Self.constraints(explicit: 0)]]) == .policy(required: [], found: []))
    #expect(try rule([[a], [a, Self.constraints(explicit: 0)]]) == nil)
  }

  @Test("anyPolicy stands for all, unless the caller or an authority says that it does not")
  func anything() throws {
    let (a, any) = (Self.policies(["1.2.1"]), Self.policies([Self.anyPolicy]))
    func isGood(
      _ list: [[CertificateBuilder.Extension]], inhibits: Bool = false
    ) throws -> Bool {
      try Self.verdict(list) {
        $0.requiresExplicitPolicy = true
        $0.inhibitsAnyPolicy = inhibits
        $0.acceptablePolicies = Self.identifiers("1.2.1")
      }.error == nil
    }
    #expect(try isGood([[any], [a]]))
    #expect(try isGood([[a], [any]]))
    #expect(try isGood([[any], [any]]))
    #expect(try !isGood([[any], [a]], inhibits: true))
    #expect(try !isGood([[a], [any]], inhibits: true))
    #expect(try isGood([[a], [a]], inhibits: true))
    #expect(try !isGood([[a, Self.inhibitAny(0)], [any]]))
    #expect(try !isGood([[a, Self.inhibitAny(0)], [any], [a]]))
    #expect(try isGood([[a, Self.inhibitAny(1)], [any], [a]]))
    #expect(try !isGood([[a, Self.inhibitAny(1)], [a], [any]]))
  }

  @Test("a policy that is mapped goes on under its other name, and is told by its first")
  func mapped() throws {
    let (a, b) = (Self.policies(["1.2.1"]), Self.policies(["1.2.2"]))
    let toB = Self.mappings([("1.2.1", "1.2.2")])
    func isGood(
      _ list: [[CertificateBuilder.Extension]], _ wanted: String = "1.2.1", inhibits: Bool = false
    ) throws -> Bool {
      try Self.verdict(list) {
        $0.requiresExplicitPolicy = true
        $0.inhibitsPolicyMapping = inhibits
        $0.acceptablePolicies = Self.identifiers(wanted)
      }.error == nil
    }
    #expect(Self.found(try Self.verdict([[a, toB], [b]])) == ["1.2.1"])
    #expect(try isGood([[a, toB], [b]]))
    #expect(try !isGood([[a, toB], [b]], "1.2.2"))
    #expect(try !isGood([[a, toB], [a]]))
    #expect(try !isGood([[a, toB], [b]], inhibits: true))
    #expect(try !isGood([[a, Self.constraints(mapping: 0)], [a, toB], [b]]))
    #expect(try isGood([[a, Self.constraints(mapping: 1)], [a, toB], [b]]))
    // Below anyPolicy a mapping makes a policy of its own.
    let any = Self.policies([Self.anyPolicy])
    #expect(Self.found(try Self.verdict([[any, toB], [b]])) == ["1.2.1"])
    #expect(
      Self.found(
        try Self.verdict([[a, Self.mappings([("1.2.1", "1.2.2"), ("1.2.1", "1.2.4")])], [b]]))
        == ["1.2.1"])
  }

  @Test("two policies that are mapped onto both, over and over, are no tree that doubles each time")
  func exponential() throws {
    let both = Self.policies(["1.2.1", "1.2.2"])
    let each = Self.mappings([
      ("1.2.1", "1.2.1"), ("1.2.1", "1.2.2"), ("1.2.2", "1.2.1"), ("1.2.2", "1.2.2"),
    ])
    let levels = Array(repeating: [both, each], count: 40) + [[Self.policies(["1.2.1"])]]
    let verdict = try Self.verdict(levels) { $0.requiresExplicitPolicy = true }
    #expect(Self.found(verdict) == ["1.2.1", "1.2.2"])
  }

  @Test("more policies than are followed are refused")
  func tooMany() throws {
    let many = Self.policies((1...64).map { "1.2.3.\($0)" })
    let few = try Self.verdict(Array(repeating: [many], count: 10)) {
      $0.requiresExplicitPolicy = true
    }
    #expect(Self.found(few)?.count == 64)
    let more = try Self.verdict(Array(repeating: [many], count: 20)) {
      $0.requiresExplicitPolicy = true
    }
    #expect(more.rule == .tooManyPolicies(limit: 1_024))
    // Nobody who asks for none pays for them.
    #expect(try Self.verdict(Array(repeating: [many], count: 20)).error == nil)
  }
}
