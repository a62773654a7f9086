import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Sessions, tickets and their keys as time goes by.
@Suite("Resumption in time")
struct SessionTimeTests {
  @Test("A ticket is renewed under the next key, and the session is as old as before")
  func renewedTickets() throws {
    var pair = try Acquaintances(nil)
    pair.server.ticketKeys = try TicketKeys(rotatingEvery: 3600)
    try pair.getAcquainted()
    let first = try #require(pair.client.session)
    // In the same period there is nothing to renew.
    pair.clock.advance(seconds: 3599)
    var same = try pair.meet()
    try expectConnected(&same, isResumed: true)
    #expect(same.serverMessageTypes == [2])
    #expect(try same.serverHello().body(of: WireHello.sessionTicket) == nil)
    pair.clock.advance(seconds: 1 - 3600)
    for hour in 1..<24 {
      pair.clock.advance(seconds: 3600)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true, "\(hour)")
      #expect(loopback.serverMessageTypes == [2, 4])
      #expect(try loopback.serverHello().body(of: WireHello.sessionTicket) == [])
      let session = try loopback.newClientSession()
      #expect(session != pair.client.session)
      #expect(session.createdAt == first.createdAt)
      #expect(session.expiresAt <= first.createdAt.adding(seconds: 86_400))
      #expect(session.state.policy == first.state.policy)
      #expect(session.state.peerCertificates == first.state.peerCertificates)
      pair.client.session = session
    }
    // 24 hours after the full handshake it is over, however fresh the ticket is.
    pair.clock.advance(seconds: 3600)
    #expect(try pair.clientHello().sessionID.isEmpty)
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
  }

  @Test("A ticket two periods old does not open any more")
  func forgottenKeys() throws {
    var pair = try Acquaintances(nil)
    pair.server.ticketKeys = try TicketKeys(rotatingEvery: 3600)
    try pair.getAcquainted()
    let session = try #require(pair.client.session)
    #expect(session.expiresAt == TestIdentities.now.adding(seconds: 7200))
    // A client that takes no notice of the hint.
    pair.client.session = ClientSession(
      ticket: try #require(session.ticket), lifetimeHint: 0, receivedAt: TestIdentities.now,
      state: session.state)
    pair.clock.advance(seconds: 7199)
    var last = try pair.meet()
    try expectConnected(&last, isResumed: true)
    pair.clock.advance(seconds: 1)
    var loopback = try pair.meet()
    #expect(try loopback.clientHello().sessionID.isEmpty == false)
    try expectConnected(&loopback, isResumed: false)
  }

  @Test("The server goes by its own time, whatever the client believes of the session's age")
  func youngInTheClientsEyes() throws {
    for memory in Acquaintances.Memory.allCases {
      var pair = try Acquaintances(memory)
      switch memory {
      case .cache:
        pair.server.sessionStore = .cache(try SessionCache(capacity: 10, lifetime: 600))
      case .tickets: pair.server.ticketKeys = try TicketKeys(rotatingEvery: 3600, lifetime: 600)
      }
      try pair.getAcquainted()
      let session = try #require(pair.client.session)
      if let ticket = session.ticket {
        #expect(session.expiresAt == TestIdentities.now.adding(seconds: 600))
        pair.client.session = ClientSession(
          ticket: ticket, lifetimeHint: 0, receivedAt: TestIdentities.now, state: session.state)
      }
      pair.clock.advance(seconds: 599)
      var last = try pair.meet()
      try expectConnected(&last, isResumed: true, "\(memory)")
      pair.clock.advance(seconds: 1)
      #expect(try pair.clientHello().sessionID.isEmpty == false)
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: false, "\(memory)")
    }
  }

  @Test("A cache keeps its sessions for as long as it was told to")
  func longLivedCache() throws {
    var pair = try Acquaintances(nil)
    pair.server.sessionStore = .cache(try SessionCache(capacity: 10, lifetime: 172_800))
    try pair.getAcquainted()
    let session = try #require(pair.client.session)
    // A client of ours lets go of it after a day; another may not.
    pair.client.session = ClientSession(
      id: try #require(session.id), state: session.state, lifetime: 172_800)
    pair.clock.advance(seconds: 172_799)
    var last = try pair.meet()
    try expectConnected(&last, isResumed: true)
    pair.clock.advance(seconds: 1)
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
  }

  @Test("A client does not offer a session that is too old, or from the future")
  func notOffered() throws {
    for (seconds, isOffered) in [(86_399, true), (86_400, false), (-300, true), (-301, false)] {
      for memory in Acquaintances.Memory.allCases {
        var pair = try Acquaintances(memory)
        try pair.getAcquainted()
        pair.clock.advance(seconds: Int64(seconds))
        let hello = try pair.clientHello()
        #expect(!hello.sessionID.isEmpty == isOffered, "\(memory), \(seconds) s")
        var loopback = try pair.meet()
        try expectConnected(&loopback, isResumed: isOffered, "\(memory), \(seconds) s")
      }
    }
  }

  @Test("A cache under many handshakes stays as large as it was told to be")
  func boundedCache() throws {
    var pair = try Acquaintances(nil)
    let cache = try SessionCache(capacity: 4)
    pair.server.sessionStore = .cache(cache)
    var sessions: [ClientSession] = []
    for count in 1...12 {
      try pair.getAcquainted()
      sessions.append(try #require(pair.client.session))
      #expect(cache.count == min(count, 4))
    }
    for (index, session) in sessions.enumerated() {
      // A full handshake would push others out.
      guard index >= 8 else { continue }
      pair.client.session = session
      var loopback = try pair.meet()
      try expectConnected(&loopback, isResumed: true, "\(index)")
      #expect(cache.count == 4)
    }
    pair.client.session = sessions[7]
    var loopback = try pair.meet()
    try expectConnected(&loopback, isResumed: false)
    #expect(cache.count == 4)
  }
}
