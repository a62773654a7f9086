import TLSCrypto

/// Nothing is left to say in the clear: the client changes to its keys and finishes first.
struct ClientFinishing: ~Copyable, Sendable {
  let agreed: ClientAgreement
  var outcome: Outcome
  var transcript: Transcript

  consuming func send(_ channel: inout Channel) throws(TLSError) -> ClientState {
    transcript.forgetMessages()
    let keys = try ClientKeys.derive(agreed, &outcome.master)
    try channel.changeCipherSpec(to: keys.sealing)
    try channel.sendNextProtocol(agreed, &transcript)
    let finished = try outcome.master.finished(by: .client, transcript: try transcript.digest())
    try channel.send(finished, &transcript)
    try channel.records.finishFlight()
    let pending = ClientExpectChangeCipherSpec(
      opening: keys.opening,
      next: ClientExpectFinished(
        agreed: agreed, outcome: outcome, ticket: nil, transcript: transcript,
        reply: .none(ownFinished: finished)))
    return !agreed.extensions.has(SessionTicket.self)
      ? .expectChangeCipherSpec(Box(pending))
      : .expectNewSessionTicket(Box(ExpectNewSessionTicket(next: pending)))
  }
}

/// The keys of both directions, as a client uses them.
struct ClientKeys: ~Copyable, Sendable {
  let sealing: RecordProtection
  let opening: RecordProtection

  static func derive(
    _ agreed: ClientAgreement, _ master: inout MasterSecret
  ) throws(TLSError) -> ClientKeys {
    let keys = try master.keyBlock(
      client: agreed.clientRandom, server: agreed.serverRandom, for: agreed.suite,
      encryptThenMAC: agreed.extensions.useEncryptThenMAC)
    let sealing = try keys.protection(ofRecordsWrittenBy: .client)
    let opening = try keys.protection(ofRecordsWrittenBy: .server)
    return ClientKeys(sealing: sealing, opening: opening)
  }
}

extension Channel {
  /// Sends the protocol that the client chose by NPN, if that is how it is negotiated: after
  /// ChangeCipherSpec and before Finished (draft-agl-tls-nextprotoneg-04 section 3).
  mutating func sendNextProtocol(
    _ agreed: ClientAgreement, _ transcript: inout Transcript
  ) throws(TLSError) {
    guard let name = agreed.nextProtocol else { return }
    try send(NextProtocol(selectedProtocol: [UInt8](name.utf8)), &transcript)
  }
}
