/// A rule of the CA/Browser Forum's Baseline Requirements for TLS server certificates.
public enum BaselineRequirement: Sendable, Hashable {
  /// A subscriber's certificate is for TLS servers, and says so (7.1.2.7.10).
  case serverAuthentication
}
