/// What connections take.
enum Heap {
  /// What each end of one takes, of so many that are there at once.
  static func ofEach(
    _ count: Int, _ make: () throws -> Ends
  ) throws -> (client: Double, server: Double) {
    // What is made once in a process is made by this one.
    _ = try make()
    var connections: [Ends] = []
    connections.reserveCapacity(count)
    let before = Machine.heap
    for _ in 0..<count { connections.append(try make()) }
    let both = Machine.heap
    for index in connections.indices { connections[index].client = nil }
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
