import TLSCertificates
import TLSCrypto

/// Everything is chosen, and the ephemeral key made; somebody has to sign for it.
struct AwaitSignature: ~Copyable, Sendable {
  let selection: ServerSelection
  let extensions: ExtensionAnswers
  let clientMessage: HandshakeMessage
  let random: HelloRandom
  let key: EphemeralPrivateKey

  private var parameters: ServerKeyExchange.Parameters {
    ServerKeyExchange.Parameters(group: selection.group, publicKey: key.publicKey)
  }

  var question: SignQuestion {
    SignQuestion(
      scheme: selection.scheme,
      message: parameters.signedContent(client: selection.hello.random, server: random),
      identity: selection.identity)
  }

  /// The signature of a key that is here, or `nil` if the caller is to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    guard case .key(let privateKey) = selection.identity.signer,
      let algorithm = selection.scheme.algorithm
    else { return nil }
    do {
      return .signature(
        try privateKey.sign(
          question.message.rawSpan, using: algorithm, random: &channel.randomness))
    } catch {
      throw TLSError(error)
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch answer {
    case .signature(let signature):
      return try answerClient(signature, &channel)
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .internalError, .refused(sentence))
    case .identity, .chainIsGood, .chainIsBad:
      throw .unfitting(answer, to: "a signature")
    }
  }

  /// The server's first flight (RFC 5246 figure 1).
  private consuming func answerClient(
    _ signature: [UInt8], _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    var transcript = try Transcript(selection.suite.hash, [clientMessage])
    try channel.send(
      ServerHello(
        random: random, cipherSuite: selection.cipherSuite, extensions: extensions.raw),
      &transcript)
    try channel.send(
      CertificateMessage(certificates: selection.identity.certificates.map(\.der)), &transcript)
    try channel.send(
      ServerKeyExchange(
        parameters: parameters, scheme: selection.scheme, signature: signature),
      &transcript)
    try channel.send(ServerHelloDone(), &transcript)
    try channel.records.finishFlight()
    return .expectClientKeyExchange(
      ExpectClientKeyExchange(
        selection: selection, extensions: extensions, random: random, key: key,
        transcript: transcript))
  }
}
