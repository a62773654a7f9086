import Peers
import TLSEngine

/// Records, sealed and opened, by suite and size.
enum RecordComparisons {
  /// A suite, and what libgcrypt calls for it.
  struct Row {
    let name: String
    let suite: CipherSuite
    let cipher: RawCipher
  }

  static let rows = [
    Row(name: "AES-128-GCM", suite: .ecdheECDSAWithAES128GCMSHA256, cipher: RAW_AES128_GCM),
    Row(name: "AES-256-GCM", suite: .ecdheECDSAWithAES256GCMSHA384, cipher: RAW_AES256_GCM),
    Row(
      name: "ChaCha20-Poly1305", suite: .ecdheECDSAWithChaCha20Poly1305SHA256,
      cipher: RAW_CHACHA20_POLY1305),
    Row(name: "AES-128-CCM", suite: .ecdheECDSAWithAES128CCM, cipher: RAW_AES128_CCM),
    Row(name: "AES-256-CCM", suite: .ecdheECDSAWithAES256CCM, cipher: RAW_AES256_CCM),
    Row(name: "AES-128-CCM-8", suite: .ecdheECDSAWithAES128CCM8, cipher: RAW_AES128_CCM8),
    Row(name: "AES-256-CCM-8", suite: .ecdheECDSAWithAES256CCM8, cipher: RAW_AES256_CCM8),
    Row(
      name: "AES-128-CBC with SHA-256", suite: .ecdheECDSAWithAES128CBCSHA256,
      cipher: RAW_AES128_CBC_SHA256),
  ]

  /// How much is written at once.
  static let byteCounts = [16, 64, 1_350, 16_384, 262_144]

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    let fixture = try Fixture(.ecdsaP256)
    var comparisons: [Comparison] = []
    for row in rows {
      for byteCount in byteCounts {
        comparisons += try compare(row, byteCount, fixture, rounds)
      }
    }
    for byteCount in [64, 1_350] {
      comparisons.append(try compareInOneCall(rows[0], byteCount, fixture, rounds))
    }
    return try comparisons + allocations(fixture)
  }

  private static func compare(
    _ row: Row, _ byteCount: Int, _ fixture: Fixture, _ rounds: Rounds
  ) throws -> [Comparison] {
    let times = times(byteCount)
    let streams = try streams(row, byteCount, times, fixture)
    let series = try rounds.run(
      actions: 2,
      streams.map { contender, records in
        (contender, { try rounds.costs(of: records, times) })
      })
    return zip(["seal", "open"], series).map { action, series in
      Comparison(
        section: .records, subject: row.name, action: action, byteCount: byteCount,
        unit: .nanoseconds, series: series)
    }
  }

  /// Many records opened in one call, which only the engine does.
  private static func compareInOneCall(
    _ row: Row, _ byteCount: Int, _ fixture: Fixture, _ rounds: Rounds
  ) throws -> Comparison {
    let times = times(byteCount)
    let pair = try EngineSetup(fixture, row.suite).connectedPair()
    let records = try pair.recordsInPlace(byteCount: byteCount, times: times)
    let streams: [(Contender, any Records)] = [
      (.raw, try RawLibgcryptRecords(row.cipher, byteCount: byteCount, times: times)),
      (.inPlace, RecordsInOneCall(records)),
    ]
    let series = try rounds.run(
      actions: 2,
      streams.map { contender, records in
        (contender, { try rounds.costs(of: records, times) })
      })
    return Comparison(
      section: .records, subject: row.name, action: "open in one call", byteCount: byteCount,
      unit: .nanoseconds, series: series[1])
  }

  /// As many as lie in a processor's cache, so that the memory behind it is not what is measured.
  private static func times(_ byteCount: Int) -> Int {
    min(1_024, max(1, 262_144 / byteCount))
  }

  /// Everybody who has the suite.
  private static func streams(
    _ row: Row, _ byteCount: Int, _ times: Int, _ fixture: Fixture
  ) throws -> [(Contender, any Records)] {
    func connected(_ setup: any Setup) throws -> any Records {
      let pair = try setup.pair(resuming: false)
      try pair.connect()
      return try pair.records(byteCount: byteCount, times: times)
    }
    let engine = EngineSetup(fixture, row.suite)
    let pair = try engine.connectedPair()
    var streams: [(Contender, any Records)] = [
      (.raw, try RawLibgcryptRecords(row.cipher, byteCount: byteCount, times: times)),
      (.inPlace, try pair.recordsInPlace(byteCount: byteCount, times: times)),
      (.buffered, try connected(engine)),
    ]
    for peer in Peer.all {
      guard let setup = peer.setup(fixture, row.suite) else { continue }
      streams.append((peer.contender, try connected(setup)))
    }
    return streams
  }

  /// How often memory is asked for, once all are warm.
  private static func allocations(_ fixture: Fixture) throws -> [Comparison] {
    let (row, byteCount, times) = (rows[0], 16_384, 16)
    var sealing: [Comparison.Series] = []
    var opening: [Comparison.Series] = []
    for (contender, records) in try streams(row, byteCount, times, fixture) {
      for _ in 0..<2 {
        try records.seal(times)
        try records.open(times)
      }
      let start = Machine.allocations
      try records.seal(times)
      let middle = Machine.allocations
      try records.open(times)
      let end = Machine.allocations
      let counts = [middle - start, end - middle].map { Double($0) / Double(times) }
      sealing.append(.init(contender: contender, values: [counts[0]]))
      opening.append(.init(contender: contender, values: [counts[1]]))
    }
    return zip(["seal", "open"], [sealing, opening]).map { action, series in
      Comparison(
        section: .allocations, subject: row.name, action: action, byteCount: byteCount,
        unit: .allocations, series: series)
    }
  }
}
