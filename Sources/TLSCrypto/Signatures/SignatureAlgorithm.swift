/// How a message is signed.
public enum SignatureAlgorithm: Sendable, Hashable, CustomStringConvertible {
  /// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
  case rsaPKCS1(HashFunction)
  /// RSASSA-PSS (RFC 8017 section 8.1) with MGF1 and the same hash, and a salt as long as a digest.
  case rsaPSS(HashFunction)
  /// ECDSA (FIPS 186-5), as a DER `Ecdsa-Sig-Value` (RFC 3279 section 2.2.3).
  case ecdsa(HashFunction)
  /// Ed25519 (RFC 8032), which hashes by itself.
  case ed25519

  /// The name, such as `ECDSA with SHA-256`.
  public var description: String {
    switch self {
    case .rsaPKCS1(let hash): "RSA PKCS#1 with \(hash)"
    case .rsaPSS(let hash): "RSA-PSS with \(hash)"
    case .ecdsa(let hash): "ECDSA with \(hash)"
    case .ed25519: "Ed25519"
    }
  }
}
