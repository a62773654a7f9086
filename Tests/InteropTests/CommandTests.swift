import Foundation
import Testing

extension Interop {
  /// What a person sees of `tls`: its sentences and its exit statuses.
  @Suite("The command", .serialized)
  struct Command {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    /// Runs `tls` to its end.
    private func run(_ arguments: String...) throws -> (status: Int32, output: String) {
      let peer = try Peer.tls(arguments, in: authority.directory)
      let status = try peer.waitForExit()
      return (status, peer.output)
    }

    /// `tls serve` with the authority's RSA leaf.
    private func serve(_ arguments: String...) throws -> (Peer, String) {
      let peer = try Peer.tls(
        ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key"] + arguments,
        in: authority.directory)
      return (peer, "127.0.0.1:\(try peer.waitForListening())")
    }

    @Test("demo shows a handshake, data both ways, and a wrong hostname refused")
    func demo() throws {
      let (status, output) = try run("demo")
      #expect(status == 0, "\(output)")
      for line in [
        "ClientHello (", "ServerHello (", "ServerHelloDone (4)", "ClientKeyExchange (37)",
        "server received: hello, server", "client received: HELLO, SERVER",
        "client refused: certificate is for \"demo.example\", not \"other.example\"",
      ] {
        #expect(output.contains(line), "\(line) is missing in:\n\(output)")
      }
    }

    @Test("connect verifies, draws the ladder, says what was negotiated, and prints the answer")
    func connect() throws {
      let (server, address) = try serve("--alpn", "h2,http/1.1", "--once")
      let (status, output) = try run(
        "connect", address, "--name", "example.com", "--ca", "ca.pem", "--alpn", "http/1.1",
        "--trace", "--request", "GET / HTTP/1.1\\r\\nHost: example.com\\r\\n\\r\\n")
      #expect(status == 0, "\(output)")
      for line in [
        "ClientHello (", "name example.com", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, ",
        "ServerHelloDone (4)", "Finished (16)", "ALPN         http/1.1", "key        RSA 2048 bits",
        "HTTP/1.1 200 OK", "close_notify",
      ] {
        #expect(output.contains(line), "\(line) is missing in:\n\(output)")
      }
      #expect(try server.waitForExit() == 0, "\(server.output)")
    }

    @Test("connect sends standard input, and prints what comes back")
    func standardInput() throws {
      let (server, address) = try serve("--echo", "--once")
      let client = try Peer.tls(
        ["connect", address, "--name", "example.com", "--ca", "ca.pem", "--idle", "1"],
        in: authority.directory)
      client.type([UInt8]("a line\n".utf8))
      try client.waitForOutput("a line\n")
      client.endInput()
      #expect(try client.waitForExit() == 0, "\(client.output)")
      #expect(try server.waitForExit() == 0, "\(server.output)")
    }

    @Test("connect --json is one object that holds what was negotiated and the answer")
    func json() throws {
      let (server, address) = try serve("--once")
      let (status, output) = try run(
        "connect", address, "--name", "example.com", "--ca", "ca.pem", "--json", "--request",
        "GET / HTTP/1.1\\r\\n\\r\\n")
      #expect(status == 0, "\(output)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      let negotiated = try #require(object["negotiated"] as? [String: Any])
      #expect(negotiated["version"] as? String == "TLS 1.2")
      #expect(negotiated["serverName"] as? String == "example.com")
      #expect((object["answer"] as? String)?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
      #expect(try server.waitForExit() == 0)
    }

    @Test("A wrong name is a sentence, in JSON too, and exits with 2")
    func wrongName() throws {
      let (server, address) = try serve()
      defer { server.stop() }
      let plain = try run("connect", address, "--name", "example.net", "--ca", "ca.pem")
      #expect(plain.status == 2)
      #expect(
        plain.output.contains(
          "tls: certificate is for \"example.com\", \"*.example.org\", \"localhost\", "
            + "\"127.0.0.1\", not \"example.net\""), "\(plain.output)")
      let json = try run("connect", address, "--name", "example.net", "--ca", "ca.pem", "--json")
      #expect(json.status == 2)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(object["alert"] as? String == "bad_certificate")
      #expect(object["exitStatus"] as? Int == 2)
      try server.waitForOutput("the alert bad_certificate")
    }

    @Test("--write-ca leaves one certificate, however often it is used")
    func writeCA() throws {
      for _ in 0..<2 {
        let server = try Peer.tls(
          [
            "serve", "--self-signed", "demo.test", "127.0.0.1", "--port", "0", "--write-ca",
            "written.pem",
          ],
          in: authority.directory)
        _ = try server.waitForListening()
        server.stop()
      }
      let text = try String(contentsOf: authority.file("written.pem"), encoding: .ascii)
      #expect(text.components(separatedBy: "BEGIN CERTIFICATE").count == 2)
    }

    @Test("The platform's roots do not lead to the test's authority: exit status 2")
    func untrusted() throws {
      let (server, address) = try serve()
      defer { server.stop() }
      let (status, output) = try run("connect", address, "--name", "example.com")
      #expect(status == 2)
      #expect(output.contains("not among the trusted roots"), "\(output)")
    }

    @Test("Nobody there is exit status 3, no TLS is 1, a wrong command line is 64")
    func otherFailures() throws {
      let nobody = try run("connect", "127.0.0.1:\(try freePort())", "--ca", "ca.pem")
      #expect(nobody.status == 3, "\(nobody.output)")
      #expect(nobody.output.contains("Connection refused"), "\(nobody.output)")

      let listener = try Socket.listen()
      let client = try Peer.tls(
        ["connect", "127.0.0.1:\(listener.port)", "--ca", "ca.pem"], in: authority.directory)
      let socket = try listener.accept()
      try socket.write([UInt8]("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
      #expect(try client.waitForExit() == 1)
      #expect(
        client.output.contains("plain HTTP came where a TLS record was expected"),
        "\(client.output)")

      #expect(try run("connect").status == 64)
      #expect(try run("connect", "127.0.0.1:99999").status == 64)
      #expect(try run("connect", "127.0.0.1:1", "--ca", "absent.pem").status == 64)
      #expect(try run("serve").status == 64)
      #expect(try run("serve", "--identity", "rsa.pem,ecdsa.key").status == 64)
      #expect(try run("serve", "--identity", "rsa.pem").status == 64)
    }

    @Test("verify says for which name a chain is good, or why it is not")
    func verify() throws {
      let good = try run("verify", "ecdsa.pem", "--name", "www.example.org", "--ca", "ca.pem")
      #expect(good.status == 0)
      #expect(good.output.contains("good for www.example.org"), "\(good.output)")
      #expect(good.output.contains("CN=Interop CA, valid until "), "\(good.output)")
      let bad = try run("verify", "ecdsa.pem", "--name", "example.org", "--ca", "ca.pem")
      #expect(bad.status == 2)
      #expect(bad.output.contains("not \"example.org\""), "\(bad.output)")
      #expect(try run("verify", "absent.pem", "--name", "example.org").status == 64)
      #expect(try run("verify", "ecdsa.pem", "--name", "no name").status == 64)
      #expect(try run("verify", "ecdsa.key", "--name", "example.org").status == 64)
    }

    @Test("trust says where the roots came from, and how many there are")
    func trust() throws {
      let (status, output) = try run("trust")
      #expect(status == 0, "\(output)")
      #expect(output.contains("/etc/ssl/certs/ca-certificates.crt: "), "\(output)")
      let count = output.split(separator: "\n").last?.split(separator: " ").first.flatMap {
        Int($0)
      }
      #expect((count ?? 0) > 50, "\(output)")
    }

    @Test("--keylog has the line that opens a recorded connection")
    func keyLog() throws {
      let (server, address) = try serve("--once", "--keylog", "server.keys")
      let (status, output) = try run(
        "connect", address, "--name", "example.com", "--ca", "ca.pem", "--keylog", "client.keys",
        "--request", "GET / HTTP/1.1\\r\\n\\r\\n")
      #expect(status == 0, "\(output)")
      #expect(try server.waitForExit() == 0)
      let lines = try ["client.keys", "server.keys"].map {
        try String(contentsOf: authority.file($0), encoding: .ascii)
      }
      #expect(lines[0] == lines[1])
      let pattern = /CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n/
      #expect(try pattern.wholeMatch(in: lines[0]) != nil)
    }
  }
}
