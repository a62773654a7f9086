import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Which of its identities a client shows, by its configuration or by its caller's word.
@Suite("The client's choice of identity")
struct ClientIdentityTests {
  /// A CertificateRequest.
  private func request(
    types: [UInt8] = [1, 64], schemes: [SignatureScheme] = SignatureScheme.supported,
    authorities: [[UInt8]] = []
  ) -> [UInt8] {
    let numbers = schemes.flatMap { [UInt8].number(Int($0.rawValue), 2) }
    let names = authorities.flatMap { $0.vector(2) }
    return (types.vector(1) + numbers.vector(2) + names.vector(2)).message(13)
  }

  /// `CN=ca`.
  private static let stranger: [UInt8] = [
    0x30, 0x0d, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x02, 0x63, 0x61,
  ]

  private func client(
    _ identities: [Identity], _ selection: ClientConfiguration.IdentitySelection = .byRequest
  ) throws -> ClientConnection {
    try TestIdentities.startedClient(
      try TestIdentities.client {
        $0.identities = identities
        $0.identitySelection = selection
      })
  }

  /// The leaf that a client with these identities shows to a server that asks like this, having
  /// checked what the client signs.
  private func shown(_ identities: [Identity], to request: [UInt8]) throws -> [UInt8]? {
    var client = try client(identities)
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.beforeDone = [request]
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let leaf = try leaf(peer.clientMessages)
    try checkSignature(peer.clientMessages, of: peer.signedByClient)
    #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)
    return leaf
  }

  /// The first certificate of a Certificate message, if there is one.
  private func leaf(_ messages: [[UInt8]]) throws -> [UInt8]? {
    var list = WireCursor(try #require(messages.first { $0[0] == 11 }).dropFirst(7))
    return list.isEmpty ? nil : try list.vector(3)
  }

  /// Checks that a CertificateVerify is there where a certificate is, and is right.
  private func checkSignature(_ messages: [[UInt8]], of content: [UInt8]) throws {
    let verify = messages.filter { $0[0] == 15 }
    guard let leaf = try leaf(messages) else {
      #expect(verify.isEmpty)
      return
    }
    #expect(messages.map { $0[0] } == [11, 16, 15])
    var cursor = WireCursor(try #require(verify.first).dropFirst(4))
    let scheme = SignatureScheme(rawValue: UInt16(try cursor.number(2)))
    let signature = try cursor.vector(2)
    let key = try Certificate(der: leaf).publicKey
    try key.verify(
      signature.rawSpan, of: content.rawSpan, using: try #require(scheme.algorithm))
  }

  // MARK: By request

  @Test("The first identity that the server would take is shown")
  func byRequest() throws {
    let identities = try [
      TestIdentities.Kind.rsa, .p256, .ed25519, .p384,
    ].map { try TestIdentities.clientIdentity($0) }
    let (rsa, p256) = (identities[0].certificates[0].der, identities[1].certificates[0].der)
    let (ed25519, p384) = (identities[2].certificates[0].der, identities[3].certificates[0].der)
    let root = try TestIdentities.root().subject.der
    let cases: [(request: [UInt8], leaf: [UInt8]?)] = [
      (request(), rsa), (request(types: [64]), p256), (request(types: [1]), rsa),
      // Kinds of certificate that nobody has: dss_sign and rsa_fixed_dh (RFC 5246 section 7.4.4).
      (request(types: [2, 3]), nil), (request(types: [2, 64]), p256),
      (request(schemes: [.ed25519]), ed25519),
      // ECDSA with SHA-384 suits P-256 too: in TLS 1.2 the number does not bind the curve.
      (request(schemes: [.ecdsaSecp384r1SHA384]), p256),
      (request(types: [1], schemes: [.ed25519]), nil),
      (request(schemes: [SignatureScheme(rawValue: 0x0203)]), nil),
      (request(authorities: [root]), rsa), (request(authorities: [Self.stranger]), nil),
      (request(authorities: [Self.stranger, root]), rsa),
      (request(types: [64], authorities: [root]), p256),
    ]
    for (index, (request, leaf)) in cases.enumerated() {
      #expect(try shown(identities, to: request) == leaf, "case \(index)")
    }
    #expect(try shown([identities[3]], to: request()) == p384)
  }

  @Test("An authority is found by the issuer of any certificate in the chain")
  func issuerInChain() throws {
    var random = SystemRandomSource()
    let root = try DevelopmentAuthority(name: "Top", now: TestIdentities.now, random: &random)
    let key = try PrivateKey.generate(.ed25519, using: &random)
    let builder = CertificateBuilder.authority(
      commonName: "Middle", pathLength: nil, notBefore: TestIdentities.now.adding(seconds: -60),
      notAfter: TestIdentities.now.adding(seconds: 3600))
    let middle = try builder.build(
      publicKey: key.publicKey, issuedBy: .init(certificate: root.certificate, key: root.key),
      random: &random)
    let issued = try DevelopmentAuthority(certificate: middle, key: key).issue(
      names: ["client.example"], now: TestIdentities.now, random: &random)
    let identity = try Identity(
      certificates: [issued.certificate, middle], privateKey: issued.key)
    let short = try Identity(certificates: [issued.certificate], privateKey: issued.key)
    let leaf = issued.certificate.der
    let (top, below) = (root.certificate.subject.der, middle.subject.der)
    #expect(try shown([identity], to: request(authorities: [top])) == leaf)
    #expect(try shown([identity], to: request(authorities: [below])) == leaf)
    #expect(try shown([short], to: request(authorities: [below])) == leaf)
    #expect(try shown([short], to: request(authorities: [top])) == nil)
  }

  @Test("The client's own schemes count too, its favourite first")
  func ownSchemes() throws {
    let identity = try TestIdentities.clientIdentity(.rsa)
    for schemes in [[SignatureScheme.ed25519, .rsaPSSRSAESHA384], [.ed25519, .rsaPKCS1SHA256]] {
      var client = try TestIdentities.startedClient(
        try TestIdentities.client {
          $0.identities = [identity]
          $0.signatureSchemes = schemes
        })
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.beforeDone = [request()]
      _ = try client.receive(try peer.firstFlight())
      try peer.receive(client.takeOutgoing())
      let verify = try #require(peer.clientMessages.last)
      #expect(verify[4..<6].elementsEqual([UInt8].number(Int(schemes[1].rawValue), 2)))
      try checkSignature(peer.clientMessages, of: peer.signedByClient)
    }
  }

  @Test("Names of authorities that are none are decode_error")
  func malformedNames() throws {
    for name in [[0x30], [0x31, 0x00], [0x30, 0x02, 0x31, 0x00], [0xff]] as [[UInt8]] {
      var client = try client([try TestIdentities.clientIdentity(.p256)])
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.beforeDone = [request(authorities: [Self.stranger, name])]
      expectRefused(
        &client, receiving: try peer.firstFlight(), with: .decodeError,
        saying: "certificate_authorities holds a name that is none: ")
    }
  }

  // MARK: By question

  /// A client that asks which identity to show, and its server.
  private func asking(
    _ request: [UInt8]? = nil,
    _ body: (inout ClientConnection, inout HandDrivenServer) throws -> Void
  ) throws {
    var client = try client([try TestIdentities.clientIdentity(.p256)], .ask)
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.beforeDone = [request ?? self.request()]
    let events = try client.receive(try peer.firstFlight())
    guard case .clientIdentity = events.last?.question else {
      Issue.record("the client asks \(events)")
      return
    }
    #expect(client.hasOutgoing == false)
    try body(&client, &peer)
  }

  @Test("The question says what the server would take")
  func question() throws {
    let root = try TestIdentities.root().subject
    let request = request(
      types: [64, 5], schemes: [.ed25519, .rsaPSSRSAESHA256],
      authorities: [root.der, Self.stranger])
    try asking(request) { client, _ in
      guard case .clientIdentity(let question) = client.pendingQuestion else { return }
      let names = [root, try DistinguishedName(der: Self.stranger)]
      #expect(question.certificateAuthorities == names)
      #expect(question.signatureSchemes == [.ed25519, .rsaPSSRSAESHA256])
      #expect(question.acceptsECDSA)
      #expect(!question.acceptsRSA)
    }
  }

  @Test("The caller's identity is shown, whatever the server named")
  func answered() throws {
    let identity = try TestIdentities.clientIdentity(.ed25519)
    try asking(request(types: [1], authorities: [Self.stranger])) { client, peer in
      #expect(try client.answer(.identity(identity)).isEmpty)
      try peer.receive(client.takeOutgoing())
      #expect(try leaf(peer.clientMessages) == identity.certificates[0].der)
      try checkSignature(peer.clientMessages, of: peer.signedByClient)
      #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)
    }
  }

  @Test("The caller can show nothing")
  func noIdentity() throws {
    try asking { client, peer in
      #expect(try client.answer(.noIdentity).isEmpty)
      try peer.receive(client.takeOutgoing())
      #expect(peer.clientMessages.map { $0[0] } == [11, 16])
      #expect(peer.clientMessages.first == [11, 0, 0, 3, 0, 0, 0])
      #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)
    }
  }

  @Test("The caller can refuse, with handshake_failure unless it says otherwise")
  func refused() throws {
    for alert in [nil, AlertDescription.userCanceled] {
      try asking { client, _ in
        let error = #expect(throws: TLSError.self) {
          _ = try client.answer(.refused("not to this server", alert: alert))
        }
        #expect(error?.reason == .refused("not to this server"))
        #expect(error?.alert == alert ?? .handshakeFailure)
        #expect(error?.place?.state == "choosing an identity")
        let sent = WireRecord.split(client.takeOutgoing())
        #expect(sent == [.alert(2, (alert ?? .handshakeFailure).rawValue)])
      }
    }
  }

  @Test("An identity that can sign nothing for the server is handshake_failure")
  func unsuitable() throws {
    let identity = try TestIdentities.clientIdentity(.p256)
    try asking(request(schemes: [.ed25519, .rsaPSSRSAESHA256])) { client, _ in
      let error = #expect(throws: TLSError.self) { _ = try client.answer(.identity(identity)) }
      #expect(error?.alert == .handshakeFailure)
      guard case .noSharedSignatureScheme(let offered, let possible) = error?.reason else {
        Issue.record("the wrong reason: \(String(describing: error))")
        return
      }
      #expect(offered == [.ed25519, .rsaPSSRSAESHA256])
      #expect(possible == [.ecdsaSecp256r1SHA256, .ecdsaSecp384r1SHA384, .ecdsaSecp521r1SHA512])
    }
  }

  @Test("Answers to other questions change nothing")
  func unfitting() throws {
    try asking { client, peer in
      for answer in [Answer.signature([1]), .chainIsGood, .preSharedKey(nil), .session(nil)] {
        let error = #expect(throws: TLSError.self) { _ = try client.answer(answer) }
        #expect(
          error?.reason == .misuse("\(answer.kind) was given, and an identity was asked for"))
      }
      #expect(client.failure == nil)
      _ = try client.answer(.noIdentity)
      try peer.receive(client.takeOutgoing())
      #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)
    }
  }

  // MARK: Keys elsewhere

  @Test(
    "The question of what to sign comes to the client too", arguments: TestIdentities.Kind.allCases)
  func signing(kind: TestIdentities.Kind) throws {
    let material = try TestIdentities.clientMaterial(kind)
    let identity = try Identity(signingElsewhereWith: material.certificates)
    var client = try client([identity])
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.beforeDone = [request()]
    let events = try client.receive(try peer.firstFlight())
    guard case .sign(let question) = events.last?.question else {
      Issue.record("the client asks \(events)")
      return
    }
    #expect(question.identity.certificates == material.certificates)
    // Nothing goes out before it is signed.
    #expect(client.hasOutgoing == false)
    var random = SystemRandomSource()
    let signature = try material.key.sign(
      question.message.rawSpan, using: try #require(question.scheme.algorithm), random: &random)
    #expect(try client.answer(.signature(signature)).isEmpty)
    try peer.receive(client.takeOutgoing())
    #expect(question.message == peer.signedByClient)
    try checkSignature(peer.clientMessages, of: peer.signedByClient)
    #expect(try client.receive(try peer.secondFlight()).first?.summary != nil)
  }

  @Test(
    "A signature that is refused ends it with internal_error, and nothing of the flight goes out")
  func signatureRefused() throws {
    let material = try TestIdentities.clientMaterial(.p256)
    var client = try client([try Identity(signingElsewhereWith: material.certificates)])
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.beforeDone = [request()]
    _ = try client.receive(try peer.firstFlight())
    let error = #expect(throws: TLSError.self) {
      _ = try client.answer(.refused("the token is gone"))
    }
    #expect(error?.alert == .internalError)
    #expect(error?.place?.state == "signing the handshake")
    #expect(WireRecord.split(client.takeOutgoing()) == [.alert(2, 80)])
  }
}
