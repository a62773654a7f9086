import Synchronization
import TLSCrypto
import Testing

@testable import TLSEngine

/// Makes records under a client's keys that no well-behaved client would send.
struct ProtectedPeer: ~Copyable {
  private var protection: AEADProtection

  private init(_ protection: consuming AEADProtection) {
    self.protection = protection
  }

  /// Takes over from the client of a handshake that is complete, and of which everything the client
  /// sent is still known. The client's next record is number 1: number 0 was its Finished.
  static func takingOver(_ loopback: borrowing Loopback) throws -> ProtectedPeer {
    let suite = try #require(loopback.client.summary?.cipherSuite.parameters)
    let hello = try #require(
      WireRecord.messages(WireRecord.split(loopback.sentByClient)).first)
    let answer = try #require(
      WireRecord.messages(WireRecord.split(loopback.sentByServer)).first)
    let master = try #require(TestKeyLog.shared.masterSecret(of: Array(hello[6..<38])))
    var block = [UInt8](repeating: 0, count: KeyBlock.byteCount(for: suite.cipher))
    var output = block.mutableRawSpan
    var hmac = try HMAC(suite.hash, key: master.rawSpan)
    let seed = Array(answer[6..<38]) + Array(hello[6..<38])
    PRF.fill(&output, &hmac, label: "key expansion", seed: seed.rawSpan, using: suite.hash)
    let aead = try #require(suite.cipher.aead)
    let keyEnd = aead.keyByteCount
    let ivStart = 2 * keyEnd
    let protection = try AEADProtection(
      aead, key: block.rawSpan.extracting(0..<keyEnd),
      fixedIV: block.rawSpan.extracting(ivStart..<ivStart + aead.fixedIVByteCount))
    var peer = ProtectedPeer(protection)
    _ = try peer.record(.handshake, [])
    return peer
  }

  /// The next record.
  mutating func record(_ type: ContentType, _ plaintext: [UInt8]) throws -> [UInt8] {
    var record = [UInt8](
      repeating: 0, count: RecordHeader.byteCount + protection.overhead + plaintext.count)
    var output = record.mutableRawSpan
    try protection.seal(plaintext.rawSpan, as: type, into: &output)
    return record
  }
}

/// Keeps the master secrets of the tests' connections by client random.
final class TestKeyLog: KeyLog {
  static let shared = TestKeyLog()

  private let lines = Mutex<[String]>([])

  func append(_ line: RawSpan) {
    let text = String(decoding: [UInt8](line), as: UTF8.self)
    lines.withLock { $0.append(text) }
  }

  /// The master secret of the connection whose client drew `random`.
  func masterSecret(of random: [UInt8]) -> [UInt8]? {
    let start = "CLIENT_RANDOM " + random.map(hexadecimal).joined() + " "
    let line = lines.withLock { lines in lines.last { $0.hasPrefix(start) } }
    guard let digits = line?.dropFirst(start.count) else { return nil }
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count - 1, by: 2).map {
      UInt8(values[$0] << 4 | values[$0 + 1])
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
