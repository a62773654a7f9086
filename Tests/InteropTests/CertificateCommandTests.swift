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
