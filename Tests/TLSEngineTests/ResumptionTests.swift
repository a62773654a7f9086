import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("Resumption, our client with our server")
struct ResumptionTests {
  @Test("A second connection goes on with the session", arguments: Acquaintances.Memory.allCases)
  func secondConnection(memory: Acquaintances.Memory) throws {
    var pair = try Acquaintances(memory)
    pair.client.applicationProtocols = ["h2", "http/1.1"]
    pair.server.applicationProtocols = ["h2"]
    try pair.getAcquainted()
    let session = try #require(pair.client.session)
    #expect((session.ticket != nil) == (memory == .tickets))
    #expect(session.serverName == "example.com")
    #expect(session.createdAt == TestIdentities.now)
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
    // RFC 5246 figure 2: the server finishes first.
    let records = WireRecord.split(loopback.sentByServer).map(\.type)
    #expect(records == [22, 20, 22, 23])
    #expect(WireRecord.split(loopback.sentByClient).map(\.type) == [22, 20, 22, 23])
    #expect(loopback.serverMessageTypes == [2])
    let hello = try loopback.clientHello()
    switch memory {
    case .cache:
      #expect(hello.sessionID == session.id)
      #expect(hello.body(of: WireHello.sessionTicket) == nil)
    case .tickets:
      #expect(hello.sessionID.count == 32)
      #expect(hello.body(of: WireHello.sessionTicket) == session.ticket)
    }
    // Nothing new is worth keeping.
    #expect(loopback.clientEvents.compactMap(\.clientSession).isEmpty)
    let summary = loopback.clientSummary
    #expect(summary?.usesExtendedMasterSecret == true)
    #expect(summary?.applicationProtocol == "h2")
    #expect(summary?.group == .x25519)
    #expect(summary?.signatureScheme == .ed25519)
    #expect(summary?.serverName == "example.com")
    #expect(summary?.peerCertificates == pair.server.identities.first?.certificates)
    #expect(summary?.verifiedPeerChain == [])
    let serverSummary = loopback.serverSummary
    #expect(serverSummary?.serverName == "example.com")
    #expect(serverSummary?.peerCertificates == [])
    #expect("\(try #require(summary))".contains("resumed"))
    // And once more, with the same session.
    var third = try pair.meet()
    try expectConnected(&third, isResumed: true)
  }

  @Test(
    "Every suite with certificates",
    arguments: [CipherSuite].legacy.filter { $0.parameters?.authentication != .preSharedKey })
  func everySuite(suite: CipherSuite) throws {
    let isRSA = suite.parameters?.authentication == .rsa
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory, as: isRSA ? .rsa : .ed25519)
      pair.client.cipherSuites = [suite]
      pair.server.cipherSuites = [suite]
      try pair.getAcquainted()
      #expect(try pair.suite == suite)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true, "\(memory)")
    }
  }

  @Test("The handshake survives being cut into single bytes")
  func oneByteAtATime() throws {
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory)
      try pair.getAcquainted()
      var loopback = try pair.approach()
      try loopback.exchange(bytesAtATime: 1)
      try expectConnected(&loopback, isResumed: true)
    }
  }

  @Test("The master secret goes on, and no key or record is the same")
  func freshKeys() throws {
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory)
      try pair.getAcquainted()
      var first = try pair.meet()
      var second = try pair.meet()
      #expect(try first.masterSecret() == pair.master)
      #expect(try second.masterSecret() == pair.master)
      #expect(try first.clientHello().random != second.clientHello().random)
      #expect(try first.serverHello().random != second.serverHello().random)
      try first.client.send(Array("the same".utf8))
      try second.client.send(Array("the same".utf8))
      let record = first.client.takeOutgoing()
      #expect(record != second.client.takeOutgoing())
      // The record of one connection is nothing to the other, at the same number.
      let error = #expect(throws: TLSError.self) { _ = try second.server.receive(record) }
      #expect(error?.alert == .badRecordMAC)
      #expect(error?.reason == .badRecordMAC(sequenceNumber: 1))
    }
  }

  @Test("A session can be stored and restored between connections, by either side")
  func stored() throws {
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory)
      try pair.getAcquainted()
      let stored = try #require(pair.client.session).encoded()
      pair.client.session = try ClientSession(encoded: stored.bytes)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true, "\(memory)")
    }
  }

  @Test("A client that takes a ticket gets no id, and one that does not gets an id")
  func ticketOrID() throws {
    var pair = try Acquaintances(.cache)
    let cache = SessionCache()
    pair.server.sessionStore = .cache(cache)
    pair.server.ticketKeys = TicketKeys()
    let loopback = try pair.meet()
    #expect(try loopback.newClientSession().ticket != nil)
    #expect(try loopback.serverHello().sessionID.isEmpty)
    #expect(cache.count == 0)
    pair.client.usesSessionTickets = false
    try pair.getAcquainted()
    #expect(pair.client.session?.id?.count == 32)
    #expect(cache.count == 1)
    var second = try pair.meet()
    try expectConnected(&second, isResumed: true)
    #expect(try second.clientHello().body(of: WireHello.sessionTicket) == nil)
    // Without anything to remember with there is no session.
    let forgetful = try Acquaintances(nil).meet()
    #expect(forgetful.clientEvents.compactMap(\.clientSession).isEmpty)
    #expect(try forgetful.serverHello().sessionID.isEmpty)
    #expect(try forgetful.serverHello().body(of: WireHello.sessionTicket) == nil)
  }

  @Test("A session that the server has forgotten costs a full handshake, and there is a new one")
  func forgotten() throws {
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory)
      try pair.getAcquainted()
      let old = pair.client.session
      switch memory {
      case .cache: pair.server.sessionStore = .cache(SessionCache())
      case .tickets: pair.server.ticketKeys = TicketKeys()
      }
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: false, "\(memory)")
      pair.client.session = try loopback.newClientSession()
      #expect(pair.client.session != old)
      var next = try pair.meet()
      try expectConnected(&next, isResumed: true, "\(memory)")
      // A server that remembers nothing at all goes on all the same.
      pair.server.sessionStore = .none
      pair.server.ticketKeys = nil
      var last = try pair.meet()
      try expectConnected(&last, isResumed: false, "\(memory)")
      #expect(last.clientEvents.compactMap(\.clientSession).isEmpty)
    }
  }

  @Test("A ticket that does not open costs a full handshake, and there is a new one (RFC 5077 3.2)")
  func brokenTickets() throws {
    var pair = try Acquaintances(.tickets)
    try pair.getAcquainted()
    let session = try #require(pair.client.session)
    let ticket = try #require(session.ticket)
    let broken: [[UInt8]] = [
      [1], Array(ticket.dropLast()), ticket + [0], ticket.map { $0 ^ 1 },
      ticket.dropLast() + [ticket.last.map { $0 ^ 1 } ?? 0],
      [UInt8](repeating: 7, count: 16_385), [UInt8](repeating: 7, count: 32_768),
    ]
    for ticket in broken {
      pair.client.session = ClientSession(
        ticket: ticket, lifetimeHint: 0, receivedAt: TestIdentities.now, state: session.state)
      var loopback = try pair.meet()
      #expect(try loopback.clientHello().body(of: WireHello.sessionTicket) == ticket)
      try expectConnected(&loopback, isResumed: false, "\(ticket.count) bytes")
      #expect(loopback.serverMessageTypes == [2, 11, 12, 14, 4])
      #expect(try loopback.newClientSession().ticket != nil)
    }
  }

  @Test("The id beside a ticket is not looked at (RFC 5077 3.4)")
  func idBesideTicket() throws {
    var pair = try Acquaintances(.cache)
    try pair.getAcquainted()
    var hello = try pair.clientHello()
    hello.set(WireHello.sessionTicket, [1, 2, 3])
    var server = try ServerConnection(configuration: pair.server)
    _ = try server.receive(WireRecord.handshake(hello.message).bytes)
    let types = WireRecord.messages(WireRecord.split(server.takeOutgoing())).map { $0[0] }
    #expect(types == [2, 11, 12, 14])
    // An empty one is no ticket: the client only asks for one.
    hello.set(WireHello.sessionTicket, [])
    server = try ServerConnection(configuration: pair.server)
    _ = try server.receive(WireRecord.handshake(hello.message).bytes)
    #expect(try WireHello(ofStream: server.takeOutgoing()).sessionID == hello.sessionID)
  }

  // MARK: Fleets

  @Test("Servers that share a secret resume each other's sessions, and no others do")
  func fleet() throws {
    let secret = [UInt8](repeating: 5, count: 32)
    let other = [UInt8](repeating: 6, count: 32)
    var pair = try Acquaintances(nil)
    pair.server.ticketKeys = try TicketKeys(sharedSecret: secret.rawSpan)
    try pair.getAcquainted()
    pair.server.ticketKeys = try TicketKeys(sharedSecret: secret.rawSpan)
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
    pair.server.ticketKeys = try TicketKeys(sharedSecret: other.rawSpan)
    var stranger = try pair.meet()
    try expectConnected(&stranger, isResumed: false)
    pair.client.session = try stranger.newClientSession()
    var again = try pair.meet()
    try expectConnected(&again, isResumed: true)
    // The secret is the same, and the keys are not.
    pair.server.ticketKeys = try TicketKeys(sharedSecret: other.rawSpan, rotatingEvery: 3600)
    var otherPeriod = try pair.meet()
    try expectConnected(&otherPeriod, isResumed: false)
  }

  @Test("Servers that share a cache resume each other's sessions")
  func sharedCache() throws {
    var pair = try Acquaintances(.cache)
    try pair.getAcquainted()
    // Another server of the same name, with another certificate.
    pair.server.identities = [try TestIdentities.identity(.ed25519, names: ["example.com"])]
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
  }

  // MARK: Fatal alerts

  @Test("A session whose connection ended with a fatal alert is forgotten (RFC 5246 7.2.2)")
  func fatalAlerts() throws {
    var pair = try Acquaintances(.cache)
    let cache = SessionCache()
    pair.server.sessionStore = .cache(cache)
    // A record that does not authenticate.
    let broken = [23, 3, 3, 0, 30] + [UInt8](repeating: 0, count: 30)
    for (isResumed, isByServer) in [(false, false), (false, true), (true, false), (true, true)] {
      cache.removeAll()
      try pair.getAcquainted()
      let session = try #require(pair.client.session?.id)
      if !isResumed { pair.client.session = nil }
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: isResumed)
      #expect(cache.count == (isResumed ? 1 : 2))
      if isByServer {
        #expect(throws: TLSError.self) { _ = try loopback.server.receive(broken) }
      } else {
        #expect(throws: TLSError.self) { _ = try loopback.client.receive(broken) }
        #expect(throws: TLSError.self) { try loopback.exchange() }
      }
      // Others stay where they are.
      #expect(cache.count == (isResumed ? 0 : 1))
      #expect((cache.find(session, at: TestIdentities.now) == nil) == isResumed)
    }
  }

  @Test("A session whose connection was closed or cut off goes on")
  func closedConnections() throws {
    var pair = try Acquaintances(.cache)
    try pair.getAcquainted()
    var closed = try pair.meet()
    closed.client.close()
    try closed.exchange()
    var cut = try pair.meet()
    #expect(throws: TLSError.self) { try cut.server.receiveEndOfStream() }
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: true)
  }
}
