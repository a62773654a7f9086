import AllocationCounter
import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Handshakes that are made to be expensive before anybody is known: messages that announce 16 MiB
  /// (CVE-2016-6307), messages a byte at a time, lists as long as their lengths allow, and
  /// requests to begin again without end (THC-SSL-DOS 2011, CVE-2011-1473).
  @Suite("Floods of handshake messages: giant, in crumbs, in long lists, and again and again")
  struct HandshakeFloodTests {
    // MARK: Giants

    @Test("A message that announces 2^24 - 1 bytes is refused by its header alone")
    func giant() throws {
      var server = try TestIdentities.server()
      expectRefused(
        &server, receiving: WireRecord.handshake([1, 0xff, 0xff, 0xff]).bytes,
        with: .illegalParameter,
        saying: "the peer sent a handshake message of 16777215 bytes; the limit is 65536")
      var loopback = try Loopback.connected()
      var peer = try ProtectedPeer.takingOver(loopback)
      // Once the handshake is complete, nothing that long can be meant any more.
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.server.receive(peer.record(.handshake, [1] + .number(16_381, 3)))
      }
      #expect(
        error?.reason
          == .limitExceeded(what: "a handshake message of 16381 bytes", limit: 16_384))
    }

    @Test("A Certificate past the bound is refused by its header, before its certificates come")
    func longCertificates() throws {
      for limit in [65_536, 1_000] {
        var client = try TestIdentities.startedClient(
          try TestIdentities.client { $0.limits.handshakeMessageByteCount = limit })
        let peer = try HandDrivenServer(answering: &client)
        let header: [UInt8] = [11] + .number(limit - 3, 3)
        expectRefused(
          &client, receiving: WireRecord.handshake(peer.flight.hello.message + header).bytes,
          with: .illegalParameter,
          saying: "the peer sent a handshake message of \(limit - 3) bytes; the limit is \(limit)")
      }
    }

    // MARK: Crumbs

    @Test("A message in records of one byte costs memory for its bytes, and none for each record")
    func crumbs() throws {
      var server = try TestIdentities.server()
      var crumb = WireRecord(type: 22, body: [0]).bytes
      let message = [UInt8](repeating: 0, count: 65_000).message(1)
      var cost: UInt64 = 0
      for byte in message.dropLast() {
        crumb[5] = byte
        var record = crumb.mutableRawSpan
        let before = allocation_count_of_this_thread()
        let result = try server.open(&record)
        cost += allocation_count_of_this_thread() - before
        guard case .handled(consumed: 6, _) = result else {
          Issue.record("a record was not handled")
          return
        }
      }
      // The buffer grows to twice its size each time. Whatever copied what has come already into new
      // memory for each record would ask 65,003 times.
      #expect(cost < 64, "\(cost)")
      let error = #expect(throws: TLSError.self) { _ = try server.receive(crumb) }
      #expect(error?.alert == .decodeError)
    }

    @Test("The joiner keeps what is left of one message, and never what was read")
    func joiner() throws {
      var joiner = HandshakeJoiner(limit: 65_536)
      let message = [UInt8](repeating: 7, count: 96).message(1)
      // Each record ends in the midst of a message.
      let stream = Array(repeatElement(message, count: 1_000).joined())
      var found = 0
      for piece in stream.chunks(of: 1_017) {
        joiner.append(piece.rawSpan)
        while let next = try joiner.next() {
          #expect(next.bytes == message)
          found += 1
        }
        #expect(joiner.keptByteCount < 1_017 + 100)
      }
      #expect(found == 1_000)
      #expect(joiner.isEmpty)
    }

    @Test(
      "A message keeps no more room than it has bytes, however it comes",
      arguments: [1, 100, 1_000, 16_384])
    func room(size: Int) throws {
      var joiner = HandshakeJoiner(limit: 65_536)
      let message = [UInt8](repeating: 7, count: 40_000).message(1)
      // A short one before it in the same record leaves nothing behind either.
      let short = [UInt8](repeating: 7, count: 10).message(1)
      var found: [HandshakeMessage] = []
      for piece in (short + message).chunks(of: size) {
        joiner.append(piece.rawSpan)
        while let next = try joiner.next() { found.append(next) }
      }
      #expect(found.map(\.bytes) == [short, message])
      // What malloc rounds up besides.
      for next in found { #expect(next.bytes.capacity < next.bytes.count + 64) }
    }

    // MARK: Long lists

    @Test("A chain of 17 certificates is bad_certificate, and one of 16 is looked at")
    func longChains() throws {
      try expectClientRefuses(
        with: .badCertificate,
        saying: "the peer sent 17 certificates; the limit is 16"
      ) { $0.certificates = Array(repeating: $0.certificates[0], count: 17) }
      var client = try TestIdentities.startedClient(
        try TestIdentities.client { $0.verification = .ask })
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.certificates = Array(repeating: peer.flight.certificates[0], count: 16)
      let events = try client.receive(try peer.firstFlight())
      guard case .verifyChain(let question) = events.first?.question else {
        Issue.record("the client asks \(events)")
        return
      }
      #expect(question.certificates.count == 16)
    }

    @Test("As many certificates as fit into the bound are counted, and none of them is parsed")
    func crumbledChain() throws {
      var client = try TestIdentities.startedClient()
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.certificates = Array(repeating: [0], count: 16_000)
      let messages = try peer.messages().prefix(2).flatMap { $0 }
      let flight = messages.chunks(of: 16_384).flatMap { WireRecord(type: 22, body: $0).bytes }
      expectRefused(
        &client, receiving: flight, with: .badCertificate,
        saying: "the peer sent 16000 certificates; the limit is 16")
    }

    @Test("One certificate as long as the bound is refused, unread")
    func giantCertificate() throws {
      var client = try TestIdentities.startedClient()
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.certificates = [[UInt8](repeating: 0x30, count: 65_526)]
      let messages = try peer.messages().prefix(2).flatMap { $0 }
      let flight = messages.chunks(of: 16_384).flatMap { WireRecord(type: 22, body: $0).bytes }
      expectRefused(
        &client, receiving: flight, with: .badCertificate,
        saying: "the peer's certificate is malformed: the certificate's encoding")
    }

    /// What a server's answer to a hello with lists of about so many elements costs.
    private func cost(ofListsOf count: Int) throws -> UInt64 {
      var peer = try HandDrivenClient()
      let many = (0..<count).flatMap { [UInt8].number(0x5b00 + $0, 2) }
      peer.hello.cipherSuites = Array(repeating: 5, count: 2 * count) + peer.hello.cipherSuites
      peer.hello.set(WireHello.supportedGroups, (many + [0, 29]).vector(2))
      peer.hello.set(WireHello.signatureAlgorithms, (many + [8, 7]).vector(2))
      for type in 20_000..<20_000 + count {
        peer.hello.extensions.append(.init(type: type, body: []))
      }
      var server = try TestIdentities.server()
      let records = peer.hello.message.chunks(of: 16_384).flatMap {
        WireRecord(type: 22, body: $0).bytes
      }
      let before = allocation_count_of_this_thread()
      _ = try server.receive(records)
      let cost = allocation_count_of_this_thread() - before
      #expect(try WireHello(ofStream: server.takeOutgoing()).cipherSuites == [0xc02b])
      return cost
    }

    @Test("Lists as long as a hello has room for are answered, and twice the length costs twice")
    func longHello() throws {
      _ = try cost(ofListsOf: 10)
      let (half, whole) = (try cost(ofListsOf: 2_500), try cost(ofListsOf: 5_000))
      // A list gone through for each element of another would cost four times.
      #expect(Double(whole) < 2.2 * Double(half))
    }

    @Test("A CertificateRequest has so many authorities, each of them a name, and no more")
    func authorities() throws {
      func request(_ names: [[UInt8]]) -> [UInt8] {
        ([UInt8]([64]).vector(1) + [UInt8]([4, 3]).vector(2)
          + names.flatMap { $0.vector(2) }.vector(2)).message(13)
      }
      let cases: [(name: [UInt8], count: Int, alert: AlertDescription?, sentence: String)] = [
        ([0x30, 0], 1024, nil, ""),
        ([0x31, 0], 1024, .decodeError, "certificate_authorities holds"),
        ([0x30, 0], 1025, .illegalParameter, "the peer sent the names of 1025 authorities"),
        ([0x31, 0], 16_000, .illegalParameter, "the peer sent the names of 16000 authorities"),
      ]
      for (name, count, alert, sentence) in cases {
        let identity = try TestIdentities.clientIdentity(.p256)
        var client = try TestIdentities.startedClient(
          try TestIdentities.client { $0.identities = [identity] })
        var peer = try HandDrivenServer(answering: &client)
        peer.flight.beforeDone = [request(Array(repeating: name, count: count))]
        let messages = try peer.messages().flatMap { $0 }
        let flight = messages.chunks(of: 16_384).flatMap { WireRecord(type: 22, body: $0).bytes }
        if let alert {
          expectRefused(&client, receiving: flight, with: alert, saying: sentence)
        } else {
          #expect(try client.receive(flight).isEmpty)
          #expect(client.failure == nil)
        }
      }
    }

    // MARK: Again and again

    @Test("A ticket that comes after the handshake is refused by its length alone")
    func tickets() throws {
      let ticket = ([0, 0, 0x0e, 0x10] + [UInt8](repeating: 1, count: 65_000).vector(2)).message(4)
      try withAnsweringClient { client, peer in
        _ = try client.receive(try peer.secondFlight())
        let error = #expect(throws: TLSError.self) {
          _ = try client.receive(try peer.record(.handshake, Array(ticket.prefix(16_000))))
        }
        #expect(
          error?.reason
            == .limitExceeded(what: "a handshake message of 65006 bytes", limit: 16_384))
      }
    }

    @Test("HelloRequests during the handshake are ignored only so often")
    func helloRequests() throws {
      var client = try TestIdentities.startedClient()
      let request = WireRecord.handshake([0, 0, 0, 0]).bytes
      for _ in 0..<Limits().renegotiationRequests { #expect(try client.receive(request).isEmpty) }
      let error = #expect(throws: TLSError.self) { _ = try client.receive(request) }
      #expect(error?.alert == .handshakeFailure)
    }

    @Test("A client that takes nothing away is not made to keep more than four refusals")
    func pendingRefusals() throws {
      try withAnsweringClient { client, peer in
        _ = try client.receive(try peer.secondFlight())
        // A thousand HelloRequests in one record.
        let requests = [UInt8](repeating: 0, count: 4_000)
        let error = #expect(throws: TLSError.self) {
          _ = try client.receive(try peer.record(.handshake, requests))
        }
        #expect(
          error?.reason == .limitExceeded(what: "5 requests to renegotiate", limit: 4))
        let records = WireRecord.split(client.takeOutgoing())
        var said: [[UInt8]] = []
        for record in records { said.append(try #require(try peer.keys?.client.opened(record))) }
        #expect(said == Array(repeating: [1, 100], count: 4) + [[2, 40]])
      }
    }
  }
}
