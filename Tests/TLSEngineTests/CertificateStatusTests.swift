import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Stapled OCSP responses (RFC 6066 section 8) and signed certificate timestamps (RFC 6962 section
/// 3.3.1), from the server's identity to the client's question and summary.
@Suite("Stapled status and timestamps")
struct CertificateStatusTests {
  private static let response = [UInt8]((0..<700).map { UInt8(truncatingIfNeeded: $0) })
  private static let timestamps: [[UInt8]] = [[1, 2, 3], [UInt8](repeating: 9, count: 119)]

  private func identity(
    _ response: [UInt8]? = response, _ timestamps: [[UInt8]] = timestamps
  ) throws -> Identity {
    var identity = try TestIdentities.identity(.p256)
    identity.stapledStatus = response
    identity.signedCertificateTimestamps = timestamps
    return identity
  }

  private func types(_ stream: [UInt8]) -> [UInt8] {
    let records = WireRecord.split(stream).prefix { $0.type == 22 }
    return WireRecord.messages(Array(records)).map { $0[0] }
  }

  /// A client that does not look at what is stapled, which is none of these tests' business.
  private func incurious(
    _ change: (inout ClientConfiguration) -> Void = { _ in }
  ) throws -> ClientConfiguration {
    var configuration = try TestIdentities.client(revocation: { $0.staplingChecking = .off })
    change(&configuration)
    return configuration
  }

  // MARK: Our client with our server

  @Test("What the identity has reaches the client's question and both sides' summaries")
  func stapled() throws {
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .ask },
      ServerConfiguration(identities: [try identity()]))
    try loopback.exchange()
    #expect(types(loopback.sentByServer) == [2, 11, 22, 12, 14])
    guard case .verifyChain(let question) = loopback.client.pendingQuestion else {
      Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
      return
    }
    #expect(question.stapledStatus == .response(Self.response))
    #expect(question.signedCertificateTimestamps == Self.timestamps)
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    let (ours, theirs) = (loopback.clientSummary, loopback.serverSummary)
    #expect(ours?.stapledStatus == Self.response)
    #expect(ours?.signedCertificateTimestamps == Self.timestamps)
    // They are the client's to know: the server showed them.
    #expect(theirs?.stapledStatus == nil)
    #expect(theirs?.signedCertificateTimestamps == [])
    try loopback.expectDataBothWays()
  }

  @Test("The message is the response behind its kind and its length (RFC 6066 8)")
  func wireForm() throws {
    let peer = try HandDrivenClient()
    #expect(peer.hello.body(of: WireHello.statusRequest) == [1, 0, 0, 0, 0])
    #expect(peer.hello.body(of: WireHello.signedCertificateTimestamp) == [])
    var server = try ServerConnection(
      configuration: ServerConfiguration(identities: [try identity()]))
    _ = try server.receive(peer.helloRecord)
    let messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
    #expect(messages[2] == ([1] + Self.response.vector(3)).message(22))
    let hello = try WireHello(messages[0])
    #expect(hello.body(of: WireHello.statusRequest) == [])
    #expect(
      hello.body(of: WireHello.signedCertificateTimestamp)
        == Self.timestamps.flatMap { $0.vector(2) }.vector(2))
  }

  @Test("Who does not ask gets neither, and who has neither answers neither")
  func neither() throws {
    let unasking = try TestIdentities.client {
      $0.requestsCertificateStatus = false
      $0.requestsSignedCertificateTimestamps = false
    }
    let cases: [(client: ClientConfiguration, identity: Identity)] = [
      (unasking, try identity()),
      (try TestIdentities.clientConfiguration(), try identity(nil, [])),
    ]
    for (client, identity) in cases {
      var loopback = try Loopback(client, ServerConfiguration(identities: [identity]))
      try loopback.exchange()
      #expect(types(loopback.sentByServer) == [2, 11, 12, 14])
      let hello = try WireHello(ofStream: loopback.sentByServer)
      #expect(hello.body(of: WireHello.statusRequest) == nil)
      #expect(hello.body(of: WireHello.signedCertificateTimestamp) == nil)
      let summary = loopback.clientSummary
      #expect(summary?.stapledStatus == nil)
      #expect(summary?.signedCertificateTimestamps == [])
    }
  }

  @Test("The response goes with the identity that is chosen")
  func ofChosenIdentity() throws {
    var rsa = try TestIdentities.identity(.rsa)
    rsa.stapledStatus = [7]
    var loopback = try Loopback(
      try incurious { $0.cipherSuites = [.ecdheRSAWithAES128GCMSHA256] },
      ServerConfiguration(identities: [try identity(), rsa]))
    try loopback.exchange()
    #expect(loopback.clientSummary?.stapledStatus == [7])
    #expect(loopback.clientSummary?.signedCertificateTimestamps == [])
  }

  @Test("A response that cannot be sent is a misuse, or internal_error in an answer")
  func impossibleResponses() throws {
    for count in [0, 65_537] {
      let wrong = try identity([UInt8](repeating: 1, count: count), [])
      let sentence =
        "an identity has a stapled status of \(count) bytes, and must have 1 to 65536, or none"
      var error = #expect(throws: TLSError.self) {
        _ = try ServerConnection(configuration: ServerConfiguration(identities: [wrong]))
      }
      #expect(error?.reason == .misuse(sentence))
      var server = ServerConfiguration()
      server.identitySelection = .ask
      var loopback = try Loopback(try TestIdentities.clientConfiguration(), server)
      try loopback.exchange()
      error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(.identity(wrong)) }
      #expect(error?.alert == .internalError)
      #expect(error?.reason == .internalFailure(sentence))
    }
    // The shortest, and one that is long and still read.
    for count in [1, 60_000] {
      var loopback = try Loopback(
        try incurious(),
        ServerConfiguration(identities: [try identity([UInt8](repeating: 1, count: count), [])]))
      try loopback.exchange()
      #expect(loopback.clientSummary?.stapledStatus?.count == count)
    }
  }

  // MARK: Other servers

  /// A client, and a server driven by hand that answers status_request.
  private func answering(
    _ body: (inout ClientConnection, inout HandDrivenServer) throws -> Void
  ) throws {
    var client = try TestIdentities.startedClient(try incurious())
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.set(WireHello.statusRequest, [])
    try body(&client, &peer)
  }

  @Test("A server may answer the extension and leave the message out (RFC 6066 8)")
  func withoutMessage() throws {
    try answering { client, peer in
      _ = try client.receive(try peer.firstFlight())
      try peer.receive(client.takeOutgoing())
      let events = try client.receive(try peer.secondFlight())
      #expect(events.first?.summary != nil)
      #expect(events.first?.summary?.stapledStatus == nil)
    }
  }

  @Test("The message is part of what Finished covers")
  func covered() throws {
    try answering { client, peer in
      peer.flight.afterCertificate = [([1] + Self.response.vector(3)).message(22)]
      _ = try client.receive(try peer.firstFlight())
      try peer.receive(client.takeOutgoing())
      let events = try client.receive(try peer.secondFlight())
      #expect(events.first?.summary?.stapledStatus == Self.response)
    }
  }

  @Test("The message without the extension, or twice, is unexpected_message")
  func unexpected() throws {
    let message = ([1] + Self.response.vector(3)).message(22)
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "CertificateStatus came where ServerKeyExchange was expected"
    ) { $0.afterCertificate = [message] }
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "CertificateStatus came where ServerKeyExchange was expected"
    ) {
      $0.hello.set(WireHello.statusRequest, [])
      $0.afterCertificate = [message, message]
    }
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "CertificateStatus came where CertificateRequest or ServerHelloDone was expected"
    ) {
      $0.hello.set(WireHello.statusRequest, [])
      $0.beforeDone = [message]
    }
  }

  @Test("Where only the two may come, anything else is unexpected_message")
  func somethingElse() throws {
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "CertificateRequest came where CertificateStatus or ServerKeyExchange was expected "
        + "(while expecting CertificateStatus or ServerKeyExchange, in CertificateRequest)"
    ) {
      $0.hello.set(WireHello.statusRequest, [])
      $0.afterCertificate = [[UInt8]().message(13)]
    }
  }

  @Test("A malformed message, or one without a response, is refused")
  func malformed() throws {
    let cases: [(body: [UInt8], alert: AlertDescription, sentence: String)] = [
      ([], .decodeError, "status_type needs 1 bytes where only 0 are left"),
      ([1], .decodeError, "OCSPResponse needs 3 bytes where only 0 are left"),
      ([1, 0, 0, 0], .decodeError, "OCSPResponse is 0 bytes long, and must be 1 to 16777215"),
      ([1, 0, 0, 2, 5], .decodeError, "OCSPResponse needs 2 bytes where only 1 are left"),
      ([1, 0, 0, 1, 5, 6], .decodeError, "the message is followed by 1 bytes"),
      // ocsp_multi (RFC 6961), which was not asked for.
      (
        [2, 0, 0, 1, 5], .illegalParameter,
        "status_type is 2, and only OCSP (1) was asked for"
      ),
    ]
    for (body, alert, sentence) in cases {
      try expectClientRefuses(with: alert, saying: sentence) {
        $0.hello.set(WireHello.statusRequest, [])
        $0.afterCertificate = [body.message(22)]
      }
    }
  }

  @Test("What was not asked for is unsupported_extension")
  func notAsked() throws {
    let configuration = try TestIdentities.client {
      $0.requestsCertificateStatus = false
      $0.requestsSignedCertificateTimestamps = false
    }
    for type in [WireHello.statusRequest, WireHello.signedCertificateTimestamp] {
      try expectClientRefuses(
        with: .unsupportedExtension, saying: "the server answered", offering: configuration
      ) { $0.hello.set(type, [0, 3, 0, 1, 5]) }
    }
  }
}
