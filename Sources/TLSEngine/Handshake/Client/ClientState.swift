import TLSCrypto

/// The states of a client's handshake, in the order of RFC 5246 figure 1.
enum ClientState: ~Copyable, Sendable {
  case readyToStart(ClientSetup)
  case expectServerHello(ExpectServerHello)
  case expectCertificate(ExpectCertificate)
  case expectServerKeyExchange(ExpectServerKeyExchange)
  case expectCertificateRequestOrServerHelloDone(ExpectCertificateRequestOrServerHelloDone)
  case expectServerHelloDone(ExpectServerHelloDone)
  case awaitVerdict(AwaitVerdict)
  case expectChangeCipherSpec(ClientExpectChangeCipherSpec)
  case expectFinished(ClientExpectFinished)
  /// What was negotiated has gone to ``Channel/summary``.
  case connected

  /// What each state waits for, for errors.
  var name: String {
    switch self {
    case .readyToStart: "not started"
    case .expectServerHello: "expecting ServerHello"
    case .expectCertificate: "expecting Certificate"
    case .expectServerKeyExchange: "expecting ServerKeyExchange"
    case .expectCertificateRequestOrServerHelloDone:
      "expecting CertificateRequest or ServerHelloDone"
    case .expectServerHelloDone: "expecting ServerHelloDone"
    case .awaitVerdict: "judging the certificate chain"
    case .expectChangeCipherSpec: "expecting ChangeCipherSpec"
    case .expectFinished: "expecting Finished"
    case .connected: "connected"
    }
  }

  consuming func receive(
    _ input: HandshakeInput, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch input {
    case .start: try start(&channel)
    case .message(let message): try receive(message, &channel)
    case .changeCipherSpec: try receiveChangeCipherSpec(&channel)
    case .answer(let answer): try receive(answer, &channel)
    }
  }

  private consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    // RFC 5246 section 7.4.1.1: during a handshake a HelloRequest is ignored, and it is never part
    // of the transcript.
    if message.type == .helloRequest {
      _ = try message.decode(HelloRequest.self)
      return self
    }
    switch consume self {
    case .expectServerHello(let state): return try state.receive(message, &channel)
    case .expectCertificate(let state): return try state.receive(message)
    case .expectServerKeyExchange(let state): return try state.receive(message)
    case .expectCertificateRequestOrServerHelloDone(let state): return try state.receive(message)
    case .expectServerHelloDone(let state): return try state.receive(message)
    case .expectChangeCipherSpec:
      throw .unexpected(message.type, expected: "ChangeCipherSpec")
    case .expectFinished(let state): return try state.receive(message, &channel)
    default:
      throw .unexpected(message.type, expected: "nothing")
    }
  }

  private consuming func receiveChangeCipherSpec(
    _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    guard case .expectChangeCipherSpec(let state) = consume self else {
      throw .unexpected("ChangeCipherSpec", expected: "a handshake message")
    }
    return state.receive(&channel)
  }
}

extension ClientState {
  /// What the client waits to be told, if anything.
  var question: Question? {
    switch self {
    case .awaitVerdict(let state): .verifyChain(state.question)
    default: nil
    }
  }

  /// The verdict of the configured verifier, if the caller is not to be asked.
  func everydayAnswer(to question: Question) throws(TLSError) -> Answer? {
    switch self {
    case .awaitVerdict(let state): state.everydayAnswer
    default: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch consume self {
    case .awaitVerdict(let state): return try state.receive(answer, &channel)
    default: throw .unfitting(answer, to: nil)
    }
  }

  /// Sends the ClientHello.
  consuming func start(_ channel: inout Channel) throws(TLSError) -> ClientState {
    guard case .readyToStart(let setup) = consume self else {
      throw .misuse("the handshake has started already")
    }
    let hello = ClientHello(
      random: HelloRandom(from: &channel.randomness),
      cipherSuites: setup.configuration.cipherSuites,
      extensions: try ExtensionOffers(setup))
    let message = try channel.send(hello)
    try channel.records.finishFlight()
    return .expectServerHello(ExpectServerHello(setup: setup, hello: hello, message: message))
  }
}
