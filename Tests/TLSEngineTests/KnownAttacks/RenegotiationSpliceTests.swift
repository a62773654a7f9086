import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Renegotiation splice (Ray, Rex 2009; CVE-2009-3555): an attacker began a connection, sent the
  /// beginning of a request, and had the victim's whole handshake forwarded as a renegotiation: the server
  /// took the victim's data for the end of what the attacker had begun. Here nothing is ever renegotiated: a
  /// request is refused with a warning so often, and then for good (RFC 5246 section 7.2.2).
  @Suite("Renegotiation")
  struct RenegotiationSpliceTests {
    private func connectedServer(
      limit: Int = 4,
      _ body: (inout ServerConnection, inout HandDrivenClient) throws -> Void
    ) throws {
      var peer = try HandDrivenClient()
      var server = try TestIdentities.server { $0.limits.renegotiationRequests = limit }
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      _ = try server.receive(try peer.secondFlight())
      try peer.finish(server.takeOutgoing())
      try body(&server, &peer)
    }

    /// Checks what the server says, once it is opened.
    private func expectSaid(
      _ server: inout ServerConnection, _ peer: inout HandDrivenClient, _ alerts: [[UInt8]],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      var said: [[UInt8]] = []
      for record in WireRecord.split(server.takeOutgoing()) {
        #expect(record.type == 21, sourceLocation: sourceLocation)
        said.append(try #require(try peer.keys?.server.opened(record)))
      }
      #expect(said == alerts, sourceLocation: sourceLocation)
    }

    @Test("A victim's handshake, forwarded inside an attacker's connection, stays outside of it")
    func splice() throws {
      try connectedServer { server, peer in
        let beginning = [UInt8]("GET /transfer?to=attacker HTTP/1.1\r\nX-Ignore: ".utf8)
        #expect(
          try server.receive(try peer.record(.applicationData, beginning)).flatMap(\.data)
            == beginning)
        var victim = try TestIdentities.startedClient()
        let hello = WireRecord.split(victim.takeOutgoing()).flatMap(\.body)
        #expect(try server.receive(try peer.record(.handshake, hello)).isEmpty)
        // No ServerHello: nothing that the attacker could forward to the victim.
        try expectSaid(&server, &peer, [[1, 100]])
        #expect(try victim.receive(WireRecord.alert(1, 100).bytes).isEmpty)
        #expect(victim.summary == nil)
      }
    }

    @Test(
      "In the clear, as it came from the victim, its hello is a forgery, whatever its version says")
    func spliceInTheClear() throws {
      var victim = try TestIdentities.startedClient()
      let stream = victim.takeOutgoing()
      let asAgreed = WireRecord.split(stream).flatMap { WireRecord.handshake($0.body).bytes }
      #expect(stream.prefix(3) == [22, 3, 1] && asAgreed.prefix(3) == [22, 3, 3])
      for (bytes, alert) in [(stream, .protocolVersion), (asAgreed, .badRecordMAC)]
        as [([UInt8], AlertDescription)]
      {
        try connectedServer { server, _ in
          let error = #expect(throws: TLSError.self) { _ = try server.receive(bytes) }
          #expect(error?.alert == alert)
        }
      }
    }

    @Test("A HelloRequest is answered with no_renegotiation, and in the end for good")
    func helloRequest() throws {
      try withAnsweringClient { client, peer in
        _ = try client.receive(try peer.secondFlight())
        let request = [UInt8]().message(0)
        for isLast in [false, false, false, false, true] {
          let record = try peer.record(.handshake, request)
          if isLast {
            let error = #expect(throws: TLSError.self) { _ = try client.receive(record) }
            #expect(error?.alert == .handshakeFailure)
          } else {
            #expect(try client.receive(record).isEmpty)
          }
          let said = WireRecord.split(client.takeOutgoing())
          #expect(said.map(\.type) == [21])
          let alert = try said.last.flatMap { try peer.keys?.client.opened($0) }
          #expect(alert == (isLast ? [2, 40] : [1, 100]))
        }
      }
    }

    @Test("A HelloRequest that says something is decode_error, during a handshake and after it")
    func helloRequestWithContent() throws {
      let request = [UInt8]([1]).message(0)
      var waiting = try TestIdentities.startedClient()
      _ = waiting.takeOutgoing()
      let early = #expect(throws: TLSError.self) {
        _ = try waiting.receive(WireRecord.handshake(request).bytes)
      }
      #expect(early?.alert == .decodeError)
      try withAnsweringClient { client, peer in
        _ = try client.receive(try peer.secondFlight())
        let error = #expect(throws: TLSError.self) {
          _ = try client.receive(try peer.record(.handshake, request))
        }
        #expect(error?.alert == .decodeError)
      }
    }

    @Test("A client's new ClientHello is refused with a warning, and in the end for good")
    func clientHello() throws {
      try connectedServer { server, peer in
        let hello = peer.hello.message
        for _ in 0..<4 {
          #expect(try server.receive(try peer.record(.handshake, hello)).isEmpty)
          try expectSaid(&server, &peer, [[1, 100]])
          // The connection goes on, and data does not reset the count.
          #expect(
            try server.receive(try peer.record(.applicationData, [7])).flatMap(\.data) == [7])
        }
        let error = #expect(throws: TLSError.self) {
          _ = try server.receive(try peer.record(.handshake, hello))
        }
        #expect(error?.alert == .handshakeFailure)
        #expect(
          error?.reason == .limitExceeded(what: "5 requests to renegotiate", limit: 4))
        try expectSaid(&server, &peer, [[2, 40]])
      }
    }

    @Test("With a bound of none, the first request is refused for good")
    func boundOfNone() throws {
      try connectedServer(limit: 0) { server, peer in
        let error = #expect(throws: TLSError.self) {
          _ = try server.receive(try peer.record(.handshake, peer.hello.message))
        }
        #expect(error?.alert == .handshakeFailure)
      }
    }

    @Test("A HelloRequest is not a client's to send: unexpected_message")
    func helloRequestFromClient() throws {
      try connectedServer { server, peer in
        let error = #expect(throws: TLSError.self) {
          _ = try server.receive(try peer.record(.handshake, [UInt8]().message(0)))
        }
        #expect(
          error?.reason
            == .unexpectedMessage(received: "HelloRequest", expected: "application data"))
        try expectSaid(&server, &peer, [[2, 10]])
      }
    }

    @Test("After our close_notify a request gets no answer")
    func afterClosing() throws {
      try connectedServer { server, peer in
        server.close()
        try expectSaid(&server, &peer, [[1, 0]])
        #expect(try server.receive(try peer.record(.handshake, peer.hello.message)).isEmpty)
        #expect(server.hasOutgoing == false)
        #expect(server.failure == nil)
      }
    }

    @Test("A request that comes in pieces is one request, and data between them is refused")
    func pieces() throws {
      try connectedServer { server, peer in
        let hello = peer.hello.message
        #expect(try server.receive(try peer.record(.handshake, Array(hello.prefix(9)))).isEmpty)
        #expect(server.hasOutgoing == false)
        #expect(
          try server.receive(try peer.record(.handshake, Array(hello.dropFirst(9)))).isEmpty)
        try expectSaid(&server, &peer, [[1, 100]])
      }
      for data in [[7], []] as [[UInt8]] {
        try connectedServer { server, peer in
          let half = Array(peer.hello.message.prefix(9))
          #expect(try server.receive(try peer.record(.handshake, half)).isEmpty)
          let error = #expect(throws: TLSError.self) {
            _ = try server.receive(try peer.record(.applicationData, data))
          }
          #expect(
            error?.reason
              == .unexpectedMessage(
                received: "ApplicationData", expected: "the rest of a handshake message"))
          try expectSaid(&server, &peer, [[2, 10]])
        }
      }
    }

    @Test("renegotiation_info that continues another handshake is handshake_failure (RFC 5746 3.4)")
    func renegotiation() throws {
      try expectClientRefuses(
        with: .handshakeFailure,
        saying: "the server's renegotiation_info speaks of another handshake (2 bytes)"
      ) { $0.hello.set(WireHello.renegotiationInfo, [2, 1, 1]) }
      // Not even a client that puts up with servers that know nothing of it puts up with that.
      try expectClientRefuses(
        with: .handshakeFailure,
        saying: "the server's renegotiation_info speaks of another handshake (2 bytes)",
        offering: try TestIdentities.client { $0.allowsServersWithoutSecureRenegotiation = true }
      ) { $0.hello.set(WireHello.renegotiationInfo, [2, 1, 1]) }
    }

    @Test("A server without renegotiation_info is handshake_failure")
    func noRenegotiationInfo() throws {
      try expectClientRefuses(
        with: .handshakeFailure,
        saying: "the server does not know renegotiation_info (RFC 5746)"
      ) { $0.hello.remove(WireHello.renegotiationInfo) }
    }
  }
}
