import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// A server whose sessions are kept elsewhere.
@Suite("Questions for sessions")
struct SessionQuestionTests {
  /// Two that have met, and the session as the store has it.
  private func acquaintances() throws -> (pair: Acquaintances, stored: ServerSession) {
    var pair = try Acquaintances(nil)
    pair.server.sessionStore = .ask
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
    let session = try loopback.newServerSession()
    pair.client.session = try loopback.newClientSession()
    #expect(session.id == pair.client.session?.id)
    #expect(session.expiresAt == TestIdentities.now.adding(seconds: 86_400))
    let bytes = try session.encoded()
    return (pair, try ServerSession(encoded: bytes.bytes))
  }

  /// A connection whose server asks for the session.
  private func asking(_ pair: Acquaintances) throws -> Loopback {
    var loopback = try pair.approach()
    try loopback.exchange()
    guard case .session(let question) = loopback.server.pendingQuestion else {
      Issue.record("the server asks \(String(describing: loopback.server.pendingQuestion))")
      throw WireCursor.TooShort()
    }
    #expect(question.id == pair.client.session?.id)
    #expect(question.serverName == "example.com")
    return loopback
  }

  @Test("The session is given when it is found, late or not, and the handshake goes on")
  func found() throws {
    let (pair, stored) = try acquaintances()
    var loopback = try asking(pair)
    #expect(loopback.server.summary == nil)
    let hasOutgoing = loopback.server.hasOutgoing
    #expect(!hasOutgoing)
    // While the store is searched other connections come and go.
    var other = try asking(pair)
    _ = try other.server.answer(.session(stored))
    try other.exchange()
    try expectConnected(&other, isResumed: true)
    #expect(try loopback.server.answer(.session(stored)).isEmpty)
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: true)
    // What is kept already is not given out again.
    #expect(loopback.serverEvents.compactMap(\.serverSession).isEmpty)
    #expect(loopback.clientEvents.compactMap(\.clientSession).isEmpty)
  }

  @Test("Without a session there is a full handshake, and a new session to be kept")
  func notFound() throws {
    let (pair, stored) = try acquaintances()
    let otherPair = try acquaintances()
    pair.clock.advance(seconds: 60)
    let expired = ServerSession(id: stored.id, state: stored.state, lifetime: 60)
    let answers: [(String, ServerSession?)] = [
      ("none", nil), ("one of another id", otherPair.stored), ("one that is too old", expired),
    ]
    for (name, answer) in answers {
      var loopback = try asking(pair)
      _ = try loopback.server.answer(.session(answer))
      try loopback.exchange()
      try expectConnected(&loopback, isResumed: false, "\(name)")
      #expect(try loopback.newServerSession().id != stored.id)
      #expect(try loopback.newClientSession().id == loopback.newServerSession().id)
    }
  }

  @Test("A session of another client under the right id is noticed at the Finished")
  func wrongSecret() throws {
    let (pair, stored) = try acquaintances()
    let other = try acquaintances().stored
    var loopback = try asking(pair)
    _ = try loopback.server.answer(
      .session(ServerSession(id: stored.id, state: other.state)))
    // The keys differ already, so that the Finished does not open.
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .badRecordMAC)
    #expect(loopback.client.summary == nil)
    #expect(loopback.server.summary == nil)
  }

  @Test("A refusal ends the handshake")
  func refused() throws {
    let (pair, _) = try acquaintances()
    for (alert, sent) in [
      (nil, AlertDescription.internalError), (.accessDenied, .accessDenied),
    ] as [(AlertDescription?, AlertDescription)] {
      var loopback = try asking(pair)
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.server.answer(.refused("the store is down", alert: alert))
      }
      #expect(error?.reason == .refused("the store is down"))
      #expect(error?.alert == sent)
      #expect(error?.place?.state == "looking for a session")
      #expect(WireRecord.split(loopback.server.takeOutgoing()) == [.alert(2, sent.rawValue)])
    }
  }

  @Test("Any other answer is a misuse and changes nothing")
  func unfitting() throws {
    let (pair, stored) = try acquaintances()
    var loopback = try asking(pair)
    let identity = try #require(pair.server.identities.first)
    for answer in [
      Answer.identity(identity), .noIdentity, .chainIsGood, .signature([1]), .preSharedKey(nil),
    ] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(answer) }
      #expect(
        error?.reason == .misuse("\(answer.kind) was given, and a session was asked for"))
    }
    _ = try loopback.server.answer(.session(stored))
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: true)
    // Where nothing is asked, a session is no answer.
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.session(stored))
    }
    #expect(error?.reason == .misuse("a session was given, and nothing was asked"))
  }

  @Test("A session by which nothing can be resumed is asked for and not taken")
  func changedServer() throws {
    let (old, stored) = try acquaintances()
    var pair = old
    pair.server.sessionContext = [1]
    var loopback = try asking(pair)
    _ = try loopback.server.answer(.session(stored))
    try loopback.exchange()
    try expectConnected(&loopback, isResumed: false)
  }

  @Test("Nobody is asked where no id was offered, or a ticket")
  func notAsked() throws {
    var pair = try acquaintances().pair
    pair.client.session = nil
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
    pair.server.ticketKeys = TicketKeys()
    try pair.getAcquainted()
    var resumed = try pair.meet()
    try expectConnected(&resumed, isResumed: true)
    #expect(resumed.serverEvents.compactMap(\.question).isEmpty)
    #expect(resumed.serverEvents.compactMap(\.serverSession).isEmpty)
  }
}
