/// Handshakes, full and resumed, and what comes before and after them: always of both sides.
enum HandshakeComparisons {
  static func all(_ rounds: Rounds) throws -> [Comparison] {
    var comparisons: [Comparison] = []
    for kind in Fixture.Kind.allCases {
      comparisons += try compare(kind, rounds)
    }
    return comparisons
  }

  private static func compare(_ kind: Fixture.Kind, _ rounds: Rounds) throws -> [Comparison] {
    let fixture = try Fixture(kind)
    let setups = setups(fixture, kind)
    let resuming = setups.filter { $0.setup.canResume }
    for (_, setup) in resuming {
      let pair = try setup.pair(resuming: false)
      try pair.connect()
      try pair.remember()
    }
    let raw = try RawLibgcryptHandshake(kind)
    var full = setups.map { contender, setup in
      entry(contender, rounds) { try connect(setup, resuming: false) }
    }
    full.insert(entry(.raw, rounds) { try raw.run() }, at: 0)
    let resumed = resuming.map { contender, setup in
      entry(contender, rounds) { try connect(setup, resuming: true) }
    }
    var measured = [("full handshake", full), ("resumed by ticket", resumed)]
    if kind == .ecdsaP256 {
      measured.append(
        (
          "set up and torn down",
          setups.map { contender, setup in
            entry(contender, rounds, batch: 64) { _ = try setup.pair(resuming: false) }
          }
        ))
    }
    return try measured.map { action, entries in
      Comparison(
        section: .handshakes, subject: "\(kind.rawValue), X25519", action: action,
        unit: .nanoseconds, series: try rounds.run(actions: 1, entries)[0])
    }
  }

  /// Everybody, with the same key.
  static func setups(
    _ fixture: Fixture, _ kind: Fixture.Kind
  ) -> [(contender: Contender, setup: any Setup)] {
    var setups: [(contender: Contender, setup: any Setup)] = [
      (.engine, EngineSetup(fixture, kind.suite))
    ]
    for peer in Peer.all {
      guard let setup = peer.setup(fixture, kind.suite) else { continue }
      setups.append((peer.contender, setup))
    }
    return setups
  }

  private static func entry(
    _ contender: Contender, _ rounds: Rounds, batch: Int = 1, _ body: @escaping () throws -> Void
  ) -> Rounds.Entry {
    (contender, { [try rounds.cost(budget: rounds.handshakeBudget, batch: batch, body)] })
  }

  /// A connection from its beginning to the end of its handshake, and freed.
  private static func connect(_ setup: any Setup, resuming: Bool) throws {
    let pair = try setup.pair(resuming: resuming)
    try pair.connect()
    guard pair.isResumed == resuming else {
      throw Failure(description: "the handshake was \(resuming ? "full" : "resumed")")
    }
  }
}
