import TLSCertificates
import TLSCrypto

/// A root, an authority below it and a server's certificate below that, and the raw checks of the
/// two signatures that a validation takes.
final class ChainFixture {
  /// What the three keys are.
  enum Kind: CaseIterable, CustomStringConvertible {
    case rsa2048
    case p256

    var generation: PrivateKey.Generation {
      switch self {
      case .rsa2048: .rsa(bits: 2048)
      case .p256: .ecdsa(.secp256r1)
      }
    }

    /// How many of them are measured at a time.
    var repetitions: Int {
      switch self {
      case .rsa2048: 50
      case .p256: 5
      }
    }

    var description: String {
      switch self {
      case .rsa2048: "RSA-2048"
      case .p256: "P-256"
      }
    }
  }

  /// The server's certificate.
  let leaf: Certificate
  private let authority: Certificate
  private let verifier: ChainVerifier
  private let name: ServerName
  private let now = SystemTimeSource().now()
  private let checks: [RawSignatureCheck]

  init(_ kind: Kind) throws {
    var random = SystemRandomSource()
    let (notBefore, notAfter) = (now.adding(seconds: -3_600), now.adding(seconds: 86_400))
    let rootKey = try PrivateKey.generate(kind.generation, using: &random)
    let root = try CertificateBuilder.authority(
      commonName: "Root", notBefore: notBefore, notAfter: notAfter
    ).build(selfSignedWith: rootKey, random: &random)
    let authorityKey = try PrivateKey.generate(kind.generation, using: &random)
    authority = try CertificateBuilder.authority(
      commonName: "Authority", pathLength: 0, notBefore: notBefore, notAfter: notAfter
    ).build(
      publicKey: authorityKey.publicKey, issuedBy: .init(certificate: root, key: rootKey),
      random: &random)
    let leafKey = try PrivateKey.generate(kind.generation, using: &random)
    leaf = try CertificateBuilder(
      commonName: "www.example.com",
      names: ["example.com", "www.example.com", "*.example.net", "192.0.2.1", "2001:db8::1"],
      notBefore: notBefore, notAfter: notAfter
    ).build(
      publicKey: leafKey.publicKey, issuedBy: .init(certificate: authority, key: authorityKey),
      random: &random)
    verifier = ChainVerifier(roots: TrustRoots(certificates: [root]))
    name = try ServerName("www.example.com")
    checks = [
      try RawSignatureCheck(leaf, issuedBy: authority),
      try RawSignatureCheck(authority, issuedBy: root),
    ]
  }

  /// Reads the chain of a server and judges it. It is read anew each time: a certificate that has been
  /// judged remembers who signed it.
  func validate() throws -> VerifiedChain {
    let chain = [try Certificate(der: leaf.der), try Certificate(der: authority.der)]
    return try verifier.verify(chain, for: name, usage: .server, at: now)
  }

  /// The arithmetic of it alone.
  func checkSignatures() throws {
    for check in checks { try check.run() }
  }
}
