import Foundation
import Testing

extension Interop {
  /// `tls suites`, and the options that take what it explains.
  @Suite("The choice of suites on the command line", .serialized)
  struct SuitesCommand {
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

    /// `tls serve` with the authority's RSA leaf, for one connection.
    private func serve(_ arguments: String...) throws -> (Peer, String) {
      let peer = try Peer.tls(
        ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key", "--once"] + arguments,
        in: authority.directory)
      return (peer, "127.0.0.1:\(try peer.waitForListening())")
    }

    /// The words of each line.
    private func table(_ output: String) -> [[Substring]] {
      output.split(separator: "\n").map { $0.split(separator: " ") }
    }

    @Test("suites alone prints modern in order, a line a suite, and says what else there is")
    func modern() throws {
      let (status, output) = try run("suites")
      #expect(status == 0)
      let rows = table(output)
      #expect(
        rows.first == [
          "number", "IANA", "OpenSSL", "exchange", "authentication", "cipher", "MAC", "PRF",
          "preset",
        ])
      #expect(
        rows.dropFirst().first == [
          "0xc02b", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE", "ECDSA", "AES-128-GCM", "AEAD", "SHA-256", "modern",
        ])
      #expect(rows.count(where: { $0.last == "modern" }) == 6)
      #expect(output.contains("intermediate, legacy"), "\(output)")
      let named = try run("suites", "modern")
      #expect(table(named.output) == Array(rows.dropLast()))
    }

    @Test("suites prints what a cipher string selects, in its order")
    func string() throws {
      let (status, output) = try run("suites", "DHE+SHA256+AES256:PSK+AES:!AESCCM")
      #expect(status == 0)
      #expect(
        table(output).dropFirst() == [
          [
            "0x006b", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", "DHE-RSA-AES256-SHA256", "DHE", "RSA",
            "AES-256-CBC", "HMAC-SHA-256", "SHA-256", "legacy",
          ],
          [
            "0xd002", "TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384", "-", "ECDHE", "PSK", "AES-256-GCM",
            "AEAD", "SHA-384", "-",
          ],
          [
            "0xd001", "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256", "-", "ECDHE", "PSK", "AES-128-GCM",
            "AEAD", "SHA-256", "-",
          ],
        ])
    }

    @Test("suites --json is one object with the same in it, or with the error")
    func json() throws {
      let good = try run("suites", "DHE-RSA-AES128-SHA", "--json")
      #expect(good.status == 0)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(good.output.utf8)) as? [String: Any])
      let suites = try #require(object["suites"] as? [[String: Any]])
      #expect(suites.count == 1)
      let first = try #require(suites.first)
      #expect(
        first.compactMapValues { $0 as? String } == [
          "number": "0x0033", "name": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
          "opensslName": "DHE-RSA-AES128-SHA", "keyExchange": "DHE", "authentication": "RSA",
          "cipher": "AES-128-CBC", "mac": "HMAC-SHA-1", "prf": "SHA-256",
        ])
      #expect(first["presets"] as? [String] == ["legacy"])

      let bad = try run("suites", "RC4", "--json")
      #expect(bad.status == 64)
      let failure = try #require(
        try JSONSerialization.jsonObject(with: Data(bad.output.utf8)) as? [String: Any])
      #expect(
        failure["error"] as? String
          == "the cipher string \"RC4\" selects no suite that is spoken here")
      #expect(failure["exitStatus"] as? Int == 64)
    }

    @Test("A string that is wrong is a sentence and exit status 64, everywhere")
    func wrong() throws {
      let sentence =
        "tls: \"AESGMC\" at character 7 of the cipher string is no suite and no kind of suites; did "
        + "you mean AESGCM?"
      for arguments in [
        ["suites", "ECDHE+AESGMC"],
        ["connect", "127.0.0.1:1", "--ca", "ca.pem", "--suites", "ECDHE+AESGMC"],
        ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key", "--suites", "ECDHE+AESGMC"],
      ] {
        let peer = try Peer.tls(arguments, in: authority.directory)
        #expect(try peer.waitForExit() == 64)
        #expect(peer.output == sentence + "\n")
      }
      for groups in ["P-255", "", "X25519,X25519"] {
        for arguments in [
          ["connect", "127.0.0.1:1", "--ca", "ca.pem", "--groups", groups],
          ["serve", "--port", "0", "--identity", "rsa.pem,rsa.key", "--groups", groups],
        ] {
          let peer = try Peer.tls(arguments, in: authority.directory)
          #expect(try peer.waitForExit() == 64, "\(arguments)")
          #expect(peer.output.contains("group"), "\(peer.output)")
        }
      }
    }

    @Test("connect and serve negotiate what --suites and --groups allow")
    func negotiated() throws {
      var (server, address) = try serve()
      var client = try run(
        "connect", address, "--name", "example.com", "--ca", "ca.pem", "--request",
        "GET / HTTP/1.1\\r\\n\\r\\n",
        "--suites", "CHACHA20+aRSA", "--groups", "P-384")
      #expect(client.status == 0, "\(client.output)")
      #expect(client.output.contains("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"))
      #expect(client.output.contains("group        P-384"))
      #expect(try server.waitForExit() == 0, "\(server.output)")

      (server, address) = try serve(
        "--suites", "ECDHE-RSA-AES256-GCM-SHA384:ECDHE+AESGCM", "--groups", "secp521r1:P-256")
      client = try run(
        "connect", address, "--name", "example.com", "--ca", "ca.pem", "--request",
        "GET / HTTP/1.1\\r\\n\\r\\n",
        "--groups", "x25519,P-256,P-521")
      #expect(client.status == 0, "\(client.output)")
      #expect(client.output.contains("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))
      #expect(client.output.contains("group        P-521"))
      #expect(try server.waitForExit() == 0, "\(server.output)")
    }
  }
}
