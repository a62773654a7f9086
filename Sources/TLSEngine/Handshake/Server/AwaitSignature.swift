import TLSCrypto

/// Everything is chosen, and the ephemeral key made; somebody has to sign for it.
struct AwaitSignature: ~Copyable, Sendable {
  let flight: ServerFirstFlight
  let identity: Identity
  let scheme: SignatureScheme

  var question: SignQuestion {
    SignQuestion(scheme: scheme, message: flight.signedContent, identity: identity)
  }

  /// The signature of a key that is here, or `nil` if the caller is to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    try question.everydayAnswer(&channel)
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    let signed = DigitallySigned(scheme: scheme, signature: try answer.signature)
    let exchange = ServerKeyExchange(flight.parameters, signed: signed)
    return try flight.send(exchange, &channel)
  }
}
