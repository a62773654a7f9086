import TLSEngine

/// Many connections in one process.
enum ConnectionGrowth {
  /// How many records go over all of them together.
  private static let recordCount = 20_000

  static func all() throws -> Growth {
    let kind = Fixture.Kind.ecdsaP256
    var setup = GrowthSetup(try Fixture(kind), kind.suite)
    try setup.remember()
    let ready = setup
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
      try measure($0, ready)
    }
  }

  private static func measure(_ count: Int, _ setup: GrowthSetup) throws -> [Double?] {
    // Of few, what the allocator has lying about is more than what they take.
    let heap =
      count < 100 ? nil : try Heap.ofEach(count) { try setup.connected(resuming: true) }
    let pairs = try (0..<count).map { _ in try setup.connected(resuming: true) }
    return [
      heap?.client, heap?.server, try recordCost(pairs),
      try Cost.ofEach(16) { _ = try setup.connected(resuming: false) },
      try Cost.ofEach(128) { _ = try setup.connected(resuming: true) },
    ]
  }

  /// What a record costs, on one connection after another in an order that no cache expects.
  private static func recordCost(_ pairs: [GrowthPair]) throws -> Double {
    var order = Array(pairs.indices)
    var random = Shuffling()
    order.shuffle(using: &random)
    let plaintext = [UInt8](repeating: 0x61, count: 64)
    var buffer = [UInt8](repeating: 0, count: 256)
    let rounds = max(1, recordCount / pairs.count)
    for index in order { try pairs[index].sendRecord(plaintext, through: &buffer) }
    return try Cost.ofEach(rounds) {
      for index in order { try pairs[index].sendRecord(plaintext, through: &buffer) }
    } / Double(pairs.count)
  }
}

/// What a connection weighs before it is connected.
enum HandshakeHeap {
  private static let count = 200

  /// How far a connection goes, in its own steps.
  private enum Stage: String, CaseIterable {
    case made
    case helloSent = "ClientHello sent"
    case answered = "answered by the server"
    case secondFlight = "client's second flight"
    case connected

    /// Takes a pair so far.
    func reach(_ pair: GrowthPair) throws {
      guard let client = pair.client else { return }
      if self == .made { return }
      try client.connection.start()
      let hello = client.connection.takeOutgoing()
      if self == .helloSent { return }
      _ = try pair.server.connection.receive(hello)
      let flight = pair.server.connection.takeOutgoing()
      if self == .answered { return }
      _ = try client.connection.receive(flight)
      let second = client.connection.takeOutgoing()
      if self == .secondFlight { return }
      _ = try pair.server.connection.receive(second)
      _ = try client.connection.receive(pair.server.connection.takeOutgoing())
    }
  }

  static func all() throws -> Growth {
    let kind = Fixture.Kind.ecdsaP256
    let setup = GrowthSetup(try Fixture(kind), kind.suite)
    var rows = [
      Growth.Row(what: "client", unit: .bytes, law: ""),
      Growth.Row(what: "server", unit: .bytes, law: ""),
    ]
    for stage in Stage.allCases {
      let heap = try Heap.ofEach(count) {
        let pair = try setup.pair(resuming: false)
        try stage.reach(pair)
        return pair
      }
      rows[0].values.append(heap.client)
      rows[1].values.append(heap.server)
    }
    return Growth(
      title: "Heap of a connection in a full handshake, AES-128-GCM",
      columns: Stage.allCases.map(\.rawValue), rows: rows)
  }

}

/// What pairs of connections take.
enum Heap {
  /// What each end of one takes, of so many that are there at once.
  static func ofEach(
    _ count: Int, _ make: () throws -> GrowthPair
  ) throws -> (client: Double, server: Double) {
    // What is made once in a process is made by this one.
    _ = try make()
    var pairs: [GrowthPair] = []
    pairs.reserveCapacity(count)
    let before = Machine.heap
    for _ in 0..<count { pairs.append(try make()) }
    let both = Machine.heap
    for index in pairs.indices { pairs[index].client = nil }
    let server = Machine.heap
    return (Double(both - server) / Double(count), Double(server - before) / Double(count))
  }
}

/// The processor's time of what is done several times.
enum Cost {
  /// The time of one, in nanoseconds.
  static func ofEach(_ times: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = Machine.time
    for _ in 0..<times { try body() }
    return Double(Machine.time - start) / Double(times)
  }
}

/// An order that is the same in each run (a linear congruential generator).
struct Shuffling: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64 = 1) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
