import Foundation
import Testing

extension Interop {
  /// `tls certificate make`, by what OpenSSL says of it.
  @Suite("Certificates made by the command", .serialized)
  struct MakeCertificateCommand {
    private let directory: CommandDirectory

    init() throws {
      directory = try CommandDirectory()
    }

    @Test(
      "one command makes an authority and a server that OpenSSL accepts, with every kind of key",
      arguments: ["p256", "p384", "p521", "ed25519", "rsa2048"])
    func everyKey(_ kind: String) throws {
      let (status, output) = try directory.tls(
        "certificate", "make", "localhost", "*.example.org", "127.0.0.1", "--key", kind)
      #expect(status == 0, "\(output)")
      #expect(output.contains("made the authority CN=Development CA in ca.pem"))
      #expect(output.contains("localhost, *.example.org, 127.0.0.1 in localhost.pem"))
      for name in [["-verify_hostname", "www.example.org"], ["-verify_ip", "127.0.0.1"]] {
        let verdict = try directory.openssl(
          "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.pem", name[0], name[1],
          "localhost.pem")
        #expect(verdict == "localhost.pem: OK\n")
      }
      for key in ["ca.key", "localhost.key"] {
        #expect(try directory.openssl("pkey", "-in", key, "-noout", "-check") == "Key is valid\n")
        #expect(try directory.permissionsOfOthers(key) == 0)
        #expect(try directory.read(key).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
      }
      #expect(
        try directory.openssl("x509", "-in", "localhost.pem", "-noout", "-pubkey")
          == directory.openssl("pkey", "-in", "localhost.key", "-pubout"))
    }

    @Test("OpenSSL serves with what was made, and connect trusts the authority")
    func serves() throws {
      #expect(try directory.tls("certificate", "make", "localhost", "--intermediate").status == 0)
      let port = try freePort()
      let server = try Peer(
        "openssl", package: "openssl",
        [
          "s_server", "-accept", "127.0.0.1:\(port)", "-tls1_2", "-www", "-cert", "localhost.pem",
          "-cert_chain", "intermediate.pem", "-key", "localhost.key",
        ], in: directory.url)
      try server.waitForOutput("ACCEPT")
      let (status, output) = try directory.tls(
        "connect", "127.0.0.1:\(port)", "--name", "localhost", "--ca", "ca.pem", "--request",
        "GET / HTTP/1.0\\r\\n\\r\\n")
      #expect(status == 0, "\(output)")
      #expect(output.contains("trusted by CN=Development CA\n"), "\(output)")
    }

    @Test("an authority that is there is used, and no file is replaced without --force")
    func usedAgain() throws {
      #expect(try directory.tls("certificate", "make", "--ca-name", "Mine").status == 0)
      let authority = try directory.read("ca.pem") + directory.read("ca.key")
      let first = try directory.tls("certificate", "make", "one.example")
      #expect(first.status == 0, "\(first.output)")
      #expect(first.output.contains("using the authority CN=Mine in ca.pem"))
      let key = try directory.read("one.example.key")
      let second = try directory.tls("certificate", "make", "one.example")
      #expect(second.status == 64)
      #expect(second.output == "tls: one.example.pem is there already; --force replaces it\n")
      #expect(try directory.read("one.example.key") == key)
      #expect(try directory.tls("certificate", "make", "one.example", "--force").status == 0)
      #expect(try directory.read("one.example.key") != key)
      #expect(try directory.read("ca.pem") + directory.read("ca.key") == authority)
    }

    private func files() throws -> [String] {
      // What a run of the command says is kept in a file, too.
      try FileManager.default.contentsOfDirectory(atPath: directory.url.path)
        .filter { !$0.hasSuffix(".out") }.sorted()
    }

    @Test(
      "a certificate for the files of an authority is not made, and nothing else is",
      arguments: [
        ["ca"], ["ca", "--force"], ["intermediate"], ["intermediate", "--intermediate", "--force"],
        ["a.example", "--out", "x.pem,ca.key"], ["a.example", "--out", "././ca.pem,x.key"],
        ["a.example", "--out", "a.pem,./a.pem"], ["a.example", "--out", "ca.key,a.key"],
        ["a.example", "--ca", "b.pem,b.key", "--out", "b.key,a.key"],
        ["a.example", "--intermediate", "--ca", "intermediate.pem,intermediate.key"],
      ])
    func filesOfAuthorities(_ arguments: [String]) throws {
      let (status, output) = try directory.tls(["certificate", "make"] + arguments)
      #expect(status == 64)
      #expect(!output.contains("--force"), "\(output)")
      #expect(try files() == [], "\(output)")
    }

    @Test("an authority's files are not replaced by another name or by --force")
    func linkedFiles() throws {
      #expect(try directory.tls("certificate", "make", "--ca", "my.pem,my.key").status == 0)
      #expect(try directory.tls("certificate", "make").status == 0)
      func authorities() throws -> String {
        try ["my.pem", "my.key", "ca.pem", "ca.key"].map(directory.read).joined()
      }
      let before = try authorities()
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: directory.file("link.key").path, withDestinationPath: "ca.key")
      try manager.linkItem(at: directory.file("ca.pem"), to: directory.file("hard.pem"))
      try manager.createSymbolicLink(
        atPath: directory.file("here").path, withDestinationPath: ".")
      for out in ["a.pem,link.key", "hard.pem,a.key", "here/ca.pem,a.key", "my.pem,my.key"] {
        let (status, output) = try directory.tls(
          "certificate", "make", "a.example", "--force", "--out", out)
        #expect(status == 64, "\(out): \(output)")
        #expect(!output.contains("--force"), "\(output)")
      }
      #expect(try authorities() == before)
    }

    @Test(
      "no authority is made where its certificate cannot be",
      arguments: [
        ["[::1]"], ["example.com."], ["*.127.0.0.1"], ["a.example", "--not-before", "9999-12-31"],
        ["a.example", "--out", "absent/a.pem,absent/a.key"],
      ])
    func nothingByHalves(_ arguments: [String]) throws {
      let (status, output) = try directory.tls(["certificate", "make"] + arguments)
      #expect(status == 64, "\(output)")
      #expect(try files() == [], "\(output)")
    }

    @Test("where a file cannot be written to its end, nothing new stays, and what was there does")
    func fullDisk() throws {
      let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      let command = tests.deletingLastPathComponent().appendingPathComponent("tls").path
      func makeWithoutRoom(_ arguments: String...) throws -> Int32 {
        // No file may grow at all.
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\""
        return try Peer(
          "sh", package: "dash", ["-c", script, "sh", command, "certificate", "make"] + arguments,
          in: directory.url
        ).waitForExit()
      }
      #expect(try makeWithoutRoom("a.example") == 64)
      #expect(try files() == [])
      #expect(try directory.tls("certificate", "make", "a.example").status == 0)
      let key = try directory.read("a.example.key")
      #expect(try makeWithoutRoom("a.example", "--force") == 64)
      #expect(try files() == ["a.example.key", "a.example.pem", "ca.key", "ca.pem"])
      #expect(try directory.read("a.example.key") == key)
    }

    @Test("runs at the same time make one authority, and every leaf is its own")
    func atOnce() throws {
      let names = (1...6).map { "at\($0).example" }
      let runs = try names.map { try Peer.tls(["certificate", "make", $0], in: directory.url) }
      let states = try runs.map { try $0.waitForExit() }
      #expect(states.contains(0), "\(runs.map(\.output))")
      #expect(
        try directory.openssl("x509", "-in", "ca.pem", "-noout", "-pubkey")
          == directory.openssl("pkey", "-in", "ca.key", "-pubout"))
      for (name, status) in zip(names, states) where status == 0 {
        #expect(
          try directory.openssl("verify", "-CAfile", "ca.pem", "\(name).pem") == "\(name).pem: OK\n"
        )
      }
      #expect(try !files().contains { $0.hasSuffix(".new") })
    }

    @Test("an intermediate authority stands behind the leaf, and leads to the root")
    func intermediate() throws {
      let (status, output) = try directory.tls(
        "certificate", "make", "deep.example", "--intermediate", "--out", "chain.pem,chain.key")
      #expect(status == 0, "\(output)")
      let blocks = try directory.read("chain.pem").components(separatedBy: "BEGIN CERTIFICATE")
      #expect(blocks.count == 3)
      #expect(
        try directory.openssl(
          "verify", "-x509_strict", "-CAfile", "ca.pem", "-untrusted", "chain.pem", "chain.pem")
          == "chain.pem: OK\n")
      let text = try directory.openssl("x509", "-in", "intermediate.pem", "-noout", "-text")
      #expect(text.contains("CA:TRUE, pathlen:0"), "\(text)")
    }

    @Test("a client's, one that must be stapled, and times of one's own")
    func options() throws {
      #expect(
        try directory.tls(
          "certificate", "make", "joe", "--client", "--must-staple", "--not-before", "2031-02-03",
          "--days", "10"
        ).status == 0)
      let text = try directory.openssl("x509", "-in", "joe.pem", "-noout", "-text")
      for fact in [
        "TLS Web Client Authentication", "TLS Feature: \n                status_request",
        "Not Before: Feb  3 00:00:00 2031 GMT", "Not After : Feb 13 00:00:00 2031 GMT",
      ] {
        #expect(text.contains(fact), "\(fact) is missing in:\n\(text)")
      }
      #expect(!text.contains("TLS Web Server Authentication"))
      #expect(try directory.tls("certificate", "make", "old.example", "--expired").status == 0)
      let verdict = try directory.tls(
        "verify", "old.example.pem", "--name", "old.example", "--ca", "ca.pem")
      #expect(verdict.status == 2)
      #expect(verdict.output.contains("expired 24 hours ago"), "\(verdict.output)")
    }

    @Test("what cannot be done is a sentence and exit status 64, and nothing is written")
    func wrong() throws {
      for arguments in [
        ["no name"], ["--key", "rsa1024", "a.example"], ["--days", "0", "a.example"],
        ["--out", "a.pem", "a.example"], ["--not-before", "tomorrow", "a.example"],
        ["--expired"], ["--directory", "absent", "a.example"],
      ] {
        let (status, output) = try directory.tls(["certificate", "make"] + arguments)
        #expect(status == 64, "\(arguments): \(output)")
      }
      #expect(!FileManager.default.fileExists(atPath: directory.file("a.example.key").path))
      #expect(try directory.tls("certificate", "make", "a.example").status == 0)
      try directory.write(directory.read("a.example.key"), to: "ca.key")
      let other = try directory.tls("certificate", "make", "b.example")
      #expect(other.status == 64)
      #expect(other.output.contains("ca.key is not the key of ca.pem"), "\(other.output)")
      try FileManager.default.removeItem(at: directory.file("ca.key"))
      let lone = try directory.tls("certificate", "make", "b.example")
      #expect(lone.status == 64)
      #expect(lone.output.contains("ca.pem is there, and its key ca.key is not"), "\(lone.output)")
    }
  }
}
