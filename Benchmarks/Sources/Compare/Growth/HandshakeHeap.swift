import TLSEngine

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
    func reach(_ ends: Ends) throws {
      guard let client = ends.client else { return }
      if self == .made { return }
      try client.connection.start()
      let hello = client.connection.takeOutgoing()
      if self == .helloSent { return }
      _ = try ends.server.connection.receive(hello)
      let flight = ends.server.connection.takeOutgoing()
      if self == .answered { return }
      _ = try client.connection.receive(flight)
      let second = client.connection.takeOutgoing()
      if self == .secondFlight { return }
      _ = try ends.server.connection.receive(second)
      _ = try client.connection.receive(ends.server.connection.takeOutgoing())
    }
  }

  static func all() throws -> Growth {
    let kind = Fixture.Kind.ecdsaP256
    let setup = EngineSetup(try Fixture(kind), kind.suite)
    var rows = [
      Growth.Row(what: "client", unit: .bytes, law: ""),
      Growth.Row(what: "server", unit: .bytes, law: ""),
    ]
    for stage in Stage.allCases {
      let heap = try Heap.ofEach(count) {
        let ends = try setup.enginePair(resuming: false).ends
        try stage.reach(ends)
        return ends
      }
      rows[0].values.append(heap.client)
      rows[1].values.append(heap.server)
    }
    return Growth(
      title: "Heap of a connection in a full handshake, AES-128-GCM",
      columns: Stage.allCases.map(\.rawValue), rows: rows)
  }
}
