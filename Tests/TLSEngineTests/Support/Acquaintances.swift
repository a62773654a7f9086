import Synchronization
import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// A clock that is set by hand, and begins at the time of every test.
final class HandSetTimeSource: TimeSource {
  private let time = Mutex(TestIdentities.now)

  func now() -> Timestamp { time.withLock { $0 } }

  /// Sets it on, or back.
  func advance(seconds: Int64) {
    time.withLock { $0 = $0.adding(seconds: seconds) }
  }
}

/// A client and a server that meet more than once.
struct Acquaintances {
  /// How the server remembers.
  enum Memory: CaseIterable, Sendable {
    case cache
    case tickets
  }

  var name = "example.com"
  var client: ClientConfiguration
  var server: ServerConfiguration

  /// The clock of both.
  let clock = HandSetTimeSource()

  /// The master secret of the session that the client keeps.
  private(set) var master: [UInt8] = []

  /// The server's certificate outlives every session.
  init(_ memory: Memory?, as kind: TestIdentities.Kind = .ed25519) throws {
    client = try TestIdentities.clientConfiguration()
    client.time = clock
    server = ServerConfiguration(identities: [
      try TestIdentities.identity(kind, names: ["example.com", "example.net", "192.0.2.1"]) {
        $0.notAfter = TestIdentities.now.adding(seconds: 30 * 86_400)
      }
    ])
    server.time = clock
    switch memory {
    case .cache: server.sessionStore = .cache(SessionCache())
    case .tickets: server.ticketKeys = TicketKeys()
    case nil: break
    }
  }

  /// A connection that has not said a word.
  func approach() throws -> Loopback {
    try Loopback(to: name, client, server)
  }

  /// A connection whose handshake is complete.
  func meet() throws -> Loopback {
    var loopback = try approach()
    try loopback.exchange()
    return loopback
  }

  /// Meets for the first time: the client keeps the session.
  mutating func getAcquainted() throws {
    client.session = nil
    var loopback = try meet()
    try expectConnected(&loopback, isResumed: false)
    client.session = try loopback.newClientSession()
    master = try loopback.masterSecret()
  }

  /// The ClientHello that the client would say now.
  func clientHello() throws -> WireHello {
    var client = try ClientConnection(to: name, configuration: client)
    try client.start()
    return try WireHello(ofStream: client.takeOutgoing())
  }

  /// The suite of the session that the client keeps.
  var suite: CipherSuite {
    get throws { try #require(client.session?.cipherSuite) }
  }
}

extension Loopback {
  /// The session that the client was last given.
  func newClientSession() throws -> ClientSession {
    let session = clientEvents.compactMap(\.clientSession).last
    return try #require(session)
  }

  /// The session that the server was last given.
  func newServerSession() throws -> ServerSession {
    let session = serverEvents.compactMap(\.serverSession).last
    return try #require(session)
  }

  /// The ClientHello.
  func clientHello() throws -> WireHello { try WireHello(ofStream: sentByClient) }

  /// The ServerHello.
  func serverHello() throws -> WireHello { try WireHello(ofStream: sentByServer) }

  /// The types of the server's messages before its first ChangeCipherSpec.
  var serverMessageTypes: [UInt8] {
    let records = WireRecord.split(sentByServer).prefix { $0.type == 22 }
    return WireRecord.messages(Array(records)).map { $0[0] }
  }

  /// What the key log has of the connection.
  func masterSecret() throws -> [UInt8] {
    let random = try clientHello().random
    return try #require(TestKeyLog.shared.masterSecret(of: random))
  }
}

extension Event {
  /// The client's session in it, if any.
  var clientSession: ClientSession? {
    if case .newClientSession(let session) = self { session } else { nil }
  }

  /// The server's session in it, if any.
  var serverSession: ServerSession? {
    if case .newServerSession(let session) = self { session } else { nil }
  }
}

extension ClientSession {
  /// The ticket, if it goes by one.
  var ticket: [UInt8]? {
    if case .ticket(let ticket) = handle { ticket } else { nil }
  }

  /// The id, if it goes by one.
  var id: [UInt8]? {
    if case .id(let id) = handle { id } else { nil }
  }
}

/// Checks that a handshake went as it should on both sides, that both say the same of it, that its
/// messages were those of RFC 5246 figure 1 or 2, and that data flows both ways.
func expectConnected(
  _ loopback: inout Loopback, isResumed: Bool, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let summaries = (loopback.client.summary, loopback.server.summary)
  let client = try #require(summaries.0, comment, sourceLocation: sourceLocation)
  let server = try #require(summaries.1, comment, sourceLocation: sourceLocation)
  #expect(client.isResumed == isResumed, comment, sourceLocation: sourceLocation)
  #expect(server.isResumed == isResumed, comment, sourceLocation: sourceLocation)
  #expect(client.cipherSuite == server.cipherSuite, comment, sourceLocation: sourceLocation)
  #expect(client.group == server.group, comment, sourceLocation: sourceLocation)
  #expect(
    client.signatureScheme == server.signatureScheme, comment, sourceLocation: sourceLocation)
  #expect(
    client.applicationProtocol == server.applicationProtocol, comment,
    sourceLocation: sourceLocation)
  #expect(
    client.usesExtendedMasterSecret == server.usesExtendedMasterSecret, comment,
    sourceLocation: sourceLocation)
  #expect(
    client.usesEncryptThenMAC == server.usesEncryptThenMAC, comment,
    sourceLocation: sourceLocation)
  let types = loopback.serverMessageTypes
  #expect(types.first == 2, comment, sourceLocation: sourceLocation)
  #expect(types.contains(12) == !isResumed, comment, sourceLocation: sourceLocation)
  #expect(types.contains(11) == !isResumed, comment, sourceLocation: sourceLocation)
  let hellos = (try loopback.clientHello(), try loopback.serverHello())
  #expect(
    (!hellos.0.sessionID.isEmpty && hellos.0.sessionID == hellos.1.sessionID) == isResumed,
    comment, sourceLocation: sourceLocation)
  try loopback.client.send(Array("a question".utf8))
  try loopback.server.send(Array("an answer".utf8))
  try loopback.exchange()
  let received = (loopback.receivedByServer, loopback.receivedByClient)
  #expect(received.0 == Array("a question".utf8), comment, sourceLocation: sourceLocation)
  #expect(received.1 == Array("an answer".utf8), comment, sourceLocation: sourceLocation)
}
