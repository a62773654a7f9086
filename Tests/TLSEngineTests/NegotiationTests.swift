import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

@Suite("Negotiation")
struct NegotiationTests {
  // MARK: ALPN (RFC 7301)

  @Test("The server's favourite application protocol wins")
  func applicationProtocol() throws {
    var client = try TestIdentities.clientConfiguration()
    client.applicationProtocols = ["http/1.1", "h2"]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.applicationProtocols = ["h2", "http/1.1"]
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.applicationProtocol == "h2")
    #expect(loopback.server.summary?.applicationProtocol == "h2")
  }

  @Test("Nothing in common is no_application_protocol, with both lists in the sentence")
  func noApplicationProtocol() throws {
    var client = try TestIdentities.clientConfiguration()
    client.applicationProtocols = ["h2"]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.applicationProtocols = ["http/1.1"]
    var loopback = try Loopback(client, server)
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .noApplicationProtocol)
    #expect(
      error?.reason == .noSharedApplicationProtocol(offered: ["h2"], supported: ["http/1.1"]))
    #expect(loopback.client.failure?.reason == .peerAlert(.noApplicationProtocol))
  }

  @Test("A side without application protocols leaves the extension alone")
  func noApplicationProtocolAtAll() throws {
    var client = try TestIdentities.clientConfiguration()
    client.applicationProtocols = ["h2"]
    var loopback = try Loopback(
      client, ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
    #expect(loopback.client.summary?.applicationProtocol == nil)
  }

  @Test("A protocol name that cannot be sent is refused when the connection is made")
  func unspeakableProtocol() throws {
    for name in ["", String(repeating: "x", count: 256), "h2\u{0}", "h 2"] {
      var client = try TestIdentities.clientConfiguration()
      client.applicationProtocols = [name]
      #expect(throws: TLSError.self) {
        _ = try ClientConnection(to: "example.com", configuration: client)
      }
    }
  }

  // MARK: server_name (RFC 6066)

  @Test(
    "The identity is chosen by name: exact before wildcard, wildcard before default",
    arguments: [
      ("www.example.com", "www.example.com"), ("other.example.com", "*.example.com"),
      ("example.org", "example.org"),
    ])
  func chosenByName(name: String, expected: String) throws {
    let server = ServerConfiguration(identities: [
      try TestIdentities.identity(.p256, names: ["default.test"]),
      try TestIdentities.identity(.p256, names: ["*.example.com"]),
      try TestIdentities.identity(.p256, names: ["www.example.com"]),
      try TestIdentities.identity(.rsa, names: ["example.org"]),
    ])
    var loopback = try Loopback(
      to: name, try TestIdentities.clientConfiguration(), server)
    try loopback.exchange()
    let leaf = try #require(loopback.clientSummary?.peerCertificates?.first)
    #expect(leaf.subjectAlternativeNames?.dnsNames == [expected])
    #expect(loopback.server.summary?.serverName == name)
  }

  @Test("An unknown name gets the default identity, which a client that checks refuses")
  func unknownNameGetsDefault() throws {
    let server = ServerConfiguration(
      identities: [try TestIdentities.identity(.p256, names: ["default.test"])])
    var loopback = try Loopback(
      to: "example.net", try TestIdentities.clientConfiguration(), server)
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .badCertificate)
    #expect(
      error?.description.contains("certificate is for \"default.test\", not \"example.net\"")
        == true, "\(String(describing: error))")
  }

  @Test("An unknown name is refused with unrecognized_name where that is configured")
  func unknownNameRefused() throws {
    var server = ServerConfiguration(
      identities: [try TestIdentities.identity(.p256, names: ["default.test"])])
    server.unknownName = .refuse
    var loopback = try Loopback(
      to: "example.net", try TestIdentities.clientConfiguration(), server)
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .unrecognizedName)
    #expect(error?.reason == .unrecognizedName("example.net"))
    #expect(loopback.client.failure?.reason == .peerAlert(.unrecognizedName))
  }

  @Test("A client without a name (it has an IP address) gets the default identity")
  func addressInsteadOfName() throws {
    var server = ServerConfiguration(
      identities: [try TestIdentities.identity(.p256, names: ["127.0.0.1"])])
    server.unknownName = .refuse
    var loopback = try Loopback(
      to: "127.0.0.1", try TestIdentities.clientConfiguration(), server)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
    #expect(loopback.server.summary?.serverName == nil)
  }

  @Test("With an ECDSA and an RSA identity of one name each client gets the one it can use")
  func twoKeysOneName() throws {
    let server = ServerConfiguration(identities: [
      try TestIdentities.identity(.p256), try TestIdentities.identity(.rsa),
    ])
    for (suite, isRSA) in [
      (CipherSuite.ecdheRSAWithAES128GCMSHA256, true),
      (.ecdheECDSAWithAES128GCMSHA256, false),
    ] {
      var client = try TestIdentities.clientConfiguration()
      client.cipherSuites = [suite]
      var loopback = try Loopback(client, server)
      try loopback.exchange()
      let kind = loopback.clientSummary?.peerCertificates?.first?.publicKey.kind
      #expect(kind == (isRSA ? .rsa(bits: 2048) : .ecdsa(.secp256r1)))
    }
  }

  @Test("A client that cannot use the identity of the exact name gets the wildcard's")
  func exactNameOfAnotherKey() throws {
    let server = ServerConfiguration(identities: [
      try TestIdentities.identity(.rsa, names: ["www.example.com"]),
      try TestIdentities.identity(.p256, names: ["*.example.com"]),
    ])
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256]
    var loopback = try Loopback(to: "www.example.com", client, server)
    try loopback.exchange()
    let leaf = loopback.clientSummary?.peerCertificates?.first
    #expect(leaf?.publicKey.kind == .ecdsa(.secp256r1))
  }

  // MARK: Order of preference

  @Test("The server's order decides, unless it leaves the choice to the client")
  func preference() throws {
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [.ecdheECDSAWithAES256GCMSHA384, .ecdheECDSAWithAES128GCMSHA256]
    client.supportedGroups = [.secp384r1, .x25519, .secp256r1]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.cipherSuite == .ecdheECDSAWithAES128GCMSHA256)
    #expect(loopback.client.summary?.group == .x25519)

    server.prefersClientOrder = true
    loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.cipherSuite == .ecdheECDSAWithAES256GCMSHA384)
    #expect(loopback.client.summary?.group == .secp384r1)
  }

  @Test("A client that puts ChaCha20 first gets it")
  func chaChaFirst() throws {
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [
      .ecdheECDSAWithChaCha20Poly1305SHA256, .ecdheECDSAWithAES128GCMSHA256,
    ]
    var loopback = try Loopback(
      client, ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    try loopback.exchange()
    #expect(loopback.client.summary?.cipherSuite == .ecdheECDSAWithChaCha20Poly1305SHA256)
  }

  @Test("Nothing in common is handshake_failure, with both lists")
  func nothingInCommon() throws {
    var client = try TestIdentities.clientConfiguration()
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    client.supportedGroups = [.secp384r1]
    server.supportedGroups = [.x25519]
    var loopback = try Loopback(client, server)
    var error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(error?.reason == .noSharedGroup(offered: [.secp384r1], allowed: [.x25519]))

    client = try TestIdentities.clientConfiguration()
    client.signatureSchemes = [.rsaPSSRSAESHA256]
    loopback = try Loopback(
      client, ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(
      error?.reason
        == .noSharedSignatureScheme(
          offered: [.rsaPSSRSAESHA256],
          possible: [.ecdsaSecp256r1SHA256, .ecdsaSecp384r1SHA384, .ecdsaSecp521r1SHA512]))
  }

  @Test("A key on a curve that the client does not offer is not presented (RFC 8422 5.1.1)")
  func certificateCurveNotOffered() throws {
    var client = try TestIdentities.clientConfiguration()
    client.supportedGroups = [.x25519]
    var loopback = try Loopback(
      client, ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(
      error?.reason == .certificateCurveNotOffered(curve: .secp256r1, offered: [.x25519]))

    // With another identity to choose from, the client gets that one.
    loopback = try Loopback(
      client,
      ServerConfiguration(identities: [
        try TestIdentities.identity(.p256), try TestIdentities.identity(.rsa),
      ]))
    try loopback.exchange()
    #expect(
      loopback.clientSummary?.peerCertificates?.first?.publicKey.kind == .rsa(bits: 2048))
  }

  // MARK: Configuration

  @Test("A configuration that cannot work is refused when the connection is made")
  func impossibleConfigurations() throws {
    func refused(_ change: (inout ClientConfiguration) -> Void) throws {
      var configuration = try TestIdentities.clientConfiguration()
      change(&configuration)
      let error = #expect(throws: TLSError.self) {
        _ = try ClientConnection(to: "example.com", configuration: configuration)
      }
      guard case .misuse = error?.reason else {
        Issue.record("the wrong reason: \(String(describing: error))")
        return
      }
    }
    try refused { $0.cipherSuites = [] }
    try refused { $0.cipherSuites = [CipherSuite(rawValue: 0x0005)] }
    try refused { $0.cipherSuites += $0.cipherSuites }
    try refused { $0.supportedGroups = [] }
    try refused { $0.supportedGroups = [NamedGroup(rawValue: 26)] }
    try refused { $0.signatureSchemes = [SignatureScheme(rawValue: 0x0201)] }
    #expect(throws: TLSError.self) {
      _ = try ServerConnection(configuration: ServerConfiguration(identities: []))
    }
    #expect(throws: TLSError.self) {
      _ = try ClientConnection(
        to: "not a name", configuration: try TestIdentities.clientConfiguration())
    }
  }

  @Test("An identity needs the key of its certificate")
  func mismatchedIdentity() throws {
    let one = try TestIdentities.material(.p256)
    let other = try TestIdentities.material(.rsa)
    #expect(throws: IdentityError.self) {
      _ = try Identity(certificates: one.certificates, privateKey: other.key)
    }
    #expect(throws: IdentityError.noCertificate) {
      _ = try Identity(certificates: [], privateKey: one.key)
    }
  }
}
