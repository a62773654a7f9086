import TLSEngine

/// One connection with the peer's program, as it is recorded.
struct RecordedConversation<Role>: ~Copyable {
  private var stage: VectorStage<Role>
  private let socket: Descriptor
  private let process: ChildProcess

  /// What changes the peer's bytes on their way, if something does.
  private var tamperer: Tamperer?

  /// What came and is no whole record yet: flights are cut between records, however they arrive.
  private var partial: [UInt8] = []

  /// How many steps of the stage have been seen to, and gone out if they are ours.
  private var flushed = 0
  private var isAtEnd = false

  /// How much of the data from the peer earlier actions have waited for.
  private var awaited = 0

  init(
    _ stage: consuming VectorStage<Role>, _ socket: Descriptor, _ process: ChildProcess,
    edits: [Edit], number: Int
  ) {
    self.stage = stage
    self.socket = socket
    self.process = process
    tamperer = edits.isEmpty ? nil : Tamperer(edits, connection: number)
  }

  /// Goes through the handshake and then through the actions, until the connection fails.
  mutating func run(_ actions: [VectorAction]) throws {
    flush()
    try pump("the handshake does not end") { $0.summary != nil }
    for action in actions where !isOver { try perform(action) }
    guard let unused = tamperer?.unused.first else { return }
    throw RecordingError(problem: "nothing came that this edit is for: \(unused.line)")
  }

  /// Ends the transport and gives our side back.
  consuming func finish() -> VectorStage<Role> {
    TCP.shutdownWriting(socket)
    return stage
  }

  private var isOver: Bool { stage.failure != nil || isAtEnd }

  private mutating func perform(_ action: VectorAction) throws {
    switch action {
    case .awaitText(let text):
      try pump("what is waited for does not come: \(text.source)") { [awaited] stage in
        stage.received.dropFirst(awaited).suffix(text.bytes.count).elementsEqual(text.bytes)
      }
      awaited = stage.received.count
    case .awaitBytes(let count):
      try pump("\(count) bytes do not come") { [awaited] in $0.received.count - awaited >= count }
      awaited = stage.received.count
    case .awaitClose: try pump("the peer does not close") { $0.isClosedByPeer }
    case .type(let text): try process.type(text.bytes)
    case .send, .close, .cut, .abort: try take(.action(action))
    case .connect, .clock: break
    }
  }

  private mutating func take(_ step: VectorStep) throws {
    try stage.take(step)
    flush()
  }

  /// Writes what our side has to say. A peer that is gone does not hear it.
  private mutating func flush() {
    let steps = stage.steps
    for step in steps.dropFirst(flushed) {
      guard case .sent(let bytes) = step else { continue }
      tamperer?.observe(sent: bytes)
      try? socket.write(bytes)
    }
    flushed = steps.count
  }

  /// Reads until something is so, or the connection is over.
  private mutating func pump(
    _ problem: String, until isSo: (borrowing VectorStage<Role>) -> Bool
  ) throws {
    let deadline = Deadline(milliseconds: Recorder.patience)
    while !isSo(stage), !isOver {
      // A peer that never pauses is not waited for any longer than one that never says anything.
      let left = deadline.milliseconds
      guard left > 0, try Readiness.wait([socket], milliseconds: left) != nil else {
        throw RecordingError(problem: problem)
      }
      let bytes = (try? socket.read(atMost: 65_536)) ?? []
      if bytes.isEmpty {
        isAtEnd = true
        if !partial.isEmpty { try take(.received(partial)) }
        if stage.failure == nil { try take(.endOfStream) }
        return
      }
      try take(bytes)
    }
  }

  /// Takes what came, changed if something changes it. What follows from a key that our side finds out
  /// by the first part of it comes once our side has had that.
  private mutating func take(_ bytes: [UInt8]) throws {
    guard tamperer != nil else {
      partial += bytes
      return try takeWholeRecords()
    }
    var changed = change(bytes)
    while !changed.isEmpty {
      partial += changed
      try takeWholeRecords()
      changed = change([])
    }
  }

  private mutating func change(_ bytes: [UInt8]) -> [UInt8] {
    let master = stage.masterSecret
    return tamperer?.change(bytes, masterSecret: { master }) ?? bytes
  }

  private mutating func takeWholeRecords() throws {
    var count = 0
    while let header = ObservedHeader(partial, at: count) {
      count += ObservedHeader.byteCount + header.length
    }
    // What is no record at all will not become one.
    if ObservedHeader.cannotBegin(partial[count...]) { count = partial.count }
    guard count > 0 else { return }
    let whole = Array(partial.prefix(count))
    partial.removeFirst(count)
    try take(.received(whole))
  }
}
