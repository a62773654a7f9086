import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Opening with several threads")
struct BulkOpeningTests {
  private static let algorithms = AEADAlgorithm.allCases

  /// The records of so much text, and the text.
  private func records(
    _ cipher: RecordCipher, _ byteCount: Int, fragmentByteCount: Int? = nil
  ) throws -> (records: [UInt8], text: [UInt8]) {
    var layer = try BulkLayer(
      cipher, BulkLayer.workers(1), fragmentByteCount: fragmentByteCount)
    let text = BulkLayer.text(byteCount)
    return (layer.seal(text).output, text)
  }

  /// What one thread makes of records, and what several do.
  private func outcomes(
    _ records: [UInt8], room: Int, _ cipher: RecordCipher = .aead(.aes128GCM), workers: Int = 3,
    fragmentByteCount: Int? = nil
  ) throws -> (expected: BulkLayer.Outcome, found: BulkLayer.Outcome) {
    var one = try BulkLayer(
      cipher, BulkLayer.workers(1), fragmentByteCount: fragmentByteCount)
    var several = try BulkLayer(
      cipher, BulkLayer.workers(workers), fragmentByteCount: fragmentByteCount)
    return (one.open(records, room: room), several.open(records, room: room))
  }

  @Test("What was sealed opens", arguments: algorithms, [1, 2, 3, 8])
  func roundTrip(algorithm: AEADAlgorithm, count: Int) throws {
    for byteCount in [1, 16_384, 16_385, 65_537, 262_144, 300_001] {
      let (records, text) = try records(.aead(algorithm), byteCount)
      var layer = try BulkLayer(.aead(algorithm), BulkLayer.workers(count))
      let opened = layer.open(records, room: byteCount)
      #expect(opened.result == RecordProgress(consumed: records.count, written: byteCount))
      #expect(opened.output == text)
      #expect(opened.sequenceNumber == UInt64((byteCount + 16_383) / 16_384))
    }
  }

  @Test("Small fragments do too", arguments: [64, 512, 1_000, 10_000])
  func fragments(fragmentByteCount: Int) throws {
    let cipher = RecordCipher.aead(.aes256GCM)
    let (records, text) = try records(cipher, 70_001, fragmentByteCount: fragmentByteCount)
    let (expected, found) = try outcomes(
      records, room: 70_001, cipher, fragmentByteCount: fragmentByteCount)
    #expect(found.output == text)
    #expect(expected == found)
  }

  @Test(
    "Behind a forged record nothing is delivered, and the failure is that of one", arguments: 0..<9)
  func forged(position: Int) throws {
    var wire = WireRecord.split(try records(.aead(.aes128GCM), 9 * 16_384).records)
    wire[position].body[100 * position] ^= 1
    let records = wire.flatMap(\.bytes)
    for count in [2, 3, 8] {
      let (expected, found) = try outcomes(records, room: 9 * 16_384, workers: count)
      #expect(expected.failure?.contains("\(position)") == true)
      #expect(found.result?.written == position * 16_384)
      #expect(found.output.dropFirst(position * 16_384).allSatisfy { $0 == 0 })
      #expect(expected == found)
    }
  }

  @Test("Within a part too: its first records are delivered")
  func forgedWithinPart() throws {
    let cipher = RecordCipher.aead(.chaCha20Poly1305)
    let wire = WireRecord.split(
      try records(cipher, 80 * 1_000, fragmentByteCount: 1_000).records)
    for position in [0, 1, 16, 17, 18, 40, 79] {
      var forged = wire
      forged[position].body[3] ^= 0x80
      let (expected, found) = try outcomes(
        forged.flatMap(\.bytes), room: 80_000, cipher, fragmentByteCount: 1_000)
      #expect(found.result?.written == position * 1_000)
      #expect(found.output.dropFirst(position * 1_000).allSatisfy { $0 == 0 })
      #expect(expected == found)
    }
  }

  @Test("Two forged ones are as the first")
  func twoForged() throws {
    var wire = WireRecord.split(try records(.aead(.aes256CCM8), 9 * 16_384).records)
    wire[4].body[0] ^= 1
    wire[2].body[9] ^= 1
    let (expected, found) = try outcomes(
      wire.flatMap(\.bytes), room: 9 * 16_384, .aead(.aes256CCM8))
    #expect(found.result?.written == 2 * 16_384)
    #expect(expected == found)
  }

  @Test("Records in another order, or one left out, do not authenticate")
  func order() throws {
    let wire = WireRecord.split(try records(.aead(.aes128GCM), 6 * 16_384).records)
    var swapped = wire
    swapped.swapAt(3, 4)
    var missing = wire
    missing.remove(at: 2)
    for (changed, written) in [(swapped, 3), (missing, 2)] {
      let (expected, found) = try outcomes(changed.flatMap(\.bytes), room: 6 * 16_384)
      #expect(found.failure != nil)
      #expect(found.result?.written == written * 16_384)
      #expect(expected == found)
    }
  }

  /// What is no record of application data that can be opened.
  private static let strangers = [
    WireRecord(type: 21, body: [UInt8](repeating: 0, count: 26)),
    WireRecord(type: 22, body: [UInt8](repeating: 0, count: 40)),
    WireRecord(type: 23, body: [UInt8](repeating: 0, count: 24)),
    WireRecord(type: 23, body: [UInt8](repeating: 0, count: 3)),
    WireRecord(type: 23, body: []),
    WireRecord(type: 23, body: [UInt8](repeating: 0, count: 16_409)),
    WireRecord(type: 23, body: [UInt8](repeating: 0, count: 19_000)),
    WireRecord(type: 99, body: [1]),
  ]

  @Test("It stops at whatever is something else", arguments: strangers)
  func stranger(record: WireRecord) throws {
    let wire = WireRecord.split(try records(.aead(.aes128GCM), 6 * 16_384).records)
    for position in 0...6 {
      let all = wire.prefix(position) + [record] + wire.dropFirst(position)
      let (expected, found) = try outcomes(all.flatMap(\.bytes), room: 8 * 16_384)
      #expect(found.result?.written == position * 16_384)
      #expect(found.failure == nil)
      #expect(expected == found)
    }
  }

  @Test("It stops where a record is not whole, and where there is no room")
  func incomplete() throws {
    let (records, _) = try records(.aead(.aes128GCM), 6 * 16_384)
    for count in [0, 1, 4, 5, 16_412, 16_413, 16_414, 50_000, records.count - 1] {
      let (expected, found) = try outcomes(Array(records.prefix(count)), room: 6 * 16_384)
      #expect(found.result?.written == count / 16_413 * 16_384)
      #expect(expected == found)
    }
    for room in [0, 1, 16_383, 16_384, 16_385, 50_000, 6 * 16_384 - 1] {
      let (expected, found) = try outcomes(records, room: room)
      #expect(found.result?.written == room / 16_384 * 16_384)
      #expect(expected == found)
    }
  }
}
