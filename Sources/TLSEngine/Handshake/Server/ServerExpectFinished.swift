import TLSCrypto

/// The keys are known; the client has still to change to its own.
struct ServerExpectChangeCipherSpec: ~Copyable, Sendable {
  let opening: AEADProtection
  let next: ServerExpectFinished

  consuming func receive(_ channel: inout Channel) -> ServerState {
    channel.records.opener.protect(with: opening)
    return .expectFinished(next)
  }
}

/// The client's records are protected; its Finished proves that both saw the same handshake.
struct ServerExpectFinished: ~Copyable, Sendable {
  let summary: ConnectionSummary
  let master: MasterSecret
  let sealing: AEADProtection
  var transcript: Transcript

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    try message.require(.finished)
    let finished = try message.decode(Finished.self)
    try finished.check(
      against: try master.finished(by: .client, transcript: try transcript.digest()))
    transcript.append(message)
    try channel.changeCipherSpec(to: sealing)
    try channel.send(
      try master.finished(by: .server, transcript: try transcript.digest()), &transcript)
    try channel.records.finishFlight()
    channel.complete(summary)
    return .connected
  }
}
