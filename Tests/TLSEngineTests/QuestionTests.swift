import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

@Suite("Questions")
struct QuestionTests {
  /// Client and server that ask for everything, run up to the first question.
  private func asking() throws -> Loopback {
    var client = try TestIdentities.clientConfiguration()
    client.verification = .ask
    client.applicationProtocols = ["h2"]
    var server = ServerConfiguration(identities: [])
    server.identitySelection = .ask
    server.applicationProtocols = ["h2"]
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    return loopback
  }

  @Test("Identity, signature and verdict can all be given by the caller")
  func allAnswered() throws {
    var loopback = try asking()
    guard case .identity(let hello) = loopback.server.pendingQuestion else {
      Issue.record("the server asks \(String(describing: loopback.server.pendingQuestion))")
      return
    }
    #expect(hello.serverName == "example.com")
    #expect(hello.applicationProtocols == ["h2"])
    #expect(hello.cipherSuites == CipherSuite.defaults)
    #expect(hello.supportedGroups == NamedGroup.defaults)
    #expect(hello.signatureSchemes == SignatureScheme.supported)
    #expect(loopback.serverEvents.last?.question != nil)

    let material = try TestIdentities.material(.rsa)
    let identity = try Identity(signingElsewhereWith: material.certificates)
    let events = try loopback.server.answer(.identity(identity))
    guard case .sign(let toSign) = events.last?.question else {
      Issue.record("the server asks \(events)")
      return
    }
    #expect(toSign.scheme == .rsaPSSRSAESHA256)
    let algorithm = try #require(toSign.scheme.algorithm)
    var random = SystemRandomSource()
    let signature = try material.key.sign(
      toSign.message.rawSpan, using: algorithm, random: &random)
    #expect(try loopback.server.answer(.signature(signature)).isEmpty)
    try loopback.exchange()

    guard case .verifyChain(let chain) = loopback.client.pendingQuestion else {
      Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
      return
    }
    #expect(chain.certificates == material.certificates)
    #expect(chain.serverName == (try ServerName("example.com")))
    #expect(try loopback.client.answer(.chainIsGood).isEmpty)
    try loopback.exchange()
    #expect(loopback.client.summary?.applicationProtocol == "h2")
    #expect(loopback.server.summary != nil)
    #expect(loopback.client.pendingQuestion == nil)
  }

  @Test("Nothing is read while a question is open, and nothing is lost")
  func bytesWhileWaiting() throws {
    var loopback = try asking()
    let material = try TestIdentities.material(.p256)
    let identity = try Identity(certificates: material.certificates, privateKey: material.key)
    _ = try loopback.server.answer(.identity(identity))
    try loopback.exchange()
    #expect(loopback.client.pendingQuestion != nil)
    // A warning alert (user_canceled) that comes while the client thinks is read afterwards.
    #expect(try loopback.client.receive([21, 3, 3, 0, 2, 1, 90]).isEmpty)
    _ = try loopback.client.answer(.chainIsGood)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
  }

  @Test("An answer to another question changes nothing")
  func unfittingAnswers() throws {
    var loopback = try asking()
    for answer in [Answer.chainIsGood, .signature([1])] {
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.answer(answer) }
      guard case .misuse = error?.reason else {
        Issue.record("the wrong reason: \(String(describing: error))")
        return
      }
    }
    #expect(loopback.server.failure == nil)
    #expect(loopback.server.pendingQuestion != nil)
    #expect(throws: TLSError.self) { _ = try loopback.client.answer(.chainIsGood) }
    #expect(loopback.client.failure == nil)
  }

  @Test("A refusal ends the handshake with the alert that fits the question")
  func refusals() throws {
    var loopback = try asking()
    var error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.refused("nobody of that name here"))
    }
    #expect(error?.alert == .unrecognizedName)
    #expect(error?.reason == .refused("nobody of that name here"))
    try? loopback.exchange()
    #expect(loopback.client.failure?.reason == .peerAlert(.unrecognizedName))

    loopback = try asking()
    let material = try TestIdentities.material(.p256)
    _ = try loopback.server.answer(
      .identity(try Identity(signingElsewhereWith: material.certificates)))
    error = #expect(throws: TLSError.self) {
      _ = try loopback.server.answer(.refused("the agent is locked"))
    }
    #expect(error?.alert == .internalError)

    loopback = try asking()
    _ = try loopback.server.answer(
      .identity(try Identity(certificates: material.certificates, privateKey: material.key)))
    try loopback.exchange()
    error = #expect(throws: TLSError.self) {
      _ = try loopback.client.answer(.refused("not on my watch"))
    }
    #expect(error?.alert == .certificateUnknown)
  }

  @Test("A wrong signature from elsewhere is noticed by the client")
  func wrongSignature() throws {
    var loopback = try asking()
    let material = try TestIdentities.material(.rsa)
    _ = try loopback.server.answer(
      .identity(try Identity(signingElsewhereWith: material.certificates)))
    _ = try loopback.server.answer(.signature([UInt8](repeating: 7, count: 256)))
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .decryptError)
    #expect(error?.reason == .badSignature(scheme: .rsaPSSRSAESHA256))
  }

  @Test("A connection that waits can be moved to another task and answered there")
  func answeredElsewhere() async throws {
    var loopback = try asking()
    let material = try TestIdentities.material(.p256)
    let identity = try Identity(certificates: material.certificates, privateKey: material.key)
    _ = try loopback.server.answer(.identity(identity))
    try loopback.exchange()
    let waiting = Waiting(loopback)
    let isDone = try await Task.detached {
      guard var loopback = waiting.take() else { return false }
      _ = try loopback.client.answer(.chainIsGood)
      try loopback.exchange()
      return loopback.client.summary != nil
    }.value
    #expect(isDone)
  }
}
