import TLSCrypto
import Testing

@testable import TLSEngine

/// Single records, sealed and opened. `Vectors/records` has other implementations' records.
@Suite("Single records")
struct RecordProtectorTests {
  /// One suite for each way to protect records.
  private static let ways: [(CipherSuite, Bool)] = [
    (.ecdheECDSAWithAES128GCMSHA256, false), (.ecdheECDSAWithAES128CCM8, false),
    (.ecdheECDSAWithChaCha20Poly1305SHA256, false), (.ecdheECDSAWithAES128CBCSHA, true),
    (.ecdheECDSAWithAES256CBCSHA384, false),
  ]

  private static func keys(
    _ suite: CipherSuite, _ first: UInt8 = 1, number: UInt64 = 0
  ) throws -> TrafficSecrets.Direction {
    let cipher = try #require(suite.parameters).cipher
    let key = [UInt8](repeating: first, count: cipher.keyByteCount)
    let fixedIV = [UInt8](repeating: 2, count: cipher.fixedIVByteCount)
    let macKey = [UInt8](repeating: 3, count: cipher.macKeyByteCount)
    return TrafficSecrets.Direction(
      copying: key.rawSpan, fixedIV: fixedIV.rawSpan, macKey: macKey.rawSpan,
      sequenceNumber: number)
  }

  private static func records(
    _ suite: CipherSuite, _ encryptThenMAC: Bool, _ first: UInt8 = 1, number: UInt64 = 0
  ) throws -> RecordProtector {
    let keys = try keys(suite, first, number: number)
    return try RecordProtector(keys, cipherSuite: suite, usesEncryptThenMAC: encryptThenMAC)
  }

  private func refusal(
    _ records: inout RecordProtector, opening record: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> TLSError? {
    do throws(TLSError) {
      _ = try records.open(record)
      Issue.record("the record opened", sourceLocation: sourceLocation)
      return nil
    } catch {
      return error
    }
  }

  @Test("Every length comes back, and the number counts", arguments: ways)
  func roundTrip(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC, number: 1 << 40)
    var opener = try Self.records(suite, encryptThenMAC, number: 1 << 40)
    let types: [ContentType] = [.applicationData, .alert, .handshake]
    for (index, count) in [0, 1, 15, 16, 17, 1_000, 16_384].enumerated() {
      let text = [UInt8](repeating: 0x61, count: count)
      let record = try sealer.seal(text, as: types[index % types.count])
      let opened = try opener.open(record)
      #expect(opened == text)
      #expect(record.first == types[index % types.count].rawValue)
    }
    let numbers = (sealer.sequenceNumber, opener.sequenceNumber)
    #expect(numbers == ((1 << 40) + 7, (1 << 40) + 7))
  }

  @Test("Another key, number, type or byte is bad_record_mac, and changes nothing", arguments: ways)
  func refused(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC, number: 5)
    let record = try sealer.seal(Array("a secret".utf8), as: .applicationData)
    var opener = try Self.records(suite, encryptThenMAC, number: 5)
    var stranger = try Self.records(suite, encryptThenMAC, 9, number: 5)
    let wrongKey = refusal(&stranger, opening: record)
    #expect(wrongKey == TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: 5)))
    opener.sequenceNumber = 6
    let wrongNumber = refusal(&opener, opening: record)
    #expect(wrongNumber == TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: 6)))
    opener.sequenceNumber = 5
    for index in record.indices where index == 0 || index > 4 {
      var changed = record
      changed[index] ^= 1
      let error = refusal(&opener, opening: changed)
      #expect(error == TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: 5)))
    }
    let opened = try opener.open(record)
    #expect(opened == Array("a secret".utf8))
  }

  @Test("An explicit IV that is given begins the record", arguments: ways)
  func explicitIV(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC)
    let count = sealer.explicitIVByteCount
    let expected = suite.isCBC ? 16 : suite.description.contains("CHACHA20") ? 0 : 8
    #expect(count == expected)
    let iv = [UInt8](repeating: 0xee, count: count)
    let record = try sealer.seal([1, 2, 3], as: .applicationData, explicitIV: iv)
    #expect(record.dropFirst(5).starts(with: iv))
    var opener = try Self.records(suite, encryptThenMAC)
    let opened = try opener.open(record)
    #expect(opened == [1, 2, 3])
    var plain = try Self.records(suite, encryptThenMAC)
    let usual = try plain.seal([1, 2, 3], as: .applicationData)
    #expect((usual == record) == (count == 0))
    for wrong in [count - 1, count + 1] where wrong >= 0 {
      do throws(TLSError) {
        let iv = [UInt8](repeating: 0, count: wrong)
        _ = try sealer.seal([], as: .applicationData, explicitIV: iv)
        Issue.record("an IV of \(wrong) bytes was taken")
      } catch {
        #expect(
          error
            == .misuse("the explicit IV is \(wrong) bytes long, and \(suite) has \(count)"))
      }
    }
  }

  @Test("What is no whole record is refused, and nothing traps", arguments: ways)
  func malformed(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC)
    let record = try sealer.seal([1, 2, 3], as: .applicationData)
    var opener = try Self.records(suite, encryptThenMAC)
    for count in record.indices {
      let error = refusal(&opener, opening: Array(record.prefix(count)))
      #expect(error?.alert == .decodeError)
    }
    let longer = refusal(&opener, opening: record + [0])
    let count = record.count - 5
    #expect(
      longer
        == .malformed("record", "has a body of \(count + 1) bytes, and its header says \(count)"))
    // Bodies too short for a tag, a MAC or a block.
    for count in 0..<64 {
      let short = [23, 3, 3, 0, UInt8(count)] + [UInt8](repeating: 0, count: count)
      let error = refusal(&opener, opening: short)
      #expect(error == TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: 0)))
    }
    let older = refusal(&opener, opening: [23, 3, 1] + record.dropFirst(3))
    #expect(older?.alert == .protocolVersion)
    let stranger = refusal(&opener, opening: [99] + record.dropFirst())
    #expect(stranger?.alert == .unexpectedMessage)
    let huge = refusal(&opener, opening: [23, 3, 3, 0xff, 0xff])
    #expect(huge?.reason == .recordOverflow(length: 65_535, limit: 18_432))
  }

  @Test("More plaintext than a record holds is a misuse", arguments: ways)
  func tooLong(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC)
    do throws(TLSError) {
      _ = try sealer.seal([UInt8](repeating: 0, count: 16_385), as: .applicationData)
      Issue.record("16385 bytes were sealed")
    } catch {
      #expect(error == .misuse("a record holds 16384 bytes of plaintext at most, not 16385"))
    }
    let number = sealer.sequenceNumber
    #expect(number == 0)
  }

  @Test("The last number is used up, and does not wrap", arguments: ways)
  func lastNumber(suite: CipherSuite, encryptThenMAC: Bool) throws {
    var sealer = try Self.records(suite, encryptThenMAC, number: .max)
    do throws(TLSError) {
      _ = try sealer.seal([], as: .applicationData)
      Issue.record("a record has the last number")
    } catch {
      #expect(error.reason == .internalFailure("every sequence number is used up"))
    }
    let number = sealer.sequenceNumber
    #expect(number == .max)
  }

  @Test("Keys that are not as long as the suite wants them are a misuse, and so are strange suites")
  func misuse() {
    func made(
      _ suite: CipherSuite, _ key: Int, _ fixedIV: Int, _ macKey: Int
    ) throws(TLSError) -> RecordProtector {
      let zeros = [UInt8](repeating: 0, count: 64)
      let keys = TrafficSecrets.Direction(
        copying: zeros.rawSpan.extracting(first: key),
        fixedIV: zeros.rawSpan.extracting(first: fixedIV),
        macKey: zeros.rawSpan.extracting(first: macKey))
      return try RecordProtector(keys, cipherSuite: suite)
    }
    let gcm = CipherSuite.ecdheECDSAWithAES128GCMSHA256
    let cbc = CipherSuite.ecdheECDSAWithAES128CBCSHA
    let cases: [(suite: CipherSuite, key: Int, fixedIV: Int, macKey: Int, sentence: String)] = [
      (gcm, 32, 4, 0, "the key is 32 bytes long, and \(gcm) has 16"),
      (gcm, 0, 4, 0, "the key is 0 bytes long, and \(gcm) has 16"),
      (gcm, 16, 12, 0, "the fixed IV is 12 bytes long, and \(gcm) has 4"),
      (gcm, 16, 4, 20, "the MAC key is 20 bytes long, and \(gcm) has 0"),
      (cbc, 16, 16, 20, "the fixed IV is 16 bytes long, and \(cbc) has 0"),
      (cbc, 16, 0, 32, "the MAC key is 32 bytes long, and \(cbc) has 20"),
      (
        .emptyRenegotiationInfoSCSV, 16, 4, 0,
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV is a signal, and no cipher suite"
      ),
      (CipherSuite(rawValue: 0x1301), 16, 12, 0, "the cipher suite 0x1301 is unknown"),
    ]
    for (suite, key, fixedIV, macKey, sentence) in cases {
      let error = failure { () throws(TLSError) in try made(suite, key, fixedIV, macKey) }
      #expect(error == .misuse(sentence))
    }
  }
}
