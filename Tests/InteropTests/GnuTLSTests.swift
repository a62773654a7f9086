import Foundation
import TLSEngine
import Testing

extension Interop {
  @Suite("GnuTLS", .serialized)
  struct GnuTLS {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    /// A server that echoes what it gets.
    private func server(
      _ priority: String, _ kind: Authority.Kind, _ arguments: [String] = []
    ) throws -> (Peer, Socket) {
      let port = try freePort()
      let peer = try Peer(
        "gnutls-serv", package: "gnutls-bin",
        [
          "--echo", "--port", "\(port)", "--priority", priority, "--x509certfile",
          "\(kind).pem", "--x509keyfile", "\(kind).key", "--disable-client-cert",
        ] + arguments, in: authority.directory)
      return (peer, try peer.connect(toPort: port))
    }

    private func client(
      _ priority: String, toPort port: UInt16, _ arguments: [String] = []
    ) throws -> Peer {
      try Peer(
        "gnutls-cli", package: "gnutls-bin",
        [
          "--port", "\(port)", "--priority", priority, "--x509cafile", "ca.pem",
          "--sni-hostname", "example.com", "--verify-hostname", "example.com",
        ] + arguments + ["127.0.0.1"], in: authority.directory)
    }

    private static let tls12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2"

    // MARK: Our client

    @Test("Our client with gnutls-serv", arguments: Combination.all)
    func asClient(combination: Combination) throws {
      let (peer, socket) = try server(combination.gnutlsPriority, combination.kind)
      defer { peer.stop() }
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(groups: NamedGroup.supported), over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      combination.expect(summary)
      try connection.write([UInt8]("there and back\n".utf8), over: socket)
      #expect(
        try connection.read(15, over: socket) == [UInt8]("there and back\n".utf8))
      try connection.finish(over: socket)
    }

    @Test("Our client with gnutls-serv, 10 MB each way")
    func asClientBulk() throws {
      let (peer, socket) = try server(Self.tls12, .ecdsa)
      defer { peer.stop() }
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      // The echo comes while we are still sending: in turns, so that neither side's buffers fill.
      var echoed: [UInt8] = []
      for start in stride(from: 0, to: tenMegabytes.count, by: 262_144) {
        let end = min(start + 262_144, tenMegabytes.count)
        try connection.write(Array(tenMegabytes[start..<end]), over: socket)
        echoed += try connection.read(end - start, over: socket)
      }
      #expect(echoed == tenMegabytes)
      try connection.finish(over: socket)
    }

    @Test("gnutls-serv sees our SNI and ALPN")
    func serverSeesNames() throws {
      let (peer, socket) = try server(
        Self.tls12, .ecdsa, ["--alpn", "h2", "--sni-hostname", "example.com"])
      var configuration = try authority.clientConfiguration()
      configuration.applicationProtocols = ["h2"]
      var connection = try ClientConnection.connected(configuration, over: socket, bytesAtATime: 1)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      #expect(summary.applicationProtocol == "h2")
      try peer.waitForOutput("Given server name[1]: example.com")
      try peer.waitForOutput("Application protocol: h2")
      try connection.finish(over: socket)
    }

    // MARK: Our server

    /// gnutls-cli takes our close_notify for what it is, but answers with the end of the stream alone.
    private func close(
      _ connection: consuming ServerConnection, _ peer: Peer, _ socket: Socket
    ) throws {
      connection.close()
      try socket.write(connection.takeOutgoing())
      #expect(try peer.waitForExit() == 0)
    }

    @Test("gnutls-cli with our server", arguments: Combination.all)
    func asServer(combination: Combination) throws {
      let listener = try Socket.listen()
      let peer = try client(combination.gnutlsClientPriority, toPort: listener.port)
      let socket = try listener.accept()
      var configuration = try authority.serverConfiguration(combination.kind)
      configuration.supportedGroups = [combination.group]
      var connection = try ServerConnection(configuration: configuration)
      let (summary, _) = try connection.completeHandshake(over: socket)
      combination.expect(summary)
      try peer.waitForOutput("Handshake was completed")
      peer.type([UInt8]("a line from them\n".utf8))
      #expect(
        try connection.read(17, over: socket) == [UInt8]("a line from them\n".utf8))
      try connection.write([UInt8]("a line from us\n".utf8), over: socket)
      try peer.waitForOutput("a line from us\n")
      try close(connection, peer, socket)
    }

    @Test("gnutls-cli with our server, 10 MB each way")
    func asServerBulk() throws {
      let listener = try Socket.listen()
      let log = authority.file("gnutls-cli.log").path
      let peer = try client(Self.tls12, toPort: listener.port, ["--logfile", log])
      let socket = try listener.accept()
      var connection = try ServerConnection(
        configuration: try authority.serverConfiguration(.rsa))
      _ = try connection.completeHandshake(over: socket)
      peer.type(tenMegabytes)
      #expect(try connection.read(tenMegabytes.count, over: socket) == tenMegabytes)
      try connection.write(tenMegabytes, over: socket)
      let received = try peer.waitForOutput(byteCount: tenMegabytes.count)
      #expect(Array(received.suffix(tenMegabytes.count)) == tenMegabytes)
      try close(connection, peer, socket)
    }

    @Test("gnutls-cli and our server see each other's SNI and ALPN")
    func clientSeesNames() throws {
      let listener = try Socket.listen()
      let peer = try client(Self.tls12, toPort: listener.port, ["--alpn", "h2"])
      let socket = try listener.accept()
      var configuration = try authority.serverConfiguration(.ed25519)
      configuration.applicationProtocols = ["http/1.1", "h2"]
      var connection = try ServerConnection(configuration: configuration)
      let (summary, _) = try connection.completeHandshake(over: socket, bytesAtATime: 1)
      #expect(summary.serverName == "example.com")
      #expect(summary.applicationProtocol == "h2")
      try peer.waitForOutput("Application protocol: h2")
      try peer.waitForOutput("The certificate is trusted")
      try close(connection, peer, socket)
    }
  }
}
