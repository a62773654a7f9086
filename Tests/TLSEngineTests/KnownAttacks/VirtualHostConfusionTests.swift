import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// The attack of ``SessionConfusionTests`` played out: a man in the middle takes a client that would
  /// resume a session with one host to another, which has the same cache or the same ticket keys.
  @Suite("Sessions taken to another host")
  struct VirtualHostConfusionTests {
    typealias Memory = Acquaintances.Memory

    /// Has a client that met one host come to another.
    ///
    /// - Parameter forge: what the man in the middle does to the ClientHello.
    /// - Returns: the messages that the other host said in the clear, and how it failed if it did.
    private func redirect(
      _ memory: Memory, _ change: (inout ServerConfiguration) throws -> Void = { _ in },
      forge: (inout WireHello) -> Void = { _ in }
    ) throws -> (types: [UInt8], failure: TLSError?) {
      var pair = try Acquaintances(memory)
      try pair.getAcquainted()
      var other = pair.server
      try change(&other)
      var hello = try pair.clientHello()
      #expect(hello.sessionID.count == 32)
      forge(&hello)
      var server = try ServerConnection(configuration: other)
      do throws(TLSError) {
        _ = try server.receive(WireRecord.handshake(hello.message).bytes)
      } catch {}
      let records = WireRecord.split(server.takeOutgoing()).prefix { $0.type == 22 }
      let messages = WireRecord.messages(Array(records))
      return (messages.map { $0[0] }, server.failure)
    }

    /// ServerHello, Certificate, ServerKeyExchange, ServerHelloDone: the host has to show who it is.
    private static let full: [UInt8] = [2, 11, 12, 14]

    private static func otherHost(_ configuration: inout ServerConfiguration) throws {
      configuration.identities = [
        try TestIdentities.identity(.ed25519, names: ["other.example"])
      ]
    }

    @Test(
      "The same host does go on, so that the cases below fail for what they say",
      arguments: Memory.allCases)
    func sameHost(memory: Memory) throws {
      #expect(try redirect(memory).types == [2])
    }

    @Test(
      "A host without a certificate for the session's name shows its own, or refuses",
      arguments: Memory.allCases)
    func withoutCertificate(memory: Memory) throws {
      #expect(try redirect(memory, Self.otherHost).types == Self.full)
      let strict = try redirect(memory) {
        try Self.otherHost(&$0)
        $0.unknownName = .refuse
      }
      #expect(strict.types.isEmpty)
      #expect(strict.failure?.alert == .unrecognizedName)
    }

    @Test(
      "A forged name does not make the session one of the other host", arguments: Memory.allCases)
    func forgedName(memory: Memory) throws {
      let name = [UInt8]("other.example".utf8)
      let outcome = try redirect(memory, Self.otherHost) {
        $0.set(WireHello.serverName, ([0] + name.vector(2)).vector(2))
      }
      #expect(outcome.types == Self.full)
      #expect(
        try redirect(memory, Self.otherHost) { $0.remove(WireHello.serverName) }.types == Self.full)
    }

    @Test(
      "A host with the same certificate and another context does not go on",
      arguments: Memory.allCases)
    func otherContext(memory: Memory) throws {
      #expect(try redirect(memory) { $0.sessionContext = [7] }.types == Self.full)
    }

    @Test("A host that has keys, or a cache, of its own does not go on", arguments: Memory.allCases)
    func otherMemory(memory: Memory) throws {
      let outcome = try redirect(memory) {
        if memory == .cache {
          $0.sessionStore = .cache(SessionCache())
        } else {
          $0.ticketKeys = TicketKeys()
        }
      }
      // With keys of its own it promises a ticket of its own.
      #expect(outcome.types == Self.full)
    }

    @Test("A forged ticket, with any byte flipped or cut anywhere, costs a full handshake")
    func forgedTickets() throws {
      var pair = try Acquaintances(.tickets)
      try pair.getAcquainted()
      let offer = try pair.clientHello()
      let ticket = try #require(offer.body(of: WireHello.sessionTicket))
      #expect(ticket.count > 100)
      let flipped = ticket.indices.map { index in
        ticket.enumerated().map { $0 == index ? $1 ^ 0x10 : $1 }
      }
      let cut = (1..<ticket.count).filter { $0.isMultiple(of: 7) }.map { Array(ticket.prefix($0)) }
      for forged in flipped + cut + [ticket + [0]] {
        var hello = offer
        hello.set(WireHello.sessionTicket, forged)
        var server = try ServerConnection(configuration: pair.server)
        _ = try server.receive(WireRecord.handshake(hello.message).bytes)
        let types = WireRecord.messages(WireRecord.split(server.takeOutgoing())).map { $0[0] }
        #expect(types == Self.full)
      }
    }

    @Test("A man in the middle who has a client resume at another host has no Finished for it")
    func withoutSecret() throws {
      // He answers as if he resumed, but knows no master secret.
      try withResumingServer(.tickets) { client, peer in
        _ = try client.receive(try peer.opening())
        #expect(try client.receive(WireRecord.changeCipherSpec.bytes).isEmpty)
        let forged = WireRecord(type: 22, body: [UInt8](repeating: 3, count: 40))
        let error = #expect(throws: TLSError.self) { _ = try client.receive(forged.bytes) }
        #expect(error?.alert == .badRecordMAC)
        #expect(client.summary == nil)
      }
    }
  }
}
