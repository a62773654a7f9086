import TLSCertificates
import TLSCrypto

/// A root, an authority below it and a server's certificate below that, with keys of one sort.
struct ChainFixture {
  let kind: Fixture.Kind
  let root: Certificate
  let authority: Certificate
  let leaf: Certificate

  /// The leaf's.
  let key: PrivateKey

  /// Names that are asked for, and whether the leaf is for them.
  static let questions: [(title: String, name: String, isAddress: Bool, answer: Bool)] = [
    ("a name", Fixture.name, false, true),
    ("a wildcard", "a.example.net", false, true),
    ("an address", "192.0.2.1", true, true),
    ("none of 4", "www.example.org", false, false),
  ]

  init(_ kind: Fixture.Kind) throws {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let (start, end) = (now.adding(seconds: -3_600), now.adding(seconds: 86_400))
    let rootKey = try PrivateKey.generate(kind.generation, using: &random)
    let authorityKey = try PrivateKey.generate(kind.generation, using: &random)
    key = try PrivateKey.generate(kind.generation, using: &random)
    root = try CertificateBuilder.authority(
      commonName: "Root", notBefore: start, notAfter: end
    ).build(selfSignedWith: rootKey, random: &random)
    authority = try CertificateBuilder.authority(
      commonName: "Authority", pathLength: 0, notBefore: start, notAfter: end
    ).build(
      publicKey: authorityKey.publicKey, issuedBy: .init(certificate: root, key: rootKey),
      random: &random)
    leaf = try CertificateBuilder(
      commonName: Fixture.name,
      names: ["example.test", Fixture.name, "*.example.net", "192.0.2.1"], notBefore: start,
      notAfter: end
    ).build(
      publicKey: key.publicKey, issuedBy: .init(certificate: authority, key: authorityKey),
      random: &random)
    self.kind = kind
  }
}
