extension ChainVerifier {
  /// Which rules certificates must keep.
  public enum Profile: Sendable, Hashable {
    /// Those of RFC 5280 section 6, by which paths are validated.
    case rfc5280
    /// Those, and on top of them what RFC 5280 section 4 says that certificates must be like, as
    /// `openssl verify -x509_strict` asks and somewhat more: see ``CertificateProfileRequirement``.
    ///
    /// Certificates of an authority of one's own, made by hand, break it easily: keyUsage, or the names
    /// of keys, are forgotten.
    case strictRFC5280
    /// Those again, and on top of them what the CA/Browser Forum's Baseline Requirements ask of the
    /// certificates of public TLS servers: see ``BaselineRequirement``.
    ///
    /// They ask a root for its key alone, and leave out two rules on name constraints:
    /// ``CertificateProfileRequirement/isAskedByBaselineRequirements``. Clients' certificates are not
    /// public servers'; they are judged as by ``rfc5280``.
    case baselineRequirements
  }

  /// What is accepted, and how much is looked at.
  ///
  /// The bounds make what a hostile heap costs a known maximum. With those that stand here at first,
  /// a verification looks at no more than 64 candidates for an issuer, checks no more than 16
  /// signatures (16 ms if all are ECDSA P-256, 66 ms if P-521, 2 ms if RSA of 4096 bits) and compares no
  /// more than 250,000 names with constraints (50 ms). What else it does grows with the size of the heap, and for each
  /// candidate with the number of certificates of the same name.
  public struct Policy: Sendable, Hashable {
    /// Which rules certificates must keep.
    public var profile = Profile.rfc5280

    /// The keys and signatures that are accepted.
    public var algorithms = AlgorithmPolicy.modern

    /// The policies that are good enough (the user-initial-policy-set of RFC 5280 section 6.1.1 (c)).
    /// A path that is for none of them is refused if ``requiresExplicitPolicy`` says so, or a
    /// certificate of it; else they tell no more than what ``VerifiedChain/policies`` has.
    public var acceptablePolicies: Set<OID> = [.anyPolicy]

    /// Whether the path must be for one of ``acceptablePolicies`` (initial-explicit-policy).
    public var requiresExplicitPolicy = false

    /// Whether authorities may not say that another policy is as good as theirs
    /// (initial-policy-mapping-inhibit).
    public var inhibitsPolicyMapping = false

    /// Whether anyPolicy in a certificate stands for nothing (initial-any-policy-inhibit).
    public var inhibitsAnyPolicy = false

    /// The keys of which one must be in the path, leaf and root included; empty for no such rule.
    public var pins: Set<PublicKeyPin> = []

    /// How revocation is checked.
    public var revocation = RevocationPolicy()

    /// The most certificates in a path, leaf and root included.
    public var maximumPathLength = 8

    /// The most certificates that a peer may send. A caller who looks for paths in a heap of a
    /// thousand can say so here: the other bounds hold all the same.
    public var maximumCertificateCount = 16

    /// The most candidates for an issuer that are tried, over all paths.
    public var maximumCandidateCount = 64

    /// The most signatures that are checked, over all paths, those of lists and responses about
    /// revocation included. Each is checked once.
    public var maximumSignatureCount = 16

    /// The most comparisons of a name with a name constraint, over all paths.
    public var maximumNameComparisonCount = 250_000

    /// What is good for most.
    public init() {}
  }
}
