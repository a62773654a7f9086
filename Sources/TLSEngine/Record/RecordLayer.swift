import TLSCrypto

/// Both halves of the record layer, and the records that wait to be sent (RFC 5246 section 6).
struct RecordLayer: ~Copyable, Sendable {
  var opener = RecordOpener()
  var sealer = RecordSealer()

  /// Whole records that the caller has not taken yet.
  private(set) var outgoing: [UInt8] = []

  /// Handshake messages of a flight that is still being written: they share records, as RFC 5246
  /// section 6.2.1 allows.
  private var flight: [UInt8] = []

  /// The keys of threads that help, once some have. Elsewhere, so that a connection without has no room
  /// for them.
  var workerKeys: Box<WorkerKeys>?

  /// What a flight without certificates takes, in bytes, or less.
  private static let flightByteCount = 320

  init() {}

  /// The version both sides agreed on: records say so from now on, and must.
  mutating func agree(on version: ProtocolVersion) {
    opener.negotiatedVersion = version
    sealer.plainVersion = version
  }

  /// Sets how many bytes of plaintext a record may have, either way; more that is received is
  /// `record_overflow`.
  ///
  /// A side that negotiates max_fragment_length calls it, with the same number twice, as soon as that
  /// is agreed on: a client with the ServerHello, a server before it puts its ServerHello into a record.
  /// A side that negotiates record_size_limit may call it at any time before the keys change: what it
  /// sends has the peer's limit, and what it receives its own, each from that direction's
  /// ChangeCipherSpec on. Of the two extensions the last call holds (RFC 8449 section 5: a server that
  /// knows both ignores max_fragment_length).
  mutating func limitFragments(sending: Int, receiving: Int, _ scope: FragmentLimit.Scope) {
    sealer.limitFragments(to: sending, scope)
    opener.limitFragments(to: receiving, scope)
  }

  /// Sets the limits that the two hellos agreed on.
  mutating func limitFragments(_ limits: RecordLimits) {
    limitFragments(
      sending: limits.largestFragmentToSend, receiving: limits.largestPlaintextToReceive,
      limits.coverUnprotectedRecords ? .allRecords : .protectedRecords)
  }

  /// Adds a handshake message to the flight; it goes out with the next ``finishFlight()``.
  mutating func write(handshake message: [UInt8]) {
    if flight.isEmpty { flight = message } else { flight.append(contentsOf: message) }
  }

  /// Puts the flight into records.
  mutating func finishFlight() throws(TLSError) {
    guard !flight.isEmpty else { return }
    var bytes: [UInt8] = []
    swap(&bytes, &flight)
    try queue(bytes.rawSpan, as: .handshake)
  }

  /// The flight so far, ChangeCipherSpec, and from here on the new keys (RFC 5246 section 7.1).
  mutating func changeCipherSpec(to keys: consuming RecordProtection) throws(TLSError) {
    try finishFlight()
    let one: [UInt8] = [1]
    try queue(one.rawSpan, as: .changeCipherSpec)
    sealer.protect(with: keys)
  }

  /// Queues an alert behind what is already on its way, the unsent rest of a flight left out.
  mutating func write(alert: AlertDescription, fatal: Bool) throws(TLSError) {
    flight = []
    let bytes: [UInt8] = [fatal ? 2 : 1, alert.rawValue]
    try queue(bytes.rawSpan, as: .alert)
  }

  /// Queues `bytes` in as many records as they need.
  mutating func queue(_ bytes: RawSpan, as type: ContentType) throws(TLSError) {
    let count = sealer.sealedByteCount(of: bytes.byteCount)
    // Room for the usual flight: what comes behind this need not move it.
    if outgoing.isEmpty, count < Self.flightByteCount {
      outgoing.reserveCapacity(Self.flightByteCount)
    }
    try outgoing.append(count: count) {
      (room) throws(TLSError) in
      _ = try sealer.seal(bytes, as: type, into: &room, at: 0)
    }
  }

  /// Seals `plaintext` straight into `output`, behind what was waiting to be sent.
  ///
  /// - Returns: how many bytes of plaintext went in, and how many bytes of records came out.
  @inline(__always)
  mutating func seal(
    _ plaintext: RawSpan, into output: inout MutableRawSpan
  ) throws(TLSError) -> RecordProgress {
    guard outgoing.isEmpty else { return try sealBehindWaiting(plaintext, into: &output) }
    return try sealer.seal(plaintext, as: .applicationData, into: &output, at: 0)
  }

  @inline(never)
  private mutating func sealBehindWaiting(
    _ plaintext: RawSpan, into output: inout MutableRawSpan
  ) throws(TLSError) -> RecordProgress {
    let waiting = outgoing.count
    guard output.byteCount >= waiting else {
      throw .misuse(
        "\(waiting) bytes wait to be sent first, and the output has room for \(output.byteCount)")
    }
    output.copy(outgoing.rawSpan)
    outgoing = []
    let sealed = try sealer.seal(plaintext, as: .applicationData, into: &output, at: waiting)
    return RecordProgress(consumed: sealed.consumed, written: waiting + sealed.written)
  }

  /// Drops the keys: nothing more is opened or sealed. What waits to be sent still waits.
  mutating func forgetKeys() {
    opener = RecordOpener()
    sealer = RecordSealer()
    workerKeys = nil
  }

  /// Takes what is to be sent.
  mutating func takeOutgoing() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &outgoing)
    return taken
  }
}
