import TLSCrypto

/// The states of a client's handshake, in the order of RFC 5246 figure 1.
///
/// Each but the first lies behind a ``Box``, so that it is moved only where it changes into the next.
enum ClientState: ~Copyable, Sendable {
  case readyToStart(ClientSetup)
  case expectServerHello(Box<ExpectServerHello>)
  case awaitResumedVerdict(Box<ClientResumption>)
  case expectCertificate(Box<ExpectCertificate>)
  case expectCertificateStatusOrServerKeyExchange(Box<ExpectCertificateStatusOrServerKeyExchange>)
  case expectServerKeyExchange(Box<ExpectServerKeyExchange>)
  case expectCertificateRequestOrServerHelloDone(Box<ExpectCertificateRequestOrServerHelloDone>)
  case expectServerHelloDone(Box<ExpectServerHelloDone>)
  case awaitVerdict(Box<AwaitVerdict>)
  case awaitPreSharedKey(Box<AwaitClientPreSharedKey>)
  case awaitIdentity(Box<AwaitClientIdentity>)
  case awaitSignature(Box<AwaitClientSignature>)
  case expectNewSessionTicket(Box<ExpectNewSessionTicket>)
  case expectChangeCipherSpec(Box<ClientExpectChangeCipherSpec>)
  case expectFinished(Box<ClientExpectFinished>)
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
    case .expectServerHello(let state): return try state.take().receive(message, &channel)
    case .expectCertificate(let state): return try state.take().receive(message)
    case .expectCertificateStatusOrServerKeyExchange(let state):
      return try state.take().receive(message)
    case .expectServerKeyExchange(let state): return try state.take().receive(message)
    case .expectCertificateRequestOrServerHelloDone(let state):
      return try state.take().receive(message)
    case .expectServerHelloDone(let state): return try state.take().receive(message)
    case .expectNewSessionTicket(let state): return try state.take().receive(message)
    case .expectChangeCipherSpec:
      throw .unexpected(message.type, expected: "ChangeCipherSpec")
    case .expectFinished(let state): return try state.take().receive(message, &channel)
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
    return state.take().receive(&channel)
  }
}

extension ClientState {
  /// What the client waits to be told, if anything.
  var question: Question? {
    switch self {
    case .awaitResumedVerdict(let state): .verifyChain(state.value.question)
    case .awaitVerdict(let state): .verifyChain(state.value.question)
    case .awaitPreSharedKey(let state): .preSharedKey(state.value.question)
    case .awaitIdentity(let state): .clientIdentity(state.value.question)
    case .awaitSignature(let state): .sign(state.value.question)
    default: nil
    }
  }

  /// Whether there is a ``question``, without asking it.
  var awaitsAnswer: Bool {
    switch self {
    case .awaitResumedVerdict: true
    case .awaitVerdict: true
    case .awaitPreSharedKey: true
    case .awaitIdentity: true
    case .awaitSignature: true
    case .readyToStart: false
    case .expectServerHello: false
    case .expectCertificate: false
    case .expectCertificateStatusOrServerKeyExchange: false
    case .expectServerKeyExchange: false
    case .expectCertificateRequestOrServerHelloDone: false
    case .expectServerHelloDone: false
    case .expectNewSessionTicket: false
    case .expectChangeCipherSpec: false
    case .expectFinished: false
    case .connected: false
    }
  }

  /// What the configuration says, if the caller is not to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    switch self {
    case .awaitResumedVerdict(let state): state.value.everydayAnswer
    case .awaitVerdict(let state): state.value.everydayAnswer
    case .awaitPreSharedKey(let state): state.value.everydayAnswer
    case .awaitIdentity(let state): state.value.everydayAnswer
    case .awaitSignature(let state): try state.value.everydayAnswer(&channel)
    default: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    switch consume self {
    case .awaitResumedVerdict(let state): return try state.take().receive(answer, &channel)
    case .awaitVerdict(let state): return try state.take().receive(answer, &channel)
    case .awaitPreSharedKey(let state): return try state.take().receive(answer, &channel)
    case .awaitIdentity(let state): return try state.take().receive(answer, &channel)
    case .awaitSignature(let state): return try state.take().receive(answer, &channel)
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
    return .expectServerHello(Box(ExpectServerHello(setup: setup, hello: hello, message: message)))
  }
}
