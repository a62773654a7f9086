import TLSCrypto
import Testing

@testable import TLSEngine

/// Calls at the edge of what is allowed: what is out of place changes nothing, and closing early ends
/// the handshake for both.
@Suite("Closing early, and calls out of place")
struct MisuseTests {
  private func expectMisuse(
    _ error: TLSError?, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(error?.reason == .misuse(sentence), sourceLocation: sourceLocation)
    #expect(error?.alert == nil, sourceLocation: sourceLocation)
  }

  // MARK: Sending

  @Test("Sealing without room for what waits is a misuse, and what waits goes on waiting")
  func noRoomForWhatWaits() throws {
    var loopback = try Loopback.connected()
    try loopback.client.send([1])
    let text: [UInt8] = [2]
    let waiting = loopback.client.sealedByteCount(of: 0)
    var small = [UInt8](repeating: 0, count: waiting - 1)
    var output = small.mutableRawSpan
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.client.seal(text.rawSpan, into: &output)
    }
    expectMisuse(
      error, "\(waiting) bytes wait to be sent first, and the output has room for \(waiting - 1)")
    #expect(small == [UInt8](repeating: 0, count: waiting - 1))
    #expect(loopback.client.failure == nil)

    // With room for no more than what waits, that is written, and the rest another time.
    var exact = [UInt8](repeating: 0, count: waiting)
    output = exact.mutableRawSpan
    let sealed = try loopback.client.seal(text.rawSpan, into: &output)
    #expect(sealed == SealResult(consumed: 0, written: waiting))
    #expect(try loopback.server.receive(exact).flatMap(\.data) == [1])
    #expect(loopback.client.hasOutgoing == false)
  }

  @Test("No more waits to be sent than the limit allows, and nothing is lost by trying")
  func outgoingLimit() throws {
    // A hundred bytes of records: header, explicit nonce and tag take 29 of them.
    var loopback = try Loopback.connected { $0.limits.outgoingByteCount = 100 }
    let most = [UInt8](repeating: 7, count: 71)
    var error = #expect(throws: TLSError.self) { try loopback.client.send(most + [8]) }
    expectMisuse(
      error,
      "72 bytes make 101 bytes of records, and no more than 100 may wait to be sent; send them in "
        + "parts")
    try loopback.client.send(most)
    error = #expect(throws: TLSError.self) { try loopback.client.send([8]) }
    let waiting = loopback.client.sealedByteCount(of: 0)
    expectMisuse(
      error,
      "\(waiting) bytes wait to be sent already, and no more than 100 may; take them first")
    #expect(
      try loopback.server.receive(loopback.client.takeOutgoing()).flatMap(\.data) == most)
    try loopback.client.send([9])
    #expect(try loopback.server.receive(loopback.client.takeOutgoing()).flatMap(\.data) == [9])
  }

  @Test("Nothing sent is no record, and sending before the handshake is complete is a misuse")
  func sending() throws {
    var loopback = try Loopback.connected()
    try loopback.client.send([])
    #expect(loopback.client.hasOutgoing == false)
    var client = try TestIdentities.startedClient()
    let error = #expect(throws: TLSError.self) { try client.send([1]) }
    expectMisuse(error, "the handshake is not complete")
    #expect(client.failure == nil)
  }

  // MARK: Closing during the handshake

  private func expectClosed<Role>(
    _ connection: inout Connection<Role>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(connection.failure?.reason == .closedByCaller, sourceLocation: sourceLocation)
    #expect(connection.failure?.alert == nil, sourceLocation: sourceLocation)
    let error = #expect(throws: TLSError.self, sourceLocation: sourceLocation) {
      _ = try connection.receive([22])
    }
    #expect(error == connection.failure, sourceLocation: sourceLocation)
    connection.close()
    #expect(connection.pendingQuestion == nil, sourceLocation: sourceLocation)
    #expect(connection.summary == nil, sourceLocation: sourceLocation)
  }

  private static let closeNotify = WireRecord.alert(1, 0)

  @Test("A client that closes says close_notify behind its hello")
  func clientCloses() throws {
    var client = try TestIdentities.startedClient()
    client.close()
    expectClosed(&client)
    #expect(client.failure?.place?.state == "expecting ServerHello")
    let records = WireRecord.split(client.takeOutgoing())
    #expect(records.map(\.type) == [22, 21])
    #expect(records.last == Self.closeNotify)
  }

  @Test("A server hears what a client says before it has read the ServerHello")
  func alertBeforeServerHello() throws {
    // The client's alerts still go in records of TLS 1.0 then, as its hello did (RFC 5246 appendix
    // E.1), and the server has agreed on TLS 1.2 by itself.
    var client = try TestIdentities.startedClient()
    client.close()
    var server = try TestIdentities.server()
    let closed = #expect(throws: TLSError.self) {
      _ = try server.receive(client.takeOutgoing())
    }
    var refusing = try TestIdentities.startedClient()
    server = try TestIdentities.server()
    _ = try server.receive(refusing.takeOutgoing())
    var hello = try WireHello(ofStream: server.takeOutgoing())
    hello.compressionMethods = [1]
    #expect(throws: TLSError.self) {
      _ = try refusing.receive(WireRecord.handshake(hello.message).bytes)
    }
    let refused = #expect(throws: TLSError.self) {
      _ = try server.receive(refusing.takeOutgoing())
    }
    #expect(closed?.reason == .closedDuringHandshake)
    #expect(closed?.alert == nil)
    #expect(refused?.reason == .peerAlert(.illegalParameter))
    #expect(refused?.alert == nil)
  }

  @Test("A client that closes before it starts cannot start any more")
  func clientClosesFirst() throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    client.close()
    let error = #expect(throws: TLSError.self) { try client.start() }
    #expect(error?.reason == .closedByCaller)
    expectClosed(&client)
    #expect(WireRecord.split(client.takeOutgoing()) == [Self.closeNotify])
  }

  @Test("A server that closes says close_notify, before and after its first flight")
  func serverCloses() throws {
    var server = try TestIdentities.server()
    server.close()
    expectClosed(&server)
    #expect(WireRecord.split(server.takeOutgoing()) == [Self.closeNotify])

    var client = try TestIdentities.startedClient()
    server = try TestIdentities.server()
    _ = try server.receive(client.takeOutgoing())
    server.close()
    expectClosed(&server)
    let outgoing = server.takeOutgoing()
    #expect(WireRecord.split(outgoing).last == Self.closeNotify)
    let error = #expect(throws: TLSError.self) { _ = try client.receive(outgoing) }
    #expect(error?.reason == .closedDuringHandshake)
    #expect(error?.place?.state == "expecting ChangeCipherSpec")
  }

  @Test("A client that closes instead of judging the chain sends nothing but close_notify")
  func clientClosesAtQuestion() throws {
    var loopback = try Loopback(
      try TestIdentities.client { $0.verification = .ask },
      ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    try loopback.exchange()
    #expect(loopback.client.pendingQuestion != nil)
    loopback.client.close()
    expectClosed(&loopback.client)
    #expect(WireRecord.split(loopback.client.takeOutgoing()) == [Self.closeNotify])
  }

  @Test("After its ChangeCipherSpec a client's close_notify is protected")
  func clientClosesLate() throws {
    var client = try TestIdentities.startedClient()
    var peer = try HandDrivenServer(answering: &client)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    client.close()
    expectClosed(&client)
    let records = WireRecord.split(client.takeOutgoing())
    #expect(records.map(\.type) == [21])
    #expect(try records.first.flatMap { try peer.keys?.client.opened($0) } == [1, 0])
  }

  // MARK: After a failure

  @Test("After a fatal error every call says so again, and nothing more goes out")
  func afterFailure() throws {
    var loopback = try Loopback.connected()
    try loopback.server.send([1])
    var record = loopback.server.takeOutgoing()
    record[record.count - 1] ^= 1
    let failure = #expect(throws: TLSError.self) { _ = try loopback.client.receive(record) }
    #expect(failure?.alert == .badRecordMAC)
    #expect(WireRecord.split(loopback.client.takeOutgoing()).map(\.type) == [21])

    var room = [UInt8](repeating: 0, count: 100)
    var output = room.mutableRawSpan
    let text: [UInt8] = [1]
    let errors = [
      #expect(throws: TLSError.self) { try loopback.client.start() },
      #expect(throws: TLSError.self) { _ = try loopback.client.receive([]) },
      #expect(throws: TLSError.self) { _ = try loopback.client.open(&output) },
      #expect(throws: TLSError.self) { try loopback.client.send(text) },
      #expect(throws: TLSError.self) { _ = try loopback.client.seal(text.rawSpan, into: &output) },
      #expect(throws: TLSError.self) { _ = try loopback.client.answer(.chainIsGood) },
      #expect(throws: TLSError.self) { try loopback.client.receiveEndOfStream() },
    ]
    for error in errors { #expect(error == failure) }
    loopback.client.close()
    #expect(loopback.client.hasOutgoing == false)
    #expect(room == [UInt8](repeating: 0, count: 100))
  }
}
