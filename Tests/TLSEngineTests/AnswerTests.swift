import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What each answer does, and what the configuration answers by itself.
@Suite("Answers")
struct AnswerTests {
  /// The roots that the tests' clients trust.
  private func roots() throws -> TrustRoots {
    guard case .roots(let roots) = try TestIdentities.clientConfiguration().verification else {
      throw WireCursor.TooShort()
    }
    return roots
  }

  /// A client that asks for a verdict, having had everything that it depends on.
  private func askingClient(as kind: TestIdentities.Kind = .ed25519) throws -> Loopback {
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .ask },
      ServerConfiguration(identities: [try TestIdentities.identity(kind)]))
    try loopback.exchange()
    return loopback
  }

  /// A server that asks which identity to present.
  private func askingServer(name: String = "example.com") throws -> Loopback {
    var server = ServerConfiguration(identities: [])
    server.identitySelection = .ask
    var loopback = try Loopback(to: name, try TestIdentities.clientConfiguration(), server)
    try loopback.exchange()
    return loopback
  }

  /// A server whose key is elsewhere, and which asks for a signature.
  private func askingForSignature() throws -> Loopback {
    let identity = try Identity(
      signingElsewhereWith: try TestIdentities.material(.ed25519).certificates)
    var loopback = try Loopback(
      try TestIdentities.clientConfiguration(), ServerConfiguration(identities: [identity]))
    try loopback.exchange()
    return loopback
  }

  private static func expectMisuse(
    _ error: TLSError?, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(error?.reason == .misuse(sentence), sourceLocation: sourceLocation)
    #expect(error?.alert == nil, sourceLocation: sourceLocation)
  }

  // MARK: Verdicts

  @Test("A bad chain ends the handshake with the alert of the rule that it breaks")
  func chainIsBad() throws {
    let verifier = ChainVerifier(roots: try roots())
    let tomorrow = TestIdentities.now.adding(seconds: 200_000)
    let cases: [(name: String, time: Timestamp, alert: AlertDescription)] = [
      ("example.net", TestIdentities.now, .badCertificate),
      ("example.com", tomorrow, .certificateExpired),
    ]
    for (name, time, alert) in cases {
      var loopback = try askingClient()
      guard case .verifyChain(let question) = loopback.client.pendingQuestion else {
        Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
        return
      }
      let verdict = #expect(throws: VerificationError.self) {
        _ = try verifier.verify(
          question.certificates, for: try ServerName(name), usage: .server, at: time)
      }
      let bad = try #require(verdict)
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.client.answer(.chainIsBad(bad))
      }
      #expect(error?.alert == alert)
      #expect(error?.reason == .certificate(bad))
      #expect(error?.place?.state == "judging the certificate chain")
      #expect(
        WireRecord.split(loopback.client.takeOutgoing()) == [.alert(2, alert.rawValue)])
    }
  }

  @Test("A verifier of the caller's own making judges by its own policy")
  func verifier() throws {
    var verifier = ChainVerifier(roots: try roots())
    let server = ServerConfiguration(identities: [try TestIdentities.identity(.rsa)])
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .verifier(verifier) }, server)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)

    verifier.policy.algorithms = .strict
    loopback = try Loopback(
      try TestIdentities.client { $0.verification = .verifier(verifier) }, server)
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .badCertificate)
    #expect(
      error?.description.contains(
        "has a key of RSA 2048 bits, and must have RSA of 3072 bits or more") == true,
      "\(String(describing: error))")
    #expect(loopback.server.failure?.reason == .peerAlert(.badCertificate))
  }

  @Test("Without any verification a certificate for another name passes, and a bad signature fails")
  func withoutVerification() throws {
    let configuration = try TestIdentities.client {
      $0.verification = .insecureWithoutAnyVerification
    }
    var loopback = try Loopback(
      configuration,
      ServerConfiguration(identities: [try TestIdentities.identity(.p256, names: ["a.test"])]))
    try loopback.exchange()
    #expect(loopback.clientSummary?.peerCertificates?.count == 1)
    try expectClientRefuses(
      with: .decryptError,
      saying: "the ed25519 signature over the key exchange does not verify",
      offering: configuration
    ) { $0.signature = [UInt8](repeating: 1, count: 64) }
  }

  // MARK: Refusals

  @Test("Each question can be refused, and the other side hears the alert that fits")
  func refusals() throws {
    let sentence = "not today"
    var loopback = try askingServer(name: "127.0.0.1")
    // Without a name there is none to be unrecognized.
    var error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.refused(sentence))
    }
    #expect(error?.alert == .handshakeFailure)
    try? loopback.exchange()
    #expect(loopback.client.failure?.reason == .peerAlert(.handshakeFailure))

    loopback = try askingServer()
    error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(.refused(sentence)) }
    #expect(error?.alert == .unrecognizedName)
    #expect(error?.place?.state == "choosing an identity")

    loopback = try askingForSignature()
    error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(.refused(sentence)) }
    #expect(error?.alert == .internalError)
    #expect(error?.place?.state == "signing the key exchange")
    #expect(
      error?.description
        == "refused by the caller: not today (while signing the key exchange); "
        + "alert sent: internal_error")
    try? loopback.exchange()
    #expect(loopback.client.failure?.reason == .peerAlert(.internalError))

    loopback = try askingClient()
    error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(.refused(sentence)) }
    #expect(error?.alert == .certificateUnknown)
    try? loopback.exchange()
    #expect(loopback.server.failure?.reason == .peerAlert(.certificateUnknown))
  }

  @Test("An identity that this client cannot use ends the handshake")
  func uselessIdentity() throws {
    var server = ServerConfiguration(identities: [])
    server.identitySelection = .ask
    var loopback = try Loopback(
      try TestIdentities.client { $0.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] }, server)
    try loopback.exchange()
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.identity(try TestIdentities.identity(.rsa)))
    }
    #expect(error?.alert == .handshakeFailure)
    guard case .noSharedCipherSuite = error?.reason else {
      Issue.record("the wrong reason: \(String(describing: error))")
      return
    }
  }

  // MARK: Answers out of place

  @Test("An answer that does not fit changes nothing, whatever was asked")
  func unfitting() throws {
    let identity = Answer.identity(try TestIdentities.identity(.ed25519))
    let signature = Answer.signature([1])
    var loopback = try askingServer()
    for answer in [signature, .chainIsGood] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(answer) }
      Self.expectMisuse(error, "\(answer.kind) was given, and an identity was asked for")
    }
    _ = try loopback.server.answer(identity)
    try loopback.exchange()
    #expect(loopback.server.summary != nil)

    loopback = try askingForSignature()
    for answer in [identity, .chainIsGood] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(answer) }
      Self.expectMisuse(error, "\(answer.kind) was given, and a signature was asked for")
    }
    #expect(loopback.server.pendingQuestion?.kind == "a signature")

    loopback = try askingClient()
    for answer in [identity, signature] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(answer) }
      Self.expectMisuse(
        error, "\(answer.kind) was given, and a verdict on a chain was asked for")
    }
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
  }

  @Test("An answer without a question is a misuse: before, during and after the handshake")
  func unasked() throws {
    let sentence = "a verdict on a chain was given, and nothing was asked"
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    Self.expectMisuse(
      #expect(throws: TLSError.self) { _ = try client.answer(.chainIsGood) }, sentence)
    try client.start()
    Self.expectMisuse(
      #expect(throws: TLSError.self) { _ = try client.answer(.chainIsGood) }, sentence)
    var loopback = try askingClient()
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    Self.expectMisuse(
      #expect(throws: TLSError.self) { _ = try loopback.client.answer(.chainIsGood) }, sentence)
    #expect(loopback.client.failure == nil)
  }

  @Test("An answer after the failure says the failure again")
  func afterFailure() throws {
    var loopback = try askingClient()
    let failure = #expect(throws: TLSError.self) {
      _ = try loopback.client.answer(.refused("no"))
    }
    for answer in [Answer.chainIsGood, .signature([]), .refused("again")] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(answer) }
      #expect(error == failure)
    }
    #expect(loopback.client.pendingQuestion == nil)
    #expect(loopback.client.summary == nil)
  }

  // MARK: Waiting

  @Test("In place nothing is read while a question is open, and the buffer is left alone")
  func awaitingAnswer() throws {
    var loopback = try askingClient()
    var buffer = WireRecord.alert(1, 90).bytes
    let before = buffer
    var bytes = buffer.mutableRawSpan
    guard case .awaitingAnswer = try loopback.client.open(&bytes) else {
      Issue.record("the client read on")
      return
    }
    #expect(buffer == before)
    _ = try loopback.client.answer(.chainIsGood)
    var again = buffer.mutableRawSpan
    guard case .handled(let consumed, let events) = try loopback.client.open(&again) else {
      Issue.record("the client did not read on")
      return
    }
    #expect(consumed == before.count)
    #expect(events.isEmpty)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
  }

  @Test("What has come while the answer was awaited is in the answer's events")
  func eventsOfAnswer() throws {
    var loopback = try askingClient()
    // The peer gives up while the client thinks: a fatal alert, read with the answer.
    #expect(try loopback.client.receive(WireRecord.alert(2, 80).bytes).isEmpty)
    let error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(.chainIsGood) }
    #expect(error?.reason == .peerAlert(.internalError))
  }
}
