import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// The padding oracles of ``PaddingOracleTests``, asked over a connection: a man in the middle sees
  /// the bytes that come back, and nothing else. Each question goes to a connection that is the same as
  /// the others to the last byte, so that the answers can be compared.
  @Suite("Padding oracles: every answer is the same, byte for byte")
  struct PaddingOracleConnectionTests {
    private static let suites: [CipherSuite] = [
      .ecdheECDSAWithAES128CBCSHA, .ecdheECDSAWithAES128CBCSHA256,
      .ecdheECDSAWithAES256CBCSHA384,
    ]

    /// A connection that is always the same.
    private func connected(_ suite: CipherSuite, encryptThenMAC: Bool) throws -> Loopback {
      // The key log tells connections apart by what their clients draw.
      let seed = Array("\(suite) \(encryptThenMAC)".utf8)
      let server = try TestIdentities.serverConfiguration(as: .ed25519) {
        $0.cipherSuites = [suite]
        $0.randomness = DeterministicRandomSource(seed: [1] + seed)
      }
      let client = try TestIdentities.client {
        $0.cipherSuites = [suite]
        $0.usesEncryptThenMAC = encryptThenMAC
        $0.randomness = DeterministicRandomSource(seed: [2] + seed)
      }
      var loopback = try Loopback(client, server)
      try loopback.exchange()
      return loopback
    }

    /// What can be seen of an answer.
    private struct Answer: Equatable {
      let wire: [UInt8]
      let error: TLSError?
    }

    private func answer(to record: [UInt8], _ loopback: inout Loopback) -> Answer {
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.receive(record) }
      let wire = loopback.server.takeOutgoing()
      // The connection is over: what came right before, or would come now, is not even read.
      #expect(throws: TLSError.self) { _ = try loopback.server.receive(record) }
      #expect(loopback.server.hasOutgoing == false)
      return Answer(wire: wire, error: error)
    }

    /// Records that are each wrong in another way.
    private static func forgeries(_ keys: CBCTakeover) throws -> [(String, [UInt8])] {
      let inside = keys.encryptThenMAC ? 0 : keys.macByteCount
      // So much content that 40 bytes of padding, and the byte that counts them, fill blocks.
      let content = [UInt8](repeating: 0x61, count: 16 * 8 - (inside + 41) % 16)
      let good = try keys.blocks(content, padding: 40)
      var forgeries: [(String, [UInt8])] = []
      func changed(_ index: Int) -> [UInt8] {
        var blocks = good
        blocks[index] ^= 1
        return blocks
      }
      for index in [0, 20, 39] {
        let name = "byte \(index) of the padding"
        forgeries.append((name, try keys.record(changed(good.count - 41 + index))))
      }
      for last: UInt8 in [39, 41, 0x7f, 0xff] {
        let blocks = good.dropLast() + [last]
        forgeries.append(("padding of \(last)", try keys.record(Array(blocks))))
      }
      if !keys.encryptThenMAC {
        let mac = content.count
        forgeries.append(("a wrong MAC, good padding", try keys.record(changed(mac))))
        var both = changed(mac)
        both[good.count - 2] ^= 1
        forgeries.append(("a wrong MAC, bad padding", try keys.record(both)))
        let all = [UInt8](repeating: 63, count: 64)
        forgeries.append(("nothing but padding", try keys.record(all)))
        // What OpenSSL answered in another way: no content, and a MAC that is wrong.
        let none = 15 - inside % 16
        var empty = try keys.blocks([], padding: none)
        empty[0] ^= 1
        forgeries.append(("no content, a wrong MAC", try keys.record(empty)))
        empty = try keys.blocks([], padding: none)
        empty[empty.count - 1] ^= 0x80
        forgeries.append(("no content, bad padding", try keys.record(empty)))
      }
      let record = try keys.record(good)
      func cut(to count: Int) -> [UInt8] {
        WireRecord(type: 23, body: Array(record.dropFirst(5).prefix(count))).bytes
      }
      for count in [0, 1, 16, 32, record.count - 5 - 16, record.count - 6] {
        forgeries.append(("a body of \(count) bytes", cut(to: count)))
      }
      var flipped = record
      flipped[flipped.count - 1] ^= 1
      forgeries.append(("the last byte flipped", flipped))
      flipped = record
      flipped[5] ^= 1
      forgeries.append(("the first byte flipped", flipped))
      return forgeries
    }

    @Test(
      "A forged record ends the connection with the same bytes and the same error, whatever it is",
      arguments: suites, [true, false])
    func sameAnswer(suite: CipherSuite, encryptThenMAC: Bool) throws {
      var first = try connected(suite, encryptThenMAC: encryptThenMAC)
      let keys = try CBCTakeover(first)
      #expect(keys.encryptThenMAC == encryptThenMAC)
      let inside = encryptThenMAC ? 0 : keys.macByteCount
      // What is well made is taken, so that the others are refused for what is wrong with them.
      let content = [UInt8](repeating: 0x61, count: 16 * 8 - (inside + 41) % 16)
      let good = try keys.record(try keys.blocks(content, padding: 40))
      #expect(try first.server.receive(good).flatMap(\.data) == content)
      var answers: [(name: String, answer: Answer)] = []
      for (name, record) in try Self.forgeries(keys) {
        var loopback = try connected(suite, encryptThenMAC: encryptThenMAC)
        answers.append((name, answer(to: record, &loopback)))
      }
      let answer = try #require(answers.first?.answer)
      for (name, other) in answers { #expect(other == answer, "\(name)") }
      #expect(answer.error?.alert == .badRecordMAC)
      #expect(answer.error?.reason == .badRecordMAC(sequenceNumber: 1))
      #expect(WireRecord.split(answer.wire).map(\.type) == [21])
    }
  }
}
