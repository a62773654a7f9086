import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Sealing with several threads")
struct BulkSealingTests {
  static let ciphers: [RecordCipher] =
    AEADAlgorithm.allCases.map { .aead($0) } + [
      .cbc(.aes128CBC, .hmacSHA256), .cbc(.aes256CBC, .hmacSHA1),
    ]

  private static let byteCounts = [
    0, 1, 16_383, 16_384, 16_385, 32_768, 32_769, 65_535, 65_536, 65_537, 262_143, 262_144,
    262_145, 300_001,
  ]

  @Test("The bytes are those of one", arguments: ciphers, [2, 3, 8])
  func sameBytes(cipher: RecordCipher, count: Int) throws {
    var one = try BulkLayer(cipher, BulkLayer.workers(1))
    var several = try BulkLayer(cipher, BulkLayer.workers(count))
    for byteCount in Self.byteCounts {
      let text = BulkLayer.text(byteCount)
      let (expected, found) = (one.seal(text), several.seal(text))
      #expect(expected.result?.consumed == byteCount)
      #expect(expected == found, "\(byteCount) bytes")
    }
  }

  @Test("They are with encrypt_then_mac too")
  func encryptThenMAC() throws {
    let cipher = RecordCipher.cbc(.aes128CBC, .hmacSHA256)
    var one = try BulkLayer(cipher, BulkLayer.workers(1), encryptThenMAC: true)
    var several = try BulkLayer(cipher, BulkLayer.workers(2), encryptThenMAC: true)
    let text = BulkLayer.text(100_000)
    let (expected, found) = (one.seal(text), several.seal(text))
    #expect(expected == found)
  }

  @Test("As much goes into an output that is too small", arguments: [2, 3])
  func smallOutput(count: Int) throws {
    let text = BulkLayer.text(262_144)
    let record = 5 + 8 + 16_384 + 16
    for room in [
      0, 1, record - 1, record, record + 1, 2 * record, 5 * record + 7, 16 * record - 1,
      16 * record,
      17 * record,
    ] {
      var one = try BulkLayer(.aead(.aes128GCM), BulkLayer.workers(1))
      var several = try BulkLayer(.aead(.aes128GCM), BulkLayer.workers(count))
      let (expected, found) = (one.seal(text, room: room), several.seal(text, room: room))
      #expect(expected.result?.consumed == min(room / record, 16) * 16_384)
      #expect(expected == found, "room for \(room)")
    }
  }

  @Test("So it is with smaller fragments", arguments: [64, 512, 1_000, 4_096, 10_000], [2, 3])
  func fragments(fragmentByteCount: Int, count: Int) throws {
    for byteCount in [fragmentByteCount, 16_384, 16_385, 70_000] {
      let text = BulkLayer.text(byteCount)
      for short in [0, 1, 700, 20_000] {
        var one = try BulkLayer(
          .aead(.chaCha20Poly1305), BulkLayer.workers(1), fragmentByteCount: fragmentByteCount)
        var several = try BulkLayer(
          .aead(.chaCha20Poly1305), BulkLayer.workers(count), fragmentByteCount: fragmentByteCount)
        let room = max(0, one.layer.sealer.sealedByteCount(of: byteCount) - short)
        let (expected, found) = (one.seal(text, room: room), several.seal(text, room: room))
        #expect(expected == found, "\(byteCount) bytes, room for \(room)")
      }
    }
  }

  @Test("What waits to be sent goes first")
  func waiting() throws {
    var one = try BulkLayer(.aead(.aes256GCM), BulkLayer.workers(1))
    var several = try BulkLayer(.aead(.aes256GCM), BulkLayer.workers(2))
    let (text, waiting) = (BulkLayer.text(100_000), BulkLayer.text(20_000))
    let room = one.layer.sealer.sealedByteCount(of: 100_000) + 25_000
    try one.layer.queue(waiting.rawSpan, as: .applicationData)
    try several.layer.queue(waiting.rawSpan, as: .applicationData)
    let (expected, found) = (one.seal(text, room: room), several.seal(text, room: room))
    #expect(expected.result?.consumed == 100_000)
    #expect(expected == found)

    try several.layer.queue(waiting.rawSpan, as: .applicationData)
    let noRoom = several.seal(text, room: 10)
    #expect(noRoom.result == nil)
    #expect(noRoom.failure?.contains("bytes wait to be sent first") == true)
  }

  @Test("The numbers count on, and the key's limit with them")
  func recordLimit() throws {
    let limit = AEADAlgorithm.aes128GCM.recordLimit
    for start in [limit - 20, limit - 3, limit, limit + 5] {
      var one = try BulkLayer(
        .aead(.aes128GCM), BulkLayer.workers(1), sequenceNumber: start)
      var several = try BulkLayer(
        .aead(.aes128GCM), BulkLayer.workers(3), sequenceNumber: start)
      let text = BulkLayer.text(150_000)
      let (expected, found) = (one.seal(text), several.seal(text))
      #expect(expected.sequenceNumber == start + 10)
      #expect(expected == found)
    }
  }

  @Test("Numbers that run out do so at the same record")
  func lastNumbers() throws {
    for left: UInt64 in [1, 3, 9, 10, 11, 1_000_000] {
      let start = UInt64.max - left
      var one = try BulkLayer(
        .aead(.chaCha20Poly1305), BulkLayer.workers(1), sequenceNumber: start)
      var several = try BulkLayer(
        .aead(.chaCha20Poly1305), BulkLayer.workers(2), sequenceNumber: start)
      let text = BulkLayer.text(150_000)
      let (expected, found) = (one.seal(text), several.seal(text))
      #expect((expected.failure == nil) == (left >= 10))
      #expect(expected == found)
    }
  }

  @Test("A connection's own keys go forwards only", arguments: ciphers)
  func forwardsOnly(cipher: RecordCipher) throws {
    var bulk = try BulkLayer(cipher, BulkLayer.workers(1))
    let steps: [(Range<UInt64>, UInt64)] = [
      (0..<0, 0), (0..<3, 3), (0..<2, 3), (1..<1, 3), (3..<3, 3), (3..<20, 20), (0..<19, 20),
    ]
    for (numbers, expected) in steps {
      bulk.layer.sealer.advance(past: numbers)
      bulk.layer.opener.advance(past: numbers)
      let found = [bulk.layer.sealer.sequenceNumber, bulk.layer.opener.sequenceNumber]
      #expect(found == [expected, expected])
    }
    // Before there are keys there is nothing to count.
    var sealer = RecordSealer()
    var opener = RecordOpener()
    sealer.advance(past: 0..<3)
    opener.advance(past: 0..<3)
    let found = [sealer.sequenceNumber, opener.sequenceNumber]
    #expect(found == [0, 0])
  }

  @Test("What was sealed by several is never sealed again: every number comes once")
  func everyNumberOnce() throws {
    var several = try BulkLayer(.aead(.aes128GCM), BulkLayer.workers(3))
    var numbers: [[UInt8]] = []
    for byteCount in [100_000, 1, 262_144, 50_000] {
      let records = WireRecord.split(several.seal(BulkLayer.text(byteCount)).output)
      numbers += records.map { Array($0.body.prefix(8)) }
    }
    #expect(numbers == numbers.indices.map { .number($0, 8) })
  }
}
