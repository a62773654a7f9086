import TLSCrypto
import Testing

@testable import TLSEngine

/// NPN (draft-agl-tls-nextprotoneg-04): the server names its protocols, and the client says under
/// protection which it speaks.
@Suite("Next protocol negotiation")
struct NextProtocolTests {
  private func loopback(
    client: (next: [String], alpn: [String]), server: (next: [String], alpn: [String])
  ) throws -> Loopback {
    try Loopback(
      try TestIdentities.client {
        $0.nextProtocols = client.next
        $0.applicationProtocols = client.alpn
      },
      try TestIdentities.serverConfiguration {
        $0.nextProtocols = server.next
        $0.applicationProtocols = server.alpn
      })
  }

  /// Checks what both sides agree on.
  private func expect(
    _ name: String?, byNPN: Bool, _ client: (next: [String], alpn: [String]),
    _ server: (next: [String], alpn: [String]), sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var loopback = try loopback(client: client, server: server)
    try loopback.exchange()
    let (ours, theirs) = (loopback.client.summary, loopback.server.summary)
    for summary in [ours, theirs] {
      #expect(summary?.applicationProtocol == name, sourceLocation: sourceLocation)
      #expect(summary?.usesNextProtocolNegotiation == byNPN, sourceLocation: sourceLocation)
    }
    try loopback.expectDataBothWays(sourceLocation: sourceLocation)
  }

  @Test("The server's order decides among what both speak")
  func order() throws {
    try expect("b", byNPN: true, (["a", "b"], []), (["c", "b", "a"], []))
    try expect("a", byNPN: true, (["a", "b"], []), (["a", "b"], []))
  }

  @Test("Where nothing is shared the client speaks its own favourite")
  func fallback() throws {
    try expect("x", byNPN: true, (["x", "y"], []), (["a", "b"], []))
  }

  @Test("Off on either side, nothing is negotiated")
  func off() throws {
    try expect(nil, byNPN: false, ([], []), (["a"], []))
    try expect(nil, byNPN: false, (["a"], []), ([], []))
  }

  @Test("ALPN wins where both can decide, and NPN decides where ALPN cannot")
  func withALPN() throws {
    try expect("h2", byNPN: false, (["a"], ["h2"]), (["a"], ["h2"]))
    try expect("a", byNPN: true, (["a"], ["h2"]), (["a"], []))
    try expect("a", byNPN: true, (["a"], []), (["a"], ["h2"]))
    // No protocol in common by ALPN ends the handshake (RFC 7301 section 3.2), NPN or not.
    var loopback = try loopback(client: (["a"], ["h2"]), server: (["a"], ["h3"]))
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .noApplicationProtocol)
  }

  @Test("The summary says how it was negotiated")
  func description() throws {
    var loopback = try loopback(client: (["a"], []), server: (["a"], []))
    try loopback.exchange()
    #expect(loopback.client.summary?.description.contains(", NPN a, ") == true)
  }

  // MARK: The wire

  /// A server that speaks `a`, and a client driven by hand that has had its first flight.
  private func connecting(
    offering protocols: [String] = ["a"],
    _ body: (inout ServerConnection, inout HandDrivenClient) throws -> Void
  ) throws {
    var peer = try HandDrivenClient { $0.nextProtocols = ["a"] }
    var server = try TestIdentities.server { $0.nextProtocols = protocols }
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    try body(&server, &peer)
  }

  /// The message, as the draft has it.
  private func message(_ name: [UInt8]) -> [UInt8] {
    let padding = 32 - (name.count + 2) % 32
    return (name.vector(1) + [UInt8](repeating: 0, count: padding).vector(1)).message(67)
  }

  @Test("The hellos say so with an empty body, and with the names one after the other")
  func hellos() throws {
    var peer = try HandDrivenClient { $0.nextProtocols = ["h2", "http/1.1"] }
    #expect(peer.hello.body(of: WireHello.nextProtocolNegotiation) == [])
    var server = try TestIdentities.server { $0.nextProtocols = ["spdy/3", "a"] }
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    #expect(
      try peer.serverHello().body(of: WireHello.nextProtocolNegotiation)
        == [UInt8]("spdy/3".utf8).vector(1) + [1, 0x61])
  }

  @Test(
    "The client's message is filled up to a multiple of 32 bytes, with zeros",
    arguments: [
      1, 2, 28, 29, 30, 31, 32, 61, 62, 63, 94, 255,
    ])
  func padding(count: Int) throws {
    let name = String(repeating: "n", count: count)
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.nextProtocols = [name] })
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.set(WireHello.nextProtocolNegotiation, [1, 0x61])
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    #expect(peer.protectedMessages.map { $0[0] } == [67, 20])
    let bytes = [UInt8](name.utf8)
    #expect(peer.protectedMessages.first == message(bytes))
    #expect((peer.protectedMessages.first ?? []).count % 32 == 4)
    let events = try client.receive(try peer.secondFlight())
    #expect(events.first?.summary?.applicationProtocol == name)
  }

  @Test("A server that names nothing leaves the client its favourite")
  func emptyAnswer() throws {
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.nextProtocols = ["x", "y"] })
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.set(WireHello.nextProtocolNegotiation, [])
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    #expect(peer.protectedMessages.first == message([0x78]))
  }

  @Test("The server takes any name, and padding of any kind")
  func names() throws {
    let cases: [(body: [UInt8], name: String?)] = [
      (Array(message([0x61]).dropFirst(4)), "a"), (Array(message([0x7a]).dropFirst(4)), "z"),
      ([1, 0x61, 0], "a"), ([1, 0x61, 2, 7, 7], "a"), ([2, 0, 1, 0], "0x 0 1"), ([0, 0], nil),
    ]
    for (body, name) in cases {
      try connecting { server, peer in
        #expect(try server.receive(try peer.secondFlight(body.message(67))).isEmpty)
        let finished = try peer.finished()
        let events = try server.receive(try peer.send(finished))
        let summary = try #require(events.first?.summary)
        #expect(summary.applicationProtocol == name)
        #expect(summary.usesNextProtocolNegotiation)
        try peer.finish(server.takeOutgoing())
      }
    }
  }

  @Test("A malformed message is decode_error")
  func malformed() throws {
    let cases: [(body: [UInt8], sentence: String)] = [
      ([], "selected_protocol needs 1 bytes where only 0 are left"),
      ([2, 1], "selected_protocol needs 2 bytes where only 1 are left"),
      ([1, 0x61], "padding needs 1 bytes where only 0 are left"),
      ([1, 0x61, 3, 0], "padding needs 3 bytes where only 1 are left"),
      ([1, 0x61, 1, 0, 0], "the message is followed by 1 bytes"),
    ]
    for (body, sentence) in cases {
      try connecting { server, peer in
        expectRefused(
          &server, receiving: try peer.secondFlight(body.message(67)), with: .decodeError,
          saying: sentence)
      }
    }
  }

  @Test("The message is part of what Finished covers")
  func covered() throws {
    try connecting { server, peer in
      let other = try peer.finished()
      _ = try server.receive(try peer.secondFlight(message([0x61])))
      expectRefused(
        &server, receiving: try peer.record(.handshake, other), with: .decryptError,
        saying: "the peer's Finished does not match")
    }
  }

  @Test("Left out, the message is missed: Finished is unexpected_message")
  func missing() throws {
    try connecting { server, peer in
      expectRefused(
        &server, receiving: try peer.secondFlight(), with: .unexpectedMessage,
        saying: "Finished came where NextProtocol was expected (while expecting NextProtocol, in "
          + "Finished)")
    }
  }

  @Test("In the clear, before ChangeCipherSpec, it is unexpected_message")
  func inTheClear() throws {
    try connecting { server, peer in
      let exchange = WireRecord.split(peer.keyExchange).prefix { $0.type == 22 }
      _ = try server.receive(exchange.flatMap(\.bytes))
      expectRefused(
        &server, receiving: WireRecord.handshake(message([0x61])).bytes, with: .unexpectedMessage,
        saying: "NextProtocol came where ChangeCipherSpec was expected")
    }
    // Even before ClientKeyExchange.
    try connecting { server, _ in
      expectRefused(
        &server, receiving: WireRecord.handshake(message([0x61])).bytes, with: .unexpectedMessage,
        saying: "NextProtocol came where ClientKeyExchange was expected")
    }
  }

  @Test("Twice, it is unexpected_message")
  func twice() throws {
    try connecting { server, peer in
      _ = try server.receive(try peer.secondFlight(message([0x61])))
      expectRefused(
        &server, receiving: try peer.send(message([0x61])), with: .unexpectedMessage,
        saying: "NextProtocol came where Finished was expected")
    }
  }

  @Test("Where it was not negotiated, it is unexpected_message")
  func notNegotiated() throws {
    try connecting(offering: []) { server, peer in
      expectRefused(
        &server, receiving: try peer.secondFlight(message([0x61])), with: .unexpectedMessage,
        saying: "NextProtocol came where Finished was expected")
    }
  }

  @Test("After Finished it is unexpected_message")
  func afterFinished() throws {
    try connecting { server, peer in
      _ = try server.receive(try peer.secondFlight(message([0x61])))
      let finished = try peer.finished()
      _ = try server.receive(try peer.send(finished))
      let again = try peer.send(message([0x61]))
      let error = #expect(throws: TLSError.self) { _ = try server.receive(again) }
      #expect(error?.alert == .unexpectedMessage)
      #expect(
        error?.description.hasPrefix("NextProtocol came where application data was expected")
          == true)
    }
  }

  @Test("To a client it is unexpected_message, in the clear and protected")
  func fromServer() throws {
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.nextProtocols = ["a"] })
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.set(WireHello.nextProtocolNegotiation, [1, 0x61])
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let flight = try peer.secondFlight(message([0x61]))
    let error = #expect(throws: TLSError.self) { _ = try client.receive(flight) }
    #expect(error?.alert == .unexpectedMessage)
    try expectClientRefuses(
      with: .unexpectedMessage,
      saying: "NextProtocol came where CertificateRequest or ServerHelloDone was expected"
    ) { $0.beforeDone = [message([0x61])] }
  }

  // MARK: The extension

  @Test("A server that answers both ALPN and NPN is illegal_parameter")
  func both() throws {
    try expectClientRefuses(
      with: .illegalParameter,
      saying: "the server answered application_layer_protocol_negotiation and "
        + "next_protocol_negotiation, and only one can decide",
      offering: try TestIdentities.client {
        $0.nextProtocols = ["a"]
        $0.applicationProtocols = ["a"]
      }
    ) {
      $0.hello.set(WireHello.nextProtocolNegotiation, [1, 0x61])
      $0.hello.set(WireHello.applicationProtocols, [0, 2, 1, 0x61])
    }
  }

  @Test("An answer that is malformed, or was not asked for, is refused")
  func malformedAnswer() throws {
    let offering = try TestIdentities.client { $0.nextProtocols = ["a"] }
    let cases: [(body: [UInt8], sentence: String)] = [
      ([0], "protocol is 0 bytes long, and must be 1 to 255"),
      ([2, 0x61], "protocol needs 2 bytes where only 1 are left"),
      (
        Array(repeating: [1, 0x61], count: 129).flatMap { $0 },
        "next_protocol_negotiation names more than 128 protocols"
      ),
    ]
    for (body, sentence) in cases {
      try expectClientRefuses(with: .decodeError, saying: sentence, offering: offering) {
        $0.hello.set(WireHello.nextProtocolNegotiation, body)
      }
    }
    try expectClientRefuses(
      with: .unsupportedExtension,
      saying: "the server answered next_protocol_negotiation, which was not offered"
    ) { $0.hello.set(WireHello.nextProtocolNegotiation, [1, 0x61]) }
  }

  @Test("An offer that is not empty is decode_error")
  func malformedOffer() throws {
    try expectServerRefuses(
      with: .decodeError, saying: "the extension is followed by 1 bytes"
    ) { $0.set(WireHello.nextProtocolNegotiation, [0]) }
  }
}
