import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a resumed connection has of the one before: who the peer is, what is exported, and how
/// records are cut and protected.
@Suite("Resumed connections")
struct ResumedConnectionTests {
  private static let memories = Acquaintances.Memory.allCases

  /// The two, with a client that has a certificate and a server that demands one.
  private func authenticated(
    _ memory: Acquaintances.Memory?, extraByteCount: Int = 0
  ) throws -> Acquaintances {
    var pair = try Acquaintances(memory)
    guard case .roots(let roots) = pair.client.verification else { throw WireCursor.TooShort() }
    pair.server.clientAuthentication = .required
    pair.server.clientVerification = .roots(roots)
    pair.client.identities = [
      try TestIdentities.identity(.p256, names: []) {
        $0.extendedKeyUsages = [.clientAuth]
        guard extraByteCount > 0 else { return }
        let content = [UInt8](repeating: 0, count: extraByteCount)
        $0.extraExtensions = [
          .init(
            identifier: "1.3.6.1.4.1.99999.1", isCritical: false,
            der: [4, 0x82] + content.vector(2))
        ]
      }
    ]
    return pair
  }

  // MARK: Who the peer is

  @Test("The server knows the client by the certificate that it showed before")
  func clientCertificate() throws {
    for memory in Self.memories {
      var pair = try authenticated(memory)
      try pair.getAcquainted()
      let shown = pair.client.identities.first?.certificates
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true, "\(memory)")
      #expect(loopback.serverSummary?.peerCertificates == shown)
      #expect(loopback.serverSummary?.verifiedPeerChain == [])
      #expect(loopback.serverMessageTypes == [2])
      let records = WireRecord.split(loopback.sentByClient).map(\.type)
      #expect(records == [22, 20, 22, 23])
    }
  }

  @Test("A client that is asked for its identity is not asked again")
  func askedOnce() throws {
    for memory in Self.memories {
      var pair = try authenticated(memory)
      let identity = try #require(pair.client.identities.first)
      pair.client.identities = []
      pair.client.identitySelection = .ask
      var first = try pair.approach()
      try first.exchange()
      _ = try first.client.answer(.identity(identity))
      try first.exchange()
      try expectConnected(&first, isResumed: false)
      pair.client.session = try first.newClientSession()
      var second = try pair.meet()
      try expectConnected(&second, isResumed: true)
      #expect(second.clientEvents.compactMap(\.question).isEmpty)
      #expect(second.serverSummary?.peerCertificates == identity.certificates)
    }
  }

  @Test("A client that shows more than a server keeps is not remembered, and not refused")
  func giantCertificates() throws {
    for memory in Self.memories {
      for (byteCount, isRemembered) in [(15_000, true), (20_000, false)] {
        var pair = try authenticated(nil, extraByteCount: byteCount)
        let cache = SessionCache()
        switch memory {
        case .cache: pair.server.sessionStore = .cache(cache)
        case .tickets: pair.server.ticketKeys = TicketKeys()
        }
        var first = try pair.meet()
        try expectConnected(&first, isResumed: false, "\(memory), \(byteCount)")
        let sessions = first.clientEvents.compactMap(\.clientSession)
        switch memory {
        case .cache: #expect(cache.count == (isRemembered ? 1 : 0))
        // The ticket that was promised is empty (RFC 5077 section 3.3).
        case .tickets: #expect(sessions.count == (isRemembered ? 1 : 0))
        }
        pair.client.session = sessions.last
        var second = try pair.meet()
        try expectConnected(&second, isResumed: isRemembered, "\(memory), \(byteCount)")
      }
    }
  }

  @Test("A session of a client with too large a certificate is not given out to be kept")
  func giantCertificatesElsewhere() throws {
    var pair = try authenticated(nil, extraByteCount: 20_000)
    pair.server.sessionStore = .ask
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
    #expect(loopback.serverEvents.compactMap(\.serverSession).isEmpty)
  }

  // MARK: Tickets of strangers

  @Test("A ticket too long for a ClientHello is not kept, and one that was stored not offered")
  func giantTickets() throws {
    // What comes with a ticket of 65,526 bytes is the longest message that is read at all.
    for (byteCount, isKept) in [(32_768, true), (32_769, false), (65_526, false)] {
      let ticket = [UInt8](repeating: 7, count: byteCount)
      var client = try TestIdentities.startedClient()
      var peer = try HandDrivenServer(answering: &client)
      peer.flight.hello.set(WireHello.sessionTicket, [])
      _ = try client.receive(try peer.firstFlight())
      try peer.receive(client.takeOutgoing())
      let message = (.number(0, 4) + ticket.vector(2)).message(4)
      let events = try client.receive(peer.plainRecord(message) + (try peer.secondFlight()))
      #expect(events.first?.summary != nil)
      #expect(events.compactMap(\.clientSession).map(\.ticket) == (isKept ? [ticket] : []))

      var pair = try Acquaintances(.tickets)
      try pair.getAcquainted()
      let state = try #require(pair.client.session?.state)
      let stored = isKept ? ticket : ticket + [UInt8](repeating: 7, count: 65_535 - byteCount)
      pair.client.session = ClientSession(
        ticket: stored, lifetimeHint: 0, receivedAt: TestIdentities.now, state: state)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: false)
      let offered = try loopback.clientHello().body(of: WireHello.sessionTicket)
      #expect(offered == (isKept ? ticket : []))
    }
  }

  // MARK: Protocols

  @Test("The client chooses anew by NPN")
  func nextProtocol() throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.nextProtocols = ["a", "b"]
      pair.server.nextProtocols = ["b"]
      try pair.getAcquainted()
      for name in ["b", "a"] {
        pair.server.nextProtocols = [name]
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: true, "\(memory)")
        #expect(loopback.client.summary?.applicationProtocol == name)
        #expect(loopback.server.summary?.applicationProtocol == name)
        #expect(loopback.client.summary?.usesNextProtocolNegotiation == true)
        #expect(loopback.server.summary?.usesNextProtocolNegotiation == true)
      }
    }
  }

  // MARK: Exporters and channel bindings

  @Test("What is exported is the same on both sides, and another than before")
  func exporters() throws {
    func export(_ loopback: borrowing Loopback) throws -> [UInt8] {
      let client = try loopback.client.exportKeyingMaterial(
        label: "EXPERIMENTAL test", context: [1], byteCount: 32)
      let server = try loopback.server.exportKeyingMaterial(
        label: "EXPERIMENTAL test", context: [1], byteCount: 32)
      let (own, peers) = ([UInt8](client.bytes), [UInt8](server.bytes))
      #expect(own == peers)
      return own
    }
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      let first = try pair.meet()
      pair.client.session = try first.newClientSession()
      let exported = [
        try export(first), try export(try pair.meet()), try export(try pair.meet()),
      ]
      #expect(Set(exported).count == 3)
    }
  }

  @Test("All channel bindings are the same on both sides", arguments: TestIdentities.Kind.allCases)
  func channelBindings(kind: TestIdentities.Kind) throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory, as: kind)
      pair.client.supportedGroups = NamedGroup.supported
      let first = try pair.meet()
      pair.client.session = try first.newClientSession()
      let second = try pair.meet()
      for binding in ChannelBinding.allCases {
        let before = try first.client.channelBinding(binding)
        #expect(try first.server.channelBinding(binding) == before)
        let now = try second.client.channelBinding(binding)
        #expect(try second.server.channelBinding(binding) == now)
        // Only the one names the server and not the connection.
        #expect((now == before) == (binding == .tlsServerEndPoint))
      }
      let leaf = try #require(pair.server.identities.first?.certificates.first)
      // The tests' authority signs with ECDSA and SHA-256.
      let digest = try Hash.digest(of: leaf.der.rawSpan, using: .sha256).array
      #expect(try second.server.channelBinding(.tlsServerEndPoint) == digest)
      let finished = try firstFinished(of: second)
      #expect(try second.server.channelBinding(.tlsUnique) == finished)
    }
  }

  /// The Finished that comes first in an abbreviated handshake, which is the server's (RFC 5929
  /// section 3.1), computed a second time.
  private func firstFinished(of loopback: borrowing Loopback) throws -> [UInt8] {
    let hello = try loopback.clientHello()
    let answer = try loopback.serverHello()
    let keys = try TestKeys(
      master: try loopback.masterSecret(), client: hello.random, server: answer.random,
      suite: CipherSuite(rawValue: UInt16(try #require(answer.cipherSuites.first))))
    return Array(try keys.finished("server finished", hello.message + answer.message).dropFirst(4))
  }

  @Test("Where tls-server-end-point is not defined, a resumed connection does not have it either")
  func undefinedEndPoint() throws {
    let material = try TestIdentities.material(.ed25519)
    var random = SystemRandomSource()
    let certificate = try CertificateBuilder(
      commonName: "self-signed", names: ["example.com"],
      notBefore: TestIdentities.now.adding(seconds: -60),
      notAfter: TestIdentities.now.adding(seconds: 86_400)
    ).build(selfSignedWith: material.key, random: &random)
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.verification = .roots(TrustRoots(certificates: [certificate]))
      pair.server.identities = [
        try Identity(certificates: [certificate], privateKey: material.key)
      ]
      try pair.getAcquainted()
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true)
      let error = #expect(throws: TLSError.self) {
        _ = try loopback.client.channelBinding(.tlsServerEndPoint)
      }
      #expect(error?.isMisuse == true)
      let other = #expect(throws: TLSError.self) {
        _ = try loopback.server.channelBinding(.tlsServerEndPoint)
      }
      #expect(
        other?.description.hasPrefix(
          "tls-server-end-point is not defined for the certificate of the session") == true)
    }
  }

  // MARK: Records

  /// How long the server's and the client's records of data are, without what protects them.
  private func recordLengths(
    _ loopback: inout Loopback, _ byteCount: Int
  ) throws -> (client: [Int], server: [Int]) {
    let data = [UInt8](repeating: 1, count: byteCount)
    try loopback.client.send(data)
    try loopback.server.send(data)
    // An explicit nonce and a tag of AES-GCM.
    let lengths = [loopback.client.takeOutgoing(), loopback.server.takeOutgoing()].map {
      WireRecord.split($0).map { $0.body.count - 24 }
    }
    return (lengths[0], lengths[1])
  }

  @Test("The length of records is the session's own (RFC 6066 4)")
  func maximumFragmentLength() throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.maximumFragmentLength = .bytes512
      pair.server.acceptsMaximumFragmentLength = true
      try pair.getAcquainted()
      #expect(pair.client.session?.state.maximumFragmentLength == .bytes512)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true)
      let lengths = try recordLengths(&loopback, 1100)
      #expect(lengths.client == [512, 512, 76])
      #expect(lengths.server == [512, 512, 76])

      // A server that does not say it again still keeps to it.
      var client = try ClientConnection(to: pair.name, configuration: pair.client)
      try client.start()
      var peer = try ResumingServer(answering: &client, of: pair)
      if memory == .tickets {
        peer.hello.set(WireHello.sessionTicket, [])
        peer.afterHello = [WireRecord.newSessionTicket]
      }
      let events = try client.receive(try peer.flight())
      for session in events.compactMap(\.clientSession) {
        #expect(session.state.maximumFragmentLength == .bytes512)
      }
      #expect(events.compactMap(\.clientSession).isEmpty == (memory == .cache))
      try peer.finish(client.takeOutgoing())
      try client.send([UInt8](repeating: 1, count: 600))
      let records = WireRecord.split(client.takeOutgoing()).map { $0.body.count - 24 }
      #expect(records == [512, 88])
      let data = [UInt8](repeating: 2, count: 512)
      #expect(
        try client.receive(try peer.record(.applicationData, data)).flatMap(\.data) == data)
      let error = #expect(throws: TLSError.self) {
        _ = try client.receive(try peer.record(.applicationData, data + [2]))
      }
      #expect(error?.alert == .recordOverflow)
    }
  }

  @Test("A server that says another length than was asked for is refused in resumption too")
  func otherFragmentLength() throws {
    var pair = try Acquaintances(.cache)
    pair.client.maximumFragmentLength = .bytes512
    pair.server.acceptsMaximumFragmentLength = true
    try pair.getAcquainted()
    var client = try ClientConnection(to: pair.name, configuration: pair.client)
    try client.start()
    var peer = try ResumingServer(answering: &client, of: pair)
    // max_fragment_length, and 2^10.
    peer.hello.set(1, [2])
    expectRefused(
      &client, receiving: try peer.opening(), with: .illegalParameter,
      saying: "the server answered max_fragment_length with 1024 bytes")
  }

  @Test("record_size_limit is negotiated anew (RFC 8449 4)")
  func recordSizeLimit() throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.recordSizeLimit = 200
      pair.server.recordSizeLimit = 300
      try pair.getAcquainted()
      (pair.client.recordSizeLimit, pair.server.recordSizeLimit) = (100, 400)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true)
      let lengths = try recordLengths(&loopback, 450)
      #expect(lengths.client == [400, 50])
      #expect(lengths.server == [100, 100, 100, 100, 50])
      pair.client.recordSizeLimit = nil
      var unlimited = try pair.meet()
      try expectConnected(&unlimited, isResumed: true)
      #expect(try recordLengths(&unlimited, 450).server == [450])
    }
  }

  @Test("A session of limited records does not go on with a server that limits them otherwise")
  func otherLimit() throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.maximumFragmentLength = .bytes512
      pair.client.recordSizeLimit = 1000
      pair.server.acceptsMaximumFragmentLength = true
      try pair.getAcquainted()
      pair.server.recordSizeLimit = 1000
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: false)
      pair.client.session = try loopback.newClientSession()
      #expect(pair.client.session?.state.maximumFragmentLength == nil)
      var resumed = try pair.meet()
      try expectConnected(&resumed, isResumed: true)
      #expect(try recordLengths(&resumed, 1100).server == [1000, 100])
    }
  }

  @Test("A renewed ticket still says how long records are, and what the server's end point is")
  func renewed() throws {
    var pair = try Acquaintances(nil)
    pair.server.ticketKeys = try TicketKeys(rotatingEvery: 3600)
    pair.client.maximumFragmentLength = .bytes512
    pair.server.acceptsMaximumFragmentLength = true
    try pair.getAcquainted()
    for _ in 0..<3 {
      pair.clock.advance(seconds: 3600)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true)
      let client = try loopback.client.channelBinding(.tlsServerEndPoint)
      #expect(try loopback.server.channelBinding(.tlsServerEndPoint) == client)
      pair.client.session = try loopback.newClientSession()
      #expect(pair.client.session?.state.maximumFragmentLength == .bytes512)
    }
  }

  @Test("encrypt_then_mac is negotiated anew")
  func encryptThenMAC() throws {
    for memory in Self.memories {
      var pair = try Acquaintances(memory)
      pair.client.cipherSuites = [.ecdheECDSAWithAES128CBCSHA256]
      pair.server.cipherSuites = [.ecdheECDSAWithAES128CBCSHA256]
      try pair.getAcquainted()
      for isOn in [true, false, true] {
        pair.server.usesEncryptThenMAC = isOn
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: true, "\(memory)")
        #expect(loopback.client.summary?.usesEncryptThenMAC == isOn)
      }
    }
  }
}
