import TLSEngine

/// Many connections in one process.
enum ConnectionGrowth {
  /// How many records go over all of them together.
  private static let recordCount = 20_000

  static func all() throws -> Growth {
    let kind = Fixture.Kind.ecdsaP256
    let setup = EngineSetup(try Fixture(kind), kind.suite)
    try setup.connectedPair().remember()
    let rows = [
      Growth.Row(what: "heap of a client", unit: .bytes, law: "the same"),
      Growth.Row(what: "heap of a server", unit: .bytes, law: "the same"),
      Growth.Row(
        what: "64 B sealed and opened, over all in turn", unit: .nanoseconds,
        law: "the same, and what caches miss"),
      Growth.Row(what: "one more full handshake", unit: .nanoseconds, law: "the same"),
      Growth.Row(what: "one more resumed handshake", unit: .nanoseconds, law: "the same"),
    ]
    return try Growth.measured("Connections open, AES-128-GCM", [1, 1_000, 10_000], rows) {
      try measure($0, setup)
    }
  }

  private static func measure(_ count: Int, _ setup: EngineSetup) throws -> [Double?] {
    // Of few, what the allocator has lying about is more than what they take.
    let heap =
      count < 100 ? nil : try Heap.ofEach(count) { try setup.connectedPair(resuming: true).ends }
    let connections = try (0..<count).map { _ in try setup.connectedPair(resuming: true).ends }
    return [
      heap?.client, heap?.server, try recordCost(connections),
      try Cost.ofEach(16) { _ = try setup.connectedPair() },
      try Cost.ofEach(128) { _ = try setup.connectedPair(resuming: true) },
    ]
  }

  /// What a record costs, on one connection after another in an order that no cache expects.
  private static func recordCost(_ connections: [Ends]) throws -> Double {
    var order = Array(connections.indices)
    var random = Shuffling()
    order.shuffle(using: &random)
    let plaintext = [UInt8](repeating: 0x61, count: 64)
    var buffer = [UInt8](repeating: 0, count: 256)
    let rounds = max(1, recordCount / connections.count)
    for index in order { try sendRecord(plaintext, over: connections[index], through: &buffer) }
    return try Cost.ofEach(rounds) {
      for index in order { try sendRecord(plaintext, over: connections[index], through: &buffer) }
    } / Double(connections.count)
  }

  /// Sends one record from the client to the server, through a buffer.
  private static func sendRecord(
    _ plaintext: [UInt8], over ends: Ends, through buffer: inout [UInt8]
  ) throws {
    guard let client = ends.client else { throw Failure(description: "the client is gone") }
    var wire = buffer.mutableRawSpan
    let written = try client.connection.seal(plaintext.rawSpan, into: &wire).written
    var record = wire._mutatingExtracting(0..<written)
    guard case .applicationData = try ends.server.connection.open(&record) else {
      throw Failure(description: "no application data")
    }
  }
}
