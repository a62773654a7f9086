import TLSEngine

/// Moves a connection's bytes over a socket, one blocking step at a time.
extension Connection {
  /// Sends what waits, then reads once and hands the bytes on, so many at a time.
  ///
  /// - Returns: what came of them, or `nil` at the end of the stream.
  mutating func exchange(
    over socket: Socket, bytesAtATime count: Int = 65_536
  ) throws -> [Event]? {
    try socket.write(takeOutgoing())
    let bytes = try socket.read(atMost: count)
    guard !bytes.isEmpty else { return nil }
    do {
      let events = try receive(bytes)
      try socket.write(takeOutgoing())
      return events
    } catch {
      try? socket.write(takeOutgoing())
      throw error
    }
  }

  /// Goes on until the handshake is complete.
  mutating func completeHandshake(
    over socket: Socket, bytesAtATime count: Int = 65_536
  ) throws -> (summary: ConnectionSummary, early: [UInt8]) {
    var told: ConnectionSummary?
    var early: [UInt8] = []
    while true {
      guard let events = try exchange(over: socket, bytesAtATime: count) else {
        try receiveEndOfStream()
        throw EndOfStream()
      }
      for event in events {
        if case .handshakeCompleted(let summary) = event { told = summary }
        if case .applicationData(let data) = event { early += data }
      }
      // What the connection keeps of it is less.
      if let told { return (told, early) }
    }
  }

  /// Reads application data until there are so many bytes, or the peer closes.
  mutating func read(
    _ wanted: Int, over socket: Socket, bytesAtATime count: Int = 65_536
  ) throws -> [UInt8] {
    var data: [UInt8] = []
    data.reserveCapacity(min(wanted, 1 << 24))
    while data.count < wanted {
      guard let events = try exchange(over: socket, bytesAtATime: count) else {
        try receiveEndOfStream()
        return data
      }
      for event in events {
        if case .applicationData(let bytes) = event { data += bytes }
        if case .closed = event { return data }
      }
    }
    return data
  }

  /// Sends application data, a megabyte at a time.
  mutating func write(_ data: [UInt8], over socket: Socket) throws {
    for start in stride(from: 0, to: data.count, by: 1 << 20) {
      try send(Array(data[start..<min(start + 1 << 20, data.count)]))
      try socket.write(takeOutgoing())
    }
  }

  /// Closes cleanly: our close_notify, and the peer's.
  mutating func finish(over socket: Socket) throws {
    close()
    try socket.write(takeOutgoing())
    socket.shutdownWriting()
    while let events = try exchange(over: socket) {
      for case .closed in events { return }
    }
    try receiveEndOfStream()
  }
}

extension Connection where Role == ClientRole {
  /// A client of `example.com` whose handshake over this socket is complete.
  static func connected(
    _ configuration: ClientConfiguration, over socket: Socket, bytesAtATime count: Int = 65_536
  ) throws -> ClientConnection {
    var connection = try ClientConnection(to: "example.com", configuration: configuration)
    try connection.start()
    _ = try connection.completeHandshake(over: socket, bytesAtATime: count)
    return connection
  }
}

/// The peer ended the stream where the test needed more of it.
struct EndOfStream: Error {}

/// Ten megabytes that are different everywhere, in visible characters: some peers treat a zero byte
/// as the end.
let tenMegabytes: [UInt8] = {
  var state: UInt64 = 0x9e37_79b9_7f4a_7c15
  return (0..<10_485_760).map { index in
    // A line end now and then, since some peers read by lines.
    guard index % 1_024 != 1_023 else { return 0x0a }
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return 0x41 + UInt8(truncatingIfNeeded: (state >> 33) % 26)
  }
}()
