import Foundation
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

extension Interop {
  @Suite("OpenSSL", .serialized)
  struct OpenSSL {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    private func server(_ arguments: [String], _ kind: Authority.Kind) throws -> (Peer, Socket) {
      let port = try freePort()
      let peer = try Peer(
        "openssl", package: "openssl",
        [
          "s_server", "-accept", "127.0.0.1:\(port)", "-naccept", "1", "-tls1_2",
          "-cert", "\(kind).pem", "-key", "\(kind).key",
        ] + arguments, in: authority.directory)
      return (peer, try peer.connect(toPort: port))
    }

    private func client(_ arguments: [String], toPort port: UInt16) throws -> Peer {
      try Peer(
        "openssl", package: "openssl",
        [
          "s_client", "-connect", "127.0.0.1:\(port)", "-tls1_2", "-CAfile", "ca.pem",
          "-verify_return_error", "-verify_hostname", "example.com",
          "-servername", "example.com",
        ] + arguments, in: authority.directory)
    }

    // MARK: Our client

    @Test("Our client with s_server", arguments: Combination.all)
    func asClient(combination: Combination) throws {
      let (peer, socket) = try server(
        ["-quiet", "-cipher", combination.opensslSuite, "-groups", combination.opensslGroup],
        combination.kind)
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(groups: NamedGroup.supported), over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      combination.expect(summary)
      try connection.write([UInt8]("a line from us\n".utf8), over: socket)
      #expect(
        try peer.waitForOutput(byteCount: 15) == [UInt8]("a line from us\n".utf8))
      peer.type([UInt8]("a line from them\n".utf8))
      #expect(
        try connection.read(17, over: socket) == [UInt8]("a line from them\n".utf8))
      try connection.finish(over: socket)
    }

    @Test("Our client with s_server, Ed25519")
    func asClientWithEd25519() throws {
      let (peer, socket) = try server(["-quiet"], .ed25519)
      defer { peer.stop() }
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      #expect(summary.signatureScheme == .ed25519)
      try connection.finish(over: socket)
    }

    @Test("Our client with s_server, 10 MB each way")
    func asClientBulk() throws {
      let (peer, socket) = try server(["-quiet"], .ecdsa)
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      try connection.write(tenMegabytes, over: socket)
      #expect(try peer.waitForOutput(byteCount: tenMegabytes.count) == tenMegabytes)
      peer.type(tenMegabytes)
      #expect(try connection.read(tenMegabytes.count, over: socket) == tenMegabytes)
      try connection.finish(over: socket)
    }

    @Test("Our client with s_server, one byte a read")
    func asClientByteByByte() throws {
      let (peer, socket) = try server(["-quiet"], .rsa)
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket, bytesAtATime: 1)
      peer.type([UInt8]("byte by byte\n".utf8))
      #expect(
        try connection.read(13, over: socket, bytesAtATime: 1)
          == [UInt8]("byte by byte\n".utf8))
      try connection.finish(over: socket)
    }

    @Test("s_server sees our SNI, and chooses a certificate by it")
    func serverSeesName() throws {
      let (peer, socket) = try server(
        ["-servername", "example.com", "-cert2", "ecdsa.pem", "-key2", "ecdsa.key"], .rsa)
      var configuration = try authority.clientConfiguration()
      configuration.keptPeerCertificates = .leaf
      var connection = try ClientConnection.connected(configuration, over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      try peer.waitForOutput("Hostname in TLS extension: \"example.com\"")
      #expect(summary.peerCertificates?.first?.publicKey.kind == .ecdsa(.secp256r1))
      try connection.finish(over: socket)
    }

    @Test("s_server sees our ALPN")
    func serverSeesProtocols() throws {
      let (peer, socket) = try server(["-alpn", "h2,http/1.1"], .rsa)
      var configuration = try authority.clientConfiguration()
      configuration.applicationProtocols = ["http/1.1", "spdy/3"]
      var connection = try ClientConnection.connected(configuration, over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      #expect(summary.applicationProtocol == "http/1.1")
      try peer.waitForOutput("ALPN protocols advertised by the client: http/1.1, spdy/3")
      try connection.finish(over: socket)
    }

    @Test("A server that asks for a certificate gets an empty list and goes on")
    func certificateRequested() throws {
      let (peer, socket) = try server(["-quiet", "-verify", "1"], .ecdsa)
      defer { peer.stop() }
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      try connection.finish(over: socket)
    }

    @Test("Without extended_master_secret the classic derivation is used")
    func withoutExtendedMasterSecret() throws {
      let settings = authority.file("no-ems.cnf")
      try """
      openssl_conf = all
      [all]
      ssl_conf = modules
      [modules]
      system_default = defaults
      [defaults]
      Options = -ExtendedMasterSecret
      """.write(to: settings, atomically: true, encoding: .utf8)
      let port = try freePort()
      let peer = try Peer(
        "env", package: "coreutils",
        [
          "OPENSSL_CONF=no-ems.cnf", "openssl", "s_server", "-quiet", "-accept",
          "127.0.0.1:\(port)", "-naccept", "1", "-tls1_2", "-cert", "ecdsa.pem", "-key",
          "ecdsa.key",
        ], in: authority.directory)
      let socket = try peer.connect(toPort: port)
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      #expect(!summary.usesExtendedMasterSecret)
      try connection.finish(over: socket)
    }

    @Test("A server that knows only TLS 1.3 or only RSA key exchange is refused by itself")
    func nothingInCommon() throws {
      for arguments in [["-tls1_3"], ["-cipher", "AES128-SHA"]] {
        let port = try freePort()
        let peer = try Peer(
          "openssl", package: "openssl",
          [
            "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-naccept", "1", "-cert",
            "rsa.pem", "-key", "rsa.key",
          ] + arguments, in: authority.directory)
        let socket = try peer.connect(toPort: port)
        var connection = try ClientConnection(
          to: "example.com", configuration: try authority.clientConfiguration())
        try connection.start()
        let error = #expect(throws: TLSError.self) {
          _ = try connection.completeHandshake(over: socket)
        }
        #expect(
          [.peerAlert(.protocolVersion), .peerAlert(.handshakeFailure)].contains(error?.reason))
      }
    }

    // MARK: Our server

    @Test("s_client with our server", arguments: Combination.all)
    func asServer(combination: Combination) throws {
      let listener = try Socket.listen()
      let peer = try client(
        [
          "-quiet", "-cipher", combination.opensslSuite, "-groups", combination.opensslClientGroups,
        ],
        toPort: listener.port)
      let socket = try listener.accept()
      var configuration = try authority.serverConfiguration(combination.kind)
      configuration.supportedGroups = [combination.group]
      var connection = try ServerConnection(configuration: configuration)
      let (summary, _) = try connection.completeHandshake(over: socket)
      combination.expect(summary)
      try exchangeLines(peer, &connection, socket)
    }

    @Test("s_client with our server, Ed25519")
    func asServerWithEd25519() throws {
      let listener = try Socket.listen()
      let peer = try client(["-quiet"], toPort: listener.port)
      let socket = try listener.accept()
      var connection = try ServerConnection(
        configuration: try authority.serverConfiguration(.ed25519))
      let (summary, _) = try connection.completeHandshake(over: socket, bytesAtATime: 1)
      #expect(summary.signatureScheme == .ed25519)
      try exchangeLines(peer, &connection, socket)
    }

    private func exchangeLines(
      _ peer: Peer, _ connection: inout ServerConnection, _ socket: Socket
    ) throws {
      peer.type([UInt8]("a line from them\n".utf8))
      #expect(
        try connection.read(17, over: socket) == [UInt8]("a line from them\n".utf8))
      try connection.write([UInt8]("a line from us\n".utf8), over: socket)
      try peer.waitForOutput("a line from us\n")
      try connection.finish(over: socket)
      #expect(try peer.waitForExit() == 0, "\(peer.output)")
    }

    @Test("s_client with our server, 10 MB each way")
    func asServerBulk() throws {
      let listener = try Socket.listen()
      let peer = try client(["-quiet", "-verify_quiet"], toPort: listener.port)
      let socket = try listener.accept()
      var connection = try ServerConnection(
        configuration: try authority.serverConfiguration(.ecdsa, .rsa))
      _ = try connection.completeHandshake(over: socket)
      peer.type(tenMegabytes)
      #expect(try connection.read(tenMegabytes.count, over: socket) == tenMegabytes)
      try connection.write(tenMegabytes, over: socket)
      let received = try peer.waitForOutput(byteCount: tenMegabytes.count)
      #expect(Array(received.suffix(tenMegabytes.count)) == tenMegabytes)
      try connection.finish(over: socket)
    }

    @Test("s_client and our server see each other's SNI and ALPN")
    func clientSeesNames() throws {
      let listener = try Socket.listen()
      let peer = try client(["-alpn", "spdy/3,h2"], toPort: listener.port)
      let socket = try listener.accept()
      var configuration = try authority.serverConfiguration(.ecdsa)
      configuration.applicationProtocols = ["h2", "http/1.1"]
      var connection = try ServerConnection(configuration: configuration)
      let (summary, _) = try connection.completeHandshake(over: socket)
      #expect(summary.serverName == "example.com")
      #expect(summary.applicationProtocol == "h2")
      try peer.waitForOutput("ALPN protocol: h2")
      try peer.waitForOutput("Verify return code: 0 (ok)")
      try peer.waitForOutput("Secure Renegotiation IS supported")
      try peer.waitForOutput("Extended master secret: yes")
      try connection.finish(over: socket)
    }

    @Test("s_client resumes with a server that shares only the secret of the ticket keys")
    func resumesElsewhere() throws {
      let session = authority.file("elsewhere.session")
      defer { try? FileManager.default.removeItem(at: session) }
      let secret = [UInt8](0..<32)
      #expect(try !isResumed(["-sess_out", session.path], secret))
      #expect(try isResumed(["-sess_in", session.path], secret))
      #expect(try !isResumed(["-sess_in", session.path], secret.reversed()))
    }

    /// Whether a client with these arguments resumes with a server of its own that has this secret.
    private func isResumed(_ arguments: [String], _ secret: [UInt8]) throws -> Bool {
      let listener = try Socket.listen()
      let peer = try client(["-quiet"] + arguments, toPort: listener.port)
      let socket = try listener.accept()
      var configuration = try authority.serverConfiguration(.ecdsa)
      configuration.ticketKeys = try TicketKeys(sharedSecret: secret.rawSpan)
      var connection = try ServerConnection(configuration: configuration)
      let (summary, _) = try connection.completeHandshake(over: socket)
      try exchangeLines(peer, &connection, socket)
      return summary.isResumed
    }

    @Test("s_client's request to renegotiate is refused with a warning")
    func renegotiation() throws {
      let listener = try Socket.listen()
      let peer = try client(["-legacy_renegotiation"], toPort: listener.port)
      let socket = try listener.accept()
      var connection = try ServerConnection(
        configuration: try authority.serverConfiguration(.ecdsa))
      _ = try connection.completeHandshake(over: socket)
      try peer.waitForOutput("Verify return code: 0 (ok)")
      // s_client takes a line that is only R for a command.
      peer.type([UInt8]("R\n".utf8))
      // s_client does not put up with the refusal.
      let error = #expect(throws: TLSError.self) {
        while try connection.exchange(over: socket) != nil {}
      }
      #expect(error?.reason == .peerAlert(.handshakeFailure))
      try peer.waitForOutput("no renegotiation")
    }
  }
}
