/// A handshake under way, from either side.
enum HandshakeState: ~Copyable, Sendable {
  case client(ClientState)
  case server(ServerState)

  /// Stands in while a step is taken; nothing is known in it, so a step that fails leaves nothing.
  case spent

  /// What the connection is doing, for errors.
  var name: String {
    switch self {
    case .client(let state): state.name
    case .server(let state): state.name
    case .spent: "between two steps"
    }
  }

  /// Whether this is a client that has not said a word.
  var isReadyToStart: Bool {
    switch self {
    case .client(.readyToStart): true
    default: false
    }
  }

  /// What the handshake waits to be told, if anything.
  var question: Question? {
    switch self {
    case .client(let state): state.question
    case .server(let state): state.question
    case .spent: nil
    }
  }

  /// Whether the handshake waits to be told something: whether there is a ``question``, without asking it.
  var awaitsAnswer: Bool {
    switch self {
    case .client(let state): state.awaitsAnswer
    case .server(let state): state.awaitsAnswer
    case .spent: false
    }
  }

  /// The answer that the configuration already holds, if it does.
  func everydayAnswer(_ channel: inout Channel) throws(TLSError) -> Answer? {
    switch self {
    case .client(let state): try state.everydayAnswer(&channel)
    case .server(let state): try state.everydayAnswer(&channel)
    case .spent: nil
    }
  }

  /// Takes one step: the state is used up, and the next is returned or none.
  consuming func receive(
    _ input: HandshakeInput, _ channel: inout Channel
  ) throws(TLSError) -> HandshakeState {
    switch consume self {
    case .client(let state): .client(try state.receive(input, &channel))
    case .server(let state): .server(try state.receive(input, &channel))
    case .spent: .spent
    }
  }
}

/// What makes a handshake take a step.
enum HandshakeInput: Sendable {
  case start
  case message(HandshakeMessage)
  case changeCipherSpec
  case answer(Answer)

  /// The message it is, if it is one, for errors.
  var messageName: String? {
    switch self {
    case .message(let message): message.type.description
    case .changeCipherSpec: "ChangeCipherSpec"
    case .start, .answer: nil
    }
  }
}
