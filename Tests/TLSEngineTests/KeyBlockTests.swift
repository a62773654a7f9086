import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("The key block")
struct KeyBlockTests {
  private static let suites: [RecordCipher] =
    AEADAlgorithm.allCases.map { .aead($0) }
    + CBCKind.all.filter { !$0.encryptThenMAC }.map { .cbc($0.cipher, $0.mac) }

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 11 &+ 5) }
  }

  @Test("Is MAC keys, keys, IVs, the client's first of each", arguments: suites, [false, true])
  func order(cipher: RecordCipher, encryptThenMAC: Bool) throws {
    let bytes = Self.bytes(KeyBlock.byteCount(for: cipher))
    let block = KeyBlock(
      SecretBytes(copying: bytes.rawSpan), cipher, encryptThenMAC: encryptThenMAC)
    for (index, side) in [ConnectionSide.client, .server].enumerated() {
      func part(_ start: Int, _ count: Int) -> [UInt8] {
        Array(bytes[(start + index * count)...].prefix(count))
      }
      var expected: RecordProtection
      switch cipher {
      case .aead(let aead):
        let key = part(0, aead.keyByteCount)
        let iv = part(2 * aead.keyByteCount, aead.fixedIVByteCount)
        #expect(bytes.count == 2 * (aead.keyByteCount + aead.fixedIVByteCount))
        expected = .aead(try AEADProtection(aead, key: key.rawSpan, fixedIV: iv.rawSpan))
      case .cbc(let algorithm, let mac):
        let macKey = part(0, mac.byteCount)
        let key = part(2 * mac.byteCount, algorithm.keyByteCount)
        #expect(bytes.count == 2 * (mac.byteCount + algorithm.keyByteCount))
        expected = .cbc(
          try CBCProtection(
            algorithm, mac, key: key.rawSpan, macKey: macKey.rawSpan,
            encryptThenMAC: encryptThenMAC))
      }
      var protection = try block.protection(ofRecordsWrittenBy: side)
      let written = try record(&protection)
      #expect(try written == record(&expected))
    }
  }

  private func record(_ protection: inout RecordProtection) throws -> [UInt8] {
    let text = [UInt8]("attack at dawn".utf8)
    var record = [UInt8](
      repeating: 0, count: 5 + protection.expansion.bodyByteCount(of: text.count))
    var output = record.mutableRawSpan
    try protection.seal(text.rawSpan, as: .applicationData, into: &output)
    return record
  }
}
