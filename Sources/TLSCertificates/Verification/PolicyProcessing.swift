/// Which policies a path is valid for (RFC 5280 section 6.1, with the graph of RFC 9618 in place of
/// the tree that grows without bound).
///
/// Of the graph no more is kept than the level that was reached: what matters of those above is from
/// which policies of the topmost authority one can come down to a node, and that each node knows. A
/// level without a node is the graph that is NULL.
struct PolicyProcessing: Sendable, Hashable {
  /// What came of it.
  enum Outcome {
    /// The path is valid for these policies (the user-constrained-policy-set).
    case valid(Set<OID>)
    /// It must be valid for one, and is for none; the certificate where that shows, by its place in
    /// the path, and the policies that the path is for otherwise.
    case invalid(Int, found: [OID])
    /// There are more nodes than are followed, from a certificate on.
    case tooMany(Int)
  }

  /// A policy at the level that was reached.
  private struct Node {
    /// The policies of the next certificate that stand for this one (`expected_policy_set`).
    var expected: Set<OID>
    /// The nodes below anyPolicy from which one comes down to this one, by their policies.
    var origins: Set<OID>
  }

  /// How many nodes there may be, in all.
  static let maximumNodeCount = 1_024

  let acceptable: Set<OID>
  let requiresExplicitPolicy: Bool
  let inhibitsPolicyMapping: Bool
  let inhibitsAnyPolicy: Bool

  init(_ policy: ChainVerifier.Policy) {
    acceptable = policy.acceptablePolicies
    requiresExplicitPolicy = policy.requiresExplicitPolicy
    inhibitsPolicyMapping = policy.inhibitsPolicyMapping
    inhibitsAnyPolicy = policy.inhibitsAnyPolicy
  }

  /// Whether a path can be refused for its policies: if not, nothing need be computed.
  func canRefuse(_ path: CandidatePath) -> Bool {
    requiresExplicitPolicy
      || path.steps.contains { $0.certificate.policyConstraints?.requireExplicitPolicy != nil }
  }

  /// The policies of a path.
  ///
  /// - Parameter path: leaf first; the root at its end is not asked (RFC 5280 section 6.1), unless it
  ///   is the leaf itself.
  func outcome(for path: [Certificate]) -> Outcome {
    let certificates = path.count > 1 ? path.dropLast() : path[...]
    var state = State(self, count: certificates.count)
    for (index, certificate) in certificates.enumerated().reversed() {
      let isLeaf = index == 0
      state.take(certificate, isLeaf: isLeaf)
      guard state.nodeCount <= Self.maximumNodeCount else { return .tooMany(index) }
      if isLeaf { break }
      guard state.explicitPolicy > 0 || !state.level.isEmpty else {
        return .invalid(index, found: certificate.policyIdentifiers)
      }
      state.prepare(certificate)
      guard state.nodeCount <= Self.maximumNodeCount else { return .tooMany(index) }
    }
    state.end(certificates.first)
    let policies = state.userConstrained(by: acceptable)
    guard state.explicitPolicy > 0 || !policies.isEmpty else {
      return .invalid(0, found: state.authorityConstrained.sorted { $0.text < $1.text })
    }
    return .valid(policies)
  }

  /// The state variables (RFC 5280 section 6.1.2).
  private struct State {
    var level: [OID: Node] = [.anyPolicy: Node(expected: [.anyPolicy], origins: [])]
    var explicitPolicy: Int
    var policyMapping: Int
    var inhibitAnyPolicy: Int
    var nodeCount = 0

    init(_ processing: PolicyProcessing, count: Int) {
      explicitPolicy = processing.requiresExplicitPolicy ? 0 : count + 1
      policyMapping = processing.inhibitsPolicyMapping ? 0 : count + 1
      inhibitAnyPolicy = processing.inhibitsAnyPolicy ? 0 : count + 1
    }

    /// RFC 9618 section 5.3: step (d) and (e) of RFC 5280 section 6.1.3.
    mutating func take(_ certificate: Certificate, isLeaf: Bool) {
      guard let policies = certificate.certificatePolicies, !level.isEmpty else {
        level = [:]
        return
      }
      var next: [OID: Node] = [:]
      let isBelowAny = level[.anyPolicy] != nil
      for policy in policies.policies.map(\.identifier) where policy != .anyPolicy {
        let origins = originsBelow(policy)
        if !origins.isEmpty {
          next[policy] = Node(expected: [policy], origins: origins)
        } else if isBelowAny {
          next[policy] = Node(expected: [policy], origins: [policy])
        }
      }
      let takesAny =
        inhibitAnyPolicy > 0 || (!isLeaf && certificate.isSelfIssued)
      if takesAny, policies.contains(.anyPolicy) {
        for policy in level.values.reduce(into: Set(), { $0.formUnion($1.expected) })
        where next[policy] == nil {
          next[policy] = Node(expected: [policy], origins: originsBelow(policy))
        }
      }
      level = next
      nodeCount += level.count
    }

    /// Where one comes from to a new node of this policy, by the nodes that expect it.
    private func originsBelow(_ policy: OID) -> Set<OID> {
      level.values.reduce(into: Set()) { origins, node in
        if node.expected.contains(policy) { origins.formUnion(node.origins) }
      }
    }

    /// The preparation for the next certificate (RFC 5280 section 6.1.4 (b), (h), (i) and (j)).
    mutating func prepare(_ certificate: Certificate) {
      if let mappings = certificate.policyMappings { map(mappings) }
      if !certificate.isSelfIssued {
        explicitPolicy = max(0, explicitPolicy - 1)
        policyMapping = max(0, policyMapping - 1)
        inhibitAnyPolicy = max(0, inhibitAnyPolicy - 1)
      }
      if let limit = certificate.policyConstraints?.requireExplicitPolicy {
        explicitPolicy = min(explicitPolicy, limit)
      }
      if let limit = certificate.policyConstraints?.inhibitPolicyMapping {
        policyMapping = min(policyMapping, limit)
      }
      if let limit = certificate.inhibitAnyPolicy {
        inhibitAnyPolicy = min(inhibitAnyPolicy, limit)
      }
    }

    private mutating func map(_ mappings: PolicyMappings) {
      var targets: [OID: Set<OID>] = [:]
      for mapping in mappings.mappings {
        targets[mapping.issuerDomainPolicy, default: []].insert(mapping.subjectDomainPolicy)
      }
      for (policy, expected) in targets {
        if policyMapping == 0 {
          level[policy] = nil
        } else if level[policy] != nil {
          level[policy]?.expected = expected
        } else if level[.anyPolicy] != nil {
          level[policy] = Node(expected: expected, origins: [policy])
          nodeCount += 1
        }
      }
    }

    /// The wrap-up (RFC 5280 section 6.1.5 (a) and (b)).
    mutating func end(_ leaf: Certificate?) {
      explicitPolicy = max(0, explicitPolicy - 1)
      if leaf?.policyConstraints?.requireExplicitPolicy == 0 { explicitPolicy = 0 }
    }

    /// The policies that the authorities have the path be for (RFC 9618 section 5.6).
    var authorityConstrained: Set<OID> {
      var policies = level.values.reduce(into: Set()) { $0.formUnion($1.origins) }
      if level[.anyPolicy] != nil { policies.insert(.anyPolicy) }
      return policies
    }

    /// Those of them that are acceptable to the caller.
    func userConstrained(by acceptable: Set<OID>) -> Set<OID> {
      let found = authorityConstrained
      if acceptable.contains(.anyPolicy) { return found }
      return found.contains(.anyPolicy) ? acceptable : found.intersection(acceptable)
    }
  }
}

extension Certificate {
  fileprivate var policyIdentifiers: [OID] {
    certificatePolicies?.policies.map(\.identifier) ?? []
  }
}
