import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// A man in the middle who replays, reorders, drops, reflects or relabels records (RFC 5246 section
  /// 6.2.3: the sequence number and the header are authenticated), and Heartbleed (2014,
  /// CVE-2014-0160), whose records of type 24 do not exist here.
  @Suite("Forged records: replayed, reordered, dropped, reflected and relabelled")
  struct RecordForgeryTests {
    private static let suites: [CipherSuite] = [
      .ecdheECDSAWithAES128GCMSHA256, .ecdheECDSAWithChaCha20Poly1305SHA256,
      .ecdheECDSAWithAES128CCM, .ecdheECDSAWithAES128CBCSHA256,
    ]

    private func connected(_ suite: CipherSuite) throws -> Loopback {
      try Loopback.connected(
        { $0.cipherSuites = [suite] },
        as: [try TestIdentities.identity(.p256)], serverSuites: [suite])
    }

    /// Three records of the client's.
    private func three(_ loopback: inout Loopback) throws -> [[UInt8]] {
      try ([1, 2, 3] as [UInt8]).map { number in
        try loopback.client.send([number])
        return loopback.client.takeOutgoing()
      }
    }

    private func expectBadMAC(
      _ record: [UInt8], as number: UInt64, _ loopback: inout Loopback,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let error = #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
        _ = try loopback.server.receive(record)
      }
      #expect(
        error?.reason == .badRecordMAC(sequenceNumber: number), sourceLocation: sourceLocation)
      #expect(error?.alert == .badRecordMAC, sourceLocation: sourceLocation)
    }

    @Test("A record that comes twice is bad_record_mac", arguments: suites)
    func replayed(suite: CipherSuite) throws {
      for earlier in [true, false] {
        var loopback = try connected(suite)
        let records = try three(&loopback)
        #expect(try loopback.server.receive(records[0]).flatMap(\.data) == [1])
        #expect(try loopback.server.receive(records[1]).flatMap(\.data) == [2])
        expectBadMAC(records[earlier ? 0 : 1], as: 3, &loopback)
      }
    }

    @Test(
      "A record before its turn, or after one that was dropped, is bad_record_mac",
      arguments: suites)
    func outOfTurn(suite: CipherSuite) throws {
      for index in [1, 2] {
        var loopback = try connected(suite)
        expectBadMAC(try three(&loopback)[index], as: 1, &loopback)
      }
    }

    @Test("A side's own record, sent back to it, is bad_record_mac", arguments: suites)
    func reflected(suite: CipherSuite) throws {
      var loopback = try connected(suite)
      let record = try three(&loopback)[0]
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.receive(record) }
      #expect(error?.alert == .badRecordMAC)
    }

    @Test(
      "A record of another connection between the same two is bad_record_mac",
      arguments: suites)
    func transplanted(suite: CipherSuite) throws {
      var loopback = try connected(suite)
      var other = try connected(suite)
      expectBadMAC(try three(&other)[0], as: 1, &loopback)
    }

    @Test(
      "Data that is relabelled as an alert or a handshake is bad_record_mac",
      arguments: suites)
    func relabelled(suite: CipherSuite) throws {
      for type: UInt8 in [20, 21, 22] {
        var loopback = try connected(suite)
        var record = try three(&loopback)[0]
        record[0] = type
        expectBadMAC(record, as: 1, &loopback)
      }
    }

    @Test("A record that is not protected is bad_record_mac once records are", arguments: suites)
    func plaintext(suite: CipherSuite) throws {
      for plain in [WireRecord(type: 23, body: Array("evil".utf8)), .alert(1, 0), .alert(2, 40)] {
        var loopback = try connected(suite)
        expectBadMAC(plain.bytes, as: 1, &loopback)
      }
    }

    @Test("A heartbeat is no record, before the handshake, in it and after it")
    func heartbeat() throws {
      // A request for 64 KiB that brings a byte.
      let heartbeat = WireRecord(type: 24, body: [1, 0xff, 0xff, 0x61]).bytes
      let sentence = "a record of the unknown type 24 came where a TLS record was expected"
      var server = try TestIdentities.server()
      expectRefused(
        &server, receiving: heartbeat, with: .unexpectedMessage, saying: sentence)
      var client = try TestIdentities.startedClient()
      _ = client.takeOutgoing()
      expectRefused(
        &client, receiving: heartbeat, with: .unexpectedMessage, saying: sentence)
      var loopback = try Loopback.connected()
      let error = #expect(throws: TLSError.self) { _ = try loopback.server.receive(heartbeat) }
      #expect(error?.alert == .unexpectedMessage)
      let answer = WireRecord.split(loopback.server.takeOutgoing())
      #expect(answer.map(\.type) == [21])
      // And nobody offers the extension (15, RFC 6520).
      #expect(try loopback.clientHello().body(of: 15) == nil)
    }
  }
}
