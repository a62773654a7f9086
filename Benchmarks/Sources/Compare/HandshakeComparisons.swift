import TLSEngine

/// Handshakes, full and resumed, and what comes before and after them: always of both sides.
enum HandshakeComparisons {
  /// Those that are resumed too: without public keys, another kind of key makes no difference.
  static let resumedKinds: [Fixture.Kind] = [.ecdsaP256, .rsa2048, .ed25519]

  /// Those whose chains are judged.
  static let judgedKinds: [Fixture.Kind] = [.ecdsaP256, .rsa2048]

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    var comparisons: [Comparison] = []
    for kind in Fixture.Kind.allCases {
      let fixture = try Fixture(kind)
      comparisons.append(try full(fixture, rounds))
      if resumedKinds.contains(kind) { comparisons.append(try resumed(fixture, rounds)) }
      if kind == .ecdsaP256 { comparisons.append(try setUp(fixture, rounds)) }
    }
    for kind in judgedKinds { comparisons.append(try judged(kind, rounds)) }
    return comparisons
  }

  // MARK: Rows

  private static func full(_ fixture: Fixture, _ rounds: Rounds) throws -> Comparison {
    let raw = try RawLibgcryptHandshake(fixture)
    let entries = [entry(.raw, rounds) { try raw.run() }] + (try connecting(fixture, rounds))
    return try comparison(fixture, "full handshake", entries, rounds)
  }

  private static func resumed(_ fixture: Fixture, _ rounds: Rounds) throws -> Comparison {
    let raw = try RawLibgcryptHandshake(fixture, resuming: true)
    var entries = [entry(.raw, rounds) { try raw.run() }]
    for (contender, setup) in setups(fixture, fixture.suite) where setup.canResume {
      let pair = try setup.pair(resuming: false)
      try pair.connect()
      try pair.remember()
      entries.append(entry(contender, rounds) { try connect(setup, resuming: true) })
    }
    return try comparison(fixture, "resumed by ticket", entries, rounds)
  }

  private static func setUp(_ fixture: Fixture, _ rounds: Rounds) throws -> Comparison {
    let entries = setups(fixture, fixture.suite).map { contender, setup in
      entry(contender, rounds, batch: 64) { _ = try setup.pair(resuming: false) }
    }
    return try comparison(fixture, "set up and torn down", entries, rounds)
  }

  /// The server shows a leaf and an authority; the client looks for the way to a root, and at the name.
  private static func judged(_ kind: Fixture.Kind, _ rounds: Rounds) throws -> Comparison {
    let chain = try ChainFixture(kind)
    let fixture = try Fixture(judging: chain)
    let raw = try RawLibgcryptHandshake(fixture)
    let signatures = try RawLibgcryptChain(chain)
    let alone = entry(.raw, rounds) {
      try raw.run()
      try signatures.run()
    }
    let entries = [alone] + (try connecting(fixture, rounds))
    return try comparison(fixture, "full handshake, chain judged", entries, rounds)
  }

  // MARK: Contenders

  /// Everybody, with the same key.
  static func setups(
    _ fixture: Fixture, _ suite: CipherSuite
  ) -> [(contender: Contender, setup: any Setup)] {
    var setups: [(contender: Contender, setup: any Setup)] = [
      (.engine, EngineSetup(fixture, suite))
    ]
    for peer in Peer.all {
      guard let setup = peer.setup(fixture, suite) else { continue }
      setups.append((peer.contender, setup))
    }
    return setups
  }

  /// Everybody, in full handshakes.
  static func connecting(_ fixture: Fixture, _ rounds: Rounds) throws -> [Rounds.Entry] {
    try setups(fixture, fixture.suite).map { contender, setup in
      let pair = try setup.pair(resuming: false)
      try pair.connect()
      guard pair.hasGroup else {
        throw Failure(description: "\(contender.rawValue) did not agree on \(fixture.group)")
      }
      return entry(contender, rounds) { try connect(setup, resuming: false) }
    }
  }

  static func entry(
    _ contender: Contender, _ rounds: Rounds, batch: Int = 1, _ body: @escaping () throws -> Void
  ) -> Rounds.Entry {
    (contender, { [try rounds.cost(budget: rounds.handshakeBudget, batch: batch, body)] })
  }

  static func comparison(
    _ fixture: Fixture, _ action: String, _ entries: [Rounds.Entry], _ rounds: Rounds,
    in section: Comparison.Section = .handshakes
  ) throws -> Comparison {
    Comparison(
      section: section, subject: "\(fixture.kind.rawValue), \(fixture.group)", action: action,
      unit: .nanoseconds, series: try rounds.run(actions: 1, entries)[0])
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
