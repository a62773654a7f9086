import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Records")
struct RecordTests {
  /// Both ends of one direction, under keys that are always the same.
  private func protection(_ algorithm: AEADAlgorithm) throws -> AEADProtection {
    let key = [UInt8](repeating: 0x42, count: algorithm.keyByteCount)
    let iv = [UInt8](repeating: 0x17, count: algorithm.fixedIVByteCount)
    return try AEADProtection(algorithm, key: key.rawSpan, fixedIV: iv.rawSpan)
  }

  private func sealed(_ text: [UInt8], _ algorithm: AEADAlgorithm) throws -> [UInt8] {
    var sealer = RecordSealer()
    sealer.protect(with: .aead(try protection(algorithm)))
    var record = [UInt8](repeating: 0, count: sealer.sealedByteCount(of: text.count))
    var output = record.mutableRawSpan
    let sealed = try sealer.seal(
      text.rawSpan, as: .applicationData, into: &output, at: 0)
    #expect(sealed.consumed == text.count)
    #expect(sealed.written == output.byteCount)
    return record
  }

  private func opened(
    _ record: [UInt8], _ algorithm: AEADAlgorithm
  ) throws(TLSError) -> [UInt8] {
    var opener = RecordOpener()
    opener.negotiatedVersion = .tls12
    do {
      opener.protect(with: .aead(try protection(algorithm)))
    } catch {
      Issue.record(error)
    }
    let header = try opener.header(record.rawSpan)
    guard record.count >= 5 + header.length else { throw TLSError(nil, .truncated) }
    var bytes = record
    var all = bytes.mutableRawSpan
    var body = all._mutatingExtracting(5..<(5 + header.length))
    let range = try opener.open(&body, as: header.type)
    return [UInt8](body.bytes.extracting(range))
  }

  @Test("What was sealed opens", arguments: AEADAlgorithm.allCases)
  func roundTrip(algorithm: AEADAlgorithm) throws {
    for count in [1, 15, 16, 17, 1_000, 16_384] {
      let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let record = try sealed(text, algorithm)
      #expect(record.count == 5 + count + algorithm.tagByteCount + algorithm.explicitNonceByteCount)
      #expect(try opened(record, algorithm) == text)
    }
  }

  @Test("Every flipped bit of a record is refused", arguments: AEADAlgorithm.allCases)
  func flippedBits(algorithm: AEADAlgorithm) throws {
    let record = try sealed([UInt8]("attack at dawn".utf8), algorithm)
    for index in record.indices {
      for bit in 0..<8 {
        var changed = record
        changed[index] ^= 1 << bit
        let error = #expect(throws: TLSError.self) { _ = try opened(changed, algorithm) }
        switch index {
        case 0: #expect([.unexpectedMessage, .badRecordMAC].contains(error?.alert))
        case 1, 2: #expect(error?.alert == .protocolVersion)
        case 3, 4:
          #expect(
            error?.reason == .truncated
              || [.recordOverflow, .badRecordMAC].contains(error?.alert))
        default: #expect(error?.alert == .badRecordMAC)
        }
      }
    }
  }

  @Test("A record cut short is refused", arguments: AEADAlgorithm.allCases)
  func cutShort(algorithm: AEADAlgorithm) throws {
    let record = try sealed([UInt8]("attack at dawn".utf8), algorithm)
    for count in 5..<record.count {
      var cut = Array(record.prefix(count))
      cut[3] = 0
      cut[4] = UInt8(count - 5)
      let error = #expect(throws: TLSError.self) { _ = try opened(cut, algorithm) }
      #expect(error?.alert == .badRecordMAC)
    }
  }

  @Test("A record that does not authenticate leaves nothing to read")
  func wipedOnFailure() throws {
    var record = try sealed([UInt8]("attack at dawn".utf8), .aes128GCM)
    record[record.count - 1] ^= 1
    var opener = RecordOpener()
    opener.negotiatedVersion = .tls12
    opener.protect(with: .aead(try protection(.aes128GCM)))
    var all = record.mutableRawSpan
    var body = all._mutatingExtracting(5..<all.byteCount)
    #expect(throws: TLSError.self) { _ = try opener.open(&body, as: .applicationData) }
    // The explicit nonce before it is public; the text's place is empty.
    let text = [UInt8](body.bytes.extracting(8..<22))
    #expect(text == [UInt8](repeating: 0, count: 14))
  }

  @Test("Records opened out of order, twice or after one is missing are refused")
  func sequence() throws {
    var sealer = RecordSealer()
    sealer.protect(with: .aead(try protection(.chaCha20Poly1305)))
    var records: [[UInt8]] = []
    for text in ["one", "two"] {
      var record = [UInt8](repeating: 0, count: sealer.sealedByteCount(of: 3))
      var output = record.mutableRawSpan
      _ = try sealer.seal(
        [UInt8](text.utf8).rawSpan, as: .applicationData, into: &output, at: 0)
      records.append(record)
    }
    #expect(try opened(records[0], .chaCha20Poly1305) == [UInt8]("one".utf8))
    #expect(throws: TLSError.self) { _ = try opened(records[1], .chaCha20Poly1305) }
    var opener = RecordOpener()
    opener.negotiatedVersion = .tls12
    opener.protect(with: .aead(try protection(.chaCha20Poly1305)))
    for _ in 0..<2 {
      var bytes = records[0]
      var all = bytes.mutableRawSpan
      var body = all._mutatingExtracting(5..<all.byteCount)
      if opener.remainingRecordCount == .max - 1 {
        #expect(throws: TLSError.self) { _ = try opener.open(&body, as: .applicationData) }
      } else {
        #expect(try opener.open(&body, as: .applicationData) == 0..<3)
      }
    }
  }

  @Test("Headers are judged before anything is believed")
  func headers() throws {
    func alert(_ bytes: [UInt8], _ version: ProtocolVersion?) -> AlertDescription? {
      do {
        _ = try RecordHeader(bytes.rawSpan, negotiated: version, isProtected: true)
        return nil
      } catch {
        return error.alert
      }
    }
    #expect(alert([22, 3, 1, 0, 5], nil) == nil)
    #expect(alert([22, 3, 1, 0, 5], .tls12) == .protocolVersion)
    #expect(alert([22, 3, 3, 0x48, 0], .tls12) == nil)
    #expect(alert([22, 3, 3, 0x48, 1], .tls12) == .recordOverflow)
    #expect(alert([22, 2, 0, 0, 5], nil) == .protocolVersion)
    #expect(alert([24, 3, 3, 0, 5], .tls12) == .unexpectedMessage)
    #expect(alert([21, 3, 1, 0, 2], .tls12) == .protocolVersion)
    // An alert in the clear may come from a client that does not know yet what was agreed on.
    let early: [UInt8] = [21, 3, 1, 0, 2]
    let header = try RecordHeader(early.rawSpan, negotiated: .tls12, isProtected: false)
    #expect(header.type == .alert && header.length == 2)
    let http = #expect(throws: TLSError.self) {
      _ = try RecordHeader(
        [UInt8]("HTTP/1.1 400".utf8).rawSpan, negotiated: nil, isProtected: false)
    }
    #expect(
      http?.description
        == "plain HTTP came where a TLS record was expected; alert sent: unexpected_message")
  }

  @Test("Long data is cut into records of 2^14 bytes, and only whole records are written")
  func fragmentation() throws {
    var sealer = RecordSealer()
    sealer.protect(with: .aead(try protection(.aes256GCM)))
    let text = [UInt8](repeating: 9, count: 40_000)
    let needed = sealer.sealedByteCount(of: text.count)
    #expect(needed == 40_000 + 3 * (5 + 8 + 16))
    var bytes = [UInt8](repeating: 0, count: needed - 1)
    var output = bytes.mutableRawSpan
    let sealed = try sealer.seal(
      text.rawSpan, as: .applicationData, into: &output, at: 0)
    #expect(sealed.consumed == 2 * 16_384)
    #expect(sealed.written == 2 * (16_384 + 29))
  }

  @Test("The plaintext of a record is never longer than 2^14 bytes")
  func plaintextOverflow() throws {
    var protection = try protection(.aes128GCM)
    var record = [UInt8](repeating: 0, count: 5 + 8 + 16_385 + 16)
    let text = [UInt8](repeating: 1, count: 16_385)
    var output = record.mutableRawSpan
    try protection.seal(text.rawSpan, as: .applicationData, into: &output)
    let error = #expect(throws: TLSError.self) { _ = try opened(record, .aes128GCM) }
    #expect(error?.reason == .recordOverflow(length: 16_385, limit: 16_384))
  }
}
