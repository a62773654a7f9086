import TLSCrypto

/// The states of a server's handshake, in the order of RFC 5246 figure 1.
///
/// Each but the first lies behind a ``Box``, so that it is moved only where it changes into the next.
enum ServerState: ~Copyable, Sendable {
  case expectClientHello(ExpectClientHello)
  case awaitSession(Box<AwaitSession>)
  case awaitResumedVerdict(Box<AwaitResumedVerdict>)
  case awaitIdentity(Box<AwaitIdentity>)
  case awaitSignature(Box<AwaitSignature>)
  case expectClientCertificate(Box<ExpectClientCertificate>)
  case expectClientKeyExchange(Box<ExpectClientKeyExchange>)
  case awaitPreSharedKey(Box<AwaitServerPreSharedKey>)
  case expectCertificateVerify(Box<ExpectCertificateVerify>)
  case awaitVerdict(Box<AwaitClientVerdict>)
  case expectChangeCipherSpec(Box<ServerExpectChangeCipherSpec>)
  case expectNextProtocol(Box<ExpectNextProtocol>)
  case expectFinished(Box<ServerExpectFinished>)
  /// What was negotiated has gone to ``Channel/summary``.
  case connected

  /// What each state waits for, for errors.
  var name: String {
    switch self {
    case .expectClientHello: "expecting ClientHello"
    case .awaitSession: "looking for a session"
    case .awaitResumedVerdict: "judging the chain of a session"
    case .awaitIdentity: "choosing an identity"
    case .awaitSignature: "signing the key exchange"
    case .expectClientCertificate: "expecting the client's Certificate"
    case .expectClientKeyExchange: "expecting ClientKeyExchange"
    case .awaitPreSharedKey: "looking for a pre-shared key"
    case .expectCertificateVerify: "expecting CertificateVerify"
    case .awaitVerdict: "judging the client's certificate chain"
    case .expectChangeCipherSpec: "expecting ChangeCipherSpec"
    case .expectNextProtocol: "expecting NextProtocol"
    case .expectFinished: "expecting Finished"
    case .connected: "connected"
    }
  }

  consuming func receive(
    _ input: HandshakeInput, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch input {
    case .start: self
    case .message(let message): try receive(message, &channel)
    case .changeCipherSpec: try receiveChangeCipherSpec(&channel)
    case .answer(let answer): try receive(answer, &channel)
    }
  }

  private consuming func receive(
    _ message: HandshakeMessage, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch consume self {
    case .expectClientHello(let state): return try state.receive(message, &channel)
    case .expectClientCertificate(let state): return try state.take().receive(message)
    case .expectClientKeyExchange(let state): return try state.take().receive(message, &channel)
    case .expectCertificateVerify(let state): return try state.take().receive(message)
    case .expectChangeCipherSpec:
      throw .unexpected(message.type, expected: "ChangeCipherSpec")
    case .expectNextProtocol(let state): return try state.take().receive(message)
    case .expectFinished(let state): return try state.take().receive(message, &channel)
    default:
      throw .unexpected(message.type, expected: "nothing")
    }
  }

  private consuming func receiveChangeCipherSpec(
    _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    guard case .expectChangeCipherSpec(let state) = consume self else {
      throw .unexpected("ChangeCipherSpec", expected: "a handshake message")
    }
    return state.take().receive(&channel)
  }
}

extension ServerState {
  /// What the server waits to be told, if anything.
  var question: Question? {
    switch self {
    case .awaitSession(let state): .session(state.value.question)
    case .awaitResumedVerdict(let state): .verifyChain(state.value.question)
    case .awaitIdentity(let state): .identity(state.value.question)
    case .awaitSignature(let state): .sign(state.value.question)
    case .awaitPreSharedKey(let state): .preSharedKey(state.value.question)
    case .awaitVerdict(let state): .verifyChain(state.value.question)
    default: nil
    }
  }

  /// Whether there is a ``question``, without asking it.
  var awaitsAnswer: Bool {
    switch self {
    case .awaitSession: true
    case .awaitResumedVerdict: true
    case .awaitIdentity: true
    case .awaitSignature: true
    case .awaitPreSharedKey: true
    case .awaitVerdict: true
    case .expectClientHello: false
    case .expectClientCertificate: false
    case .expectClientKeyExchange: false
    case .expectCertificateVerify: false
    case .expectChangeCipherSpec: false
    case .expectNextProtocol: false
    case .expectFinished: false
    case .connected: false
    }
  }

  /// What the configuration says, if the caller is not to be asked.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    switch self {
    case .awaitSession(let state): state.value.everydayAnswer
    case .awaitIdentity(let state): try state.value.everydayAnswer()
    case .awaitSignature(let state): try state.value.everydayAnswer(&channel)
    case .awaitPreSharedKey(let state): state.value.everydayAnswer
    case .awaitVerdict(let state): state.value.everydayAnswer
    default: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch consume self {
    case .awaitSession(let state): return try state.take().receive(answer, &channel)
    case .awaitResumedVerdict(let state): return try state.take().receive(answer, &channel)
    case .awaitIdentity(let state): return try state.take().receive(answer, &channel)
    case .awaitSignature(let state): return try state.take().receive(answer, &channel)
    case .awaitPreSharedKey(let state): return try state.take().receive(answer, &channel)
    case .awaitVerdict(let state): return try state.take().receive(answer)
    default: throw .unfitting(answer, to: nil)
    }
  }
}
