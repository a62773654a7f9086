import TLSCrypto

/// What both roles and both levels of the interface share: one connection's state, and the steps
/// of its handshake.
struct ConnectionCore: ~Copyable, Sendable {
  var channel: Channel
  var joiner: HandshakeJoiner
  let limits: Limits
  private let keptPeerCertificates: KeptPeerCertificates

  /// Which end of the connection this is.
  let side: ConnectionSide

  /// The message with which this connection's peer would begin to renegotiate.
  var renegotiationRequest: HandshakeType { side == .client ? .helloRequest : .clientHello }

  /// The handshake while it lasts, its states on the heap, gone with all its secrets when it ends.
  private var handshake: HandshakeState?

  /// What was negotiated, once the handshake is complete.
  var summary: ConnectionSummary? { channel.summary }

  /// Whether the handshake is complete.
  var isConnected: Bool { channel.isComplete }

  /// Why the connection failed, if it did.
  private(set) var failure: TLSError? {
    didSet { hasFailed = failure != nil }
  }

  /// Whether there is a ``failure``. Asked for every record: to look at the error itself would copy it.
  private(set) var hasFailed = false

  /// Whether close_notify was sent.
  var hasClosed = false

  /// Whether close_notify was received.
  var peerHasClosed = false

  /// What a peer may only do so often.
  var counters = Counters()

  /// The longest handshake message that is read once the handshake is complete, in bytes: one that
  /// asks to renegotiate, to be told no.
  private static let connectedMessageByteCount = 16_384

  struct Counters: Sendable {
    var emptyRecords = 0
    var warningAlerts = 0
    var renegotiationRequests = 0
  }

  init(
    _ handshake: consuming HandshakeState, _ channel: consuming Channel, _ limits: Limits,
    _ keptPeerCertificates: KeptPeerCertificates, side: ConnectionSide
  ) {
    self.handshake = consume handshake
    self.channel = channel
    self.limits = limits
    self.keptPeerCertificates = keptPeerCertificates
    self.side = side
    joiner = HandshakeJoiner(limit: limits.handshakeMessageByteCount)
  }

  /// Whether the handshake is still under way.
  var isHandshaking: Bool { handshake != nil }

  /// Whether this is a client that has not said a word.
  var isReadyToStart: Bool {
    switch handshake {
    case .some(let state): state.isReadyToStart
    case .none: false
    }
  }

  /// What the handshake waits to be told, if anything.
  var question: Question? {
    switch handshake {
    case .some(let state): state.question
    case .none: nil
    }
  }

  /// Whether the handshake waits to be told something.
  var awaitsAnswer: Bool {
    switch handshake {
    case .some(let state): state.awaitsAnswer
    case .none: false
    }
  }

  /// After a fatal error every call says so again.
  @inline(__always)
  func checkUsable() throws(TLSError) {
    if hasFailed, let failure { throw failure }
  }

  // MARK: Steps

  /// Takes one step of the handshake, and the further ones that the configuration can answer by
  /// itself.
  mutating func advance(
    _ input: HandshakeInput, _ events: inout [Event]
  ) throws(TLSError) {
    // The state leaves the connection while it works: a step that fails leaves nothing behind.
    guard var state = handshake.take() else { return }
    try Self.step(&state, input, &channel)
    while state.awaitsAnswer {
      guard let answer = try Self.everydayAnswer(state, &channel) else {
        if let question = state.question { events.append(.question(question)) }
        break
      }
      try Self.step(&state, .answer(answer), &channel)
    }
    if let summary = channel.summary {
      // The event has all of it; what the connection does not keep is the caller's, or gone.
      try channel.keep(keptPeerCertificates, as: side)
      // What a peer may still begin to say is refused, and shorter.
      joiner.limit = min(limits.handshakeMessageByteCount, Self.connectedMessageByteCount)
      events.append(.handshakeCompleted(summary))
      events.append(contentsOf: channel.events)
      channel.events = []
    } else {
      handshake = consume state
    }
  }

  private static func step(
    _ state: inout HandshakeState, _ input: HandshakeInput, _ channel: inout Channel
  ) throws(TLSError) {
    let name = state.name
    var taken = HandshakeState.spent
    swap(&taken, &state)
    do {
      state = try taken.receive(input, &channel)
    } catch {
      // A misuse changes nothing, and a step that fails leaves nothing: within one there is none.
      let error =
        error.isMisuse ? TLSError(.internalError, .internalFailure("\(error.reason)")) : error
      throw error.at(name, in: input.messageName)
    }
  }

  private static func everydayAnswer(
    _ state: borrowing HandshakeState, _ channel: inout Channel
  ) throws(TLSError) -> Answer? {
    do {
      return try state.everydayAnswer(&channel)
    } catch {
      throw error.at(state.name)
    }
  }

  // MARK: Failure

  /// What the connection is doing, for errors.
  private var doing: String {
    switch handshake {
    case .some(let state): state.name
    case .none: "connected"
    }
  }

  /// Ends the connection: the alert is queued, the handshake and its secrets are dropped, and the
  /// error is remembered. A misuse ends nothing.
  mutating func fail(_ error: TLSError) -> TLSError {
    guard !error.isMisuse, failure == nil else { return error }
    var error = error.at(doing)
    // RFC 5246 section 7.2.1: nothing follows close_notify.
    if hasClosed { error.alert = nil }
    handshake = nil
    joiner = HandshakeJoiner(limit: limits.handshakeMessageByteCount)
    failure = error
    if let alert = error.alert {
      hasClosed = true
      // Sealing two bytes can only fail if libgcrypt does, and then there is no alert to send.
      try? send(alert, fatal: true)
    }
    // RFC 5246 section 7.2.2: what ended with a fatal alert is never resumed.
    if error.hasFatalAlert { channel.cachedSession?.forget() }
    channel.forgetSecrets()
    return error
  }

  /// Ends the connection because the caller says so. Whether or not an alert can still go out, the peer is
  /// not welcome back.
  mutating func abort(_ error: TLSError) {
    channel.cachedSession?.forget()
    _ = fail(error)
  }

  /// Ends the use of the connection here, without a word to the peer.
  mutating func retire(_ error: TLSError) {
    failure = error
    channel.forgetSecrets()
  }

  /// Queues an alert.
  mutating func send(_ alert: AlertDescription, fatal: Bool) throws(TLSError) {
    try channel.records.write(alert: alert, fatal: fatal)
    channel.trace.note(.sent, "Alert", 2, alert.description)
  }
}

extension ConnectionCore {
  /// Begins a client's handshake.
  mutating func start() throws(TLSError) {
    try checkUsable()
    guard isReadyToStart else { throw .misuse("the handshake has started already") }
    var events: [Event] = []
    do {
      try advance(.start, &events)
    } catch {
      throw fail(error)
    }
  }

  /// Goes on with the caller's answer.
  mutating func answer(_ answer: Answer, _ events: inout [Event]) throws(TLSError) {
    try checkUsable()
    guard let question else { throw .unfitting(answer, to: nil) }
    try question.check(answer)
    do {
      try advance(.answer(answer), &events)
      try receiveJoinedMessages(&events)
    } catch {
      throw fail(error)
    }
  }
}
