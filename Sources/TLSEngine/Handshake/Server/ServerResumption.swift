import TLSCrypto

/// Both sides have the master secret already, and the server finishes first (RFC 5246 figure 2).
struct ServerResumption: Sendable {
  let selection: ServerSelection
  let extensions: ExtensionAnswers
  let state: SessionState

  func proceed(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    let random = HelloRandom(from: &channel.randomness)
    channel.records.limitFragments(
      extensions.recordLimits(of: .server, offers: selection.hello.extensions))
    var transcript = try Transcript(selection.suite.hash, [message], keepsMessages: false)
    // The client recognises by its own session_id that the session goes on (RFC 5077 section 3.4).
    try channel.send(
      ServerHello(
        random: random, sessionID: selection.hello.sessionID,
        cipherSuite: selection.cipherSuite, extensions: extensions.raw), &transcript)
    if extensions.has(SessionTicket.self) {
      try channel.sendTicket(for: state, selection.setup, &transcript)
    }
    return try finish(random, transcript, &channel)
  }

  private func finish(
    _ random: HelloRandom, _ transcript: consuming Transcript, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    let clientRandom = selection.hello.random
    var master = state.master.masterSecret()
    channel.keyLog?.append(master, of: clientRandom)
    let keys = try master.keyBlock(
      client: clientRandom, server: random, for: selection.suite,
      encryptThenMAC: extensions.useEncryptThenMAC)
    try channel.changeCipherSpec(to: try keys.protection(ofRecordsWrittenBy: .server))
    let finished = try master.finished(by: .server, transcript: try transcript.digest())
    try channel.send(finished, &transcript)
    try channel.records.finishFlight()
    let opening = try keys.protection(ofRecordsWrittenBy: .client)
    let outcome = Outcome(
      summary: summary, master: master, clientRandom: clientRandom, serverRandom: random)
    let last = ServerExpectFinished(
      setup: selection.setup, outcome: outcome, transcript: transcript,
      reply: .none(
        ownFinished: finished, sessionID: selection.hello.sessionID,
        serverEndPoint: state.serverEndPoint))
    let next = ServerExpectChangeCipherSpec(
      opening: opening, expectsNextProtocol: extensions.expectsNextProtocol, next: last)
    return .expectChangeCipherSpec(Box(next))
  }

  private var summary: ConnectionSummary {
    var summary = ConnectionSummary(
      version: .tls12, cipherSuite: selection.cipherSuite, group: state.group,
      signatureScheme: state.signatureScheme, isResumed: true, usesExtendedMasterSecret: true)
    summary.applicationProtocol = extensions.answer(of: ApplicationLayerProtocolNegotiation.self)
    summary.usesEncryptThenMAC = extensions.useEncryptThenMAC
    summary.usesSecureRenegotiation = extensions.has(RenegotiationInfo.self)
    summary.serverName = state.serverName
    summary.peerCertificates = state.peerCertificates
    return summary
  }
}

extension Channel {
  /// Sends a ticket for a session, or an empty one if it cannot be sealed into one (RFC 5077 section
  /// 3.3).
  mutating func sendTicket(
    for state: SessionState, _ setup: ServerSetup, _ transcript: inout Transcript
  ) throws(TLSError) {
    let now = setup.configuration.time.now()
    let keys = setup.configuration.ticketKeys
    let ticket = try keys?.seal(state, at: now, using: &randomness) ?? []
    let lifetimeHint = ticket.isEmpty ? 0 : keys?.lifetimeHint(for: state, at: now) ?? 0
    try send(NewSessionTicket(lifetimeHint: lifetimeHint, ticket: ticket), &transcript)
  }
}

extension ExtensionAnswers {
  /// Whether the client sends NextProtocol before its Finished.
  var expectsNextProtocol: Bool { has(NextProtocolNegotiation.self) }
}
