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

  /// What is accepted, and how much is looked at.
  public struct Policy: Sendable, Hashable {
    /// The shortest RSA modulus, in bits.
    public var minimumRSABitCount = 2048
    /// The most certificates in a path, leaf and root included.
    public var maximumPathLength = 8
    /// The most certificates that a peer may send.
    public var maximumCertificateCount = 16
    /// The most candidates for an issuer that are tried, in all.
    public var maximumCandidateCount = 64
    /// The most signatures that are checked, in all.
    public var maximumSignatureCount = 16
    /// The most comparisons of a name with a name constraint, for one path.
    public var maximumNameComparisonCount = 250_000

    /// What is good for most.
    public init() {}
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
  /// - Returns: the path that is good.
  /// - Throws: ``VerificationError``: of several paths that fail, the failure that says the most.
  public func verify(
    _ chain: [Certificate], for name: ServerName?, usage: Usage, at time: Timestamp
  ) throws(VerificationError) -> VerifiedChain {
    guard let leaf = chain.first else { throw VerificationError(.emptyChain, nil, in: chain) }
    guard chain.count <= policy.maximumCertificateCount else {
      let rule = VerificationError.Rule.tooManyCertificates(
        limit: policy.maximumCertificateCount, found: chain.count)
      throw VerificationError(rule, nil, in: chain)
    }
    let rules = CertificateRules(chain: chain, usage: usage, time: time, policy: policy)
    try rules.checkLeaf(leaf)
    var search = PathSearch(chain: chain, roots: roots, rules: rules)
    let path = try search.findPath()
    if let name, !leaf.matches(name) {
      let presented = leaf.subjectAlternativeNames?.texts ?? []
      throw VerificationError(
        .nameMismatch(presented: presented, expected: name), leaf, in: chain)
    }
    return VerifiedChain(certificates: path)
  }
}

/// A path that was found good: leaf first, root last.
public struct VerifiedChain: Sendable, Hashable {
  /// The certificates.
  public let certificates: [Certificate]
}
