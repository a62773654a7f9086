import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Clients that show a certificate, or do not, to servers that ask for one (RFC 5246 sections 7.4.4
/// to 7.4.8).
@Suite("Client certificates")
struct ClientCertificateTests {
  typealias Authentication = ServerConfiguration.ClientAuthentication

  private func server(
    _ authentication: Authentication = .required,
    _ change: (inout ServerConfiguration) throws -> Void = { _ in }
  ) throws -> ServerConfiguration {
    try TestIdentities.serverConfiguration {
      $0.clientAuthentication = authentication
      $0.clientVerification = .roots(try TestIdentities.roots())
      try change(&$0)
    }
  }

  private func client(_ identities: [Identity]) throws -> ClientConfiguration {
    try TestIdentities.client { $0.identities = identities }
  }

  /// The types of the messages that the client sent in the clear.
  private func types(_ stream: [UInt8]) -> [UInt8] {
    let records = WireRecord.split(stream).prefix { $0.type == 22 }
    return WireRecord.messages(Array(records)).map { $0[0] }
  }

  @Test("Each key with each scheme that it can sign with", arguments: SignatureScheme.supported)
  func eachScheme(scheme: SignatureScheme) throws {
    for kind in TestIdentities.Kind.allCases {
      let identity = try TestIdentities.clientIdentity(kind)
      let possible = identity.schemes(among: [scheme])
      var loopback = try Loopback(
        // The server's own key is of Ed25519, which has to be among its schemes.
        try client([identity]),
        try server { $0.signatureSchemes = [scheme] + [.ed25519].filter { $0 != scheme } })
      guard !possible.isEmpty || kind == .ed25519 else {
        let error = #expect(throws: TLSError.self) { try loopback.exchange() }
        #expect(error?.alert == .handshakeFailure, "\(kind), \(scheme)")
        continue
      }
      try loopback.exchange()
      #expect(types(loopback.sentByClient) == [1, 11, 16, 15], "\(kind), \(scheme)")
      let sent = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
      let verify = try #require(WireRecord.messages(Array(sent)).last)
      let expected = possible.isEmpty ? SignatureScheme.ed25519 : scheme
      #expect(verify[4..<6].elementsEqual([UInt8].number(Int(expected.rawValue), 2)))
      #expect(
        loopback.serverSummary?.peerCertificates == identity.certificates, "\(kind), \(scheme)")
      try loopback.expectDataBothWays()
    }
  }

  @Test("The summary has the client's chain, the path to the root, and the names")
  func summary() throws {
    let identity = try TestIdentities.clientIdentity(.p256)
    var loopback = try Loopback(try client([identity]), try server())
    try loopback.exchange()
    let theirs = loopback.serverSummary
    let summary = try #require(theirs)
    #expect(summary.peerCertificates == identity.certificates)
    #expect(summary.verifiedPeerChain == identity.certificates + [try TestIdentities.root()])
    let leaf = try #require(summary.peerCertificates?.first)
    #expect(leaf.subjectAlternativeNames?.dnsNames == ["client.example"])
    #expect(leaf.subject.commonName == "p256 leaf")
    // The client has the server's.
    let ours = loopback.clientSummary
    #expect(ours?.peerCertificates == (try TestIdentities.identity(.ed25519)).certificates)
    #expect(ours?.verifiedPeerChain.last == (try TestIdentities.root()))
  }

  @Test("Not asked, a client keeps its certificate to itself")
  func notAsked() throws {
    var loopback = try Loopback(
      try client([try TestIdentities.clientIdentity(.p256)]), try server(.none))
    try loopback.exchange()
    #expect(types(loopback.sentByClient) == [1, 16])
    #expect(loopback.serverSummary?.peerCertificates?.isEmpty == true)
  }

  @Test("Asked and without one it says so, and goes on")
  func requestedAndNone() throws {
    var loopback = try Loopback(try client([]), try server(.requested))
    try loopback.exchange()
    #expect(types(loopback.sentByClient) == [1, 11, 16])
    let summary = loopback.serverSummary
    #expect(summary?.peerCertificates?.isEmpty == true)
    #expect(summary?.verifiedPeerChain.isEmpty == true)
    try loopback.expectDataBothWays()
  }

  @Test("Asked where one is required, and without one, it is handshake_failure (RFC 5246 7.4.6)")
  func requiredAndNone() throws {
    var loopback = try Loopback(try client([]), try server(.required))
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(
      error?.description
        == "the client shows no certificate, which this configuration requires (while expecting "
        + "the client's Certificate, in Certificate); alert sent: handshake_failure")
    #expect(loopback.client.failure?.reason == .peerAlert(.handshakeFailure))
    #expect(loopback.client.summary == nil)
  }

  // MARK: Judging

  @Test("A client's chain is judged, and the alert says what is wrong with it")
  func badChains() throws {
    var random = SystemRandomSource()
    let stranger = try DevelopmentAuthority(now: TestIdentities.now, random: &random)
    let key = try TestIdentities.material(.p256).key
    var builder = CertificateBuilder(
      commonName: "stranger", names: ["client.example"], notBefore: TestIdentities.now,
      notAfter: TestIdentities.now.adding(seconds: 60))
    builder.extendedKeyUsages = [.clientAuth]
    let leaf = try builder.build(
      publicKey: key.publicKey,
      issuedBy: .init(certificate: stranger.certificate, key: stranger.key), random: &random)
    let unknown = try Identity(certificates: [leaf], privateKey: key)
    let expired = try TestIdentities.clientIdentity(.p256) {
      $0.notAfter = TestIdentities.now.adding(seconds: -1)
    }
    let early = try TestIdentities.clientIdentity(.p256) {
      $0.notBefore = TestIdentities.now.adding(seconds: 60)
    }
    let ofServer = try TestIdentities.identity(.p256)
    let cases: [(identity: Identity, alert: AlertDescription)] = [
      (unknown, .unknownCA), (expired, .certificateExpired), (early, .certificateExpired),
      (ofServer, .unsupportedCertificate),
    ]
    for (identity, alert) in cases {
      for authentication in [Authentication.requested, .required] {
        var loopback = try Loopback(
          try client([identity]), try server(authentication) { $0.clientAuthorities = [] })
        let error = #expect(throws: TLSError.self) { try loopback.exchange() }
        #expect(error?.alert == alert)
        #expect(error?.place?.state == "judging the client's certificate chain")
        guard case .certificate = error?.reason else {
          Issue.record("the wrong reason: \(String(describing: error))")
          return
        }
        #expect(loopback.client.failure?.reason == .peerAlert(alert))
        #expect(loopback.server.summary == nil)
      }
    }
  }

  @Test("A server that trusts nobody takes no certificate")
  func nobodyTrusted() throws {
    var loopback = try Loopback(
      try client([try TestIdentities.clientIdentity(.p256)]),
      try TestIdentities.serverConfiguration { $0.clientAuthentication = .requested })
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .unknownCA)
  }

  @Test("A verifier of the caller's own making judges clients too")
  func verifier() throws {
    var verifier = ChainVerifier(roots: try TestIdentities.roots())
    let client = try client([try TestIdentities.clientIdentity(.rsa)])
    var loopback = try Loopback(client, try server { $0.clientVerification = .verifier(verifier) })
    try loopback.exchange()
    #expect(loopback.serverSummary?.verifiedPeerChain.count == 2)
    verifier.policy.algorithms = .strict
    loopback = try Loopback(client, try server { $0.clientVerification = .verifier(verifier) })
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .badCertificate)
  }

  // MARK: The request

  @Test("The request names the roots' subjects, the schemes, and the kinds of key for them")
  func request() throws {
    let subject = try TestIdentities.root().subject.der
    let cases: [(schemes: [SignatureScheme], types: [UInt8])] = [
      ([.ed25519], [64]), ([.ed25519, .rsaPSSRSAESHA256], [1, 64]),
      ([.rsaPKCS1SHA384, .ecdsaSecp256r1SHA256, .ed25519], [1, 64]),
    ]
    for (schemes, types) in cases {
      for names in [nil, [], [try TestIdentities.root().subject]] as [[DistinguishedName]?] {
        let peer = try HandDrivenClient()
        var server = try ServerConnection(
          configuration: try server {
            $0.signatureSchemes = schemes
            $0.clientAuthorities = names
          })
        _ = try server.receive(peer.helloRecord)
        let messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
        #expect(messages.map { $0[0] } == [2, 11, 12, 13, 14])
        let numbers = schemes.flatMap { [UInt8].number(Int($0.rawValue), 2) }
        let list = names?.isEmpty == true ? [] : subject.vector(2)
        #expect(messages[3] == (types.vector(1) + numbers.vector(2) + list.vector(2)).message(13))
      }
    }
  }

  @Test("More names than fit are a misuse that says what to do")
  func tooManyNames() throws {
    let name = try TestIdentities.root().subject
    let count = 65_535 / (2 + name.der.count) + 1
    let error = #expect(throws: TLSError.self) {
      _ = try ServerConnection(
        configuration: try server { $0.clientAuthorities = Array(repeating: name, count: count) })
    }
    #expect(
      error?.reason
        == .misuse(
          "the names of \(count) client authorities take \(count * (2 + name.der.count)) bytes, "
            + "and only 65535 fit; name fewer in clientAuthorities, or none"))
  }
}
