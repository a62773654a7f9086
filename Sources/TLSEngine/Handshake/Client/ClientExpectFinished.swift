import TLSCrypto

/// The server has promised a ticket, which comes before its ChangeCipherSpec (RFC 5077 section 3.3).
struct ExpectNewSessionTicket: ~Copyable, Sendable {
  var next: ClientExpectChangeCipherSpec

  consuming func receive(_ message: HandshakeMessage) throws(TLSError) -> ClientState {
    try message.require(.newSessionTicket)
    next.next.ticket = try message.decode(NewSessionTicket.self)
    next.next.transcript.append(message)
    return .expectChangeCipherSpec(Box(next))
  }
}

/// The server has still to change to its keys.
struct ClientExpectChangeCipherSpec: ~Copyable, Sendable {
  let opening: RecordProtection
  var next: ClientExpectFinished

  consuming func receive(_ channel: inout Channel) -> ClientState {
    channel.records.opener.protect(with: opening)
    return .expectFinished(Box(next))
  }
}

/// The server's records are protected; its Finished proves that both saw the same handshake.
struct ClientExpectFinished: ~Copyable, Sendable {
  /// What the client has still to say.
  enum Reply: ~Copyable, Sendable {
    /// Nothing: this was its Finished, in a full handshake.
    case none(ownFinished: Finished)

    /// ChangeCipherSpec and Finished, in a resumed session.
    case flight(sealing: RecordProtection)
  }

  let agreed: ClientAgreement
  var outcome: Outcome

  /// What the server would like to be shown next time, if it sent it.
  var ticket: NewSessionTicket?

  var transcript: Transcript
  let reply: Reply

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    try message.require(.finished)
    let finished = try message.decode(Finished.self)
    try finished.check(
      against: try outcome.master.finished(by: .server, transcript: try transcript.digest()))
    transcript.append(message)
    let first: Finished
    switch consume reply {
    case .none(let ownFinished): first = ownFinished
    case .flight(let sealing):
      try channel.changeCipherSpec(to: sealing)
      try channel.sendNextProtocol(agreed, &transcript)
      try channel.send(
        try outcome.master.finished(by: .client, transcript: transcript.finalDigest()))
      try channel.records.finishFlight()
      first = finished
    }
    let summary = outcome.summary
    let secrets = outcome.secrets(
      firstFinished: first, serverEndPoint: ServerEndPoint(summary.peerCertificates?.first))
    if let session = Self.session(agreed, summary, secrets, ticket) {
      channel.events.append(.newClientSession(session))
    }
    channel.complete(summary, secrets)
    return .connected
  }

  /// What is worth keeping of this connection, if anything is: only a session that is bound to its
  /// handshake (RFC 7627 section 5.2), and that certificates vouch for.
  private static func session(
    _ agreed: ClientAgreement, _ summary: ConnectionSummary, _ secrets: ConnectionSecrets,
    _ ticket: NewSessionTicket?
  ) -> ClientSession? {
    guard summary.usesExtendedMasterSecret, summary.preSharedKeyIdentity == nil else { return nil }
    let resumed = summary.isResumed ? agreed.setup.session : nil
    let hasTicket = (1...ClientSession.longestTicketOffered).contains(ticket?.ticket.count ?? 0)
    // Nothing new, or nothing by which the server would know it.
    guard hasTicket || (resumed == nil && !agreed.sessionID.isEmpty) else { return nil }
    let now = agreed.setup.configuration.time.now()
    var state = SessionState(
      cipherSuite: summary.cipherSuite, master: secrets.master, group: summary.group,
      signatureScheme: summary.signatureScheme, serverName: summary.serverName,
      applicationProtocol: summary.applicationProtocol,
      peerCertificates: summary.peerCertificates ?? [],
      createdAt: resumed?.createdAt ?? now, policy: agreed.setup.sessionPolicy)
    state.maximumFragmentLength =
      agreed.extensions.answer(of: MaximumFragmentLengthNegotiation.self)
      ?? resumed?.state.maximumFragmentLength
    if hasTicket, let ticket {
      return ClientSession(
        ticket: ticket.ticket, lifetimeHint: ticket.lifetimeHint, receivedAt: now, state: state)
    }
    return ClientSession(id: agreed.sessionID, state: state)
  }
}
