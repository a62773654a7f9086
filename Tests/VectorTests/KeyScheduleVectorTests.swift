import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

/// `Vectors/key-schedule`: from the PRF to the keys.
@Suite("Vectors of the key schedule")
struct KeyScheduleVectorTests {
  private static let hashes = ["SHA-256": HashFunction.sha256, "SHA-384": .sha384]

  /// A suite with each hash, whose key block is no longer than the vectors are.
  private static let suites = [
    "SHA-256": CipherSuite.ecdheRSAWithAES128CBCSHA256,
    "SHA-384": .ecdheRSAWithAES256GCMSHA384,
  ]

  /// Where a vector says nothing of the randoms.
  private static let anyRandom = [UInt8](repeating: 0, count: 32)

  private func schedule(
    _ vector: VectorRecord, _ suite: CipherSuite, hasRandoms: Bool = true
  ) throws -> KeySchedule {
    let master = try vector.bytes("master_secret")
    return try KeySchedule(
      masterSecret: master.rawSpan,
      clientRandom: try hasRandoms ? vector.bytes("client_random") : Self.anyRandom,
      serverRandom: try hasRandoms ? vector.bytes("server_random") : Self.anyRandom,
      cipherSuite: suite)
  }

  @Test("The files have the records that are expected, in the sections that are")
  func counts() throws {
    let counts = try VectorFile.names(in: "key-schedule").map { ($0, try VectorFile($0).counts) }
    let expected: [String: [String: Int]] = [
      "key-schedule/prf.txt": ["SHA-256": 13, "SHA-384": 13],
      "key-schedule/master-secret.txt": ["SHA-256": 9, "SHA-384": 9],
      "key-schedule/extended-master-secret.txt": ["SHA-256": 5, "SHA-384": 5],
      "key-schedule/key-block.txt": ["SHA-256": 4, "SHA-384": 4],
      "key-schedule/finished.txt": [
        "SHA-256 client": 3, "SHA-256 server": 3, "SHA-384 client": 3, "SHA-384 server": 3,
      ],
      "key-schedule/exporter.txt": ["SHA-256": 5, "SHA-384": 5],
      "key-schedule/keys.txt": Dictionary(
        uniqueKeysWithValues: CipherSuite.supported.map { ("\($0)", 1) }),
    ]
    #expect(Dictionary(uniqueKeysWithValues: counts) == expected)
  }

  @Test("The PRF", arguments: try VectorFile("key-schedule/prf.txt").records)
  func prf(vector: VectorRecord) throws {
    let expected = try vector.bytes("output")
    let secret = try vector.bytes("secret")
    let label = String(decoding: try vector.bytes("label"), as: UTF8.self)
    var output = [UInt8](repeating: 0, count: expected.count)
    var bytes = output.mutableRawSpan
    let hash = try vector.meaning(ofWord: 0, Self.hashes)
    let seed = try vector.bytes("seed")
    var hmac = try HMAC(hash, key: secret.rawSpan)
    PRF.fill(&bytes, &hmac, label: label, seed: seed.rawSpan, using: hash)
    #expect(output == expected)
  }

  @Test("The master secret", arguments: try VectorFile("key-schedule/master-secret.txt").records)
  func masterSecret(vector: VectorRecord) throws {
    let premaster = try vector.bytes("premaster_secret")
    let schedule = try KeySchedule(
      premasterSecret: premaster.rawSpan, sessionHash: nil,
      clientRandom: try vector.bytes("client_random"),
      serverRandom: try vector.bytes("server_random"),
      cipherSuite: try vector.meaning(ofWord: 0, Self.suites))
    let master = [UInt8](schedule.masterSecret)
    #expect(try master == vector.bytes("master_secret"))
  }

  @Test(
    "The extended master secret",
    arguments: try VectorFile("key-schedule/extended-master-secret.txt").records)
  func extendedMasterSecret(vector: VectorRecord) throws {
    let premaster = try vector.bytes("premaster_secret")
    let schedule = try KeySchedule(
      premasterSecret: premaster.rawSpan, sessionHash: try vector.bytes("session_hash"),
      clientRandom: Self.anyRandom, serverRandom: Self.anyRandom,
      cipherSuite: try vector.meaning(ofWord: 0, Self.suites))
    let master = [UInt8](schedule.masterSecret)
    #expect(try master == vector.bytes("master_secret"))
  }

  @Test("The key block", arguments: try VectorFile("key-schedule/key-block.txt").records)
  func keyBlock(vector: VectorRecord) throws {
    let expected = try vector.bytes("key_block")
    let schedule = try schedule(vector, try vector.meaning(ofWord: 0, Self.suites))
    let block = try schedule.keyBlock()
    let bytes = [UInt8](block.bytes)
    #expect(bytes.count > 64)
    #expect(expected.starts(with: bytes))
    // All of it, which is more than the suite needs.
    let secret = try vector.bytes("master_secret")
    var master = try MasterSecret(
      copying: secret.rawSpan, using: try vector.meaning(ofWord: 0, Self.hashes))
    let seed = try vector.bytes("server_random") + vector.bytes("client_random")
    let whole = try master.expand(
      label: "key expansion", seed: seed.rawSpan, byteCount: expected.count)
    let all = [UInt8](whole.bytes)
    #expect(all == expected)
  }

  @Test("The keys of every suite", arguments: try VectorFile("key-schedule/keys.txt").records)
  func keys(vector: VectorRecord) throws {
    let suite = try #require(CipherSuite(name: vector.section.joined()))
    let schedule = try schedule(vector, suite)
    for side in ConnectionSide.allCases {
      let keys = try schedule.keys(ofRecordsWrittenBy: side)
      let (key, iv) = ([UInt8](keys.key.bytes), [UInt8](keys.fixedIV.bytes))
      let macKey = [UInt8](keys.macKey.bytes)
      #expect(try key == vector.bytes("\(side)_write_key"))
      #expect(try iv == vector.bytes("\(side)_write_iv"))
      #expect(try macKey == vector.bytes("\(side)_write_mac_key"))
    }
  }

  @Test("Finished", arguments: try VectorFile("key-schedule/finished.txt").records)
  func finished(vector: VectorRecord) throws {
    let schedule = try schedule(
      vector, try vector.meaning(ofWord: 0, Self.suites), hasRandoms: false)
    let side = try vector.meaning(
      ofWord: 1, ["client": ConnectionSide.client, "server": ConnectionSide.server])
    let data = try schedule.verifyData(
      by: side, transcriptHash: try vector.bytes("transcript_hash"))
    #expect(try data == vector.bytes("verify_data"))
  }

  @Test("Exporters", arguments: try VectorFile("key-schedule/exporter.txt").records)
  func exporter(vector: VectorRecord) throws {
    let expected = try vector.bytes("output")
    let schedule = try schedule(vector, try vector.meaning(ofWord: 0, Self.suites))
    let exported = try schedule.exportKeyingMaterial(
      label: String(decoding: try vector.bytes("label"), as: UTF8.self),
      context: vector.fields["context"], byteCount: expected.count)
    let bytes = [UInt8](exported.bytes)
    #expect(bytes == expected)
  }
}
