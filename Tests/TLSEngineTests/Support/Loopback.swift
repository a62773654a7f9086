import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

/// A client and a server that talk to each other without a network.
struct Loopback: ~Copyable {
  var client: ClientConnection
  var server: ServerConnection

  /// What each side made of what it received, in order.
  var clientEvents: [Event] = []
  var serverEvents: [Event] = []

  /// Everything that went over the wire.
  var sentByClient: [UInt8] = []
  var sentByServer: [UInt8] = []

  private init(_ client: consuming ClientConnection, _ server: consuming ServerConnection) {
    self.client = client
    self.server = server
  }

  init(
    to name: String = "example.com", _ client: ClientConfiguration, _ server: ServerConfiguration
  ) throws {
    self.init(
      try Self.startedClient(name, client), try ServerConnection(configuration: server))
  }

  /// A connection whose handshake is complete.
  static func connected(
    _ change: (inout ClientConfiguration) -> Void = { _ in },
    as identities: [Identity]? = nil, serverSuites: [CipherSuite] = CipherSuite.defaults
  ) throws -> Loopback {
    var client = try TestIdentities.clientConfiguration()
    change(&client)
    var server = ServerConfiguration(
      identities: try identities ?? [TestIdentities.identity(.ed25519)])
    server.cipherSuites = serverSuites
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    return loopback
  }

  private static func startedClient(
    _ name: String, _ configuration: ClientConfiguration
  ) throws -> ClientConnection {
    var client = try ClientConnection(to: name, configuration: configuration)
    try client.start()
    return client
  }

  /// Carries bytes both ways until neither side has any, so many bytes at a time.
  ///
  /// - Throws: the first error of either side, once its alert has reached the other.
  mutating func exchange(bytesAtATime count: Int = .max) throws {
    var failure: TLSError?
    while client.hasOutgoing || server.hasOutgoing {
      let toServer = client.takeOutgoing()
      sentByClient += toServer
      for chunk in toServer.chunks(of: count) {
        do {
          serverEvents += try server.receive(chunk)
        } catch {
          failure = failure ?? error
        }
      }
      let toClient = server.takeOutgoing()
      sentByServer += toClient
      for chunk in toClient.chunks(of: count) {
        do {
          clientEvents += try client.receive(chunk)
        } catch {
          failure = failure ?? error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Checks that data goes both ways, more than a record of it, and that both sides can close.
  mutating func expectDataBothWays(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let question = [UInt8]((0..<40_000).map { UInt8(truncatingIfNeeded: $0) })
    let answer = [UInt8]("an answer".utf8)
    try client.send(question)
    try server.send(answer)
    try exchange()
    let received = (byServer: receivedByServer, byClient: receivedByClient)
    #expect(received.byServer == question, sourceLocation: sourceLocation)
    #expect(received.byClient == answer, sourceLocation: sourceLocation)
    client.close()
    try exchange()
    let closed = (server: serverEvents.last?.isClosed, client: clientEvents.last?.isClosed)
    #expect(closed.server == true, sourceLocation: sourceLocation)
    #expect(closed.client == true, sourceLocation: sourceLocation)
    try client.receiveEndOfStream()
    try server.receiveEndOfStream()
  }

  /// What the client was told of the handshake, with all that the server showed.
  var clientSummary: ConnectionSummary? { clientEvents.compactMap(\.summary).last }

  /// What the server was told of the handshake, with all that the client showed.
  var serverSummary: ConnectionSummary? { serverEvents.compactMap(\.summary).last }

  /// The data that the server received.
  var receivedByServer: [UInt8] { serverEvents.flatMap(\.data) }

  /// The data that the client received.
  var receivedByClient: [UInt8] { clientEvents.flatMap(\.data) }
}

extension Event {
  /// The application data in it, if any.
  var data: [UInt8] {
    if case .applicationData(let bytes) = self { bytes } else { [] }
  }

  /// The question in it, if any.
  var question: Question? {
    if case .question(let question) = self { question } else { nil }
  }

  /// The summary in it, if any.
  var summary: ConnectionSummary? {
    if case .handshakeCompleted(let summary) = self { summary } else { nil }
  }

  /// Whether the peer closed.
  var isClosed: Bool {
    if case .closed = self { true } else { false }
  }
}

extension Array where Element == UInt8 {
  func chunks(of count: Int) -> [[UInt8]] {
    guard count < self.count else { return isEmpty ? [] : [self] }
    return stride(from: 0, to: self.count, by: count).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}
