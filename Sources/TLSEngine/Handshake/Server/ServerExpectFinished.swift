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
      ? .expectNextProtocol(Box(ExpectNextProtocol(next: next))) : .expectFinished(Box(next))
  }
}

/// The client has still to say which protocol it speaks (draft-agl-tls-nextprotoneg-04 section 3).
struct ExpectNextProtocol: ~Copyable, Sendable {
  var next: ServerExpectFinished

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ServerState {
    try message.require(.nextProtocol)
    let selected = try message.decode(NextProtocol.self).selectedProtocol
    // A client may name nothing: the draft lets the name be empty.
    next.outcome.summary.applicationProtocol =
      selected.isEmpty ? nil : ProtocolName.text(selected)
    next.outcome.summary.usesNextProtocolNegotiation = true
    next.transcript.append(message)
    return .expectFinished(Box(next))
  }
}

/// The client's records are protected; its Finished proves that both saw the same handshake.
struct ServerExpectFinished: ~Copyable, Sendable {
  /// What the server has still to say.
  enum Reply: ~Copyable, Sendable {
    /// Nothing: it finished first, in a resumed session of this id, if it has one.
    case none(ownFinished: Finished, sessionID: [UInt8], serverEndPoint: [UInt8])

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
    case .none(let ownFinished, let sessionID, let serverEndPoint):
      let summary = outcome.summary
      channel.cachedSession = CachedSession(sessionID, setup)
      channel.complete(
        summary,
        outcome.secrets(firstFinished: ownFinished, serverEndPoint: .remembered(serverEndPoint)))
    case .flight(let sealing, let memory):
      let session = try memory.state(setup, outcome)
      if let session, memory.sendsTicket {
        try channel.sendTicket(for: session, setup, &transcript)
      }
      try channel.changeCipherSpec(to: sealing)
      try channel.send(
        try outcome.master.finished(by: .server, transcript: transcript.finalDigest()))
      try channel.records.finishFlight()
      if let session { memory.remember(session, setup, &channel) }
      let summary = outcome.summary
      channel.cachedSession = CachedSession(memory.sessionID, setup)
      channel.complete(
        summary,
        outcome.secrets(
          firstFinished: finished, serverEndPoint: ServerEndPoint(memory.certificate)))
    }
    return .connected
  }
}
