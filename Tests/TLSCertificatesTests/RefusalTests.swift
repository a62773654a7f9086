import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Chains that are refused")
struct RefusalTests {
  private static let now = "2027-01-01T00:00:00Z"

  /// Expects one rule, one sentence and the place of the certificate that breaks it.
  private static func expect(
    _ rule: VerificationRule, _ sentence: String, position: Int?,
    _ chain: [Certificate], trusting roots: [Certificate],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = try refusal(of: chain, trusting: roots)
    #expect(error?.rule == rule, sourceLocation: sourceLocation)
    #expect(error?.description == sentence, sourceLocation: sourceLocation)
    #expect(error?.position == position, sourceLocation: sourceLocation)
    #expect(error?.section.isEmpty == false, sourceLocation: sourceLocation)
  }

  @Test("no certificate at all")
  func empty() throws {
    try Self.expect(.emptyChain, "the peer sent no certificate", position: nil, [], trusting: [])
  }

  @Test("more certificates than are looked at")
  func tooMany() throws {
    let leaf = try Party.root().leaf().certificate
    try Self.expect(
      .tooManyCertificates(limit: 16, found: 17), "the peer sent 17 certificates, more than 16",
      position: nil, [Certificate](repeating: leaf, count: 17), trusting: [])
  }

  @Test("expired: leaf, intermediate and root")
  func expired() throws {
    let end = Party.now.adding(seconds: -1)
    let rule = VerificationRule.expired(notAfter: end, now: Party.now)
    func sentence(_ name: String) -> String {
      "certificate \"CN=\(name)\" expired at 2026-12-31T23:59:59Z; it is \(Self.now) now"
    }
    let root = try Party.root()
    let leaf = try root.leaf { $0.notAfter = end }.certificate
    try Self.expect(rule, sentence("Leaf"), position: 0, [leaf], trusting: [root.certificate])
    let middle = try root.authority("Middle") { $0.notAfter = end }
    try Self.expect(
      rule, sentence("Middle"), position: 1, [try middle.leaf().certificate, middle.certificate],
      trusting: [root.certificate])
    let old = try Party.root("Old") { $0.notAfter = end }
    try Self.expect(
      rule, sentence("Old"), position: nil, [try old.leaf().certificate],
      trusting: [old.certificate])
  }

  @Test("not yet valid")
  func notYetValid() throws {
    let root = try Party.root()
    let start = Party.now.adding(seconds: 1)
    let leaf = try root.leaf { $0.notBefore = start }.certificate
    try Self.expect(
      .notYetValid(notBefore: start, now: Party.now),
      "certificate \"CN=Leaf\" is not valid before 2027-01-01T00:00:01Z; it is \(Self.now) now",
      position: 0, [leaf], trusting: [root.certificate])
  }

  @Test("self-signed")
  func selfSigned() throws {
    let server = try Party.root("Server") {
      $0 = CertificateBuilder(
        commonName: "Server", names: ["example.com"], notBefore: Party.notBefore,
        notAfter: Party.notAfter)
    }.certificate
    try Self.expect(
      .selfSigned, "certificate \"CN=Server\" is self-signed, and not among the trusted roots",
      position: 0, [server], trusting: [try Party.root().certificate])
  }

  @Test("an untrusted root, whether it came along or not, and a missing intermediate")
  func untrusted() throws {
    let root = try Party.root()
    let middle = try root.authority("Middle")
    let leaf = try middle.leaf().certificate
    let trusted = [try Party.root("Another").certificate]
    func sentence(_ name: String, _ issuer: String) -> String {
      "certificate \"CN=\(name)\" was issued by \"CN=\(issuer)\", which is not among the trusted "
        + "roots"
    }
    try Self.expect(
      .untrustedRoot(issuer: "CN=Root"), sentence("Middle", "Root"), position: 1,
      [leaf, middle.certificate], trusting: trusted)
    try Self.expect(
      .untrustedRoot(issuer: "CN=Root"), sentence("Root", "Root"), position: 2,
      [leaf, middle.certificate, root.certificate], trusting: trusted)
    try Self.expect(
      .untrustedRoot(issuer: "CN=Middle"), sentence("Leaf", "Middle"), position: 0, [leaf],
      trusting: [root.certificate])
    try Self.expect(
      .untrustedRoot(issuer: "CN=Middle"), sentence("Leaf", "Middle"), position: 0, [leaf],
      trusting: [])
  }

  @Test("an issuer of another name, though its key is the right one")
  func issuerName() throws {
    let root = try Party.root()
    let renamed = try Party.root("Renamed", key: root.key)
    let leaf = try root.leaf().certificate
    try Self.expect(
      .untrustedRoot(issuer: "CN=Root"),
      "certificate \"CN=Leaf\" was issued by \"CN=Root\", which is not among the trusted roots",
      position: 0, [leaf], trusting: [renamed.certificate])
  }

  @Test("an issuer of the same name and another key")
  func issuerKey() throws {
    let root = try Party.root()
    let impostor = try Party.root("Root", key: Party.key("impostor"))
    let leaf = try impostor.leaf().certificate
    // Their key identifiers differ.
    try Self.expect(
      .untrustedRoot(issuer: "CN=Root"),
      "certificate \"CN=Leaf\" was issued by \"CN=Root\", which is not among the trusted roots",
      position: 0, [leaf], trusting: [root.certificate])
    let claiming = try impostor.leaf { $0.omittedExtensions = ["2.5.29.35"] }.certificate
    try Self.expect(
      .badSignature(issuer: "CN=Root"),
      "the signature of certificate \"CN=Leaf\" is not that of \"CN=Root\"", position: 0,
      [claiming], trusting: [root.certificate])
  }

  @Test("a signature or a name that was tampered with")
  func tampered() throws {
    let root = try Party.root()
    let leaf = try root.leaf().certificate
    let sentence = "the signature of certificate \"CN=Leaf\" is not that of \"CN=Root\""
    for change in ["signature", "name"] {
      var der = leaf.der
      if change == "name" {
        let range = try #require(der.firstRange(of: Array("example.com".utf8)))
        der[range.lowerBound] ^= 1
      } else {
        der[der.count - 1] ^= 1
      }
      try Self.expect(
        .badSignature(issuer: "CN=Root"), sentence, position: 0, [try Certificate(der: der)],
        trusting: [root.certificate])
    }
  }

  @Test("a key that may not sign handshakes, or certificates")
  func keyUsage() throws {
    let root = try Party.root()
    let leaf = try root.leaf { $0.keyUsage = [.keyEncipherment, .keyAgreement] }.certificate
    try Self.expect(
      .keyUsage(missing: .digitalSignature, found: [.keyEncipherment, .keyAgreement]),
      "the key of certificate \"CN=Leaf\" may not be used for digitalSignature, only for "
        + "keyEncipherment, keyAgreement", position: 0, [leaf], trusting: [root.certificate])
    let middle = try root.authority("Middle") { $0.keyUsage = [.digitalSignature, .cRLSign] }
    try Self.expect(
      .keyUsage(missing: .keyCertSign, found: [.digitalSignature, .cRLSign]),
      "the key of certificate \"CN=Middle\" may not be used for keyCertSign, only for "
        + "digitalSignature, cRLSign", position: 1,
      [try middle.leaf().certificate, middle.certificate], trusting: [root.certificate])
    let unlimited = try root.leaf { $0.keyUsage = [] }.certificate
    #expect(try refusal(of: [unlimited], trusting: [root.certificate]) == nil)
  }

  @Test("a purpose that is not that of servers, in the leaf or in any authority above it")
  func purpose() throws {
    let root = try Party.root()
    let leaf = try root.leaf { $0.extendedKeyUsages = [.clientAuth] }.certificate
    try Self.expect(
      .extendedKeyUsage(required: .serverAuth, found: try TLV.extendedKeyUsage(.clientAuth)),
      "certificate \"CN=Leaf\" is for clientAuth, not for serverAuth", position: 0, [leaf],
      trusting: [root.certificate])
    // A leaf for everything is for nothing in particular.
    let any = try root.leaf { $0.extendedKeyUsages = [.anyExtendedKeyUsage] }.certificate
    try Self.expect(
      .extendedKeyUsage(
        required: .serverAuth, found: try TLV.extendedKeyUsage(.anyExtendedKeyUsage)),
      "certificate \"CN=Leaf\" is for anyExtendedKeyUsage, not for serverAuth", position: 0, [any],
      trusting: [root.certificate])
    let upper = try root.authority("Upper") {
      $0.extendedKeyUsages = [.codeSigning, .clientAuth]
    }
    let lower = try upper.authority("Lower") { $0.extendedKeyUsages = [.serverAuth] }
    let chain = [try lower.leaf().certificate, lower.certificate, upper.certificate]
    try Self.expect(
      .extendedKeyUsage(
        required: .serverAuth, found: try TLV.extendedKeyUsage(.codeSigning, .clientAuth)),
      "certificate \"CN=Upper\" is for codeSigning, clientAuth, not for serverAuth",
      position: 2, chain, trusting: [root.certificate])
    let everything = try root.authority("Any") {
      $0.extendedKeyUsages = [.anyExtendedKeyUsage]
    }
    #expect(
      try refusal(
        of: [try everything.leaf().certificate, everything.certificate],
        trusting: [root.certificate]) == nil)
  }

  @Test("an issuer that is no authority: a leaf, version 1, and cA without the extension")
  func noAuthority() throws {
    let root = try Party.root()
    let changes: [(inout CertificateBuilder) -> Void] = [
      { $0.isCertificateAuthority = false }, { $0.omittedExtensions = ["2.5.29.19"] },
      { $0.version = .v1 },
    ]
    for change in changes {
      let middle = try root.authority("Middle", change)
      try Self.expect(
        .notACertificateAuthority, "certificate \"CN=Middle\" issued another and is no authority",
        position: 1, [try middle.leaf().certificate, middle.certificate],
        trusting: [root.certificate])
    }
    let server = try root.leaf(["evil.example"], commonName: "Server")
    try Self.expect(
      .notACertificateAuthority, "certificate \"CN=Server\" issued another and is no authority",
      position: 1, [try server.leaf().certificate, server.certificate],
      trusting: [root.certificate])
    // A root that says that it is none is believed.
    let claimed = try Party.root { $0.isCertificateAuthority = false }
    try Self.expect(
      .notACertificateAuthority, "certificate \"CN=Root\" issued another and is no authority",
      position: nil, [try claimed.leaf().certificate], trusting: [claimed.certificate])
  }

  @Test("a path that is longer than an authority or a root allows")
  func pathLength() throws {
    let root = try Party.root()
    let upper = try root.authority("Upper") { $0.pathLength = 0 }
    let lower = try upper.authority("Lower")
    let chain = [try lower.leaf().certificate, lower.certificate, upper.certificate]
    try Self.expect(
      .pathTooLong(limit: 0, found: 1),
      "certificate \"CN=Upper\" allows 0 authorities below it, and 1 follow", position: 2, chain,
      trusting: [root.certificate])
    #expect(
      try refusal(
        of: [try upper.leaf().certificate, upper.certificate], trusting: [root.certificate])
        == nil)
    let short = try Party.root("Short") { $0.pathLength = 1 }
    let first = try short.authority("First")
    let second = try first.authority("Second")
    #expect(
      try refusal(
        of: [try first.leaf().certificate, first.certificate], trusting: [short.certificate])
        == nil)
    try Self.expect(
      .pathTooLong(limit: 1, found: 2),
      "certificate \"CN=Short\" allows 1 authorities below it, and 2 follow", position: nil,
      [try second.leaf().certificate, second.certificate, first.certificate],
      trusting: [short.certificate])
  }

  @Test("a critical extension that nothing understands, in the leaf and above it")
  func criticalExtension() throws {
    let root = try Party.root()
    let unknown = CertificateBuilder.Extension(
      identifier: "1.2.3.4", isCritical: true, der: TLV.null)
    let leaf = try root.leaf { $0.extraExtensions = [unknown] }.certificate
    try Self.expect(
      .unknownCriticalExtension(try #require(OID("1.2.3.4"))),
      "certificate \"CN=Leaf\" has the critical extension 1.2.3.4, which is not understood",
      position: 0, [leaf], trusting: [root.certificate])
    let middle = try root.authority("Middle") { $0.extraExtensions = [unknown] }
    try Self.expect(
      .unknownCriticalExtension(try #require(OID("1.2.3.4"))),
      "certificate \"CN=Middle\" has the critical extension 1.2.3.4, which is not understood",
      position: 1, [try middle.leaf().certificate, middle.certificate],
      trusting: [root.certificate])
    var harmless = unknown
    harmless.isCritical = false
    let good = try root.leaf { $0.extraExtensions = [harmless] }.certificate
    #expect(try refusal(of: [good], trusting: [root.certificate]) == nil)
  }

  @Test("RSA of less than 2048 bits, in the leaf, above it, and in the root")
  func weakKey() throws {
    let leaf = try Certificate(fixture: OpenSSLSignatures.leafRSA1024)
    let rule = VerificationRule.weakKey("RSA 1024 bits", required: "RSA of 2048 bits or more")
    try Self.expect(
      rule,
      "certificate \"\(leaf)\" has a key of RSA 1024 bits, and must have RSA of "
        + "2048 bits or more",
      position: 0, [leaf, try Certificate(fixture: OpenSSLChain.issuing)],
      trusting: [try Certificate(fixture: OpenSSLChain.root)])
    let key = try PrivateKey(pem: Array(OpenSSLKeys.rsa1024PKCS8.utf8))
    let root = try Party.root()
    let middle = try root.authority("Middle", key: key)
    try Self.expect(
      rule,
      "certificate \"CN=Middle\" has a key of RSA 1024 bits, and must have RSA of "
        + "2048 bits or more",
      position: 1, [try middle.leaf().certificate, middle.certificate],
      trusting: [root.certificate])
    let weakRoot = try Party.root("Weak", key: key)
    try Self.expect(
      rule,
      "certificate \"CN=Weak\" has a key of RSA 1024 bits, and must have RSA of "
        + "2048 bits or more",
      position: nil, [try weakRoot.leaf().certificate], trusting: [weakRoot.certificate])
    var policy = ChainVerifier.Policy()
    policy.algorithms = .legacy
    #expect(
      try refusal(
        of: [try middle.leaf().certificate, middle.certificate], trusting: [root.certificate],
        policy: policy) == nil)
  }

  @Test("another name, with the names that there are and the one that was wanted")
  func name() throws {
    let root = try Party.root()
    let leaf = try root.leaf(["*.example.org", "192.0.2.1"]).certificate
    try Self.expect(
      .nameMismatch(
        presented: ["*.example.org", "192.0.2.1"], expected: try ServerName("example.com")),
      "certificate is for \"*.example.org\", \"192.0.2.1\", not \"example.com\"", position: 0,
      [leaf], trusting: [root.certificate])
    let nameless = try root.leaf([], commonName: "example.com").certificate
    try Self.expect(
      .nameMismatch(presented: [], expected: try ServerName("example.com")),
      "certificate is for no name at all, not \"example.com\"", position: 0, [nameless],
      trusting: [root.certificate])
    let many = try root.leaf((1...8).map { "\($0).example.org" }).certificate
    let shown = (1...5).map { "\"\($0).example.org\"" }.joined(separator: ", ")
    try Self.expect(
      .nameMismatch(
        presented: (1...8).map { "\($0).example.org" }, expected: try ServerName("example.com")),
      "certificate is for \(shown) and 3 more, not \"example.com\"", position: 0, [many],
      trusting: [root.certificate])
  }
}
