import Peers
import TLSEngine

/// Large writes and reads, by one thread and by two. What counts is the time that passes.
enum BulkComparisons {
  private static let rows: [(name: String, suite: CipherSuite, cipher: RawCipher)] = [
    ("AES-128-GCM", .ecdheECDSAWithAES128GCMSHA256, RAW_AES128_GCM),
    ("AES-256-GCM", .ecdheECDSAWithAES256GCMSHA384, RAW_AES256_GCM),
    ("ChaCha20-Poly1305", .ecdheECDSAWithChaCha20Poly1305SHA256, RAW_CHACHA20_POLY1305),
    // Each block waits for the one before, which leaves room for another thread in one and the same core.
    ("AES-128-CCM", .ecdheECDSAWithAES128CCM, RAW_AES128_CCM),
  ]

  /// How much is written at once.
  static let byteCounts = [262_144, 1_048_576, 16_777_216]

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    let fixture = try Fixture(.ecdsaP256)
    let (one, two) = (RecordWorkers(count: 1), RecordWorkers(count: 2))
    var comparisons: [Comparison] = []
    for (name, suite, cipher) in rows {
      let setup = EngineSetup(fixture, suite)
      for byteCount in byteCounts {
        let entries: [Rounds.Entry] = [
          try engine(.engine, setup, one, byteCount, rounds.recordBudget),
          try engine(.twoThreads, setup, two, byteCount, rounds.recordBudget),
          try raw(cipher, byteCount, rounds.recordBudget),
        ]
        let series = try rounds.run(actions: 2, entries)
        comparisons += zip(["seal", "open"], series).map { action, series in
          Comparison(
            section: .bulk, subject: name, action: action, byteCount: byteCount,
            unit: .nanoseconds, series: series)
        }
      }
    }
    return comparisons
  }

  private static func engine(
    _ contender: Contender, _ setup: EngineSetup, _ workers: RecordWorkers, _ byteCount: Int,
    _ budget: UInt64
  ) throws -> Rounds.Entry {
    let records = try setup.connectedPair().bulk(byteCount: byteCount, workers: workers)
    return (
      contender,
      {
        try costs(budget: budget) { _ in
          try records.seal()
        } open: { _ in
          try records.open()
        }
      }
    )
  }

  /// libgcrypt alone on two threads that have nothing to do with each other, and half of it each.
  private static func raw(
    _ cipher: RawCipher, _ byteCount: Int, _ budget: UInt64
  ) throws -> Rounds.Entry {
    let first = try RawLibgcryptRecords(cipher, byteCount: byteCount / 2, times: 1)
    let second = try RawLibgcryptRecords(cipher, byteCount: byteCount / 2, times: 1)
    // So many times that the start of a thread does not matter.
    let times = max(1, 67_108_864 / byteCount)
    return (
      .rawTwoThreads,
      {
        try costs(budget: budget, times: times) {
          try first.seal(besides: second, $0)
        } open: {
          try first.open(besides: second, $0)
        }
      }
    )
  }

  /// What one write and one read cost.
  private static func costs(
    budget: UInt64, times: Int = 1, seal: (Int) throws -> Void, open: (Int) throws -> Void
  ) rethrows -> [Double] {
    var sealing: UInt64 = 0
    var opening: UInt64 = 0
    var runs = 0
    repeat {
      let start = Machine.clock
      try seal(times)
      let middle = Machine.clock
      try open(times)
      opening += Machine.clock - middle
      sealing += middle - start
      runs += times
    } while sealing + opening < budget
    return [sealing, opening].map { Double($0) / Double(runs) }
  }
}
