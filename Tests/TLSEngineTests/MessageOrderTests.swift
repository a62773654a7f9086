import TLSCrypto
import TLSEngine
import Testing

/// Messages out of order, missing, doubled or early: each is refused with unexpected_message, by
/// construction, since a state accepts only what it lists.
@Suite("Order of messages")
struct MessageOrderTests {
  private struct Flights {
    /// ClientHello.
    var hello: [UInt8]
    /// ServerHello, Certificate, ServerKeyExchange, ServerHelloDone.
    var server: [[UInt8]]
    /// ClientKeyExchange.
    var clientKeyExchange: [UInt8]
  }

  /// A fixed client and server: the same every time, so that pieces of one handshake fit another.
  private func loopback() throws -> Loopback {
    var client = try TestIdentities.clientConfiguration()
    client.randomness = DeterministicRandomSource(seed: [1])
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
    server.randomness = DeterministicRandomSource(seed: [2])
    return try Loopback(client, server)
  }

  private func flights() throws -> Flights {
    var loopback = try loopback()
    try loopback.exchange()
    let client = WireRecord.split(loopback.sentByClient)
    let server = WireRecord.split(loopback.sentByServer)
    let clientMessages = WireRecord.messages(Array(client.prefix { $0.type == 22 }))
    return Flights(
      hello: try #require(clientMessages.first),
      server: WireRecord.messages(Array(server.prefix { $0.type == 22 })),
      clientKeyExchange: try #require(clientMessages.last))
  }

  private func expectRefused(
    _ records: [WireRecord], byClient: Bool, _ comment: Comment
  ) throws {
    var loopback = try loopback()
    if byClient { _ = loopback.client.takeOutgoing() }
    var failure: TLSError?
    for record in records {
      do {
        let events =
          byClient
          ? try loopback.client.receive(record.bytes) : try loopback.server.receive(record.bytes)
        #expect(events.isEmpty, comment)
      } catch {
        failure = error
        break
      }
    }
    #expect(failure?.alert == .unexpectedMessage, comment)
    let outgoing =
      byClient ? loopback.client.takeOutgoing() : loopback.server.takeOutgoing()
    let alert = WireRecord.split(outgoing).last
    #expect(alert?.type == 21, comment)
    // After our ChangeCipherSpec it is encrypted, and only its length can be seen.
    #expect(alert?.body == [2, 10] || alert?.body.count == 2 + 8 + 16, comment)
  }

  @Test("A client refuses every message that is not the next one")
  func clientOrder() throws {
    let flights = try flights()
    #expect(flights.server.map { $0[0] } == [2, 11, 12, 14])
    let strangers =
      flights.server + [
        flights.hello, flights.clientKeyExchange,
        [20, 0, 0, 12] + [UInt8](repeating: 0, count: 12),
      ]
    for (position, _) in flights.server.enumerated() {
      let before = flights.server.prefix(position).map { WireRecord.handshake($0) }
      for stranger in strangers where stranger != flights.server[position] {
        try expectRefused(
          before + [.handshake(stranger)], byClient: true,
          "type \(stranger[0]) after \(position) messages")
      }
      try expectRefused(
        before + [.changeCipherSpec], byClient: true,
        "ChangeCipherSpec after \(position) messages")
      try expectRefused(
        before + [WireRecord(type: 23, body: [1, 2, 3])], byClient: true,
        "ApplicationData after \(position) messages")
    }
    // After the whole flight only ChangeCipherSpec may come: never Finished in the clear.
    let all = flights.server.map { WireRecord.handshake($0) }
    for stranger in strangers {
      try expectRefused(
        all + [.handshake(stranger)], byClient: true, "type \(stranger[0]) after the flight")
    }
  }

  @Test("A server refuses every message that is not the next one")
  func serverOrder() throws {
    let flights = try flights()
    let strangers =
      flights.server + [
        flights.clientKeyExchange, [20, 0, 0, 12] + [UInt8](repeating: 0, count: 12),
      ]
    for stranger in strangers {
      try expectRefused([.handshake(stranger)], byClient: false, "type \(stranger[0]) first")
    }
    try expectRefused([.changeCipherSpec], byClient: false, "ChangeCipherSpec first")
    let hello = WireRecord.handshake(flights.hello)
    for stranger in strangers + [flights.hello] where stranger != flights.clientKeyExchange {
      try expectRefused(
        [hello, .handshake(stranger)], byClient: false, "type \(stranger[0]) after ClientHello")
    }
    // The early ChangeCipherSpec of CVE-2014-0224.
    try expectRefused(
      [hello, .changeCipherSpec], byClient: false, "ChangeCipherSpec after ClientHello")
    let exchange = WireRecord.handshake(flights.clientKeyExchange)
    for stranger in strangers + [flights.hello] {
      try expectRefused(
        [hello, exchange, .handshake(stranger)], byClient: false,
        "type \(stranger[0]) after ClientKeyExchange")
    }
    try expectRefused(
      [hello, exchange, WireRecord(type: 23, body: [1])], byClient: false,
      "ApplicationData after ClientKeyExchange")
  }

  @Test("HelloRequests during the handshake are ignored and are not part of it")
  func helloRequests() throws {
    var loopback = try loopback()
    _ = try loopback.client.receive(WireRecord.handshake([0, 0, 0, 0]).bytes)
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
  }

  @Test("The error says what came, what was expected, and where")
  func sentence() throws {
    var loopback = try loopback()
    _ = loopback.client.takeOutgoing()
    let error = #expect(throws: TLSError.self) {
      _ = try loopback.client.receive(WireRecord.handshake([14, 0, 0, 0]).bytes)
    }
    #expect(
      error?.description
        == "ServerHelloDone came where ServerHello was expected "
        + "(while expecting ServerHello, in ServerHelloDone); alert sent: unexpected_message")
    let again = #expect(throws: TLSError.self) { _ = try loopback.client.receive([]) }
    #expect(again == error)
    #expect(throws: TLSError.self) { try loopback.client.send([1]) }
  }
}
