/// A rule of the CA/Browser Forum's Baseline Requirements for TLS server certificates.
@nonexhaustive
public enum BaselineRequirement: Sendable, Hashable {
  /// A subscriber's certificate is for TLS servers, and says so (7.1.2.7.10).
  case serverAuthentication

  /// Where the rule stands.
  public var section: String { "7.1.2.7.10" }

  /// What the rule wants.
  public var expected: String { "serverAuth" }
}
