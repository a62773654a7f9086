import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Limits of fragments")
struct FragmentLimitTests {
  private static let kinds: [RecordCipher] = [
    .aead(.aes128GCM), .aead(.chaCha20Poly1305), .aead(.aes128CCM8),
    .cbc(.aes128CBC, .hmacSHA256),
  ]

  private func keys(
    _ cipher: RecordCipher, encryptThenMAC: Bool = false
  ) throws -> RecordProtection {
    let bytes = [UInt8](repeating: 5, count: KeyBlock.byteCount(for: cipher))
    let block = KeyBlock(
      SecretBytes(copying: bytes.rawSpan), cipher, encryptThenMAC: encryptThenMAC)
    return try block.protection(ofRecordsWrittenBy: .client)
  }

  /// A layer that sends to itself.
  private func layer() -> RecordLayer {
    var layer = RecordLayer()
    layer.agree(on: .tls12)
    return layer
  }

  /// The lengths of the plaintexts of everything that waits to be sent.
  private func received(_ layer: inout RecordLayer) throws(TLSError) -> [Int] {
    var counts: [Int] = []
    for record in WireRecord.split(layer.takeOutgoing()) {
      let header = try layer.opener.header(record.bytes.rawSpan)
      var body = record.body
      var span = body.mutableRawSpan
      counts.append(try layer.opener.open(&span, as: header.type).count)
    }
    return counts
  }

  private func sent(_ count: Int, _ layer: inout RecordLayer) throws(TLSError) -> [Int] {
    let needed = layer.sealer.sealedByteCount(of: count)
    try layer.queue([UInt8](repeating: 1, count: count).rawSpan, as: .handshake)
    #expect(layer.outgoing.count == needed)
    return try received(&layer)
  }

  @Test("One for all records holds at once, and after the keys change", arguments: kinds)
  func allRecords(cipher: RecordCipher) throws {
    var layer = layer()
    #expect(try sent(1_030, &layer) == [1_030])
    layer.limitFragments(sending: 512, receiving: 512, .allRecords)
    #expect(try sent(1_030, &layer) == [512, 512, 6])
    layer.sealer.protect(with: try keys(cipher))
    layer.opener.protect(with: try keys(cipher))
    #expect(try sent(1_024, &layer) == [512, 512])
    #expect(try sent(1_025, &layer) == [512, 512, 1])
  }

  @Test("One for protected records waits for the keys of each direction", arguments: kinds)
  func protectedRecords(cipher: RecordCipher) throws {
    var layer = layer()
    layer.limitFragments(sending: 64, receiving: 64, .protectedRecords)
    #expect(try sent(1_030, &layer) == [1_030])
    layer.sealer.protect(with: try keys(cipher))
    #expect(layer.sealer.fragmentByteCount == 64)
    layer.opener.protect(with: try keys(cipher))
    #expect(try sent(130, &layer) == [64, 64, 2])
  }

  @Test("A longer record is record_overflow", arguments: kinds, [false, true])
  func tooLong(cipher: RecordCipher, encryptThenMAC: Bool) throws {
    var layer = layer()
    layer.limitFragments(sending: 101, receiving: 100, .protectedRecords)
    layer.sealer.protect(with: try keys(cipher, encryptThenMAC: encryptThenMAC))
    layer.opener.protect(with: try keys(cipher, encryptThenMAC: encryptThenMAC))
    #expect(try sent(100, &layer) == [100])
    let error = #expect(throws: TLSError.self) { _ = try sent(101, &layer) }
    #expect(error?.alert == .recordOverflow)
  }

  @Test("A record without protection that is too long is record_overflow")
  func tooLongInTheClear() throws {
    var layer = layer()
    layer.limitFragments(sending: 513, receiving: 512, .allRecords)
    #expect(try sent(512, &layer) == [512])
    let error = #expect(throws: TLSError.self) { _ = try sent(513, &layer) }
    #expect(error?.reason == .recordOverflow(length: 513, limit: 512))
  }

  @Test("A body that is longer than any cipher would make it is refused by its header")
  func header() throws {
    func longest(_ cipher: RecordCipher, encryptThenMAC: Bool) throws -> Int? {
      var opener = RecordOpener()
      opener.negotiatedVersion = .tls12
      opener.limitFragments(to: 512, .protectedRecords)
      opener.protect(with: try keys(cipher, encryptThenMAC: encryptThenMAC))
      return (0...2_000).last { count in
        let header: [UInt8] = [23, 3, 3, UInt8(count >> 8), UInt8(count & 0xff)]
        return (try? opener.header(header.rawSpan)) != nil
      }
    }
    #expect(try longest(.aead(.aes128GCM), encryptThenMAC: false) == 512 + 24)
    #expect(try longest(.aead(.aes128CCM8), encryptThenMAC: false) == 512 + 16)
    #expect(try longest(.aead(.chaCha20Poly1305), encryptThenMAC: false) == 512 + 16)
    // IV, 512 bytes and MAC, and as much padding as fills blocks.
    #expect(
      try longest(.cbc(.aes128CBC, .hmacSHA256), encryptThenMAC: false) == 16 + 512 + 32 + 256)
    #expect(
      try longest(.cbc(.aes128CBC, .hmacSHA1), encryptThenMAC: true) == 16 + 512 + 256 + 20)
  }

  @Test("The longest padding is taken at the limit", arguments: CBCKind.all)
  func longestPadding(kind: CBCKind) throws {
    for count in 500...515 {
      let inside = count + 1 + (kind.encryptThenMAC ? 0 : kind.mac.byteCount)
      let padding = (0...255).last { (inside + $0).isMultiple(of: 16) } ?? 0
      let content = [UInt8](repeating: 1, count: count)
      let body = try kind.body(encrypting: kind.fragment(content, padding: padding))
      var opener = RecordOpener()
      opener.negotiatedVersion = .tls12
      opener.limitFragments(to: count, .protectedRecords)
      opener.protect(with: .cbc(try kind.protection()))
      let header: [UInt8] = [23, 3, 3, UInt8(body.count >> 8), UInt8(body.count & 0xff)]
      #expect(try opener.header(header.rawSpan).length == body.count)
      var bytes = body
      var span = bytes.mutableRawSpan
      #expect(try opener.open(&span, as: .applicationData).count == count)
    }
  }

  @Test("None is above 2^14 bytes, nor below one")
  func clamped() throws {
    var sealer = RecordSealer()
    sealer.limitFragments(to: 16_385, .allRecords)
    #expect(sealer.fragmentByteCount == 16_384)
    sealer.limitFragments(to: 0, .allRecords)
    #expect(sealer.fragmentByteCount == 1)
    sealer.limitFragments(to: -5, .allRecords)
    #expect(sealer.fragmentByteCount == 1)
  }
}
