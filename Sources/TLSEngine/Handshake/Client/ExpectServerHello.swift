import TLSCrypto

/// The ClientHello is out.
struct ExpectServerHello: ~Copyable, Sendable {
  let setup: ClientSetup
  let hello: ClientHello
  let message: HandshakeMessage

  consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    try message.require(.serverHello)
    let serverHello = try message.decode(ServerHello.self)
    let agreed = try ClientAgreement(setup, hello, serverHello)
    channel.records.agree(on: serverHello.version)
    let transcript = try Transcript(agreed.suite.hash, [self.message, message])
    return .expectCertificate(ExpectCertificate(agreed: agreed, transcript: transcript))
  }
}

/// What the two hellos agreed on, as a client sees it.
struct ClientAgreement: Sendable {
  let setup: ClientSetup
  let clientRandom: HelloRandom
  let serverRandom: HelloRandom
  let cipherSuite: CipherSuite
  let suite: CipherSuiteParameters
  let extensions: ExtensionAnswers

  /// Checks each choice of the server's against what was offered (RFC 5246 section 7.4.1.3).
  init(
    _ setup: ClientSetup, _ hello: ClientHello, _ answer: ServerHello
  ) throws(TLSError) {
    guard answer.version == .tls12 else {
      throw TLSError(.protocolVersion, .protocolVersion(answer.version))
    }
    guard hello.cipherSuites.contains(answer.cipherSuite),
      let suite = answer.cipherSuite.parameters
    else {
      throw .illegalParameter(
        "the server chose \(answer.cipherSuite), which was not offered")
    }
    guard answer.compressionMethod == 0 else {
      throw .illegalParameter(
        "the server chose the compression method \(answer.compressionMethod), "
          + "and only null was offered")
    }
    self.setup = setup
    clientRandom = hello.random
    serverRandom = answer.random
    cipherSuite = answer.cipherSuite
    self.suite = suite
    extensions = try ExtensionAnswers(
      decoding: answer.extensions, to: hello.extensions, setup)
  }
}
