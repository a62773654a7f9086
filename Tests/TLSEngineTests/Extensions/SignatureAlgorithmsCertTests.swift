import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("signature_algorithms_cert (RFC 8446 section 4.2.3)")
struct SignatureAlgorithmsCertTests {
  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("two", [0, 4, 4, 1, 4, 3]) {
        $0.certificateSignatureSchemes = [.rsaPKCS1SHA256, .ecdsaSecp256r1SHA256]
      },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.signatureAlgorithmsCert) }

  @Test(
    "What a server answers: nothing",
    arguments: [
      AnswerRow("a list that its chain suits", to: [0, 2, 4, 3], nil),
      AnswerRow("a list that it does not suit", to: [0, 2, 4, 1], nil),
      AnswerRow("a list of what it does not know", to: [0, 2, 0xfe, 0xfe], nil),
      AnswerRow("no list", to: nil, nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.signatureAlgorithmsCert) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [], .decodeError, "supported_signature_algorithms needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [0, 0], .decodeError,
        "supported_signature_algorithms is 0 bytes long, and must be 2 to 65534"),
      RefusedOffer(
        [0, 3, 8, 7, 4], .decodeError,
        "supported_signature_algorithms needs 2 bytes where only 1 are left"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws {
    try row.check(WireHello.signatureAlgorithmsCert)
  }

  @Test(
    "What a client makes of an answer",
    arguments: [
      ClientRow.taken(nil) { $0.certificateSignatureSchemes = [.rsaPKCS1SHA256] },
      .refused(
        [0, 2, 4, 1], .unsupportedExtension,
        "the server answered signature_algorithms_cert, which was not offered"
      ) { $0.certificateSignatureSchemes = [.rsaPKCS1SHA256] },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.signatureAlgorithmsCert) }

  // MARK: The choice among chains

  /// Three identities of one name, all with an Ed25519 key, in whose chains stand signatures of
  /// ECDSA, of Ed25519, and none but a root's own.
  private func identities() throws -> (ecdsa: Identity, ed25519: Identity, root: Identity) {
    let issuer = try TestIdentities.material(.ed25519, names: ["issuer.test"]) {
      $0.commonName = "another authority"
    }
    let issuerCertificate = try #require(issuer.certificates.first)
    var random = DeterministicRandomSource(seed: [7])
    let builder = CertificateBuilder(
      commonName: "leaf", names: ["example.com"],
      notBefore: TestIdentities.now.adding(seconds: -3600),
      notAfter: TestIdentities.now.adding(seconds: 3600))
    let leaf = try builder.build(
      publicKey: issuer.key.publicKey,
      issuedBy: .init(certificate: issuerCertificate, key: issuer.key), random: &random)
    let root = try builder.build(selfSignedWith: issuer.key, random: &random)
    return (
      try TestIdentities.identity(.ed25519),
      try Identity(certificates: [leaf], privateKey: issuer.key),
      try Identity(certificates: [root], privateKey: issuer.key)
    )
  }

  /// Which certificate a server with these identities presents to a hello.
  private func presented(
    _ identities: [Identity], _ change: (inout WireHello) -> Void
  ) throws -> [UInt8] {
    var peer = try HandDrivenClient()
    change(&peer.hello)
    var server = try ServerConnection(configuration: ServerConfiguration(identities: identities))
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    let message = try #require(peer.serverMessages.first { $0.first == 11 })
    var list = WireCursor(Array(message.dropFirst(7)))
    return try list.vector(3)
  }

  @Test("The first identity whose chain the client can check is presented, whatever the order")
  func choice() throws {
    let (ecdsa, ed25519, root) = try identities()
    // signature_algorithms_cert, signature_algorithms, the identities, the choice.
    let cases: [([UInt8]?, [UInt8], [Identity], Identity)] = [
      ([4, 3], [8, 7], [ecdsa, ed25519], ecdsa), ([4, 3], [8, 7], [ed25519, ecdsa], ecdsa),
      ([8, 7], [8, 7], [ecdsa, ed25519], ed25519),
      ([4, 3, 8, 7], [8, 7], [ed25519, ecdsa], ed25519),
      // The extension alone counts where it is there.
      ([4, 3], [8, 7, 4, 1], [ed25519, ecdsa], ecdsa),
      // Without it, signature_algorithms does.
      (nil, [8, 7], [ecdsa, ed25519], ed25519),
      (nil, [8, 7, 4, 3], [ecdsa, ed25519], ecdsa),
      // A root's own signature is not checked.
      ([4, 1], [8, 7], [ecdsa, root], root),
      // No chain suits: the client gets the first rather than nothing.
      ([4, 1], [8, 7], [ed25519, ecdsa], ed25519),
      ([0xfe, 0xfe], [8, 7], [ecdsa, ed25519], ecdsa),
    ]
    for (chains, handshake, identities, expected) in cases {
      let der = try presented(identities) { hello in
        hello.set(WireHello.signatureAlgorithms, handshake.vector(2))
        if let chains { hello.set(WireHello.signatureAlgorithmsCert, chains.vector(2)) }
      }
      #expect(der == expected.certificates.first?.der, "\(chains ?? []) \(handshake)")
    }
  }

  @Test("Who is asked for an identity is told what the client can check")
  func question() throws {
    for (chains, expected) in [
      ([4, 1], [.rsaPKCS1SHA256]), (nil, [.ed25519]),
    ] as [([UInt8]?, [SignatureScheme])] {
      var peer = try HandDrivenClient()
      peer.hello.set(WireHello.signatureAlgorithms, [0, 2, 8, 7])
      if let chains { peer.hello.set(WireHello.signatureAlgorithmsCert, chains.vector(2)) }
      var server = try TestIdentities.server { $0.identitySelection = .ask }
      _ = try server.receive(peer.helloRecord)
      guard case .identity(let question) = server.pendingQuestion else {
        Issue.record("the server asks \(String(describing: server.pendingQuestion))")
        return
      }
      #expect(question.signatureSchemes == [.ed25519])
      #expect(question.certificateSignatureSchemes == expected)
    }
  }

  @Test(
    "Schemes that cannot be offered are refused when the connection is made",
    arguments: [
      [], [.rsaPKCS1SHA256, .rsaPKCS1SHA256], [SignatureScheme(rawValue: 0x0201)],
    ] as [[SignatureScheme]])
  func impossible(_ schemes: [SignatureScheme]) throws {
    let configuration = try TestIdentities.client { $0.certificateSignatureSchemes = schemes }
    let error = #expect(throws: TLSError.self) {
      _ = try ClientConnection(to: "example.com", configuration: configuration)
    }
    #expect(error?.isMisuse == true)
  }
}
