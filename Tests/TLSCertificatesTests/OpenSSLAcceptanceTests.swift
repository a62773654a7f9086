import TLSCrypto
import Testing

@testable import TLSCertificates

/// What is made here is shown to the real `openssl`, which must be installed.
@Suite("OpenSSL accepts what is made here", .serialized)
struct OpenSSLAcceptanceTests {
  private static let kinds: [PrivateKey.Generation] = [
    .rsa(bits: 2048), .ecdsa(.secp256r1), .ecdsa(.secp384r1), .ecdsa(.secp521r1), .ed25519,
  ]

  private static func verify(
    _ leaf: Certificate, root: Certificate, _ more: [String]
  ) throws -> Program.Outcome {
    let directory = try TemporaryDirectory()
    let rootPath = try directory.write("root.pem", root.pem)
    let leafPath = try directory.write("leaf.pem", leaf.pem)
    let time = "\(Party.now.secondsSince1970)"
    return try OpenSSL.run(
      [
        "verify", "-x509_strict", "-check_ss_sig", "-purpose", "sslserver", "-attime", time,
        "-CAfile", rootPath,
      ] + more + [leafPath])
  }

  @Test("an authority and a server of every kind of key, for each of its names", arguments: kinds)
  func authorities(_ kind: PrivateKey.Generation) throws {
    var random = SystemRandomSource()
    let authority = try DevelopmentAuthority(keyKind: kind, now: Party.now, random: &random)
    let names = ["example.com", "*.example.org", "192.0.2.1", "2001:db8::1"]
    let leaf = try authority.issue(names: names, keyKind: kind, now: Party.now, random: &random)
      .certificate
    let wanted = [
      ["-verify_hostname", "example.com"], ["-verify_hostname", "www.example.org"],
      ["-verify_ip", "192.0.2.1"], ["-verify_ip", "2001:db8::1"],
    ]
    for name in wanted {
      let outcome = try Self.verify(leaf, root: authority.certificate, name)
      #expect(outcome.status == 0, "\(outcome.output)")
      #expect(outcome.output.hasSuffix("leaf.pem: OK\n"))
      #expect(
        try TLSCertificatesTests.verify(
          [leaf], trusting: [authority.certificate], for: name[1]
        ).certificates == [leaf, authority.certificate])
    }
    let other = try Self.verify(
      leaf, root: authority.certificate, ["-verify_hostname", "example.org"])
    #expect(other.status != 0)
    #expect(other.output.lowercased().contains("hostname mismatch"), "\(other.output)")
  }

  @Test("another authority's certificate is refused by both")
  func anotherAuthority() throws {
    var random = SystemRandomSource()
    let authority = try DevelopmentAuthority(now: Party.now, random: &random)
    let other = try DevelopmentAuthority(now: Party.now, random: &random)
    let leaf = try authority.issue(names: ["example.com"], now: Party.now, random: &random)
    let outcome = try Self.verify(leaf.certificate, root: other.certificate, [])
    #expect(outcome.status != 0)
    #expect(try refusal(of: [leaf.certificate], trusting: [other.certificate]) != nil)
  }

  @Test("RSA-PSS, name constraints, policies of usage and long lives are read as they are meant")
  func extensions() throws {
    let key = try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
    let early = try Self.date(1949)
    let late = try Self.date(2051)
    for hash in [HashFunction.sha256, .sha384, .sha512] {
      let root = try Party.root(key: key) {
        $0.signature = .algorithm(.rsaPSS(hash))
        $0.permittedNames = ["example.com", "192.0.2.0/24", "2001:db8::/32"]
        $0.excludedNames = ["secret.example.com"]
        $0.pathLength = 0
        $0.notAfter = late
      }.certificate
      let issuer = Party(certificate: root, key: key)
      let leaf = try issuer.leaf(["www.example.com", "192.0.2.7"]) {
        $0.signature = .algorithm(.rsaPSS(hash))
        $0.notBefore = early
      }.certificate
      let good = try Self.verify(leaf, root: root, ["-verify_hostname", "www.example.com"])
      #expect(good.status == 0, "\(good.output)")
      #expect(try refusal(of: [leaf], trusting: [root], for: "www.example.com") == nil)
      let secret = try issuer.leaf(["secret.example.com"]).certificate
      let excluded = try Self.verify(secret, root: root, [])
      #expect(excluded.output.contains("excluded subtree violation"), "\(excluded.output)")
    }
  }

  private static func date(_ year: Int) throws -> Timestamp {
    try #require(Timestamp(year: year, month: 1, day: 1, hour: 0, minute: 0, second: 0))
  }

  @Test("OpenSSL reads the same names, usages and dates")
  func text() throws {
    let directory = try TemporaryDirectory()
    let leaf = try Party.root().leaf(["example.com", "*.example.org", "192.0.2.1", "2001:db8::1"]) {
      $0.organization = "Müller & Söhne"
      $0.serialNumber = [0x80, 1]
    }.certificate
    let path = try directory.write("leaf.pem", leaf.pem)
    let outcome = try OpenSSL.run(
      ["x509", "-in", path, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus_space"])
    #expect(outcome.status == 0)
    let expected = [
      "Version: 3 (0x2)", "Serial Number: 32769 (0x8001)", "Issuer: CN=Root",
      "Subject: O=Müller & Söhne, CN=Leaf",
      "Not Before: Dec 31 00:00:00 2026 GMT", "Not After : Jan  2 00:00:00 2027 GMT",
      "DNS:example.com, DNS:*.example.org, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1",
      "Digital Signature", "TLS Web Server Authentication", "CA:FALSE",
    ]
    for line in expected { #expect(outcome.output.contains(line), "\(line) in \(outcome.output)") }
  }
}
