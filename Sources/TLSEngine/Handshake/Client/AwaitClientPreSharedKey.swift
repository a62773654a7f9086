import TLSCrypto

/// The server has said everything; somebody has to say which key both have.
struct AwaitClientPreSharedKey: ~Copyable, Sendable {
  let flight: ServerFlight
  let hint: [UInt8]?
  var transcript: Transcript

  var question: PreSharedKeyQuestion { PreSharedKeyQuestion(identity: nil, hint: hint) }

  /// The configured key, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    switch flight.agreed.setup.configuration.preSharedKey {
    case .none: .preSharedKey(nil)
    case .keys(let keys): .preSharedKey(keys.first)
    case .ask: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch answer {
    case .preSharedKey(let key?):
      var summary = flight.agreed.summary(group: flight.key.group, scheme: nil, isResumed: false)
      summary.preSharedKeyIdentity = key.identity
      return try ClientSecondFlight(flight: flight, summary: summary, transcript: transcript)
        .send(as: .preSharedKey(key), &channel)
    case .preSharedKey(nil):
      throw TLSError(.handshakeFailure, .refused("there is no pre-shared key for this server"))
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .handshakeFailure, .refused(sentence))
    default: throw .unfitting(answer, to: "a pre-shared key")
    }
  }
}
