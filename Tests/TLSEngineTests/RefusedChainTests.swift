import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Chains that a client must refuse, in a whole handshake: the alert that the server hears, and the
/// sentence that a person reads.
@Suite("Refused chains")
struct RefusedChainTests {
  private static let now = TestIdentities.now
  private static let names = ["example.com"]

  /// Makes the chain and its key, and says which authority the client trusts.
  private struct Maker {
    var random: any RandomSource = DeterministicRandomSource(seed: Array("refused".utf8))

    mutating func key() throws -> PrivateKey {
      try PrivateKey.generate(.ecdsa(.secp256r1), using: &random)
    }

    mutating func authority(
      _ name: String, pathLength: Int? = nil, by issuer: CertificateBuilder.Issuer? = nil
    ) throws -> CertificateBuilder.Issuer {
      let key = try key()
      let builder = CertificateBuilder.authority(
        commonName: name, pathLength: pathLength, notBefore: now.adding(seconds: -3600),
        notAfter: now.adding(seconds: 86_400))
      let certificate =
        if let issuer {
          try builder.build(publicKey: key.publicKey, issuedBy: issuer, random: &random)
        } else {
          try builder.build(selfSignedWith: key, random: &random)
        }
      return .init(certificate: certificate, key: key)
    }

    /// A leaf as it should be, but for one change.
    mutating func leaf(
      by issuer: CertificateBuilder.Issuer, _ change: (inout CertificateBuilder) -> Void = { _ in }
    ) throws -> CertificateBuilder.Issuer {
      let key = try key()
      var builder = CertificateBuilder(
        commonName: "the leaf", names: names, notBefore: now.adding(seconds: -3600),
        notAfter: now.adding(seconds: 86_400))
      change(&builder)
      let certificate = try builder.build(
        publicKey: key.publicKey, issuedBy: issuer, random: &random)
      return .init(certificate: certificate, key: key)
    }
  }

  private func expectRefused(
    _ chain: [Certificate], _ key: PrivateKey, trusting root: Certificate,
    with alert: AlertDescription, saying sentence: String,
    while state: String = "judging the certificate chain",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var client = ClientConfiguration()
    client.verification = .roots(TrustRoots(certificates: [root]))
    client.time = FixedTimeSource(Self.now)
    let identity = try Identity(certificates: chain, privateKey: key)
    var loopback = try Loopback(client, ServerConfiguration(identities: [identity]))
    let error = #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
      try loopback.exchange()
    }
    #expect(error?.alert == alert, sourceLocation: sourceLocation)
    #expect(error?.place?.state == state, sourceLocation: sourceLocation)
    let said = error?.description ?? ""
    #expect(
      said.hasPrefix(sentence), "\(said)\nand not\n\(sentence)", sourceLocation: sourceLocation)
    #expect(
      loopback.server.failure?.reason == .peerAlert(alert), sourceLocation: sourceLocation)
  }

  /// A leaf with one thing wrong.
  private func expectLeafRefused(
    with alert: AlertDescription, saying sentence: String,
    while state: String = "judging the certificate chain",
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout CertificateBuilder) -> Void
  ) throws {
    var maker = Maker()
    let root = try maker.authority("the root")
    let leaf = try maker.leaf(by: root, change)
    try expectRefused(
      [leaf.certificate], leaf.key, trusting: root.certificate, with: alert, saying: sentence,
      while: state, sourceLocation: sourceLocation)
  }

  @Test("Expired and not yet valid are certificate_expired")
  func dates() throws {
    try expectLeafRefused(
      with: .certificateExpired,
      saying: "certificate \"CN=the leaf\" expired at \(Self.now.adding(seconds: -1)); "
        + "it is \(Self.now) now"
    ) { $0.notAfter = Self.now.adding(seconds: -1) }
    try expectLeafRefused(
      with: .certificateExpired,
      saying: "certificate \"CN=the leaf\" is not valid before \(Self.now.adding(seconds: 1)); "
        + "it is \(Self.now) now"
    ) { $0.notBefore = Self.now.adding(seconds: 1) }
  }

  @Test("A wrong name is bad_certificate")
  func wrongName() throws {
    try expectLeafRefused(
      with: .badCertificate,
      saying: "certificate is for \"*.example.org\", not \"example.com\""
    ) { $0.names = ["*.example.org"] }
  }

  @Test("Wrong usage is unsupported_certificate")
  func wrongUsage() throws {
    try expectLeafRefused(
      with: .unsupportedCertificate,
      saying: "the server signed with a key that its certificate allows only keyEncipherment ",
      while: "expecting ServerKeyExchange"
    ) { $0.keyUsage = .keyEncipherment }
    try expectLeafRefused(
      with: .unsupportedCertificate,
      saying: "certificate \"CN=the leaf\" is for clientAuth, not for serverAuth"
    ) { $0.extendedKeyUsages = [.clientAuth] }
  }

  @Test("A critical extension that nobody knows is bad_certificate")
  func criticalExtension() throws {
    try expectLeafRefused(
      with: .badCertificate,
      saying: "certificate \"CN=the leaf\" has the critical extension 1.2.3.4, which is not "
        + "understood"
    ) {
      $0.extraExtensions = [.init(identifier: "1.2.3.4", isCritical: true, der: [5, 0])]
    }
  }

  @Test("SHA-1 in a signature is bad_certificate")
  func weakSignature() throws {
    try expectLeafRefused(
      with: .badCertificate, saying: "certificate \"CN=the leaf\" is signed by "
    ) {
      $0.signature = .unsigned(
        algorithm: "1.2.840.10045.4.1", parameters: [], signature: [0x30, 6, 2, 1, 1, 2, 1, 1])
    }
  }

  @Test("A self-signed certificate and an untrusted root are unknown_ca")
  func untrusted() throws {
    var maker = Maker()
    let root = try maker.authority("the root")
    let other = try maker.authority("another root")
    let leaf = try maker.leaf(by: other)
    try expectRefused(
      [leaf.certificate], leaf.key, trusting: root.certificate, with: .unknownCA,
      saying: "certificate \"CN=the leaf\" was issued by \"CN=another root\", which is not among "
        + "the trusted roots")
    let key = try maker.key()
    let builder = CertificateBuilder(
      commonName: "self-made", names: Self.names, notBefore: Self.now.adding(seconds: -3600),
      notAfter: Self.now.adding(seconds: 86_400))
    let selfSigned = try builder.build(selfSignedWith: key, random: &maker.random)
    try expectRefused(
      [selfSigned], key, trusting: root.certificate, with: .unknownCA,
      saying: "certificate \"CN=self-made\" is self-signed, and not among the trusted roots")
  }

  @Test("A path too long, and a leaf that issued another, are bad_certificate")
  func authorities() throws {
    var maker = Maker()
    let root = try maker.authority("the root", pathLength: 0)
    let middle = try maker.authority("the middle", by: root)
    let leaf = try maker.leaf(by: middle)
    try expectRefused(
      [leaf.certificate, middle.certificate], leaf.key, trusting: root.certificate,
      with: .badCertificate,
      saying: "certificate \"CN=the root\" allows 0 authorities below it, and 1 follow")
    let open = try maker.authority("an open root")
    let notAnAuthority = try maker.leaf(by: open) { $0.commonName = "no authority" }
    let below = try maker.leaf(by: notAnAuthority)
    try expectRefused(
      [below.certificate, notAnAuthority.certificate], below.key, trusting: open.certificate,
      with: .badCertificate,
      saying: "certificate \"CN=no authority\" issued another and is no authority")
  }

  @Test("A server's own certificate that is trusted is no authority for others")
  func trustedLeafAsAuthority() throws {
    var maker = Maker()
    let key = try maker.key()
    var builder = CertificateBuilder(
      commonName: "a trusted leaf", names: ["dev.test"], notBefore: Self.now.adding(seconds: -3600),
      notAfter: Self.now.adding(seconds: 86_400))
    builder.omittedExtensions = ["2.5.29.19"]
    builder.keyUsage = []
    builder.extendedKeyUsages = []
    let trusted = try builder.build(selfSignedWith: key, random: &maker.random)
    let leaf = try maker.leaf(by: .init(certificate: trusted, key: key))
    try expectRefused(
      [leaf.certificate, trusted], leaf.key, trusting: trusted, with: .badCertificate,
      saying: "certificate \"CN=a trusted leaf\" issued another and is no authority")
  }

  @Test("A tampered signature is bad_certificate")
  func tamperedSignature() throws {
    var maker = Maker()
    let root = try maker.authority("the root")
    let leaf = try maker.leaf(by: root)
    var der = leaf.certificate.der
    // The last byte of the last number of the ECDSA signature.
    der[der.count - 1] ^= 1
    try expectRefused(
      [try Certificate(der: der)], leaf.key, trusting: root.certificate, with: .badCertificate,
      saying: "the signature of certificate \"CN=the leaf\" is not that of \"CN=the root\"")
  }
}
