/// A list of revoked certificates (RFC 5280 section 5).
public struct CertificateRevocationList: Sendable, Hashable {
  /// The encoding.
  public let der: [UInt8]
}
