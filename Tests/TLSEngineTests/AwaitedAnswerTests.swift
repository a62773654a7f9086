import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Whether a question is open is asked far more often than the question itself, so that there are two
/// lists of the states in which one is.
@Suite("Whether an answer is awaited")
struct AwaitedAnswerTests {
  /// What each of two may ask.
  private static func askingPair() throws -> Acquaintances {
    var pair = try Acquaintances(nil)
    pair.client.verification = .ask
    pair.client.identities = [try TestIdentities.clientIdentity(.p256)]
    pair.server.sessionStore = .ask
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .ask
    return pair
  }

  @Test("It is in every state in which there is a question, and in no other")
  func everyState() throws {
    var loopback = try Caller.loopback()
    #expect(try loopback.carry() == 6)
    try loopback.expectDataBothWays()

    loopback = try Caller.preSharedKeyLoopback()
    #expect(try loopback.carry() == 3)
    try loopback.expectDataBothWays()
  }

  @Test("So it is where nobody asks")
  func noQuestions() throws {
    var loopback = try Loopback(
      try TestIdentities.clientConfiguration(), try TestIdentities.serverConfiguration())
    #expect(try loopback.carry() == 0)
    try loopback.expectDataBothWays()
  }

  @Test("So it is where a session is resumed")
  func resumed() throws {
    var pair = try Self.askingPair()
    var loopback = try pair.approach()
    #expect(try loopback.carry() == 2)
    let session = try loopback.newServerSession()
    pair.client.session = try loopback.newClientSession()

    loopback = try pair.approach()
    // For the session, and for both chains of it.
    #expect(try loopback.carry(session) == 3)
    try expectConnected(&loopback, isResumed: true)
  }
}

extension Loopback {
  /// Carries a handshake to its end, a message at a time, and looks at both sides after each.
  ///
  /// - Returns: how many questions there were, each of which was answered.
  fileprivate mutating func carry(_ session: ServerSession? = nil) throws -> Int {
    var questionCount = 0
    var (clientIsProtected, serverIsProtected) = (false, false)
    while client.hasOutgoing || server.hasOutgoing || isAsked {
      let toServer = client.takeOutgoing()
      sentByClient += toServer
      for bytes in Self.messages(toServer, &clientIsProtected) {
        serverEvents += try server.receive(bytes)
        expectAgreement()
      }
      let toClient = server.takeOutgoing()
      sentByServer += toClient
      for bytes in Self.messages(toClient, &serverIsProtected) {
        clientEvents += try client.receive(bytes)
        expectAgreement()
      }
      if let question = client.pendingQuestion {
        clientEvents += try client.answer(try Self.answer(to: question, session))
        questionCount += 1
      }
      if let question = server.pendingQuestion {
        serverEvents += try server.answer(try Self.answer(to: question, session))
        questionCount += 1
      }
      expectAgreement()
    }
    return questionCount
  }

  private var isAsked: Bool { client.pendingQuestion != nil || server.pendingQuestion != nil }

  private func expectAgreement() {
    let agrees = client.agreesOnQuestion && server.agreesOnQuestion
    #expect(agrees)
  }

  private static func answer(to question: Question, _ session: ServerSession?) throws -> Answer {
    switch question {
    case .session: .session(session)
    case .verifyChain: .chainIsGood
    default: try Caller.answer(to: question)
    }
  }

  /// What one side sent, each message in a record of its own while they are not protected.
  private static func messages(_ stream: [UInt8], _ isProtected: inout Bool) -> [[UInt8]] {
    var records: [[UInt8]] = []
    for record in WireRecord.split(stream) {
      if record.type == 20 { isProtected = true }
      if record.type == 22, !isProtected {
        records += WireRecord.messages([record]).map { WireRecord.handshake($0).bytes }
      } else {
        records.append(record.bytes)
      }
    }
    return records
  }
}

extension Connection {
  /// Whether both lists say the same of the state that it is in.
  fileprivate var agreesOnQuestion: Bool { core.awaitsAnswer == (core.question != nil) }
}
