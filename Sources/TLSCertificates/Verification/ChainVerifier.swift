public import TLSCrypto

/// Decides whether a chain that a peer sent proves a name (RFC 5280 section 6, RFC 9525).
public struct ChainVerifier: Sendable {
  /// What the peer is.
  public enum Usage: Sendable, Hashable {
    /// A TLS server.
    case server
    /// A TLS client.
    case client
  }

  /// The authorities that are trusted.
  public var roots: TrustRoots

  /// What is accepted, and how much is looked at.
  public var policy: Policy

  /// A verifier that trusts these roots.
  public init(roots: TrustRoots, policy: Policy = Policy()) {
    self.roots = roots
    self.policy = policy
  }

  /// Finds a path from the first certificate to a root and checks all of it.
  ///
  /// - Parameters:
  ///   - chain: the leaf, and then in any order what may lead from it to a root; what does not is
  ///     passed over.
  ///   - name: whom the leaf must be for; `nil` for anybody.
  ///   - usage: what the peer is.
  ///   - time: the time at which every certificate must be valid.
  ///   - stapledStatus: what came with the chain about the revocation of its leaf.
  /// - Returns: the path that is good.
  /// - Throws: ``VerificationError``: of several paths that fail, the failure that says the most, and
  ///   what became of each.
  public func verify(
    _ chain: [Certificate], for name: ServerName?, usage: Usage, at time: Timestamp,
    stapledStatus: StapledStatus = .notRequested
  ) throws(VerificationError) -> VerifiedChain {
    var work = VerificationWork(policy: policy)
    return try verify(
      chain, for: name, usage: usage, at: time, stapledStatus: stapledStatus, work: &work)
  }

  /// The same, which says how much work it was.
  func verify(
    _ chain: [Certificate], for name: ServerName?, usage: Usage, at time: Timestamp,
    stapledStatus: StapledStatus, work: inout VerificationWork
  ) throws(VerificationError) -> VerifiedChain {
    guard let leaf = chain.first else { throw VerificationError(VerificationFailure(.emptyChain)) }
    guard chain.count <= policy.maximumCertificateCount else {
      let rule = VerificationRule.tooManyCertificates(
        limit: policy.maximumCertificateCount, found: chain.count)
      throw VerificationError(VerificationFailure(rule))
    }
    let rules = CertificateRules(usage: usage, time: time, policy: policy)
    var search = PathSearch(
      heap: CertificateHeap(chain), roots: roots, rules: rules, stapledStatus: stapledStatus)
    defer { work = search.workDone }
    let path = try search.findPath(from: leaf)
    if let name, !leaf.matches(name) {
      let presented = leaf.subjectAlternativeNames?.texts ?? []
      let failure = VerificationFailure(
        .nameMismatch(presented: presented, expected: name), leaf, position: 0)
      throw search.error(failure, of: path)
    }
    return VerifiedChain(certificates: path, processing: PolicyProcessing(policy))
  }
}
