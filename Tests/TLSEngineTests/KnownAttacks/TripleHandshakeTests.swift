import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Triple handshake (Bhargavan et al. 2014; CVE-2014-1295 among others): a man in the middle, himself a
  /// server that the client talks to, gave two connections the same master secret, resumed both, and had
  /// two connections whose Finished were the same too. RFC 7627 binds the secret to the handshake: sessions
  /// are made with extended_master_secret or not at all, and go on with it or not at all (sections 5.2 to
  /// 5.4).
  @Suite("Triple handshake")
  struct TripleHandshakeTests {
    /// What one connection agreed on.
    private struct Agreed {
      let randoms: [[UInt8]]
      let keys: [[UInt8]]
      let master: [UInt8]
    }

    /// A connection in which both sides draw the same numbers as in every other.
    private func connect(_ names: [String]) throws -> Agreed {
      var pair = try Acquaintances(nil)
      pair.client.randomness = DeterministicRandomSource(seed: Array("triple client".utf8))
      pair.server.randomness = DeterministicRandomSource(seed: Array("triple server".utf8))
      pair.server.identities = [try TestIdentities.identity(.ed25519, names: names)]
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: false)
      let summary = loopback.client.summary
      let agreed = try #require(summary)
      #expect(agreed.usesExtendedMasterSecret)
      let ofServer = WireRecord.messages(
        Array(WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }))
      let ofClient = WireRecord.messages(
        Array(WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }))
      let exchange = try #require(ofServer.first { $0.first == 12 })
      return Agreed(
        randoms: [try loopback.clientHello().random, try loopback.serverHello().random],
        // The curve and the key of the server, without the signature; and the key of the client.
        keys: [Array(exchange[4..<40]), try #require(ofClient.last)],
        master: try loopback.masterSecret())
    }

    @Test(
      "The same randoms and the same shared secret with another certificate: another master secret")
    func masterSecrets() throws {
      let honest = try connect(["example.com"])
      let attacked = try connect(["example.com", "attacker.example"])
      #expect(honest.randoms == attacked.randoms)
      #expect(honest.keys == attacked.keys)
      #expect(honest.master != attacked.master)
      #expect(try connect(["example.com"]).master == honest.master)
    }

    @Test("A client that resumes without extended_master_secret is refused (RFC 7627 5.3)")
    func withoutExtendedMasterSecret() throws {
      let sentence =
        "the client resumes a session without extended_master_secret (RFC 7627 5.3)"
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        try pair.getAcquainted()
        var server = try ServerConnection(configuration: pair.server)
        var peer = try ResumingClient(pair)
        peer.hello.remove(WireHello.extendedMasterSecret)
        expectRefused(
          &server, receiving: peer.helloRecord, with: .handshakeFailure, saying: sentence)
      }
      var pair = try Acquaintances(nil)
      pair.server.sessionStore = .ask
      var loopback = try pair.meet()
      pair.client.session = try loopback.newClientSession()
      let stored = try loopback.newServerSession()
      var hello = try pair.clientHello()
      hello.remove(WireHello.extendedMasterSecret)
      var server = try ServerConnection(configuration: pair.server)
      _ = try server.receive(WireRecord.handshake(hello.message).bytes)
      let error = #expect(throws: TLSError.self) { _ = try server.answer(.session(stored)) }
      #expect(error?.alert == .handshakeFailure)
      #expect(error?.description.hasPrefix(sentence) == true)
      loopback.client.close()
    }

    @Test("Without extended_master_secret no session is made, on either side (RFC 7627 5.2)")
    func noSessions() throws {
      // A client, whatever the server sends it.
      try withTicketPromise { _, peer in
        peer.flight.hello.remove(WireHello.extendedMasterSecret)
        peer.flight.hello.sessionID = [1, 2, 3]
      } body: { client, peer in
        let events = try client.receive(
          peer.plainRecord(WireRecord.newSessionTicket) + (try peer.secondFlight()))
        #expect(events.count == 1)
        #expect(events.first?.summary?.usesExtendedMasterSecret == false)
      }
      // A server, whatever the client asks for.
      for asksForTicket in [true, false] {
        var peer = try HandDrivenClient()
        peer.hello.remove(WireHello.extendedMasterSecret)
        if !asksForTicket { peer.hello.remove(WireHello.sessionTicket) }
        let cache = SessionCache()
        var server = try TestIdentities.server {
          $0.sessionStore = .cache(cache)
          $0.ticketKeys = TicketKeys()
        }
        _ = try server.receive(peer.helloRecord)
        try peer.receive(server.takeOutgoing())
        let hello = try peer.serverHello()
        #expect(hello.sessionID.isEmpty)
        #expect(hello.body(of: WireHello.sessionTicket) == nil)
        #expect(hello.body(of: WireHello.extendedMasterSecret) == nil)
        let events = try server.receive(try peer.secondFlight())
        #expect(events.first?.summary?.usesExtendedMasterSecret == false)
        // ChangeCipherSpec and Finished, and no ticket before them.
        try peer.finish(server.takeOutgoing())
        #expect(cache.count == 0)
      }
    }

    @Test("Sides that require extended_master_secret resume like others")
    func required() throws {
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        pair.client.requiresExtendedMasterSecret = true
        pair.server.requiresExtendedMasterSecret = true
        try pair.getAcquainted()
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: true)
        var peer = try ResumingClient(pair)
        peer.hello.remove(WireHello.extendedMasterSecret)
        var server = try ServerConnection(configuration: pair.server)
        expectRefused(
          &server, receiving: peer.helloRecord, with: .handshakeFailure,
          saying: "the client resumes a session without extended_master_secret")
      }
    }
  }
}
