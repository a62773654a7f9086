import TLSCertificates
import TLSEngine

/// The engine's settings.
final class EngineSetup: Setup {
  private var client = ClientConfiguration()
  private var server: ServerConfiguration
  fileprivate let group: NamedGroup

  /// The session that a server gave away last.
  fileprivate(set) var serverSession: ServerSession?

  /// - Parameter givesSessions: whether the server gives its sessions to whoever stores them, and no
  ///   tickets to clients.
  init(_ fixture: Fixture, _ suite: CipherSuite, givesSessions: Bool = false) {
    group = fixture.group
    client.verification =
      fixture.root.map { .roots(TrustRoots(certificates: [$0])) }
      ?? .insecureWithoutAnyVerification
    client.cipherSuites = [suite]
    client.supportedGroups = fixture.groups
    server = ServerConfiguration(identities: [fixture.identity])
    server.cipherSuites = [suite]
    server.supportedGroups = fixture.groups
    if givesSessions { server.sessionStore = .ask } else { server.ticketKeys = TicketKeys() }
  }

  func pair(resuming: Bool) throws -> any Pair {
    try enginePair(resuming: resuming)
  }

  /// A pair that has done its handshake.
  func connectedPair(resuming: Bool = false) throws -> EnginePair {
    let pair = try enginePair(resuming: resuming)
    try pair.connect()
    guard pair.isResumed == resuming else {
      throw Failure(description: "the handshake was \(resuming ? "full" : "resumed")")
    }
    return pair
  }

  /// The same as ``pair(resuming:)``.
  func enginePair(resuming: Bool) throws -> EnginePair {
    var client = client
    if !resuming { client.session = nil }
    return EnginePair(
      self,
      End(try ClientConnection(to: Fixture.name, configuration: client)),
      End(try ServerConnection(configuration: server)))
  }

  fileprivate func remember(_ session: ClientSession) {
    client.session = session
  }
}

/// One end of a connection, which can go before the other.
final class End<Role> {
  var connection: Connection<Role>

  init(_ connection: consuming Connection<Role>) {
    self.connection = connection
  }
}

/// Both ends of a connection, of which the client may go first.
typealias Ends = (client: End<ClientRole>?, server: End<ServerRole>)

/// The engine's client and server.
final class EnginePair: Pair {
  private let setup: EngineSetup
  private var client: End<ClientRole>?
  private let server: End<ServerRole>
  private var session: ClientSession?

  var ends: Ends { (client, server) }

  init(_ setup: EngineSetup, _ client: End<ClientRole>, _ server: End<ServerRole>) {
    self.setup = setup
    self.client = client
    self.server = server
  }

  func connect() throws {
    guard let client else { throw Failure(description: "the client is gone") }
    try client.connection.start()
    while client.connection.hasOutgoing || server.connection.hasOutgoing {
      for event in try server.connection.receive(client.connection.takeOutgoing()) {
        if case .newServerSession(let session) = event { setup.serverSession = session }
      }
      for event in try client.connection.receive(server.connection.takeOutgoing()) {
        if case .newClientSession(let session) = event { self.session = session }
      }
    }
    guard server.connection.summary != nil else { throw Failure(description: "no handshake") }
  }

  var isResumed: Bool { server.connection.summary?.isResumed ?? false }

  var hasGroup: Bool { server.connection.summary?.group == setup.group }

  func remember() throws {
    guard let session else { throw Failure(description: "no session") }
    setup.remember(session)
  }

  func rest() {
    // Whoever does not go on with a session does not keep it.
    session = nil
  }

  func dropClient() {
    client = nil
  }

  func records(byteCount: Int, times: Int) throws -> any Records {
    guard let client else { throw Failure(description: "the client is gone") }
    return BufferedRecords(client, server, byteCount: byteCount)
  }

  /// The same for large writes, with threads that help.
  func bulk(byteCount: Int, workers: RecordWorkers) throws -> BulkRecords {
    guard let client else { throw Failure(description: "the client is gone") }
    return BulkRecords(client, server, workers, byteCount: byteCount)
  }

  /// The same in the caller's buffers.
  func recordsInPlace(byteCount: Int, times: Int) throws -> RecordsInPlace {
    guard let client else { throw Failure(description: "the client is gone") }
    return RecordsInPlace(client, server, byteCount: byteCount, times: times)
  }
}
