import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Truncation (Wagner, Schneier 1996; Smyth, Pironti, "Truncating TLS Connections to Violate Beliefs in
  /// Web Applications", 2013; the Cookie Cutter of the triple handshake's authors, 2014): a man in the
  /// middle ends the transport, and the rest of a logout, a file or a cookie's attributes is never missed.
  @Suite("Connections cut off")
  struct TruncationTests {
    @Test("A clean end is told apart from a cut one")
    func truncation() throws {
      var loopback = try Loopback.connected()
      try loopback.server.send([UInt8]("half an ans".utf8))
      try loopback.exchange()
      #expect(loopback.receivedByClient == [UInt8]("half an ans".utf8))
      let error = #expect(throws: TLSError.self) { try loopback.client.receiveEndOfStream() }
      #expect(error?.reason == .truncated)
      #expect(error?.alert == nil)
      #expect(
        error?.description
          == "the connection ended without close_notify: data may be missing at its end "
          + "(while connected)")
    }

    @Test("An end in the middle of a record is a truncation too")
    func truncatedRecord() throws {
      var loopback = try Loopback.connected()
      try loopback.server.send([1, 2, 3])
      let record = loopback.server.takeOutgoing()
      #expect(try loopback.client.receive(Array(record.dropLast())).isEmpty)
      let error = #expect(throws: TLSError.self) { try loopback.client.receiveEndOfStream() }
      #expect(error?.reason == .truncated)
    }

    @Test("An end before the handshake is complete is said to be that")
    func endInHandshake() throws {
      var client = try ClientConnection(
        to: "example.com", configuration: try TestIdentities.clientConfiguration())
      try client.start()
      let error = #expect(throws: TLSError.self) { try client.receiveEndOfStream() }
      #expect(error?.reason == .closedDuringHandshake)
    }

    // MARK: At every byte

    private static let pieces: [[UInt8]] = [
      [UInt8]("Set-Cookie: SID=1".utf8), [UInt8]("23; sec".utf8), [UInt8]("ure".utf8),
    ]

    /// Three records and a close_notify, and where each record of data ends.
    private func stream<Role>(
      of sender: inout Connection<Role>
    ) throws -> (bytes: [UInt8], ends: [Int]) {
      var bytes: [UInt8] = []
      var ends: [Int] = []
      for piece in Self.pieces {
        try sender.send(piece)
        bytes += sender.takeOutgoing()
        ends.append(bytes.count)
      }
      sender.close()
      return (bytes + sender.takeOutgoing(), ends)
    }

    /// Gives a side the stream byte by byte, up to a cut.
    private func expectTruncated<Role>(
      _ receiver: inout Connection<Role>, receiving stream: (bytes: [UInt8], ends: [Int]),
      cutAt end: Int
    ) throws {
      var data: [UInt8] = []
      for (index, byte) in stream.bytes.prefix(end).enumerated() {
        data += try receiver.receive([byte]).flatMap(\.data)
        // Never a part of a record, whatever of it has come.
        let whole = stream.ends.count { $0 <= index + 1 }
        #expect(data == Self.pieces.prefix(whole).flatMap { $0 }, "after \(index + 1) bytes")
      }
      guard end < stream.bytes.count else { return try receiver.receiveEndOfStream() }
      let error = #expect(throws: TLSError.self, "cut at \(end)") {
        try receiver.receiveEndOfStream()
      }
      #expect(error?.reason == .truncated, "cut at \(end)")
    }

    /// Before, at and behind the end of each record, and of its header; and at the very end.
    private func cuts(_ stream: (bytes: [UInt8], ends: [Int])) -> Set<Int> {
      let ends = [0] + stream.ends
      return Set(ends.flatMap { [$0 - 1, $0, $0 + 1, $0 + 5, $0 + 6] }.filter { $0 >= 0 })
        .union([stream.bytes.count - 1, stream.bytes.count])
    }

    @Test("Data is given out by whole records, and each cut but the last is told from an end")
    func cutAnywhere() throws {
      var loopback = try Loopback.connected()
      let fromServer = try stream(of: &loopback.server)
      let fromClient = try stream(of: &loopback.client)
      for cut in cuts(fromServer) {
        loopback = try Loopback.connected()
        let stream = try stream(of: &loopback.server)
        try expectTruncated(&loopback.client, receiving: stream, cutAt: cut)
      }
      for cut in cuts(fromClient) {
        loopback = try Loopback.connected()
        let stream = try stream(of: &loopback.client)
        try expectTruncated(&loopback.server, receiving: stream, cutAt: cut)
      }
    }

    // MARK: Ends that nobody said

    @Test("A close_notify in the clear on a live connection is bad_record_mac")
    func forgedClose() throws {
      var loopback = try Loopback.connected()
      let forged = WireRecord.alert(1, 0).bytes
      let atClient = #expect(throws: TLSError.self) { _ = try loopback.client.receive(forged) }
      #expect(atClient?.alert == .badRecordMAC)
      let atServer = #expect(throws: TLSError.self) { _ = try loopback.server.receive(forged) }
      #expect(atServer?.alert == .badRecordMAC)
    }

    @Test("A close_notify that overtakes the last of the data is bad_record_mac")
    func earlyClose() throws {
      var loopback = try Loopback.connected()
      try loopback.server.send([1])
      let first = loopback.server.takeOutgoing()
      try loopback.server.send([2])
      _ = loopback.server.takeOutgoing()
      loopback.server.close()
      let close = loopback.server.takeOutgoing()
      #expect(try loopback.client.receive(first).flatMap(\.data) == [1])
      let error = #expect(throws: TLSError.self) { _ = try loopback.client.receive(close) }
      #expect(error?.alert == .badRecordMAC)
    }

    @Test("During the handshake neither an end nor a forged close_notify is an orderly one")
    func duringHandshake() throws {
      for kind in RecordedHandshake.Kind.allCases {
        let recorded = try RecordedHandshake(kind)
        for victim in RecordedHandshake.Victim.allCases {
          let script = recorded.script(for: victim)
          for position in 0...(try script.changeOfKeys()) {
            let outcome = try recorded.play(
              script.prefix(position) + [.alert(1, 0)], to: victim)
            #expect(outcome.failure?.reason == .closedDuringHandshake, "at \(position)")
            #expect(!outcome.isComplete)
          }
          for position in 0..<script.count {
            let outcome = try recorded.play(
              Array(script.prefix(position)), to: victim, thenEnds: true)
            #expect(outcome.failure?.reason == .closedDuringHandshake, "after \(position)")
          }
        }
      }
    }
  }
}
