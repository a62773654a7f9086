import TLSCrypto

/// The states of a server's handshake, in the order of RFC 5246 figure 1.
enum ServerState: ~Copyable, Sendable {
  case expectClientHello(ExpectClientHello)
  case awaitIdentity(AwaitIdentity)
  case awaitSignature(AwaitSignature)
  case expectClientKeyExchange(ExpectClientKeyExchange)
  case expectChangeCipherSpec(ServerExpectChangeCipherSpec)
  case expectFinished(ServerExpectFinished)
  /// What was negotiated has gone to ``Channel/summary``.
  case connected

  /// What each state waits for, for errors.
  var name: String {
    switch self {
    case .expectClientHello: "expecting ClientHello"
    case .awaitIdentity: "choosing an identity"
    case .awaitSignature: "signing the key exchange"
    case .expectClientKeyExchange: "expecting ClientKeyExchange"
    case .expectChangeCipherSpec: "expecting ChangeCipherSpec"
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
    case .expectClientKeyExchange(let state): return try state.receive(message, &channel)
    case .expectChangeCipherSpec:
      throw .unexpected(message.type, expected: "ChangeCipherSpec")
    case .expectFinished(let state): return try state.receive(message, &channel)
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
    return state.receive(&channel)
  }
}

extension ServerState {
  /// What the server waits to be told, if anything.
  var question: Question? {
    switch self {
    case .awaitIdentity(let state): .identity(state.question)
    case .awaitSignature(let state): .sign(state.question)
    default: nil
    }
  }

  /// The configured identity, or the signature of a key that is here.
  func everydayAnswer(
    to question: Question, _ channel: inout Channel
  ) throws(TLSError) -> Answer? {
    switch self {
    case .awaitIdentity(let state): try state.everydayAnswer()
    case .awaitSignature(let state): try state.everydayAnswer(&channel)
    default: nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch consume self {
    case .awaitIdentity(let state): return try state.receive(answer, &channel)
    case .awaitSignature(let state): return try state.receive(answer, &channel)
    default: throw .unfitting(answer, to: nil)
    }
  }
}
