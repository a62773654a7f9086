import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Records that cost the peer nothing and say nothing: empty ones (CVE-2016-6305), warnings ("SSL Death Alert" 2016, CVE-2016-8610), noise after the handshake,
  /// and data for somebody who is waiting for an answer.
  @Suite("Floods of records: each has a bound, and an alert behind it")
  struct RecordFloodTests {
    @Test("Empty records are allowed, but only so many in a row")
    func emptyRecords() throws {
      var loopback = try Loopback.connected()
      var peer = try ProtectedPeer.takingOver(loopback)
      for _ in 0..<2 {
        for _ in 0..<32 {
          #expect(try loopback.server.receive(peer.record(.applicationData, [])).isEmpty)
        }
        #expect(
          try loopback.server.receive(peer.record(.applicationData, [1])).flatMap(\.data) == [1])
      }
      for _ in 0..<32 { _ = try loopback.server.receive(peer.record(.applicationData, [])) }
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.server.receive(peer.record(.applicationData, []))
      }
      #expect(error?.alert == .unexpectedMessage)
      #expect(error?.reason == .limitExceeded(what: "only empty records", limit: 32))
    }

    @Test("Empty records of any other type are refused at once, before the handshake and after it")
    func otherEmptyRecords() throws {
      for type: UInt8 in [20, 21, 22] {
        var server = try TestIdentities.server()
        let error = #expect(throws: TLSError.self) {
          _ = try server.receive(WireRecord(type: type, body: []).bytes)
        }
        #expect(error?.alert == .decodeError, "type \(type)")
        var loopback = try Loopback.connected()
        var peer = try ProtectedPeer.takingOver(loopback)
        let record = try peer.record(try #require(ContentType(rawValue: type)), [])
        let late = #expect(throws: TLSError.self) { _ = try loopback.server.receive(record) }
        #expect(late?.alert == .decodeError, "type \(type)")
      }
    }

    @Test("Warnings are passed over four times, before the handshake and after it")
    func warnings() throws {
      var server = try TestIdentities.server()
      let warning = WireRecord.alert(1, 90).bytes
      for _ in 0..<4 { #expect(try server.receive(warning).isEmpty) }
      expectRefused(
        &server, receiving: warning, with: .unexpectedMessage,
        saying: "the peer sent warning alerts (user_canceled); the limit is 4")
      var loopback = try Loopback.connected()
      var peer = try ProtectedPeer.takingOver(loopback)
      for _ in 0..<4 { #expect(try loopback.server.receive(peer.record(.alert, [1, 90])).isEmpty) }
      // An empty record between them starts no new count.
      #expect(try loopback.server.receive(peer.record(.applicationData, [])).isEmpty)
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.server.receive(peer.record(.alert, [1, 90]))
      }
      #expect(
        error?.reason == .limitExceeded(what: "warning alerts (user_canceled)", limit: 4))
    }

    @Test("The first record of noise after the handshake ends the connection, and is not kept")
    func noise() throws {
      for count in [0, 1, 100, 18_432] {
        var loopback = try Loopback.connected()
        let noise = WireRecord(type: 23, body: [UInt8](repeating: 0x5a, count: count)).bytes
        let error = #expect(throws: TLSError.self) { _ = try loopback.server.receive(noise) }
        #expect(error?.alert == .badRecordMAC)
        #expect(loopback.server.incoming.isEmpty)
        for _ in 0..<100 {
          #expect(throws: TLSError.self) { _ = try loopback.server.receive(noise) }
        }
        #expect(loopback.server.incoming.isEmpty)
        #expect(WireRecord.split(loopback.server.takeOutgoing()).count == 1)
      }
    }

    @Test("A header that promises too much is refused before what it promises comes")
    func longRecord() throws {
      var loopback = try Loopback.connected()
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.server.receive([23, 3, 3, 0xff, 0xff])
      }
      #expect(error?.alert == .recordOverflow)
    }

    @Test("What is kept while a question is open has a bound, in small pieces and in large")
    func whileWaiting() throws {
      for (piece, count) in [(40_000, 1), (16, 4_096)] {
        var configuration = ServerConfiguration()
        configuration.identitySelection = .ask
        var loopback = try Loopback(try TestIdentities.clientConfiguration(), configuration)
        try loopback.exchange()
        #expect(loopback.server.pendingQuestion != nil)
        let flood = [UInt8](repeating: 22, count: piece)
        for _ in 0..<count { #expect(try loopback.server.receive(flood).isEmpty) }
        #expect(loopback.server.incoming.count == piece * count)
        expectRefused(
          &loopback.server, receiving: flood, with: .unexpectedMessage,
          saying: "the peer sent more while it had to wait for an answer; the limit is 65536")
        #expect(loopback.server.pendingQuestion == nil)
      }
    }

    @Test("A peer that reads nothing cannot make more wait than the bound: sending says so")
    func unread() throws {
      let server = try TestIdentities.serverConfiguration { $0.limits.outgoingByteCount = 10_000 }
      var loopback = try Loopback(try TestIdentities.clientConfiguration(), server)
      try loopback.exchange()
      for _ in 0..<9 { try loopback.server.send([UInt8](repeating: 1, count: 1_000)) }
      let error = #expect(throws: TLSError.self) {
        try loopback.server.send([UInt8](repeating: 1, count: 1_000))
      }
      #expect(error?.isMisuse == true)
      // Nothing is lost, and the connection goes on.
      try loopback.exchange()
      #expect(loopback.receivedByClient.count == 9_000)
    }
  }
}
