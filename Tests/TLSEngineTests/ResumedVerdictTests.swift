import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Where the caller judges chains it judges them again when a session is resumed.
@Suite("Verdicts on resumed sessions")
struct ResumedVerdictTests {
  /// Two that have met, of which the client's caller judges the server.
  private func judgingClient(_ memory: Acquaintances.Memory) throws -> Acquaintances {
    var pair = try Acquaintances(memory)
    pair.client.verification = .ask
    var loopback = try pair.approach()
    try loopback.exchange()
    let question = try chainQuestion(loopback.client.pendingQuestion)
    #expect(!question.isResumption)
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: false)
    pair.client.session = try loopback.newClientSession()
    return pair
  }

  /// Two that have met, of which the server's caller judges the client.
  private func judgingServer(_ memory: Acquaintances.Memory) throws -> Acquaintances {
    var pair = try Acquaintances(memory)
    pair.client.identities = [try TestIdentities.clientIdentity(.p256)]
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .ask
    var loopback = try pair.approach()
    try loopback.exchange()
    let question = try chainQuestion(loopback.server.pendingQuestion)
    #expect(!question.isResumption)
    #expect(question.requestedName == "example.com")
    _ = try loopback.server.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: false)
    pair.client.session = try loopback.newClientSession()
    return pair
  }

  private func chainQuestion(_ question: Question?) throws -> VerifyChainQuestion {
    guard case .verifyChain(let question) = question else {
      Issue.record("the question is \(String(describing: question))")
      throw WireCursor.TooShort()
    }
    return question
  }

  /// What a verifier that trusts nobody says of a chain.
  private func badVerdict(on question: VerifyChainQuestion) throws -> Answer {
    do throws(VerificationError) {
      _ = try ChainVerifier(roots: TrustRoots(certificates: [])).verify(
        question.certificates, for: question.serverName,
        usage: question.serverName == nil ? .client : .server, at: TestIdentities.now)
    } catch {
      return .chainIsBad(error)
    }
    Issue.record("a verifier without roots trusts somebody")
    throw WireCursor.TooShort()
  }

  // MARK: The client

  @Test(
    "A client is asked about the chain of then, before anything of it goes out",
    arguments: Acquaintances.Memory.allCases)
  func client(memory: Acquaintances.Memory) throws {
    let pair = try judgingClient(memory)
    var loopback = try pair.approach()
    try loopback.exchange()
    let question = try chainQuestion(loopback.client.pendingQuestion)
    #expect(question.isResumption)
    #expect(question.certificates == pair.server.identities.first?.certificates)
    #expect(question.serverName == (try ServerName("example.com")))
    #expect(question.requestedName == nil)
    #expect(question.stapledStatus == .alreadyJudged)
    #expect(question.signedCertificateTimestamps.isEmpty)
    // The server's Finished has come and waits; the ClientHello is all that was said.
    #expect(WireRecord.split(loopback.sentByClient).map(\.type) == [22])
    #expect(loopback.client.summary == nil)
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: true)
  }

  @Test("A client that no longer likes the chain ends the handshake, and has said nothing more")
  func clientRefuses() throws {
    let pair = try judgingClient(.cache)
    var loopback = try pair.approach()
    try loopback.exchange()
    let bad = try badVerdict(on: try chainQuestion(loopback.client.pendingQuestion))
    let answers: [(Answer, AlertDescription)] = [
      (bad, .unknownCA),
      (.refused("it is on a list", alert: .certificateRevoked), .certificateRevoked),
    ]
    for (answer, alert) in answers {
      loopback = try pair.approach()
      try loopback.exchange()
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(answer) }
      #expect(error?.alert == alert)
      #expect(error?.place?.state == "judging the chain of a session")
      #expect(
        WireRecord.split(loopback.client.takeOutgoing()) == [.alert(2, alert.rawValue)])
      #expect(loopback.client.summary == nil)
    }
  }

  @Test("Another kind of answer is a misuse, and leaves the question open")
  func unfitting() throws {
    let pair = try judgingClient(.tickets)
    var loopback = try pair.approach()
    try loopback.exchange()
    for answer in [Answer.noIdentity, .signature([1]), .session(nil), .preSharedKey(nil)] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.answer(answer) }
      #expect(error?.isMisuse == true)
    }
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: true)
  }

  // MARK: The server

  @Test(
    "A server is asked about the client's chain of then, before its ServerHello",
    arguments: Acquaintances.Memory.allCases)
  func server(memory: Acquaintances.Memory) throws {
    let pair = try judgingServer(memory)
    var loopback = try pair.approach()
    try loopback.exchange()
    let question = try chainQuestion(loopback.server.pendingQuestion)
    #expect(question.isResumption)
    #expect(question.certificates == pair.client.identities.first?.certificates)
    #expect(question.serverName == nil)
    #expect(question.requestedName == "example.com")
    #expect(question.stapledStatus == .notRequested)
    #expect(loopback.sentByServer.isEmpty)
    _ = try loopback.server.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: true)
    #expect(loopback.serverSummary?.peerCertificates == question.certificates)
  }

  @Test(
    "A chain that is no longer good costs a full handshake, in which it can be judged anew",
    arguments: Acquaintances.Memory.allCases)
  func serverStartsAnew(memory: Acquaintances.Memory) throws {
    let pair = try judgingServer(memory)
    var loopback = try pair.approach()
    try loopback.exchange()
    let bad = try badVerdict(on: try chainQuestion(loopback.server.pendingQuestion))
    _ = try loopback.server.answer(bad)
    try loopback.exchange()
    let question = try chainQuestion(loopback.server.pendingQuestion)
    #expect(!question.isResumption)
    #expect(loopback.serverMessageTypes.contains(11))
    _ = try loopback.server.answer(.chainIsGood)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: false)
  }

  @Test("A refusal ends the handshake")
  func serverRefuses() throws {
    let pair = try judgingServer(.cache)
    var loopback = try pair.approach()
    try loopback.exchange()
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.refused("not today", alert: .accessDenied))
    }
    #expect(error?.alert == .accessDenied)
    #expect(error?.place?.state == "judging the chain of a session")
    #expect(WireRecord.split(loopback.server.takeOutgoing()) == [.alert(2, 49)])
  }

  @Test("Where the client showed no chain, or a verifier judges, nobody is asked")
  func nothingToAsk() throws {
    var pair = try Acquaintances(.cache)
    pair.server.clientAuthentication = .requested
    pair.server.clientVerification = .ask
    try pair.getAcquainted()
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
    pair = try Acquaintances(.cache)
    pair.client.identities = [try TestIdentities.clientIdentity(.p256)]
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .roots(try TestIdentities.roots())
    try pair.getAcquainted()
    loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
  }
}
