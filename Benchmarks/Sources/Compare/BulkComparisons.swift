import Peers
import TLSEngine

/// Large writes and reads, by one thread and by two. What counts is the time that passes.
enum BulkComparisons {
  /// In CCM each block waits for the one before, which leaves room for another thread in one and the same
  /// core.
  private static let suites: [CipherSuite] = [
    .ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithAES256GCMSHA384,
    .ecdheECDSAWithChaCha20Poly1305SHA256, .ecdheECDSAWithAES128CCM,
  ]

  /// How much is written at once.
  static let byteCounts = [262_144, 1_048_576, 16_777_216]

  static func all(_ rounds: Rounds) throws -> [Comparison] {
    let fixture = try Fixture(.ecdsaP256)
    let (one, two) = (RecordWorkers(count: 1), RecordWorkers(count: 2))
    var comparisons: [Comparison] = []
    for row in RecordComparisons.rows where suites.contains(row.suite) {
      let setup = EngineSetup(fixture, row.suite)
      for byteCount in byteCounts {
        func engine(_ workers: RecordWorkers) throws -> any Records {
          try setup.connectedPair().bulk(byteCount: byteCount, workers: workers)
        }
        // Of libgcrypt's so many at a time that the start of a thread does not matter.
        let streams: [(contender: Contender, records: any Records, times: Int)] = [
          (.engine, try engine(one), 1), (.twoThreads, try engine(two), 1),
          (
            .rawTwoThreads, try RawLibgcryptTwice(row.cipher, byteCount: byteCount),
            max(1, 67_108_864 / byteCount)
          ),
        ]
        comparisons += try compare(row.name, byteCount, streams, rounds)
      }
    }
    return comparisons
  }

  private static func compare(
    _ subject: String, _ byteCount: Int,
    _ streams: [(contender: Contender, records: any Records, times: Int)], _ rounds: Rounds
  ) throws -> [Comparison] {
    let series = try rounds.run(
      actions: 2,
      streams.map { contender, records, times in
        (contender, { try rounds.costs(of: records, times) { Machine.clock } })
      })
    return zip(["seal", "open"], series).map { action, series in
      Comparison(
        section: .bulk, subject: subject, action: action, byteCount: byteCount,
        unit: .nanoseconds, series: series)
    }
  }
}
