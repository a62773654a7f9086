import TLSCertificates
import TLSCrypto
import TLSEngine

/// An identity for an hour of trying things out.
enum DevelopmentIdentity {
  /// A new authority, and an identity for these names from it.
  static func make(
    names: [String]
  ) throws -> (identity: Identity, authority: Certificate) {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let authority = try DevelopmentAuthority(now: now, random: &random)
    let leaf = try authority.issue(names: names, now: now, random: &random)
    let identity = try Identity(certificates: [leaf.certificate], privateKey: leaf.key)
    return (identity, authority.certificate)
  }
}
