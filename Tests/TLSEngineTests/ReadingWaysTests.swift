import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Ways of reading")
struct ReadingWaysTests {
  private static let suites = [
    (CipherSuite.ecdheECDSAWithAES128GCMSHA256, false),
    (.ecdheECDSAWithChaCha20Poly1305SHA256, false),
    (.ecdheECDSAWithAES128CBCSHA256, true), (.ecdheECDSAWithAES128CBCSHA256, false),
  ]

  private static let seeds = 0..<6

  @Test(
    "All make the same of a stream: data, events, failure, alerts and what is left",
    arguments: suites, [nil, 64])
  func same(_ suite: (CipherSuite, encryptThenMAC: Bool), limit: Int?) throws {
    var failureCount = 0
    for seed in Self.seeds {
      var first: ReadingWay.Seen?
      for way in ReadingWay.allCases {
        var loopback = try suite.0.loopback {
          $0.usesEncryptThenMAC = suite.encryptThenMAC
          $0.recordSizeLimit = limit
          $0.randomness = DeterministicRandomSource(seed: [1])
        } _: {
          $0.usesEncryptThenMAC = suite.encryptThenMAC
          $0.recordSizeLimit = limit == nil ? nil : 16_384
          $0.randomness = DeterministicRandomSource(seed: [2])
        }
        try loopback.exchange()
        var stream = try StrangeStream(loopback, seed: seed)
        let seen = way.read(try stream.bytes(), &loopback.client, seed: seed)
        if let first {
          // Not as a whole: nobody could read what differs.
          #expect(seen.data == first.data, "\(way) \(seed)")
          #expect(seen.others == first.others, "\(way) \(seed)")
          #expect(seen.failure == first.failure, "\(way) \(seed)")
          #expect(seen == first, "\(way) \(seed)")
        } else {
          first = seen
          if seen.failure != nil { failureCount += 1 }
        }
      }
    }
    // The streams are worth it: some are good, and some are not.
    #expect(failureCount > 0)
    #expect(failureCount < Self.seeds.count)
  }

  @Test("The beginning of a record takes no more room than the record, byte by byte")
  func room() throws {
    var server = try TestIdentities.server()
    var most = 0
    let body = [UInt8](repeating: 1, count: 18_431)
    for byte in [22, 3, 1, 0x48, 0] + body {
      _ = try server.receive([byte])
      most = max(most, server.incoming.capacity)
    }
    let kept = server.incoming.count
    #expect(kept == 18_436)
    // What malloc rounds up besides.
    #expect(most < 18_437 + 64)
    #expect(server.failure == nil)
  }

  @Test("A beginning takes no more than twice what has come of it")
  func roomOfBeginnings() throws {
    var server = try TestIdentities.server()
    for byte in [22, 3, 1, 0x48, 0] as [UInt8] { _ = try server.receive([byte]) }
    for _ in 0..<2_000 {
      _ = try server.receive([1])
      let (count, capacity) = (server.incoming.count, server.incoming.capacity)
      #expect(capacity <= 2 * count + 64)
    }
  }
}
