import Foundation
import Testing

extension Interop {
  /// `tls verify`: good, or refused with all that there is to say about it.
  @Suite("Chains verified by the command", .serialized)
  struct VerifyCommand {
    private let directory: CommandDirectory

    init() throws {
      directory = try CommandDirectory()
      try make("site.example", "--intermediate")
    }

    private func make(_ arguments: String...) throws {
      let (status, output) = try directory.tls(["certificate", "make"] + arguments)
      try #require(status == 0, "\(output)")
    }

    private func verify(_ arguments: String...) throws -> (status: Int32, output: String) {
      try directory.tls(["verify"] + arguments)
    }

    /// The members of `failure` of a refusal.
    private func failure(_ arguments: String...) throws -> [String: Any] {
      let (status, output) = try directory.tls(["verify"] + arguments + ["--json"])
      #expect(status == 2, "\(output)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      #expect(object["verdict"] as? String == "refused")
      #expect(object["exitStatus"] as? Int == 2)
      let failure = try #require(object["failure"] as? [String: Any])
      #expect(object["error"] as? String == failure["sentence"] as? String)
      return failure
    }

    @Test("what is good says the path, and who trusts its root")
    func good() throws {
      let (status, output) = try verify(
        "site.example.pem", "--name", "site.example", "--ca", "ca.pem")
      #expect(status == 0, "\(output)")
      let lines = output.split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[0].hasPrefix("good for site.example, as a server's, at 2"))
      #expect(lines[1].hasPrefix("  CN=site.example, valid until "))
      #expect(lines[1].hasSuffix(" (position 0, site.example.pem)"))
      #expect(lines[2].hasPrefix("    CN=Development CA intermediate, valid until "))
      #expect(lines[3].hasPrefix("      CN=Development CA, valid until "))
      #expect(lines[3].hasSuffix(" (trusted, ca.pem)"))

      let json = try directory.json(
        "verify", "site.example.pem", "--name", "site.example", "--add-ca", "ca.pem")
      #expect(json.status == 0)
      #expect(json.object["verdict"] as? String == "good")
      #expect(json.object["name"] as? String == "site.example")
      let path = try #require(json.object["path"] as? [[String: Any]])
      #expect(
        path.map { $0["place"] as? String } == [
          "position 0, site.example.pem", "position 1, site.example.pem", "trusted, ca.pem",
        ])
    }

    @Test(
      "a wrong name is refused with the certificate, the rule, the values, a way out and the path")
    func wrongName() throws {
      let (status, output) = try verify(
        "site.example.pem", "--name", "other.example", "--ca", "ca.pem")
      #expect(status == 2)
      let fingerprint = try directory.openssl(
        "x509", "-in", "site.example.pem", "-noout", "-fingerprint", "-sha256"
      ).split(separator: "=").last?.trimmingCharacters(in: .whitespacesAndNewlines)
      let sha256 = try #require(fingerprint).lowercased().replacing(":", with: "")
      #expect(
        output.hasPrefix(
          "tls: refused: certificate is for \"site.example\", not \"other.example\"\n"), "\(output)"
      )
      for line in [
        "  certificate  CN=site.example", "  place        position 0, site.example.pem",
        "  issuer       CN=Development CA intermediate", "  SHA-256      \(sha256)",
        "  rule         RFC 9525 6", "  expected     \"other.example\"",
        "  found        \"site.example\"",
        "  to do        use one of its names (site.example), or have it issued for other.example too",
        "  path 1", "    CN=site.example (position 0, site.example.pem)  <--",
        "      CN=Development CA intermediate (position 1, site.example.pem)",
        "        CN=Development CA (trusted, ca.pem)",
        "    fell: certificate is for \"site.example\", not \"other.example\"",
      ] {
        #expect(output.contains(line + "\n"), "\(line) is missing in:\n\(output)")
      }
      let failure = try failure(
        "site.example.pem", "--name", "other.example", "--ca", "ca.pem")
      #expect(failure["rule"] as? String == "nameMismatch")
      #expect(failure["section"] as? String == "RFC 9525 6")
      #expect(failure["expected"] as? String == "\"other.example\"")
      #expect(failure["position"] as? Int == 0)
      let certificate = try #require(failure["certificate"] as? [String: Any])
      #expect(certificate["sha256"] as? String == sha256)
    }

    @Test("an issuer that nobody trusts: which, and how to give it")
    func untrusted() throws {
      try make("leaf.example", "--out", "leaf.pem,leaf.key")
      let (status, output) = try verify("leaf.pem", "--name", "leaf.example")
      #expect(status == 2)
      #expect(
        output.hasPrefix(
          "tls: refused: certificate \"CN=leaf.example\" was issued by \"CN=Development CA\", which "
            + "is not among the trusted roots\n"), "\(output)")
      #expect(output.contains("give the issuer's certificate: with --untrusted"), "\(output)")
      let failure = try failure("leaf.pem", "--name", "leaf.example")
      #expect(failure["rule"] as? String == "untrustedRoot")
      // The same, once it is given, or the directory that it is in.
      #expect(try verify("leaf.pem", "--name", "leaf.example", "--ca", "ca.pem").status == 0)
      let roots = directory.file("roots")
      try FileManager.default.createDirectory(at: roots, withIntermediateDirectories: false)
      try directory.write(directory.read("ca.pem"), to: "roots/ca.pem")
      #expect(try verify("leaf.pem", "--name", "leaf.example", "--ca", "roots").status == 0)
    }

    @Test("a root of the same name and another key is told apart")
    func anotherKey() throws {
      try make("leaf.example", "--out", "leaf.pem,leaf.key")
      try make("--ca", "new.pem,new.key")
      let (status, output) = try verify("leaf.pem", "--name", "leaf.example", "--ca", "new.pem")
      #expect(status == 2)
      #expect(
        output.contains("a root of that name is trusted, and it has another key"), "\(output)")
    }

    @Test("an intermediate that is missing is given with --untrusted, or in another file")
    func untrustedFiles() throws {
      let blocks = try directory.read("site.example.pem").components(
        separatedBy: "-----BEGIN CERTIFICATE-----")
      try directory.write("-----BEGIN CERTIFICATE-----" + blocks[1], to: "alone.pem")
      let name = ["--name", "site.example", "--ca", "ca.pem"]
      #expect(try directory.tls(["verify", "alone.pem"] + name).status == 2)
      #expect(
        try directory.tls(["verify", "alone.pem", "--untrusted", "intermediate.pem"] + name).status
          == 0)
      #expect(try directory.tls(["verify", "alone.pem", "intermediate.pem"] + name).status == 0)
    }

    @Test("times: expired and not yet valid say by how much")
    func times() throws {
      let arguments = ["verify", "site.example.pem", "--name", "site.example", "--ca", "ca.pem"]
      let late = try directory.tls(arguments + ["--at", "2099-01-01T00:00:00Z"])
      #expect(late.status == 2)
      #expect(late.output.contains("; it is 2099-01-01T00:00:00Z now"), "\(late.output)")
      #expect(late.output.contains(" years ago, and has to be issued anew"), "\(late.output)")
      #expect(late.output.contains("  rule         RFC 5280 6.1.3 (a)(2)\n"))
      let early = try directory.tls(arguments + ["--at", "2001-01-01"])
      #expect(early.status == 2)
      #expect(early.output.contains("is the clock of this machine"), "\(early.output)")
      #expect(try directory.tls(arguments + ["--at", "noon"]).status == 64)
    }

    @Test("every path that was tried is there, and why it fell")
    func paths() throws {
      // Two authorities of one name and one key below the root, neither of which is good.
      try directory.write(
        """
        basicConstraints = critical,CA:TRUE
        subjectKeyIdentifier = none
        authorityKeyIdentifier = none
        """, to: "ca.ext")
      try directory.openssl(
        "req", "-new", "-key", "intermediate.key", "-subj", "/CN=Development CA intermediate",
        "-out", "i.csr")
      for (index, dates) in [["-days", "1"], ["-days", "2"]].enumerated() {
        try directory.openssl(
          "x509", "-req", "-in", "i.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-extfile",
          "ca.ext", "-out", "i\(index).pem", dates[0], dates[1])
      }
      let (status, object) = try directory.json(
        "verify", "site.example.pem", "i0.pem", "i1.pem", "--name", "site.example", "--ca",
        "ca.pem", "--at", "2099-01-01")
      #expect(status == 2)
      // The leaf's own fault is enough: nothing else is tried.
      #expect((object["attempts"] as? [Any])?.count == 1)
      let alone = try directory.read("site.example.pem").components(
        separatedBy: "-----BEGIN CERTIFICATE-----")
      try directory.write("-----BEGIN CERTIFICATE-----" + alone[1], to: "alone.pem")
      try make("--ca", "other.pem,other.key", "--ca-name", "Another CA")
      let both = try verify(
        "alone.pem", "i0.pem", "i1.pem", "--name", "site.example", "--ca", "other.pem")
      #expect(both.status == 2)
      #expect(both.output.contains("\n  path 1\n    CN=site.example (position 0, alone.pem)\n"))
      #expect(both.output.contains("\n  path 2\n"), "\(both.output)")
      #expect(both.output.components(separatedBy: "    fell: ").count == 3, "\(both.output)")
    }

    @Test("what a leaf is for: servers, clients, any name")
    func usage() throws {
      try make("joe", "--client")
      let asServer = try verify("joe.pem", "--name", "joe", "--ca", "ca.pem")
      #expect(asServer.status == 2)
      #expect(
        asServer.output.contains("'tls verify --usage client' judges it"), "\(asServer.output)")
      let asClient = try verify("joe.pem", "--usage", "client", "--ca", "ca.pem")
      #expect(asClient.status == 0, "\(asClient.output)")
      #expect(asClient.output.hasPrefix("good for any name, as a client's, at "))
      #expect(try verify("site.example.pem", "--no-name", "--ca", "ca.pem").status == 0)
      #expect(try verify("site.example.pem", "--ca", "ca.pem").status == 64)
    }

    @Test("pins, policies, algorithms and profiles")
    func rules() throws {
      let arguments = ["site.example.pem", "--name", "site.example", "--ca", "ca.pem"]
      let shown = try directory.json("certificate", "show", "ca.pem")
      let pin = try #require(
        (shown.object["objects"] as? [[String: Any]])?.first?["publicKeyPin"] as? String)
      #expect(try directory.tls(["verify"] + arguments + ["--pin", pin]).status == 0)
      let wrong = "sha256/" + Data(repeating: 7, count: 32).base64EncodedString()
      let refused = try directory.tls(["verify"] + arguments + ["--pin", wrong])
      #expect(refused.status == 2)
      #expect(refused.output.contains(pin), "\(refused.output)")
      #expect(try directory.tls(["verify"] + arguments + ["--pin", "sha256/x"]).status == 64)

      let policy = try directory.tls(
        ["verify"] + arguments + ["--policy", "1.2.3.4", "--explicit-policy"])
      #expect(policy.status == 2)
      #expect(policy.output.contains("1.2.3.4"), "\(policy.output)")
      #expect(try directory.tls(["verify"] + arguments + ["--policy", "1.x"]).status == 64)

      try make("rsa.example", "--key", "rsa2048")
      let weak = try verify(
        "rsa.example.pem", "--name", "rsa.example", "--ca", "ca.pem", "--algorithms", "strict")
      #expect(weak.status == 2)
      #expect(weak.output.contains("RSA of 3072 bits or more"), "\(weak.output)")
      let baseline = try directory.tls(["verify"] + arguments + ["--profile", "baseline"])
      #expect(baseline.status == 2)
      #expect(baseline.output.contains("\n  rule         BR "), "\(baseline.output)")
      let requirement = try failure(
        "site.example.pem", "--name", "site.example", "--ca", "ca.pem", "--profile", "baseline")
      #expect(requirement["rule"] as? String == "baselineRequirement")
      #expect(requirement["requirement"] as? String == "internalName")
      let other = try failure("site.example.pem", "--name", "no.example", "--ca", "ca.pem")
      #expect(other["requirement"] is NSNull)
    }

    @Test("revocation lists and responses: revoked, good, and nothing known")
    func revocation() throws {
      try make("one.example", "two.example", "--out", "one.pem,one.key", "--key", "rsa2048")
      try directory.makeRevocations()
      let arguments = ["one.pem", "--name", "one.example", "--ca", "ca.pem"]
      try directory.makeResponse(about: "one.pem", to: "unknown.der")
      let good = try directory.tls(["verify"] + arguments + ["--crl", "empty.crl"])
      #expect(good.status == 0, "\(good.output)")
      try directory.revoke("one.pem")
      try directory.makeResponse(about: "one.pem", to: "revoked.der")
      for option in [["--crl", "revoked.crl"], ["--ocsp", "revoked.der"]] {
        let revoked = try directory.tls(["verify"] + arguments + option)
        #expect(revoked.status == 2)
        #expect(revoked.output.contains(" was revoked at "), "\(revoked.output)")
        #expect(revoked.output.contains("keyCompromise"), "\(revoked.output)")
      }
      #expect(
        try failure(
          "one.pem", "--name", "one.example", "--ca", "ca.pem", "--crl", "revoked.crl")["rule"]
          as? String == "revoked")
      // The list is the root's, and says nothing of what the intermediate issued.
      let other = ["verify", "site.example.pem", "--name", "site.example", "--ca", "ca.pem"]
      let unknown = try directory.tls(other + ["--crl", "empty.crl"])
      #expect(unknown.status == 2)
      #expect(unknown.output.contains("--crl-unknown accept"), "\(unknown.output)")
      #expect(
        try directory.tls(other + ["--crl", "empty.crl", "--crl-unknown", "accept"]).status == 0)
      #expect(try directory.tls(["verify"] + arguments + ["--crl-check", "leaf"]).status == 64)
    }

    @Test("--ocsp-check hard alone refuses where no response came, and is not taken where none can")
    func hard() throws {
      try make("one.example", "--key", "rsa2048")
      try directory.makeRevocations()
      let arguments = ["one.example.pem", "--name", "one.example", "--ca", "ca.pem"]
      let refused = try directory.json(
        "verify", "one.example.pem", "--name", "one.example", "--ca", "ca.pem", "--ocsp-check",
        "hard")
      #expect(refused.status == 2)
      #expect(
        (refused.object["failure"] as? [String: Any])?["rule"] as? String
          == "missingStapledStatus")
      // What openssl's responder knows of, and calls good.
      try directory.write(
        "V\t351231235959Z\t\t\(serialNumber("one.example.pem"))\tunknown\t/CN=one.example\n",
        to: "index")
      try directory.makeResponse(about: "one.example.pem", to: "good.der")
      let good = try directory.tls(
        ["verify"] + arguments + ["--ocsp-check", "hard", "--ocsp", "good.der"])
      #expect(good.status == 0, "\(good.output)")
      #expect(
        try directory.tls("connect", "127.0.0.1:1", "--ocsp-check", "hard", "--no-status").status
          == 64)
      for check in ["off", "soft", "hard"] {
        let serve = try directory.tls(
          "serve", "--identity", "site.example.pem,site.example.key", "--client-ca", "ca.pem",
          "--require-client-certificate", "--ocsp-check", check)
        #expect(serve.status == 64)
        #expect(serve.output.contains("clients staple nothing"), "\(serve.output)")
      }
    }

    private func serialNumber(_ certificate: String) throws -> String {
      let line = try directory.openssl("x509", "-in", certificate, "-noout", "-serial")
      return try #require(line.split(separator: "=").last)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("no way around a response is named where a certificate must come with one")
    func hintOfMustStaple() throws {
      try make("staple.example", "--must-staple")
      try directory.write("no response", to: "junk.der")
      for (name, hasWay) in [("site.example", true), ("staple.example", false)] {
        let (status, output) = try verify(
          "\(name).pem", "--name", name, "--ca", "ca.pem", "--ocsp", "junk.der")
        #expect(status == 2)
        #expect(output.contains("from the issuer's responder"), "\(output)")
        #expect(output.contains("--ocsp-check soft") == hasWay, "\(output)")
      }
    }

    @Test("a certificate that must be stapled is refused without, where one was asked for")
    func mustStaple() throws {
      try make("staple.example", "--must-staple")
      let arguments = [
        "verify", "staple.example.pem", "--name", "staple.example", "--ca", "ca.pem",
      ]
      #expect(try directory.tls(arguments).status == 0)
      let refused = try directory.tls(arguments + ["--must-staple"])
      #expect(refused.status == 2)
      #expect(refused.output.contains("RFC 7633"), "\(refused.output)")
    }

    @Test("connect explains a refused chain the same way, and holds it to the same rules")
    func connect() throws {
      let server = try Peer.tls(
        ["serve", "--port", "0", "--identity", "site.example.pem,site.example.key"],
        in: directory.url)
      defer { server.stop() }
      let address = "127.0.0.1:\(try server.waitForListening())"
      let arguments = ["connect", address, "--name", "site.example"]
      let untrusted = try directory.tls(arguments)
      #expect(untrusted.status == 2)
      #expect(
        untrusted.output.hasPrefix("tls: certificate \"CN=Development CA intermediate\" was "))
      #expect(untrusted.output.contains("\n  rule         RFC 5280 6.1\n"), "\(untrusted.output)")
      #expect(untrusted.output.contains("\n  path 1\n    CN=site.example"), "\(untrusted.output)")
      let wrong = "sha256/" + Data(repeating: 7, count: 32).base64EncodedString()
      let json = try directory.json(
        "connect", address, "--name", "site.example", "--ca", "ca.pem", "--pin", wrong)
      #expect(json.status == 2)
      #expect((json.object["failure"] as? [String: Any])?["rule"] as? String == "notPinned")
      let good = try directory.tls(
        arguments + ["--ca", "ca.pem", "--request", "GET / HTTP/1.0\\r\\n\\r\\n"])
      #expect(good.status == 0, "\(good.output)")
    }

    @Test("serve holds clients to the same rules: one that was revoked is refused")
    func serve() throws {
      try make("joe", "--client", "--key", "rsa2048")
      try directory.makeRevocations()
      try directory.revoke("joe.pem")
      for (list, status) in [("empty.crl", Int32(0)), ("revoked.crl", 1)] {
        let server = try Peer.tls(
          [
            "serve", "--port", "0", "--identity", "site.example.pem,site.example.key",
            "--client-ca", "ca.pem", "--require-client-certificate", "--crl", list,
          ], in: directory.url)
        defer { server.stop() }
        let client = try directory.tls(
          "connect", "127.0.0.1:\(try server.waitForListening())", "--name", "site.example", "--ca",
          "ca.pem", "--identity", "joe.pem,joe.key", "--request", "GET / HTTP/1.0\\r\\n\\r\\n")
        #expect(client.status == status, "\(list): \(client.output) \(server.output)")
      }
      #expect(
        try directory.tls(
          "serve", "--identity", "site.example.pem,site.example.key", "--crl", "empty.crl"
        ).status == 64)
    }

    @Test("trust lists the roots, the platform's or others")
    func trust() throws {
      let (status, output) = try directory.tls("trust", "--ca", "ca.pem", "--list")
      #expect(status == 0)
      #expect(output.contains("ca.pem: 1 roots\n"), "\(output)")
      #expect(output.contains("CN=Development CA, for servers and clients, valid until "))
      #expect(output.hasSuffix("1 roots in all\n"))
      let json = try directory.json("trust", "--list")
      #expect(json.status == 0)
      #expect((json.object["roots"] as? [Any])?.count == json.object["count"] as? Int)
      #expect(try directory.tls("trust", "--ca", "absent.pem").status == 64)
    }
  }
}
