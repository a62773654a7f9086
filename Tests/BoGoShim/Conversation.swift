import TLSCrypto
import TLSEngine

/// What goes over one connection: the handshake, what the flags want written, and an echo of
/// everything that comes, each byte turned over.
struct Conversation {
  let socket: Socket
  var answers: Answers
  let expectations: Expectations

  private var options: ShimOptions { answers.options }

  /// What has come of the connection so far.
  private var record = Record()

  /// Data that came right behind the peer's Finished: it is echoed once the shim has had its say, or
  /// never. `nil` from then on.
  private var early: [[UInt8]]? = []

  init(socket: Socket, answers: Answers, expectations: Expectations) {
    self.socket = socket
    self.answers = answers
    self.expectations = expectations
  }

  mutating func hold<Role>(over connection: inout Connection<Role>) throws {
    defer { socket.finish() }
    do {
      try converse(over: &connection)
    } catch {
      // The alert is the last that the peer hears.
      flush(&connection)
      throw error
    }
  }

  private mutating func converse<Role>(over connection: inout Connection<Role>) throws {
    while !record.isComplete {
      guard try exchange(over: &connection) else {
        throw Unexpected("the connection was closed before the handshake was complete")
      }
    }
    try expectations.check(connection.summary, record, hasJudged: answers.hasJudged)
    if options.sendsAlert {
      // decompression_failure, which nothing else could send.
      try connection.abort(with: AlertDescription(rawValue: 30), because: "the flags want it")
      flush(&connection)
      return try expectations.checkEnd(record)
    }
    try writeFirst(over: &connection)
    for bytes in early.take() ?? [] { try echo(bytes, over: &connection) }
    if options.shimShutsDown {
      connection.close()
      flush(&connection)
      guard options.checksCloseNotify else { return try expectations.checkEnd(record) }
    }
    while !record.isClosed, try exchange(over: &connection) {}
    if options.checksCloseNotify, !record.isClosed {
      throw Unexpected("the connection ended without close_notify")
    }
    try expectations.checkEnd(record)
    connection.close()
    flush(&connection)
  }

  /// What the flags want written before anything is read.
  private func writeFirst<Role>(over connection: inout Connection<Role>) throws {
    if options.handshakesTwice { try expect("the summary", connection.summary != nil, true) }
    if let count = options.exportKeyingMaterial {
      try connection.send(try export(count, of: connection))
    }
    if options.exportsTLSUnique { try connection.send(connection.channelBinding(.tlsUnique)) }
    if options.writesDifferentRecordSizes {
      for count in [0, 1, 255, 256, 257, 16383, 16384, 16385, 32767, 32768, 32769] {
        try connection.send([UInt8](repeating: 0x42, count: count))
      }
    } else if options.shimWritesFirst {
      for _ in 0..<(options.repeatInitialWrite ?? 1) {
        try connection.send(Array((options.initialWrite ?? "hello").utf8))
      }
    }
    flush(&connection)
  }

  private func export<Role>(_ count: Int, of connection: borrowing Connection<Role>) throws
    -> [UInt8]
  {
    let context = options.usesExportContext ? Array((options.exportContext ?? "").utf8) : nil
    let material = try connection.exportKeyingMaterial(
      label: options.exportLabel ?? "", context: context, byteCount: count)
    return [UInt8](copying: material.bytes)
  }

  // MARK: Bytes

  /// Writes what waits, reads what comes, and heeds what comes of it.
  ///
  /// - Returns: whether the connection goes on.
  private mutating func exchange<Role>(over connection: inout Connection<Role>) throws -> Bool {
    flush(&connection)
    let bytes = try socket.read()
    guard !bytes.isEmpty else {
      guard record.isComplete, !options.checksCloseNotify else {
        try connection.receiveEndOfStream()
        return false
      }
      // A cut is an error of the engine's, and none of this test's.
      try? connection.receiveEndOfStream()
      return false
    }
    for piece in options.isAsync ? bytes.map({ [$0] }) : [bytes] {
      try heed(try connection.receive(piece), over: &connection)
    }
    flush(&connection)
    return true
  }

  private func flush<Role>(_ connection: inout Connection<Role>) {
    if connection.hasOutgoing { socket.write(connection.takeOutgoing()) }
  }

  /// Does what is to be done about events, and about those that come of it.
  private mutating func heed<Role>(
    _ events: [Event], over connection: inout Connection<Role>
  ) throws {
    var waiting = events[...]
    while let event = waiting.popFirst() {
      switch event {
      case .question(let question):
        waiting += try connection.answer(try answers.answer(question))
      case .applicationData(let bytes):
        if early == nil { try echo(bytes, over: &connection) } else { early?.append(bytes) }
      case .newClientSession(let session): answers.memory.session = session
      case .newServerSession(let session): answers.memory.sessions[session.id] = session
      default: break
      }
      record.note(event)
    }
    if connection.failure == nil, expectations.wantsMessages {
      record.messages += connection.takeTrace()
    }
    // What came before an error is delivered first.
    if let failure = connection.failure { throw failure }
  }

  private func echo<Role>(_ bytes: [UInt8], over connection: inout Connection<Role>) throws {
    if options.usesExporterBetweenReads {
      _ = try connection.exportKeyingMaterial(label: "EXPERIMENTAL between", byteCount: 1)
    }
    try connection.send(bytes.map { ~$0 })
    flush(&connection)
  }
}
