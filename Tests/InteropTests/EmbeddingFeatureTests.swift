import Foundation
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

/// The README's code for sessions, client certificates, pre-shared keys and exporters.
extension Interop.Embedding {
  @Test("A client's session is kept, restored and resumed, and its exporters work")
  func sessions() throws {
    let authority = try Authority.shared.get()
    let peer = try Peer.tls(
      ["serve", "--port", "0", "--identity", "ecdsa.pem,ecdsa.key"], in: authority.directory)
    defer { peer.stop() }
    let port = try peer.waitForListening()
    var configuration = try authority.clientConfiguration()

    let session = try #require(try Self.newSession(configuration, port))
    configuration.session = session
    let secret = try session.encoded()
    let restored = try ClientSession(encoded: secret.bytes)

    #expect(restored == session)
    configuration.session = restored
    let client = try ClientConnection.connected(
      configuration, over: try Socket.connect(toPort: port))
    let isResumed = client.summary?.isResumed
    #expect(isResumed == true)

    let material = try client.exportKeyingMaterial(label: "EXPERIMENTAL-mine", byteCount: 32)
    let binding = try client.channelBinding(.tlsExporter)

    let count = material.count
    #expect(count == 32)
    #expect(binding.count == 32)
  }

  /// Connects, and takes the session that the server gives.
  private static func newSession(
    _ configuration: ClientConfiguration, _ port: UInt16
  ) throws -> ClientSession? {
    let socket = try Socket.connect(toPort: port)
    var client = try ClientConnection(to: "example.com", configuration: configuration)
    try client.start()
    while let events = try client.exchange(over: socket) {
      for case .newClientSession(let session) in events { return session }
    }
    return nil
  }

  @Test("A server's sessions, client certificates and pre-shared keys are a few lines")
  func features() throws {
    let authority = try Authority.shared.get()
    var configuration = try authority.serverConfiguration(.rsa)
    let secret = SecretBytes(copying: [UInt8](repeating: 7, count: 32).rawSpan)

    configuration.ticketKeys = TicketKeys()
    configuration.ticketKeys = try TicketKeys(sharedSecret: secret.bytes)
    configuration.sessionStore = .cache(SessionCache())

    configuration.clientAuthentication = .required
    configuration.clientVerification = .roots(
      try TrustRoots(file: authority.file("ca.pem").path))

    let server = try ServerConnection(configuration: configuration)
    let isComplete = server.summary != nil
    #expect(!isComplete)

    var client = ClientConfiguration()
    let key = try PreSharedKey(identity: "device 7", key: secret.bytes)
    client.cipherSuites = try CipherSuite.selection("PSK")
    client.preSharedKey = .keys([key])

    var keyed = ServerConfiguration()
    keyed.cipherSuites = client.cipherSuites
    keyed.preSharedKeys = .keys([key])
    try Self.connect(client, keyed) { summary in
      #expect(summary.preSharedKeyIdentity == [UInt8]("device 7".utf8))
    }
  }

  /// Connects a client and a server in memory.
  private static func connect(
    _ client: ClientConfiguration, _ server: ServerConfiguration,
    _ body: (ConnectionSummary) throws -> Void
  ) throws {
    var client = try ClientConnection(to: "example.com", configuration: client)
    var server = try ServerConnection(configuration: server)
    try client.start()
    while client.hasOutgoing {
      _ = try server.receive(client.takeOutgoing())
      _ = try client.receive(server.takeOutgoing())
    }
    let negotiated = client.summary
    try body(try #require(negotiated))
  }
}
