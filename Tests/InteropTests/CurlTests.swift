import Foundation
import TLSEngine
import Testing

extension Interop {
  @Suite("curl with tls serve", .serialized)
  struct Curl {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    /// `tls serve` with these arguments, and the port that it listens on.
    private func serve(_ arguments: [String]) throws -> (Peer, UInt16) {
      let peer = try Peer.tls(["serve", "--port", "0"] + arguments, in: authority.directory)
      return (peer, try peer.waitForListening())
    }

    /// Lets curl fetch `https://NAME:PORT/`, and gives its exit status and all it printed.
    private func curl(
      _ name: String, _ port: UInt16, _ arguments: [String] = []
    ) throws -> (status: Int32, output: String) {
      let peer = try Peer(
        "curl", package: "curl",
        [
          "--silent", "--show-error", "--noproxy", "*", "--max-time", "20", "--cacert", "ca.pem",
          "--resolve", "\(name):\(port):127.0.0.1",
        ] + arguments + ["https://\(name):\(port)/"], in: authority.directory)
      return (try peer.waitForExit(), peer.output)
    }

    @Test("curl gets the page over every suite and group", arguments: Combination.ofDefaults)
    func page(combination: Combination) throws {
      let (server, port) = try serve([
        "--identity", "\(combination.kind).pem,\(combination.kind).key", "--alpn", "http/1.1",
      ])
      defer { server.stop() }
      let (status, output) = try curl(
        "example.com", port,
        [
          "--http1.1", "--tls-max", "1.2", "--ciphers", combination.opensslSuite, "--curves",
          combination.opensslClientGroups,
        ])
      #expect(status == 0, "\(output)")
      #expect(output.contains("cipher suite \(combination.suite)\n"), "\(output)")
      #expect(output.contains("ALPN         http/1.1\n"), "\(output)")
      #expect(output.contains("server name  example.com\n"), "\(output)")
    }

    @Test("curl, which verifies, gets the identity of the name it asks for, or refuses it")
    func names() throws {
      let (server, port) = try serve([
        "--identity", "rsa.pem,rsa.key", "--self-signed", "other.test", "--write-ca", "other.pem",
      ])
      defer { server.stop() }
      #expect(try curl("www.example.org", port).status == 0)
      let other = try curl("other.test", port, ["--cacert", "other.pem"])
      #expect(other.status == 0, "\(other.output)")
      // Nobody's name: the default identity, which is not for it.
      let unknown = try curl("example.net", port)
      #expect(unknown.status == 60, "\(unknown.output)")
      // A root that is not trusted: 60 too, and our side hears the alert.
      #expect(try curl("other.test", port).status == 60)
      try server.waitForOutput("alert unknown_ca")
    }

    @Test("A name that no identity has is refused with unrecognized_name")
    func strictNames() throws {
      let (server, port) = try serve(["--identity", "rsa.pem,rsa.key", "--strict-names"])
      defer { server.stop() }
      let (status, output) = try curl("example.net", port)
      #expect(status == 35, "\(output)")
      #expect(output.contains("unrecognized name"), "\(output)")
    }
  }
}
