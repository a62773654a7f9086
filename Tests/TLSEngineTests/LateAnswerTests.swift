import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Every question of both sides, answered late, elsewhere, out of order, wrongly and with a refusal.
@Suite("Late answers")
struct LateAnswerTests {
  typealias Asked = Caller.Asked

  /// The connection that comes to this question.
  private func loopback(for asked: Asked) throws -> Loopback {
    Asked.withPreSharedKey.dropFirst().contains(asked)
      ? try Caller.preSharedKeyLoopback() : try Caller.loopback()
  }

  @Test("All questions come, each once and in order, and nothing else is needed")
  func order() throws {
    var loopback = try Caller.loopback()
    var asked = try loopback.answerAll()
    #expect(asked == Asked.withCertificates)
    #expect(loopback.clientSummary?.verifiedPeerChain.count == 2)
    #expect(loopback.serverSummary?.verifiedPeerChain.count == 2)
    #expect(loopback.serverSummary?.peerCertificates?.count == 1)
    try loopback.expectDataBothWays()

    loopback = try Caller.preSharedKeyLoopback()
    asked = try loopback.answerAll()
    #expect(asked == Asked.withPreSharedKey)
    #expect(loopback.server.summary?.preSharedKeyIdentity == TestPreSharedKeys.identity)
    try loopback.expectDataBothWays()
  }

  @Test(
    "A question stays open, and the other side waits, until it is answered",
    arguments: Asked.allCases)
  func late(asked: Asked) throws {
    var loopback = try loopback(for: asked)
    _ = try loopback.answerAll(before: asked)
    for _ in 0..<3 {
      let open = loopback.question
      #expect(open?.asked == asked)
      #expect(try loopback.client.receive([]).isEmpty)
      #expect(try loopback.server.receive([]).isEmpty)
      try loopback.exchange()
    }
    #expect(loopback.client.summary == nil)
    #expect(loopback.server.summary == nil)
    // What the other side says meanwhile waits too: a warning alert, user_canceled.
    let warning = WireRecord.alert(1, 90).bytes
    if asked.isOfClient {
      #expect(try loopback.client.receive(warning).isEmpty)
    } else if asked != .clientChain, asked != .serverPreSharedKey {
      // At those two the client is under protection already.
      #expect(try loopback.server.receive(warning).isEmpty)
    }
    _ = try loopback.answerAll()
    #expect(loopback.client.summary != nil)
    #expect(loopback.server.summary != nil)
    try loopback.expectDataBothWays()
  }

  @Test("The question goes to one task, and the connection to another", arguments: Asked.allCases)
  func elsewhere(asked: Asked) async throws {
    var loopback = try loopback(for: asked)
    _ = try loopback.answerAll(before: asked)
    let question = try loopback.openQuestion()
    let waiting = Waiting(loopback)
    // Whoever answers knows the question and nothing else.
    let answer = try await Task.detached { try Caller.answer(to: question) }.value
    let isDone = try await Task.detached {
      guard var loopback = waiting.take() else { return false }
      try loopback.give(answer, to: asked)
      _ = try loopback.answerAll()
      try loopback.client.send([1])
      try loopback.exchange()
      return loopback.receivedByServer == [1]
    }.value
    #expect(isDone)
  }

  @Test("Of several connections that wait, the last to ask may be the first that is answered")
  func reversed() throws {
    let names = ["a.example", "b.example", "c.example"]
    var first = try Caller.loopback(to: names[0])
    var second = try Caller.loopback(to: names[1])
    var third = try Caller.loopback(to: names[2])
    for asked in Asked.withCertificates {
      try first.exchange()
      try second.exchange()
      try third.exchange()
      // The questions are taken before any of them is answered.
      let open = [first.question, second.question, third.question]
      #expect(open.map(\.?.asked) == [asked, asked, asked])
      let answers = try open.map { try Caller.answer(to: try #require($0).question) }
      try third.give(answers[2], to: asked)
      try first.give(answers[0], to: asked)
      try second.give(answers[1], to: asked)
    }
    try first.exchange()
    try second.exchange()
    try third.exchange()
    #expect(first.client.summary?.serverName == names[0])
    #expect(second.client.summary?.serverName == names[1])
    #expect(third.client.summary?.serverName == names[2])
    #expect(first.server.summary != nil)
    #expect(second.server.summary != nil)
    #expect(third.server.summary != nil)
  }

  @Test("An answer that was meant for another connection is noticed by the other side")
  func swapped() throws {
    for asked in [Asked.serverSignature, .clientSignature] {
      var first = try Caller.loopback()
      var second = try Caller.loopback()
      _ = try first.answerAll(before: asked)
      _ = try second.answerAll(before: asked)
      let question = try second.openQuestion()
      try first.give(try Caller.answer(to: question), to: asked)
      let error = #expect(throws: TLSError.self) { try first.exchange() }
      #expect(error?.alert == .decryptError)
    }
  }

  // MARK: Refusals

  /// The alert that a refusal is, and what the side says that it was doing.
  private static func refusal(of asked: Asked) -> (alert: AlertDescription, state: String) {
    switch asked {
    case .identity: (.unrecognizedName, "choosing an identity")
    case .serverSignature: (.internalError, "signing the key exchange")
    case .serverChain: (.certificateUnknown, "judging the certificate chain")
    case .clientIdentity: (.handshakeFailure, "choosing an identity")
    case .clientSignature: (.internalError, "signing the handshake")
    case .clientChain: (.certificateUnknown, "judging the client's certificate chain")
    case .clientPreSharedKey: (.handshakeFailure, "choosing a pre-shared key")
    case .serverPreSharedKey: (.unknownPSKIdentity, "looking for a pre-shared key")
    }
  }

  @Test(
    "Each can be refused, with the alert that fits or the caller's own", arguments: Asked.allCases)
  func refused(asked: Asked) throws {
    for alert in [nil, AlertDescription.accessDenied] {
      var loopback = try loopback(for: asked)
      _ = try loopback.answerAll(before: asked)
      let expected = Self.refusal(of: asked)
      let error = #expect(throws: TLSError.self) {
        try loopback.give(.refused("not today", alert: alert), to: asked)
      }
      #expect(error?.reason == .refused("not today"))
      #expect(error?.alert == alert ?? expected.alert)
      #expect(error?.place?.state == expected.state)
      #expect(loopback.question == nil)
      try? loopback.exchange()
      let other = asked.isOfClient ? loopback.server.failure : loopback.client.failure
      #expect(other?.reason == .peerAlert(alert ?? expected.alert))
      let again = #expect(throws: TLSError.self) {
        try loopback.give(.refused("again"), to: asked)
      }
      #expect(again == error)
      #expect(loopback.client.summary == nil)
      #expect(loopback.server.summary == nil)
    }
  }

  @Test("Answers of another kind change nothing", arguments: Asked.allCases)
  func unfitting(asked: Asked) throws {
    let identity = Answer.identity(try TestIdentities.identity(.ed25519))
    let all: [Answer] = [
      identity, .noIdentity, .chainIsGood, .signature([1]), .session(nil), .preSharedKey(nil),
    ]
    var loopback = try loopback(for: asked)
    _ = try loopback.answerAll(before: asked)
    let question = try loopback.openQuestion()
    let unfitting = all.filter { $0.kind != question.kind }
    #expect(unfitting.count >= all.count - 2)
    for answer in unfitting {
      let error = #expect(throws: TLSError.self) { try loopback.give(answer, to: asked) }
      #expect(
        error?.reason
          == .misuse("\(answer.kind) was given, and \(question.kind) was asked for"))
      #expect(error?.alert == nil)
    }
    #expect(loopback.question?.asked == asked)
    _ = try loopback.answerAll()
    try loopback.expectDataBothWays()
  }

  // MARK: Pre-shared keys

  @Test("The client is told the hint, the server the identity, and each nothing more")
  func preSharedKeyQuestions() throws {
    var loopback = try Caller.preSharedKeyLoopback()
    _ = try loopback.answerAll(before: .clientPreSharedKey)
    guard case .preSharedKey(let ofClient) = loopback.client.pendingQuestion else {
      Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
      return
    }
    #expect(ofClient == PreSharedKeyQuestion(identity: nil, hint: [UInt8]("a hint".utf8)))
    try loopback.give(
      .preSharedKey(try TestPreSharedKeys.preSharedKey([UInt8]("device 7".utf8))),
      to: .clientPreSharedKey)
    _ = try loopback.answerAll(before: .serverPreSharedKey)
    guard case .preSharedKey(let ofServer) = loopback.server.pendingQuestion else {
      Issue.record("the server asks \(String(describing: loopback.server.pendingQuestion))")
      return
    }
    #expect(ofServer == PreSharedKeyQuestion(identity: [UInt8]("device 7".utf8), hint: nil))
    _ = try loopback.answerAll()
    #expect(loopback.client.summary?.preSharedKeyIdentity == [UInt8]("device 7".utf8))
    #expect(loopback.server.summary?.preSharedKeyIdentity == [UInt8]("device 7".utf8))
  }

  @Test("No key is handshake_failure on a client, and unknown_psk_identity on a server")
  func noPreSharedKey() throws {
    for (asked, alert) in [
      (Asked.clientPreSharedKey, AlertDescription.handshakeFailure),
      (.serverPreSharedKey, .unknownPSKIdentity),
    ] {
      var loopback = try Caller.preSharedKeyLoopback()
      _ = try loopback.answerAll(before: asked)
      let error = #expect(throws: TLSError.self) {
        try loopback.give(.preSharedKey(nil), to: asked)
      }
      #expect(error?.alert == alert)
      try? loopback.exchange()
      let other = asked.isOfClient ? loopback.server.failure : loopback.client.failure
      #expect(other?.reason == .peerAlert(alert))
    }
  }

  @Test("A key of another identity is a misuse, and the right one is still taken")
  func preSharedKeyOfAnotherIdentity() throws {
    var loopback = try Caller.preSharedKeyLoopback()
    _ = try loopback.answerAll(before: .serverPreSharedKey)
    let other = try TestPreSharedKeys.preSharedKey([UInt8]("other".utf8))
    for _ in 0..<2 {
      let error = #expect(throws: TLSError.self) {
        try loopback.give(.preSharedKey(other), to: .serverPreSharedKey)
      }
      #expect(
        error?.reason
          == .misuse(
            "the key answered is pre-shared key \"other\", and the client named "
              + "\"Client_identity\""))
      #expect(error?.alert == nil)
      #expect(loopback.server.failure == nil)
      #expect(loopback.question?.asked == .serverPreSharedKey)
    }
    _ = try loopback.answerAll()
    #expect(loopback.server.summary?.preSharedKeyIdentity == TestPreSharedKeys.identity)
    try loopback.expectDataBothWays()
  }

  @Test("A wrong key in an answer shows in the first protected record")
  func wrongPreSharedKey() throws {
    var loopback = try Caller.preSharedKeyLoopback()
    _ = try loopback.answerAll(before: .serverPreSharedKey)
    let wrong = try TestPreSharedKeys.preSharedKey(
      TestPreSharedKeys.identity, [UInt8](repeating: 3, count: 32))
    // What the client has sent beside is read at once: its Finished does not open.
    let error = #expect(throws: TLSError.self) {
      try loopback.give(.preSharedKey(wrong), to: .serverPreSharedKey)
    }
    #expect(error?.alert == .badRecordMAC)
  }

  // MARK: A client's chain

  @Test("A server's question about a client has no name, and its verdicts count")
  func clientChain() throws {
    for answer in [Answer.chainIsGood, .chainIsBad(try expired())] {
      var loopback = try Caller.loopback()
      _ = try loopback.answerAll(before: .clientChain)
      guard case .verifyChain(let question) = loopback.server.pendingQuestion else {
        Issue.record("the server asks \(String(describing: loopback.server.pendingQuestion))")
        return
      }
      #expect(question.serverName == nil)
      #expect(question.stapledStatus == .notRequested)
      #expect(question.signedCertificateTimestamps.isEmpty)
      let certificates = try TestIdentities.clientMaterial(.p256).certificates
      #expect(question.certificates == certificates)
      guard case .chainIsGood = answer else {
        let error = #expect(throws: TLSError.self) { try loopback.give(answer, to: .clientChain) }
        #expect(error?.alert == .certificateExpired)
        try? loopback.exchange()
        #expect(loopback.client.failure?.reason == .peerAlert(.certificateExpired))
        return
      }
      try loopback.give(answer, to: .clientChain)
      try loopback.exchange()
      let summary = loopback.serverSummary
      #expect(summary?.peerCertificates == certificates)
      // Nobody said along which path.
      #expect(summary?.verifiedPeerChain.isEmpty == true)
    }
  }

  /// What a verifier says of a chain that has had its day.
  private func expired() throws -> VerificationError {
    let verifier = ChainVerifier(roots: try TestIdentities.roots())
    let certificates = try TestIdentities.clientMaterial(.p256).certificates
    let error = #expect(throws: VerificationError.self) {
      _ = try verifier.verify(
        certificates, for: nil, usage: .client, at: TestIdentities.now.adding(seconds: 200_000))
    }
    return try #require(error)
  }
}
