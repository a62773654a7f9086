import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// BEAST (Duong and Rizzo 2011, CVE-2011-3389; Dai and Möller 2002 to 2004): in TLS 1.0 the last block
  /// of a record was the initialisation vector of the next one, so that whoever chose plaintext could
  /// test guesses about earlier blocks. In TLS 1.2 each record brings a vector of its own.
  @Suite("BEAST: no record's initialisation vector can be known before it is sent")
  struct PredictableVectorTests {
    private static let suites: [CipherSuite] = [
      .ecdheECDSAWithAES128CBCSHA, .ecdheECDSAWithAES256CBCSHA384,
    ]

    private func connected(_ suite: CipherSuite) throws -> Loopback {
      try Loopback.connected(
        { $0.cipherSuites = [suite] },
        as: [try TestIdentities.identity(.p256)], serverSuites: [suite])
    }

    @Test(
      "Vectors never repeat, in either direction, and none is a block that was on the wire",
      arguments: suites)
    func unpredictable(suite: CipherSuite) throws {
      var vectors: Set<[UInt8]> = []
      var blocks: Set<[UInt8]> = []
      var count = 0
      for _ in 0..<2 {
        var loopback = try connected(suite)
        for _ in 0..<50 {
          // The attacker's plaintext, the same each time.
          let chosen = [UInt8](repeating: 0, count: 32)
          try loopback.client.send(chosen)
          try loopback.server.send(chosen)
          let wire = loopback.client.takeOutgoing() + loopback.server.takeOutgoing()
          for record in WireRecord.split(wire) {
            let vector = Array(record.body.prefix(16))
            #expect(!blocks.contains(vector))
            vectors.insert(vector)
            count += 1
            blocks.formUnion(Array(record.body.dropFirst(16)).chunks(of: 16))
          }
        }
      }
      #expect(count == 200)
      #expect(vectors.count == count)
      // Every plaintext and MAC was encrypted anew: no block came twice.
      let perRecord = blocks.count / count
      #expect(blocks.count == perRecord * count)
      #expect(vectors.isDisjoint(with: blocks))
    }

    @Test("Whoever does not have the MAC key cannot compute the vectors", arguments: CBCKind.all)
    func keyed(kind: CBCKind) throws {
      func vectors(_ macKey: [UInt8]) throws -> [[UInt8]] {
        var protection = try CBCProtection(
          kind.cipher, kind.mac, key: kind.key.rawSpan, macKey: macKey.rawSpan,
          encryptThenMAC: kind.encryptThenMAC)
        return try (0..<8).map { _ in
          var record = [UInt8](
            repeating: 0, count: 5 + protection.expansion.bodyByteCount(of: 1))
          var output = record.mutableRawSpan
          try protection.seal([UInt8]([1]).rawSpan, as: .applicationData, into: &output)
          return Array(record[5..<21])
        }
      }
      var other = kind.macKey
      other[0] ^= 1
      let both = try vectors(kind.macKey) + vectors(other)
      #expect(Set(both).count == 16)
    }
  }
}
