import TLSCrypto

/// What the states of a handshake act upon: the record layer they send through, the randomness
/// they may draw, and the places where a trace and secrets are noted.
struct Channel: ~Copyable, Sendable {
  var records = RecordLayer()
  var randomness: any RandomSource
  let keyLog: (any KeyLog)?
  var trace: HandshakeTrace

  /// What was negotiated, once the last state has said so.
  private(set) var summary: ConnectionSummary?

  /// What exporters and channel bindings need, once the handshake is complete.
  private(set) var secrets: ConnectionSecrets?

  /// The session of this connection, if it is a server that keeps it.
  var cachedSession: CachedSession?

  /// What came of the handshake beside its summary: sessions to be kept. Handed on with it.
  var events: [Event] = []

  /// Whether there is a summary. Asked for every record: to look at the summary itself would retain
  /// and release all that is in it.
  private(set) var isComplete = false

  init(randomness: any RandomSource, keyLog: (any KeyLog)?, trace: HandshakeTrace) {
    self.randomness = randomness
    self.keyLog = keyLog
    self.trace = trace
  }

  /// Says that the handshake is complete.
  mutating func complete(_ summary: consuming ConnectionSummary, _ secrets: ConnectionSecrets) {
    summary.largestFragmentToSend = records.sealer.fragmentByteCount
    summary.largestFragmentToReceive = records.opener.fragmentByteCount
    self.summary = summary
    self.secrets = secrets
    isComplete = true
  }

  /// Lets go of what is not to be kept of the peer's certificates.
  mutating func keep(_ kept: KeptPeerCertificates, as side: ConnectionSide) throws(TLSError) {
    summary?.keep(kept)
    // A server's own certificate is there anyway.
    if kept == .none, side == .client { try secrets?.serverEndPoint.letGoOfCertificate() }
  }

  /// Forgets all secrets: nothing more is opened, sealed or exported.
  mutating func forgetSecrets() {
    records.forgetKeys()
    secrets = nil
  }

  /// Sends a message: it joins the flight.
  @discardableResult
  mutating func send(_ body: some HandshakeBody) throws(TLSError) -> HandshakeMessage {
    let message = try body.message()
    trace.note(.sent, message)
    records.write(handshake: message.bytes)
    return message
  }

  /// Sends a message that the transcript covers.
  mutating func send(
    _ body: some HandshakeBody, _ transcript: inout Transcript
  ) throws(TLSError) {
    transcript.append(try send(body))
  }

  /// Sends ChangeCipherSpec; what follows is sealed with `keys`.
  mutating func changeCipherSpec(to keys: consuming RecordProtection) throws(TLSError) {
    try records.changeCipherSpec(to: keys)
    trace.note(.sent, "ChangeCipherSpec", 1)
  }
}
