import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Downgrades (Wagner, Schneier 1996; POODLE's fallback dance, Möller et al. 2014, RFC 7507): a man in
  /// the middle takes the best out of either hello, or breaks connections until the client tries again
  /// with an old version. ``FlippedHandshakeTests`` flips every byte of a handshake.
  @Suite("Hellos changed on their way")
  struct DowngradeTests {
    /// The client's offers, and a server that answers as many as it can.
    private func connections() throws -> (client: ClientConfiguration, server: ServerConfiguration)
    {
      let client = try TestIdentities.client { $0.applicationProtocols = ["h2"] }
      let server = try TestIdentities.serverConfiguration {
        $0.applicationProtocols = ["h2"]
        $0.ticketKeys = TicketKeys()
      }
      return (client, server)
    }

    /// Runs a handshake with the hellos changed, and checks that it completes on neither side.
    private func expectNoticed(
      _ comment: Comment, clientHello: (inout WireHello) -> Void = { _ in },
      serverHello: (inout WireHello) -> Void = { _ in },
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let configurations = try connections()
      var client = try TestIdentities.startedClient(configurations.client)
      var server = try ServerConnection(configuration: configurations.server)
      var hello = try WireHello(ofStream: client.takeOutgoing())
      clientHello(&hello)
      do throws(TLSError) {
        _ = try server.receive(WireRecord.handshake(hello.message).bytes)
        var messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
        if var answer = try? WireHello(messages.first ?? []) {
          serverHello(&answer)
          messages[0] = answer.message
        }
        _ = try client.receive(WireRecord.handshake(messages.flatMap { $0 }).bytes)
        _ = try server.receive(client.takeOutgoing())
        _ = try client.receive(server.takeOutgoing())
        Issue.record("nobody noticed: \(comment)", sourceLocation: sourceLocation)
      } catch {
        #expect(error.alert != nil, comment, sourceLocation: sourceLocation)
      }
      #expect(client.summary == nil, comment, sourceLocation: sourceLocation)
      #expect(server.summary == nil, comment, sourceLocation: sourceLocation)
    }

    private func hellos() throws -> (client: WireHello, server: WireHello) {
      let configurations = try connections()
      var client = try TestIdentities.startedClient(configurations.client)
      var server = try ServerConnection(configuration: configurations.server)
      let stream = client.takeOutgoing()
      _ = try server.receive(stream)
      return (try WireHello(ofStream: stream), try WireHello(ofStream: server.takeOutgoing()))
    }

    @Test("Each suite and each extension taken out of the ClientHello is missed")
    func stripped() throws {
      let hello = try hellos().client
      #expect(hello.cipherSuites.count > 5)
      for suite in hello.cipherSuites {
        try expectNoticed(
          "suite \(suite)", clientHello: { $0.cipherSuites.removeAll { $0 == suite } })
        try expectNoticed("suite \(suite) alone", clientHello: { $0.cipherSuites = [suite] })
      }
      #expect(hello.extensions.count > 7)
      for type in hello.extensions.map(\.type) {
        try expectNoticed("extension \(type)", clientHello: { $0.remove(type) })
      }
      try expectNoticed("all extensions", clientHello: { $0.extensions = [] })
    }

    @Test("Each extension taken out of the ServerHello is missed, and so is another suite")
    func strippedAnswer() throws {
      let (offer, answer) = try hellos()
      #expect(answer.extensions.count > 3)
      for type in answer.extensions.map(\.type) {
        try expectNoticed("extension \(type)", serverHello: { $0.remove(type) })
      }
      for suite in offer.cipherSuites where [suite] != answer.cipherSuites {
        try expectNoticed("suite \(suite)", serverHello: { $0.cipherSuites = [suite] })
      }
    }

    @Test(
      "An older version in either hello is refused at once",
      arguments: [
        (0x0002, "SSL 2.0"), (0x0300, "SSL 3.0"), (0x0301, "TLS 1.0"), (0x0302, "TLS 1.1"),
      ])
    func versions(version: Int, name: String) throws {
      let sentence =
        "the peer offers \(name) at most, and TLS 1.2 is the least that is allowed here"
      try expectServerRefuses(with: .protocolVersion, saying: sentence) { $0.version = version }
      try expectClientRefuses(with: .protocolVersion, saying: sentence) {
        $0.hello.version = version
      }
    }

    @Test(
      "A server refuses it below what it speaks with inappropriate_fallback",
      arguments: [(0x0300, "SSL 3.0"), (0x0301, "TLS 1.0"), (0x0302, "TLS 1.1")])
    func refused(version: Int, name: String) throws {
      try expectServerRefuses(
        with: .inappropriateFallback,
        saying: "the client fell back to \(name), and TLS 1.2 is spoken here (while expecting "
          + "ClientHello, in ClientHello); alert sent: inappropriate_fallback"
      ) {
        $0.version = version
        $0.cipherSuites.append(Int(CipherSuite.fallbackSCSV.rawValue))
      }
    }

    @Test("The sentinels of RFC 8446 4.1.3 do not disturb a client whose best is TLS 1.2")
    func sentinels() throws {
      // A server of TLS 1.3 says the first one to every client of TLS 1.2. Only a client of TLS 1.3 must
      // abort over it. The second is for TLS 1.1 and below, which is refused with it and without.
      for (last, version) in [(UInt8(1), 0x0303), (0, 0x0303), (0, 0x0302)] {
        var client = try TestIdentities.startedClient()
        var peer = try HandDrivenServer(answering: &client)
        peer.flight.hello.random.replaceSubrange(24..., with: [UInt8]("DOWNGRD".utf8) + [last])
        peer.flight.hello.version = version
        guard version == 0x0303 else {
          expectRefused(
            &client, receiving: try peer.firstFlight(), with: .protocolVersion,
            saying: "the peer offers TLS 1.1 at most")
          continue
        }
        _ = try client.receive(try peer.firstFlight())
        try peer.receive(client.takeOutgoing())
        _ = try client.receive(try peer.secondFlight())
        #expect(client.summary != nil)
      }
    }
  }
}
