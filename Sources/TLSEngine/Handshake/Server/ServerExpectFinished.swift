import TLSCertificates
import TLSCrypto

/// The keys are known; the client has still to change to its own.
struct ServerExpectChangeCipherSpec: ~Copyable, Sendable {
  let opening: RecordProtection

  /// Whether the client says by NPN which protocol it speaks before it finishes.
  let expectsNextProtocol: Bool

  var next: ServerExpectFinished

  consuming func receive(_ channel: inout Channel) -> ServerState {
    channel.records.opener.protect(with: opening)
    return expectsNextProtocol
      ? .expectNextProtocol(ExpectNextProtocol(next: next)) : .expectFinished(next)
  }
}

/// The client has still to say which protocol it speaks (draft-agl-tls-nextprotoneg-04 section 3).
struct ExpectNextProtocol: ~Copyable, Sendable {
  var next: ServerExpectFinished

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ServerState {
    try message.require(.nextProtocol)
    let selected = try message.decode(NextProtocol.self).selectedProtocol
    next.outcome.summary.applicationProtocol = ProtocolName.text(selected)
    next.outcome.summary.usesNextProtocolNegotiation = true
    next.transcript.append(message)
    return .expectFinished(next)
  }
}

/// How the server will know the session again.
struct SessionMemory: Sendable {
  /// Its id, if it is kept under one.
  let sessionID: [UInt8]

  /// Whether the client was promised a ticket.
  let sendsTicket: Bool

  /// The certificate that the server showed, if it did.
  let certificate: Certificate?
}

/// The client's records are protected; its Finished proves that both saw the same handshake.
struct ServerExpectFinished: ~Copyable, Sendable {
  /// What the server has still to say.
  enum Reply: ~Copyable, Sendable {
    /// Nothing: this was its Finished, in a resumed session.
    case none(ownFinished: Finished)

    /// A ticket, if one was promised, ChangeCipherSpec and Finished, in a full handshake.
    case flight(sealing: RecordProtection, memory: SessionMemory)
  }

  let setup: ServerSetup
  var outcome: Outcome
  var transcript: Transcript
  let reply: Reply

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    try message.require(.finished)
    let finished = try message.decode(Finished.self)
    try finished.check(
      against: try outcome.master.finished(by: .client, transcript: try transcript.digest()))
    transcript.append(message)
    switch consume reply {
    case .none(let ownFinished):
      let summary = outcome.summary
      channel.complete(summary, outcome.secrets(firstFinished: ownFinished, serverCertificate: nil))
    case .flight(let sealing, let memory):
      let state = try Self.state(setup, outcome)
      if memory.sendsTicket { try channel.sendTicket(for: state, setup, &transcript) }
      try channel.changeCipherSpec(to: sealing)
      try channel.send(
        try outcome.master.finished(by: .server, transcript: try transcript.digest()),
        &transcript)
      try channel.records.finishFlight()
      Self.remember(state, as: memory.sessionID, setup, &channel)
      let summary = outcome.summary
      channel.complete(
        summary, outcome.secrets(firstFinished: finished, serverCertificate: memory.certificate))
    }
    return .connected
  }

  private static func state(
    _ setup: ServerSetup, _ outcome: borrowing Outcome
  ) throws(TLSError) -> SessionState {
    let summary = outcome.summary
    return SessionState(
      cipherSuite: summary.cipherSuite, master: SessionSecret(outcome.master),
      group: summary.group, signatureScheme: summary.signatureScheme,
      serverName: summary.serverName,
      applicationProtocol: summary.usesNextProtocolNegotiation
        ? nil : summary.applicationProtocol,
      peerCertificates: summary.peerCertificates, createdAt: setup.configuration.time.now(),
      policy: setup.sessionPolicy)
  }

  /// Keeps a session that has an id, or has it kept.
  private static func remember(
    _ state: SessionState, as id: [UInt8], _ setup: ServerSetup, _ channel: inout Channel
  ) {
    guard !id.isEmpty, state.isShortEnoughToKeep else { return }
    let session = ServerSession(id: id, state: state)
    switch setup.configuration.sessionStore {
    case .none: break
    case .cache(let cache): cache.insert(session, at: state.createdAt)
    case .ask: channel.events.append(.newServerSession(session))
    }
  }
}
