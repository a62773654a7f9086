/// What connections keep while nothing happens.
enum MemoryComparisons {
  private static let connectionCount = 200

  static func all() throws -> [Comparison] {
    let kind = Fixture.Kind.ecdsaP256
    let fixture = try Fixture(kind)
    var setups = HandshakeComparisons.setups(fixture, kind.suite)
    if let lean = Peer.leanOpenSSL(fixture, kind.suite) { setups.append((.leanOpenSSL, lean)) }
    var client: [Comparison.Series] = []
    var server: [Comparison.Series] = []
    for (contender, setup) in setups {
      let heap = try heap(of: setup)
      client.append(.init(contender: contender, values: [heap.client]))
      server.append(.init(contender: contender, values: [heap.server]))
    }
    return [("client", client), ("server", server)].map { action, series in
      Comparison(
        section: .memory, subject: "AES-128-GCM", action: action, unit: .bytes, series: series)
    }
  }

  /// The heap of each side of one connection: of many, divided.
  private static func heap(
    of setup: any Setup
  ) throws -> (client: Double, server: Double) {
    // What a library makes once in its life is made by this one.
    try connected(setup).dropClient()
    var pairs: [any Pair] = []
    pairs.reserveCapacity(connectionCount)
    let before = Machine.heap
    for _ in 0..<connectionCount { pairs.append(try connected(setup)) }
    let both = Machine.heap
    for pair in pairs { pair.dropClient() }
    let server = Machine.heap
    return (
      Double(both - server) / Double(connectionCount),
      Double(server - before) / Double(connectionCount)
    )
  }

  private static func connected(_ setup: any Setup) throws -> any Pair {
    let pair = try setup.pair(resuming: false)
    try pair.connect()
    pair.rest()
    return pair
  }
}
