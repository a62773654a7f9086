import TLSCrypto
import Testing

@testable import TLSEngine

/// Messages that this handshake has no use for, in every state: unexpected_message.
@Suite("Messages that nobody asked for")
struct StrangeMessageTests {
  /// NewSessionTicket (RFC 5077) and CertificateStatus (RFC 6066), for which a server must have said
  /// in its hello that they come; CertificateVerify, which only a client sends; and a type that is
  /// none.
  private static let strangers: [(message: [UInt8], name: String)] = [
    (
      ([0, 0, 0x0e, 0x10] + [UInt8](repeating: 1, count: 32).vector(2)).message(4),
      "NewSessionTicket"
    ),
    (([1] + [UInt8]([0x30, 0x00]).vector(3)).message(22), "CertificateStatus"),
    (([8, 7] + [UInt8](repeating: 1, count: 64).vector(2)).message(15), "CertificateVerify"),
    ([UInt8]().message(99), "handshake message of type 99"),
  ]

  @Test("A client refuses them before and after every message of the server's first flight")
  func clientStates() throws {
    let expected = [
      "ServerHello", "Certificate", "ServerKeyExchange", "CertificateRequest or ServerHelloDone",
      "ServerHelloDone",
    ]
    for (stranger, name) in Self.strangers {
      for (position, expected) in expected.enumerated() {
        var client = try TestIdentities.startedClient()
        var peer = try HandDrivenServer(answering: &client)
        peer.flight.beforeDone = [WireRecord.certificateRequest]
        let before = try peer.messages().prefix(position).flatMap { $0 }
        expectRefused(
          &client, receiving: WireRecord.handshake(before + stranger).bytes,
          with: .unexpectedMessage, saying: "\(name) came where \(expected) was expected")
      }
    }
  }

  private func expectRefusedProtected(
    _ client: inout ClientConnection, _ peer: inout HandDrivenServer, receiving bytes: [UInt8],
    saying sentence: String
  ) throws {
    let error = #expect(throws: TLSError.self) { _ = try client.receive(bytes) }
    #expect(error?.alert == .unexpectedMessage)
    #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
    let alert = try #require(WireRecord.split(client.takeOutgoing()).first)
    #expect(try peer.keys?.client.opened(alert) == [2, 10])
  }

  @Test("A client refuses them in the clear instead of ChangeCipherSpec, and when connected")
  func clientAfterItsFlight() throws {
    for (stranger, name) in Self.strangers {
      try withAnsweringClient { client, peer in
        try expectRefusedProtected(
          &client, &peer, receiving: WireRecord.handshake(stranger).bytes,
          saying: "\(name) came where ChangeCipherSpec was expected")
      }
      try withAnsweringClient { client, peer in
        _ = try client.receive(try peer.secondFlight())
        #expect(client.summary != nil)
        try expectRefusedProtected(
          &client, &peer, receiving: try peer.record(.handshake, stranger),
          saying: "\(name) came where application data was expected (while connected)")
      }
    }
  }

  @Test(
    "What lies behind ServerHelloDone, be it half a message, is refused before anything is asked")
  func behindTheFlight() throws {
    let configuration = try TestIdentities.client { $0.verification = .ask }
    for stranger in [Self.strangers[0].0, [20, 0, 0], [20]] {
      var client = try TestIdentities.startedClient(configuration)
      let peer = try HandDrivenServer(answering: &client)
      let messages = try peer.messages().flatMap { $0 }
      let error = #expect(throws: TLSError.self) {
        _ = try client.receive(WireRecord.handshake(messages + stranger).bytes)
      }
      #expect(
        error?.reason
          == .unexpectedMessage(
            received: "more of the handshake", expected: "nothing behind ServerHelloDone"))
      #expect(client.pendingQuestion == nil)
      #expect(client.summary == nil)
    }
  }

  @Test("What lies behind a ClientHello, or behind a Finished, is refused as well")
  func behindOneMessageFlights() throws {
    for stranger in [Self.strangers[0].0, [20]] {
      var server = try TestIdentities.server()
      let hello = try HandDrivenClient().hello.message
      let error = #expect(throws: TLSError.self) {
        _ = try server.receive(WireRecord.handshake(hello + stranger).bytes)
      }
      #expect(
        error?.reason
          == .unexpectedMessage(
            received: "more of the handshake", expected: "nothing behind ClientHello"))
      try withAnsweringClient { client, peer in
        let finished = try peer.finished()
        try expectRefusedProtected(
          &client, &peer, receiving: try peer.secondFlight(finished + stranger),
          saying: "more of the handshake came where nothing behind Finished was expected")
        #expect(client.summary == nil)
      }
    }
  }

  @Test("What comes in a record of its own while a question is open waits, and is refused then")
  func behindAQuestion() throws {
    let configuration = try TestIdentities.client { $0.verification = .ask }
    var client = try TestIdentities.startedClient(configuration)
    let peer = try HandDrivenServer(answering: &client)
    let (stranger, name) = Self.strangers[0]
    let messages = try peer.messages().flatMap { $0 }
    let records = WireRecord.handshake(messages).bytes + WireRecord.handshake(stranger).bytes
    #expect(try client.receive(records).first?.question != nil)
    let error = #expect(throws: TLSError.self) { _ = try client.answer(.chainIsGood) }
    #expect(error?.alert == .unexpectedMessage)
    #expect(
      error?.description.hasPrefix("\(name) came where ChangeCipherSpec was expected") == true)
    #expect(client.summary == nil)
  }

  @Test("A server refuses them in every state")
  func serverStates() throws {
    for (stranger, name) in Self.strangers {
      let record = WireRecord.handshake(stranger).bytes
      var server = try TestIdentities.server()
      expectRefused(
        &server, receiving: record, with: .unexpectedMessage,
        saying: "\(name) came where ClientHello was expected")
      var peer = try HandDrivenClient()
      server = try TestIdentities.server()
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      expectRefused(
        &server, receiving: record, with: .unexpectedMessage,
        saying: "\(name) came where ClientKeyExchange was expected")
      peer = try HandDrivenClient()
      server = try TestIdentities.server()
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      let keyExchange = WireRecord.split(peer.keyExchange).first?.bytes ?? []
      #expect(try server.receive(keyExchange).isEmpty)
      expectRefused(
        &server, receiving: record, with: .unexpectedMessage,
        saying: "\(name) came where ChangeCipherSpec was expected")
    }
  }

  @Test("A server that is connected refuses them, protected as they are")
  func serverConnected() throws {
    for (stranger, name) in Self.strangers {
      var peer = try HandDrivenClient()
      var server = try TestIdentities.server()
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      _ = try server.receive(try peer.secondFlight())
      try peer.finish(server.takeOutgoing())
      let error = #expect(throws: TLSError.self) {
        _ = try server.receive(try peer.record(.handshake, stranger))
      }
      #expect(
        error?.reason
          == .unexpectedMessage(received: name, expected: "application data"))
      let alert = try #require(WireRecord.split(server.takeOutgoing()).first)
      #expect(try peer.keys?.server.opened(alert) == [2, 10])
    }
  }

  @Test("A client ignores HelloRequests in every state of the handshake (RFC 5246 7.4.1.1)")
  func helloRequests() throws {
    let request = [UInt8]().message(0)
    var client = try TestIdentities.startedClient(
      try TestIdentities.client { $0.limits.renegotiationRequests = 100 })
    var peer = try HandDrivenServer(answering: &client)
    let messages = WireRecord.messages(WireRecord.split(try peer.firstFlight()))
    for message in messages {
      #expect(try client.receive(WireRecord.handshake(request, message).bytes).isEmpty)
    }
    try peer.receive(client.takeOutgoing())
    #expect(try client.receive(WireRecord.handshake(request).bytes).isEmpty)
    let flight = try peer.finished()
    #expect(try client.receive(WireRecord.changeCipherSpec.bytes).isEmpty)
    #expect(try client.receive(try peer.record(.handshake, request)).isEmpty)
    #expect(try client.receive(try peer.record(.handshake, flight)).first?.summary != nil)
  }

  @Test("A client that has not started refuses whoever speaks first")
  func beforeStart() throws {
    for (stranger, name) in Self.strangers {
      var client = try ClientConnection(
        to: "example.com", configuration: try TestIdentities.clientConfiguration())
      expectRefused(
        &client, receiving: WireRecord.handshake(stranger).bytes, with: .unexpectedMessage,
        saying: "\(name) came where nothing was expected (while not started, in \(name))")
    }
  }

  @Test("A HelloRequest with content is decode_error")
  func malformedHelloRequest() throws {
    var client = try TestIdentities.startedClient()
    _ = client.takeOutgoing()
    expectRefused(
      &client, receiving: WireRecord.handshake([UInt8]([1]).message(0)).bytes,
      with: .decodeError, saying: "the message is followed by 1 bytes that belong to nothing")
  }

  @Test(
    "ChangeCipherSpec is the one byte 1, and anything else is decode_error",
    arguments: [[], [0], [2], [1, 1]] as [[UInt8]])
  func malformedChangeCipherSpec(body: [UInt8]) throws {
    try withAnsweringClient { client, peer in
      let error = #expect(throws: TLSError.self) {
        _ = try client.receive(WireRecord(type: 20, body: body).bytes)
      }
      #expect(error?.alert == .decodeError)
      #expect(
        error?.description.hasPrefix("ChangeCipherSpec is not the one byte 1") == true)
    }
  }

  @Test("A ChangeCipherSpec on a connection that is complete is unexpected_message")
  func lateChangeCipherSpec() throws {
    try withAnsweringClient { client, peer in
      _ = try client.receive(try peer.secondFlight())
      try expectRefusedProtected(
        &client, &peer, receiving: try peer.record(.changeCipherSpec, [1]),
        saying: "ChangeCipherSpec came where application data was expected (while connected)")
    }
  }
}
