import TLSCrypto

/// The states of a client's handshake, in the order of RFC 5246 figure 1.
enum ClientState: ~Copyable, Sendable {
  case readyToStart(ClientSetup)
  case expectServerHello(ExpectServerHello)
  case awaitResumedVerdict(ClientResumption)
  case expectCertificate(ExpectCertificate)
  case expectCertificateStatusOrServerKeyExchange(ExpectCertificateStatusOrServerKeyExchange)
  case expectServerKeyExchange(ExpectServerKeyExchange)
  case expectCertificateRequestOrServerHelloDone(ExpectCertificateRequestOrServerHelloDone)
  case expectServerHelloDone(ExpectServerHelloDone)
  case awaitVerdict(AwaitVerdict)
  case awaitPreSharedKey(AwaitClientPreSharedKey)
  case awaitIdentity(AwaitClientIdentity)
  case awaitSignature(AwaitClientSignature)
  case expectNewSessionTicket(ExpectNewSessionTicket)
  case expectChangeCipherSpec(ClientExpectChangeCipherSpec)
  case expectFinished(ClientExpectFinished)
  /// What was negotiated has gone to ``Channel/summary``.
  case connected

  /// What each state waits for, for errors.
  var name: String {
    switch self {
    case .readyToStart: "not started"
    case .expectServerHello: "expecting ServerHello"
    case .awaitResumedVerdict: "judging the chain of a session"
    case .expectCertificate: "expecting Certificate"
    case .expectCertificateStatusOrServerKeyExchange:
      "expecting CertificateStatus or ServerKeyExchange"
    case .expectServerKeyExchange: "expecting ServerKeyExchange"
    case .expectCertificateRequestOrServerHelloDone:
      "expecting CertificateRequest or ServerHelloDone"
    case .expectServerHelloDone: "expecting ServerHelloDone"
    case .awaitVerdict: "judging the certificate chain"
    case .awaitPreSharedKey: "choosing a pre-shared key"
    case .awaitIdentity: "choosing an identity"
    case .awaitSignature: "signing the handshake"
    case .expectNewSessionTicket: "expecting NewSessionTicket"
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
    case .expectCertificateStatusOrServerKeyExchange(let state): return try state.receive(message)
    case .expectServerKeyExchange(let state): return try state.receive(message)
    case .expectCertificateRequestOrServerHelloDone(let state): return try state.receive(message)
    case .expectServerHelloDone(let state): return try state.receive(message)
    case .expectNewSessionTicket(let state): return try state.receive(message)
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
    case .awaitResumedVerdict(let state): .verifyChain(state.question)
    case .awaitVerdict(let state): .verifyChain(state.question)
    case .awaitPreSharedKey(let state): .preSharedKey(state.question)
    case .awaitIdentity(let state): .clientIdentity(state.question)
    case .awaitSignature(let state): .sign(state.question)
    default: nil
    }
  }

  /// What the configuration says, if the caller is not to be asked.
  func everydayAnswer(
    to question: Question, _ channel: inout Channel
  ) throws(TLSError) -> Answer? {
    switch self {
    case .awaitResumedVerdict(let state): state.everydayAnswer
    case .awaitVerdict(let state): state.everydayAnswer
    case .awaitPreSharedKey(let state): state.everydayAnswer
    case .awaitIdentity(let state): state.everydayAnswer
    case .awaitSignature(let state): try state.everydayAnswer(&channel)
    default: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch consume self {
    case .awaitResumedVerdict(let state): return try state.receive(answer, &channel)
    case .awaitVerdict(let state): return try state.receive(answer, &channel)
    case .awaitPreSharedKey(let state): return try state.receive(answer, &channel)
    case .awaitIdentity(let state): return try state.receive(answer, &channel)
    case .awaitSignature(let state): return try state.receive(answer, &channel)
    default: throw .unfitting(answer, to: nil)
    }
  }

  /// Sends the ClientHello.
  consuming func start(_ channel: inout Channel) throws(TLSError) -> ClientState {
    guard case .readyToStart(let setup) = consume self else {
      throw .misuse("the handshake has started already")
    }
    let random = HelloRandom(from: &channel.randomness)
    let draft = ClientHelloDraft(setup, drawingFrom: &channel.randomness)
    let hello = try ClientHello(random: random, draft)
    let message = try channel.send(hello)
    try channel.records.finishFlight()
    return .expectServerHello(ExpectServerHello(setup: setup, hello: hello, message: message))
  }
}
