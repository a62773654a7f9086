import TLSCrypto

@testable import TLSCertificates

extension CertificateBuilder.Extension {
  /// certificatePolicies.
  static func policies(_ policies: String...) -> Self { Self.policies(policies) }

  /// certificatePolicies.
  static func policies(_ policies: [String]) -> Self {
    .init(
      identifier: "2.5.29.32", isCritical: false,
      der: TLV.sequence(policies.flatMap { TLV.sequence(TLV.identifier($0)) }))
  }

  /// policyMappings, from the issuer's policies to the subject's.
  static func mappings(_ pairs: (String, String)...) -> Self {
    .init(
      identifier: "2.5.29.33", isCritical: true,
      der: TLV.sequence(
        pairs.flatMap { TLV.sequence(TLV.identifier($0.0), TLV.identifier($0.1)) }))
  }

  /// policyConstraints.
  static func policyConstraints(requireExplicit: UInt8? = nil, inhibitMapping: UInt8? = nil)
    -> Self
  {
    .init(
      identifier: "2.5.29.36", isCritical: true,
      der: TLV.sequence(
        requireExplicit.map { TLV.field(0, [$0]) } ?? [],
        inhibitMapping.map { TLV.field(1, [$0]) } ?? []))
  }

  /// inhibitAnyPolicy.
  static func inhibitAnyPolicy(_ count: UInt8) -> Self {
    .init(identifier: "2.5.29.54", isCritical: true, der: TLV.integer(count))
  }
}

/// One policy and two others, and the one that stands for all.
private let (one, two, three, any) = (
  "1.3.6.1.4.1.32473.10.1", "1.3.6.1.4.1.32473.10.2", "1.3.6.1.4.1.32473.10.3", "2.5.29.32.0"
)

extension ChainTopic {
  private typealias Extensions = [CertificateBuilder.Extension]

  /// Policies (RFC 5280 sections 6.1.3 (d) to (f), 6.1.4 (a) to (d) and 6.1.5).
  static func policies() throws -> ChainTopic {
    var topic = ChainTopic("policies")
    topic.certtool = .notAsked("it knows nothing of policies")
    topic.rule = "RFC 5280 6.1.5 (g)"
    try topic.addPolicies()
    topic.rule = "RFC 5280 6.1.3 (f)"
    try topic.addPolicyConstraints()
    topic.rule = "RFC 5280 6.1.4 (b)"
    try topic.addMappings()
    topic.rule = "RFC 5280 6.1.3 (d)(2)"
    try topic.addAnyPolicy()
    return topic
  }

  /// A leaf below authorities with these extensions, the root's child first.
  ///
  /// - Parameter place: who is said to break the rule; `nil` if the path is good.
  private mutating func add(
    _ name: String, _ about: String, authorities: [Extensions], leaf: Extensions,
    refusedAt place: ChainAnswer.Place?, _ change: (inout ChainQuestion) -> Void = { _ in }
  ) throws {
    try add(
      name, about, authorities: authorities, leaf: leaf,
      place.map { .refused("policy", at: $0) } ?? .accepted, openSSL: nil, change)
  }

  private mutating func add(
    _ name: String, _ about: String, authorities: [Extensions], leaf: Extensions,
    _ expected: ChainAnswer, openSSL: PeerAnswer?, _ change: (inout ChainQuestion) -> Void
  ) throws {
    let root = try Party.anchor()
    var chain: [Party] = []
    for (number, extensions) in authorities.enumerated() {
      let above = chain.first ?? root
      chain.insert(
        try above.issuer("Authority \(number + 1)") { $0.extraExtensions = extensions }, at: 0)
    }
    let end = try (chain.first ?? root).server { $0.extraExtensions = leaf }
    add(
      name, about, expected, [end] + chain, [root], openSSL: openSSL, change)
  }

  private static func require(
    _ policies: String...
  ) -> (inout ChainQuestion) -> Void {
    return {
      $0.more["explicit-policy"] = "required"
      if !policies.isEmpty { $0.more["policies"] = policies.joined(separator: " ") }
    }
  }

  private mutating func addPolicies() throws {
    try add(
      "none", "There are no policies, and none is required.", authorities: [[]], leaf: [],
      refusedAt: nil)
    try add(
      "none-required", "There are no policies, and one is required.", authorities: [[]], leaf: [],
      refusedAt: 1, Self.require())
    try add(
      "leaf-without", "The authority has a policy, the leaf has none.",
      authorities: [[.policies(one)]], leaf: [], refusedAt: 0, Self.require())
    let same: [Extensions] = [[.policies(one)]]
    try add(
      "same", "Both have the policy that is acceptable.", authorities: same,
      leaf: [.policies(one)], refusedAt: nil, Self.require(one))
    try add(
      "same-for-any", "Both have one policy, and any is acceptable.", authorities: same,
      leaf: [.policies(one)], refusedAt: nil, Self.require())
    try add(
      "other", "Both have one policy, and another is acceptable.", authorities: same,
      leaf: [.policies(one)], refusedAt: 0, Self.require(two))
    try add(
      "one-of-two", "Both have one policy of the two that are acceptable.", authorities: same,
      leaf: [.policies(one)], refusedAt: nil, Self.require(two, one))
    try add(
      "not-required", "Another policy is acceptable, but none is required.", authorities: same,
      leaf: [.policies(one)], refusedAt: nil
    ) { $0.more["policies"] = two }
    try add(
      "different", "The authority has one policy, and the leaf another.", authorities: same,
      leaf: [.policies(two)], refusedAt: 0, Self.require())
    try add(
      "common", "Authority and leaf have one policy of several in common.",
      authorities: [[.policies(one, two)]], leaf: [.policies(two, three)], refusedAt: nil,
      Self.require(two))
    try add(
      "lost-on-the-way", "The authority in the middle has not the policy of the other two.",
      authorities: [[.policies(one)], [.policies(two)]], leaf: [.policies(one)], refusedAt: 1,
      Self.require())
    let many = CertificateBuilder.Extension.policies((1...64).map { "1.2.\($0)" })
    try add(
      "too-many", "17 authorities have 64 policies each: more than 1,024 are not followed.",
      authorities: Array(repeating: [many], count: 17), leaf: [many],
      .refused("tooManyPolicies", at: 1), openSSL: .notAsked("it has other bounds")
    ) {
      Self.require()(&$0)
      for key in ["limit-certificates", "limit-path", "limit-signatures"] { $0.more[key] = "20" }
    }
    try add(
      "deep", "Three authorities and the leaf have the policy.",
      authorities: [[.policies(one)], [.policies(one)], [.policies(one)]],
      leaf: [.policies(one)], refusedAt: nil, Self.require(one))
  }

  private mutating func addPolicyConstraints() throws {
    let now = CertificateBuilder.Extension.policyConstraints(requireExplicit: 0)
    try add(
      "explicit-now", "The authority requires a policy, and the leaf has none.",
      authorities: [[.policies(one), now]], leaf: [], refusedAt: 0)
    try add(
      "explicit-now-kept", "The authority requires a policy, and the leaf has it.",
      authorities: [[.policies(one), now]], leaf: [.policies(one)], refusedAt: nil)
    try add(
      "explicit-after-one", "The authority requires a policy after one more, which is the leaf.",
      authorities: [[.policies(one), .policyConstraints(requireExplicit: 1)]], leaf: [],
      refusedAt: 0)
    try add(
      "explicit-after-two", "The authority requires a policy after two more.",
      authorities: [[.policies(one), .policyConstraints(requireExplicit: 2)]], leaf: [],
      refusedAt: nil)
    try add(
      "explicit-by-the-leaf", "The leaf requires a policy, and has none.", authorities: [[]],
      leaf: [now], refusedAt: 0)
    try add(
      "explicit-widened", "The authority below would require a policy later.",
      authorities: [
        [.policies(one), now], [.policies(one), .policyConstraints(requireExplicit: 5)],
      ], leaf: [], refusedAt: 0)
  }

  private mutating func addMappings() throws {
    let mapping = CertificateBuilder.Extension.mappings((one, two))
    let mapped: [Extensions] = [[.policies(one), mapping]]
    try add(
      "mapped", "The leaf's policy is as good as the authority's, which is acceptable.",
      authorities: mapped, leaf: [.policies(two)], refusedAt: nil, Self.require(one))
    try add(
      "mapped-away", "The leaf has the policy that the authority has mapped to another.",
      authorities: mapped, leaf: [.policies(one)], refusedAt: 0, Self.require(one))
    try add(
      "mapped-subject-policy", "Acceptable is the policy of the leaf, not that of the authority.",
      authorities: mapped, leaf: [.policies(two)], refusedAt: 0, Self.require(two))
    try add(
      "mapping-inhibited", "Mappings are not acceptable.", authorities: mapped,
      leaf: [.policies(two)], refusedAt: 0
    ) {
      $0.more["explicit-policy"] = "required"
      $0.more["policy-mapping"] = "inhibited"
    }
    try add(
      "mapping-inhibited-above", "The authority above does not allow mappings.",
      authorities: [
        [.policies(one), .policyConstraints(inhibitMapping: 0)], [.policies(one), mapping],
      ], leaf: [.policies(two)], refusedAt: 0, Self.require())
    try add(
      "mapping-inhibited-later", "The authority above does not allow mappings after one more.",
      authorities: [
        [.policies(one), .policyConstraints(inhibitMapping: 1)], [.policies(one), mapping],
      ], leaf: [.policies(two)], refusedAt: nil, Self.require(one))
    try add(
      "mapped-from-any", "The authority has anyPolicy, and maps one of all.",
      authorities: [[.policies(any), mapping]], leaf: [.policies(two)], refusedAt: nil,
      Self.require(one))
    try add(
      "mapped-twice", "Two authorities map, one after the other.",
      authorities: [[.policies(one), mapping], [.policies(two), .mappings((two, three))]],
      leaf: [.policies(three)], refusedAt: nil, Self.require(one))
  }

  private mutating func addAnyPolicy() throws {
    try add(
      "any-above", "The authority has anyPolicy, and the leaf the one that is acceptable.",
      authorities: [[.policies(any)]], leaf: [.policies(one)], refusedAt: nil, Self.require(one))
    try add(
      "any-below", "The leaf has anyPolicy, and the authority the one that is acceptable.",
      authorities: [[.policies(one)]], leaf: [.policies(any)], refusedAt: nil, Self.require(one))
    try add(
      "any-below-other", "The leaf has anyPolicy, and the authority one that is not acceptable.",
      authorities: [[.policies(one)]], leaf: [.policies(any)], refusedAt: 0, Self.require(two))
    try add(
      "any-inhibited", "anyPolicy stands for nothing.", authorities: [[.policies(any)]],
      leaf: [.policies(one)], refusedAt: 1
    ) {
      $0.more["explicit-policy"] = "required"
      $0.more["any-policy"] = "inhibited"
    }
    try add(
      "any-inhibited-by-authority", "The authority lets anyPolicy stand for nothing.",
      authorities: [[.policies(one), .inhibitAnyPolicy(0)]], leaf: [.policies(any)],
      refusedAt: 0, Self.require())
    try add(
      "any-inhibited-later", "The authority lets anyPolicy stand for nothing after one more.",
      authorities: [[.policies(one), .inhibitAnyPolicy(1)]], leaf: [.policies(any)],
      refusedAt: nil, Self.require(one))
    let root = try Party.anchor("Root", key: Party.key("old"))
    let first = try root.issuer("Middle", key: Party.key("Middle old")) {
      $0.extraExtensions = [.policies(one), .inhibitAnyPolicy(0)]
    }
    let renewed = try first.issuer("Middle") { $0.extraExtensions = [.policies(any)] }
    let leaf = try renewed.server { $0.extraExtensions = [.policies(one)] }
    add(
      "any-inhibited-self-issued", "A self-issued authority may have anyPolicy all the same.",
      .accepted, [leaf, renewed, first], [root], Self.require(one))
  }
}
