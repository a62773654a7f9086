import TLSEngine

/// The settings of connections that are many. Nobody judges chains.
struct GrowthSetup {
  var client = ClientConfiguration()
  var server: ServerConfiguration

  init(_ fixture: Fixture, _ suite: CipherSuite) {
    client.verification = .insecureWithoutAnyVerification
    client.cipherSuites = [suite]
    client.supportedGroups = [.x25519, .secp256r1]
    server = ServerConfiguration(identities: [fixture.identity])
    server.cipherSuites = [suite]
    server.ticketKeys = TicketKeys()
  }

  /// The two ends of a connection that have said nothing.
  func pair(resuming: Bool) throws -> GrowthPair {
    var client = client
    if !resuming { client.session = nil }
    return GrowthPair(
      client: End(try ClientConnection(to: Fixture.name, configuration: client)),
      server: End(try ServerConnection(configuration: server)))
  }

  /// The same once they are connected.
  func connected(resuming: Bool) throws -> GrowthPair {
    let pair = try pair(resuming: resuming)
    _ = try pair.connect()
    return pair
  }

  /// Lets the clients to come offer a session.
  mutating func remember() throws {
    client.session = try pair(resuming: false).connect().client
  }
}

/// Both ends of a connection, of which the client may go first.
struct GrowthPair {
  var client: End<ClientRole>?
  let server: End<ServerRole>

  /// Does the handshake.
  ///
  /// - Returns: the sessions that it gave away.
  func connect() throws -> (client: ClientSession?, server: ServerSession?) {
    var sessions: (client: ClientSession?, server: ServerSession?)
    guard let client else { throw Failure(description: "the client is gone") }
    try client.connection.start()
    while client.connection.hasOutgoing || server.connection.hasOutgoing {
      for event in try server.connection.receive(client.connection.takeOutgoing()) {
        if case .newServerSession(let session) = event { sessions.server = session }
      }
      for event in try client.connection.receive(server.connection.takeOutgoing()) {
        if case .newClientSession(let session) = event { sessions.client = session }
      }
    }
    guard server.connection.summary != nil else { throw Failure(description: "no handshake") }
    return sessions
  }

  /// Sends one record from the client to the server, through a buffer.
  func sendRecord(_ plaintext: [UInt8], through buffer: inout [UInt8]) throws {
    guard let client else { throw Failure(description: "the client is gone") }
    var wire = buffer.mutableRawSpan
    let written = try client.connection.seal(plaintext.rawSpan, into: &wire).written
    var record = wire._mutatingExtracting(0..<written)
    guard case .applicationData = try server.connection.open(&record) else {
      throw Failure(description: "no application data")
    }
  }
}
