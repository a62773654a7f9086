import TLSCrypto

/// The client's Finished is out; the server has still to change to its keys.
struct ClientExpectChangeCipherSpec: ~Copyable, Sendable {
  let opening: AEADProtection
  let next: ClientExpectFinished

  consuming func receive(_ channel: inout Channel) -> ClientState {
    channel.records.opener.protect(with: opening)
    return .expectFinished(next)
  }
}

/// The server's records are protected; its Finished proves that both saw the same handshake.
struct ClientExpectFinished: ~Copyable, Sendable {
  let summary: ConnectionSummary
  let master: MasterSecret
  let transcript: Transcript

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    try message.require(.finished)
    let finished = try message.decode(Finished.self)
    try finished.check(
      against: try master.finished(by: .server, transcript: try transcript.digest()))
    channel.complete(summary)
    return .connected
  }
}
