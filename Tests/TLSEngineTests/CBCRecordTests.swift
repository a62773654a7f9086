import AllocationCounter
import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

/// Records of our own, whatever their padding. `VectorTests` has those of other implementations.
@Suite("Records of CBC suites")
struct CBCRecordTests {
  private func sealed(_ text: [UInt8], _ sealer: inout RecordSealer) throws -> [UInt8] {
    var record = [UInt8](repeating: 0, count: sealer.sealedByteCount(of: text.count))
    var output = record.mutableRawSpan
    let sealed = try sealer.seal(
      text.rawSpan, as: .applicationData, into: &output, at: 0)
    #expect(sealed.consumed == text.count)
    #expect(sealed.written == output.byteCount)
    return record
  }

  private func opened(_ record: [UInt8], _ opener: inout RecordOpener) throws(TLSError) -> [UInt8] {
    let header = try opener.header(record.rawSpan)
    #expect(record.count == 5 + header.length)
    var bytes = record
    var all = bytes.mutableRawSpan
    var body = all._mutatingExtracting(5..<all.byteCount)
    let range = try opener.open(&body, as: header.type)
    return [UInt8](body.bytes.extracting(range))
  }

  @Test("What was sealed opens, at every length of a few blocks", arguments: CBCKind.all)
  func roundTrip(kind: CBCKind) throws {
    var sealer = try kind.sealer()
    var opener = try kind.opener()
    for count in Array(1...81) + [1_000, 16_383, 16_384] {
      let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let record = try sealed(text, &sealer)
      let inside = kind.encryptThenMAC ? count + 1 : count + kind.mac.byteCount + 1
      let outside = kind.encryptThenMAC ? kind.mac.byteCount : 0
      #expect(record.count == 5 + 16 + (inside + 15) / 16 * 16 + outside)
      #expect(try opened(record, &opener) == text)
    }
  }

  @Test("A record is what RFC 5246 and RFC 7366 say, but for its IV", arguments: CBCKind.all)
  func layout(kind: CBCKind) throws {
    let text = [UInt8]("attack at dawn".utf8)
    var sealer = try kind.sealer()
    let body = Array(try sealed(text, &sealer).dropFirst(5))
    let end = body.count - (kind.encryptThenMAC ? kind.mac.byteCount : 0)
    var bytes = Array(body[16..<end])
    var blocks = bytes.mutableRawSpan
    var key = try BlockCipherKey(kind.cipher, key: kind.key.rawSpan)
    try key.decrypt(
      inPlace: &blocks, iv: BlockCipherKey.InitializationVector { body[$0] })
    let padding = bytes.count - 1 - text.count - (kind.encryptThenMAC ? 0 : kind.mac.byteCount)
    #expect(padding < 16)
    #expect(try bytes == kind.fragment(text, padding: padding))
    if kind.encryptThenMAC {
      #expect(try Array(body[end...]) == kind.code(Array(body[..<end])))
    }
  }

  @Test("A record may be empty, and may have 2^14 bytes, and no more", arguments: CBCKind.all)
  func bounds(kind: CBCKind) throws {
    for padding in 0...255 where kind.content(0, fitting: padding).isEmpty {
      let empty = try kind.fragment([], padding: padding)
      #expect(try kind.opened(kind.body(encrypting: empty)) == .opened([]))
    }
    var protection = try kind.protection()
    var record = [UInt8](
      repeating: 0, count: 5 + protection.expansion.bodyByteCount(of: 0))
    var output = record.mutableRawSpan
    try protection.seal([UInt8]().rawSpan, as: .applicationData, into: &output)
    var opener = try kind.opener()
    #expect(try opened(record, &opener) == [])

    for count in [16_384, 16_385] {
      protection = try kind.protection()
      record = [UInt8](
        repeating: 0, count: 5 + protection.expansion.bodyByteCount(of: count))
      output = record.mutableRawSpan
      let text = [UInt8](repeating: 0x61, count: count)
      try protection.seal(text.rawSpan, as: .applicationData, into: &output)
      opener = try kind.opener()
      if count == 16_384 {
        #expect(try opened(record, &opener) == text)
      } else {
        let error = #expect(throws: TLSError.self) { _ = try opened(record, &opener) }
        #expect(error?.reason == .recordOverflow(length: 16_385, limit: 16_384))
      }
    }
  }

  @Test("Records opened out of order, twice or as another type are refused", arguments: CBCKind.all)
  func sequence(kind: CBCKind) throws {
    var sealer = try kind.sealer()
    let records = [try sealed([1], &sealer), try sealed([2], &sealer)]
    var opener = try kind.opener()
    #expect(try opened(records[0], &opener) == [1])
    let error = #expect(throws: TLSError.self) { _ = try opened(records[0], &opener) }
    #expect(error?.reason == .badRecordMAC(sequenceNumber: 1))
    #expect(try opened(records[1], &opener) == [2])
    opener = try kind.opener()
    #expect(throws: TLSError.self) { _ = try opened(records[1], &opener) }
    #expect(try kind.opened(Array(records[0].dropFirst(5)), as: .handshake) == .badRecordMAC)
  }

  @Test("Each record has an IV of its own, the same when all is repeated", arguments: CBCKind.all)
  func initializationVectors(kind: CBCKind) throws {
    var first = try kind.sealer()
    var second = try kind.sealer()
    var vectors: Set<[UInt8]> = []
    for number in 0..<100 {
      let record = try sealed([1, 2, 3], &first)
      #expect(try sealed([1, 2, 3], &second) == record)
      vectors.insert(Array(record[5..<21]))
      #expect(vectors.count == number + 1)
    }
  }

  @Test("A key is good for 2^24.5 records")
  func recordLimit() throws {
    for kind in CBCKind.all {
      var sealer = try kind.sealer()
      #expect(sealer.remainingRecordCount == 23_726_566)
      _ = try sealed([1], &sealer)
      #expect(sealer.remainingRecordCount == 23_726_565)
    }
  }

  @Test(
    "A record allocates no more than libgcrypt's HMAC, once for each code",
    arguments: CBCKind.all)
  func allocations(kind: CBCKind) throws {
    var sealer = try kind.sealer()
    var opener = try kind.opener()
    let text = [UInt8](repeating: 0x61, count: 1_350)
    var record = [UInt8](repeating: 0, count: sealer.sealedByteCount(of: text.count))
    for number in 0..<100 {
      let before = allocation_count_of_this_thread()
      var output = record.mutableRawSpan
      _ = try sealer.seal(text.rawSpan, as: .applicationData, into: &output, at: 0)
      let between = allocation_count_of_this_thread()
      var body = output._mutatingExtracting(5..<output.byteCount)
      _ = try opener.open(&body, as: .applicationData)
      let after = allocation_count_of_this_thread()
      // libgcrypt may set something up for the first record.
      guard number > 0 else { continue }
      // The IV and the MAC.
      #expect(between - before <= 2)
      // Without RFC 7366 there is a copy of a hash, of two blocks, for each of 256 lengths, and one
      // for either half of the HMAC.
      #expect(after - between <= (kind.encryptThenMAC ? 1 : 258 * 2))
    }
  }
}
