import TLSEngine

/// Moves a connection's bytes over a socket.
extension Connection {
  /// Waits until there is something to read from one of these, or so much time has passed.
  ///
  /// - Throws: what ended the connection, if it came behind data that had to be delivered first.
  func wait(for descriptors: [Descriptor], milliseconds: Int32) throws -> [Bool]? {
    if let failure { throw failure }
    return try Readiness.wait(descriptors, milliseconds: milliseconds)
  }

  /// Reads once and hands the bytes on.
  ///
  /// - Returns: what came of them; `nil` at the end of the stream, which must have been announced.
  mutating func receive(from socket: Descriptor) throws -> [Event]? {
    let bytes = try socket.read(atMost: 65_536)
    guard !bytes.isEmpty else {
      try receiveEndOfStream()
      return nil
    }
    do {
      let events = try receive(bytes)
      try flush(to: socket)
      return events
    } catch let error as TLSError {
      // The alert is the last that the peer hears.
      try? flush(to: socket)
      throw error
    }
  }

  /// Writes what waits.
  mutating func flush(to socket: Descriptor) throws {
    if hasOutgoing { try socket.write(takeOutgoing()) }
  }

  /// Completes the handshake, and draws it if the configuration traces it.
  ///
  /// - Returns: what was negotiated, and events that came with its end.
  mutating func handshake(
    over socket: Descriptor, drawnFrom own: String, to peer: String
  ) throws -> (summary: ConnectionSummary, events: [Event]) {
    defer { drawLadder(own: own, peer: peer, withHeading: true) }
    return try handshake(over: socket)
  }

  /// Goes on until the handshake is complete, or ten seconds have passed.
  mutating func handshake(
    over socket: Descriptor
  ) throws -> (summary: ConnectionSummary, events: [Event]) {
    try flush(to: socket)
    let deadline = Deadline(seconds: 10)
    while true {
      guard try wait(for: [socket], milliseconds: deadline.milliseconds) != nil else {
        throw SystemError("the handshake came to a halt", problem: "the peer is silent")
      }
      guard let events = try receive(from: socket) else {
        throw SystemError("the handshake came to a halt", problem: "the peer is gone")
      }
      for case .handshakeCompleted(let summary) in events { return (summary, events) }
    }
  }

  /// Sends application data, as much at a time as may wait.
  mutating func send(_ data: [UInt8], over socket: Descriptor) throws {
    for start in stride(from: 0, to: data.count, by: 65_536) {
      try send(Array(data[start..<min(start + 65_536, data.count)]))
      try flush(to: socket)
    }
  }

  /// Draws what went over the wire since the last time, on standard error.
  mutating func drawLadder(own: String, peer: String, withHeading: Bool = false) {
    let entries = takeTrace()
    guard !entries.isEmpty else { return }
    let ladder = Ladder(own: own, peer: peer)
    if withHeading { Output.error(ladder.heading) }
    for line in ladder.lines(entries) { Output.error(line) }
  }

  /// Says that nothing more will come, and closes.
  mutating func finish(over socket: Descriptor) {
    close()
    try? flush(to: socket)
    TCP.shutdownWriting(socket)
  }
}
