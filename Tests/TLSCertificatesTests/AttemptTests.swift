import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("What is said of the paths that fell")
struct AttemptTests {
  private static let past = Party.now.adding(seconds: -1)

  @Test("every path is listed, leaf first, with its own failure, the better ones first")
  func listed() throws {
    let root = try Party.root()
    let stranger = try Party.root("Stranger")
    let key = try Party.key("issuing")
    let expired = try root.authority("Issuing", key: key) { $0.notAfter = Self.past }
    let foreign = try stranger.authority("Issuing", key: key)
    let leaf = try expired.leaf().certificate
    let chain = [leaf, expired.certificate, foreign.certificate]
    let error = try #require(try Verdict(chain, trusting: [root.certificate]).error)
    #expect(error.attempts.map(\.path) == [[leaf, chain[2]], [leaf, chain[1]]])
    #expect(
      error.attempts.map(\.failure.rule) == [
        .untrustedRoot(issuer: "CN=Stranger"), .expired(notAfter: Self.past, now: Party.now),
      ])
    #expect(error.attempts.map(\.failure.position) == [2, 1])
    #expect(error.unlistedAttemptCount == 0)
    // The expired one leads on to a root, and the other nowhere.
    #expect(error.failure == error.attempts[1].failure)
    #expect(error.certificate == expired.certificate)
    #expect(error.position == 1)
    #expect(
      error.attempts[0].description
        == "\"CN=Leaf\" < \"CN=Issuing\": certificate \"CN=Issuing\" was issued by "
        + "\"CN=Stranger\", which is not among the trusted roots")
  }

  @Test("a rule that is broken on the way to nowhere says less than a bad signature below a root")
  func nowhere() throws {
    let root = try Party.root()
    let stranger = try Party.root("Stranger")
    let key = try Party.key("issuing")
    let expired = try stranger.authority("Issuing", key: key) { $0.notAfter = Self.past }
    let forged = try root.authority("Issuing", key: key) {
      $0.signature = .unsigned(
        algorithm: "1.2.840.10045.4.3.2", parameters: [], signature: [1, 2, 3])
    }
    let leaf = try forged.leaf().certificate
    for chain in [[expired, forged], [forged, expired]] {
      let verdict = try Verdict([leaf] + chain.map(\.certificate), trusting: [root.certificate])
      #expect(verdict.rule == .badSignature(issuer: "CN=Root"))
      #expect(verdict.error?.attempts.count == 2)
    }
    let alone = try Verdict([leaf, expired.certificate], trusting: [root.certificate])
    #expect(alone.rule == .expired(notAfter: Self.past, now: Party.now))
  }

  @Test("a path that is good but for one rule says the most")
  func proven() throws {
    let root = try Party.root()
    let key = try Party.key("issuing")
    let expired = try root.authority("Issuing", key: key) { $0.notAfter = Self.past }
    let constrained = try root.authority("Issuing", key: key) {
      $0.permittedNames = ["example.org"]
    }
    let leaf = try expired.leaf().certificate
    for chain in [[expired, constrained], [constrained, expired]] {
      let error = try Verdict([leaf] + chain.map(\.certificate), trusting: [root.certificate]).error
      guard case .nameConstraints = error?.rule else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(error?.attempts.count == 2)
      #expect(error?.certificate == leaf)
    }
  }

  @Test("a wrong name is said of the path that is good otherwise, after those that fell")
  func wrongName() throws {
    let root = try Party.root()
    let key = try Party.key("issuing")
    let expired = try root.authority("Issuing", key: key) { $0.notAfter = Self.past }
    let good = try root.authority("Issuing", key: key)
    let leaf = try good.leaf(["example.org"]).certificate
    let chain = [leaf, expired.certificate, good.certificate]
    let error = try #require(try Verdict(chain, trusting: [root.certificate]).error)
    #expect(
      error.rule
        == .nameMismatch(presented: ["example.org"], expected: try ServerName("example.com")))
    #expect(error.attempts.map(\.path) == [[leaf, good.certificate, root.certificate]])
  }

  @Test("no more than 32 paths are listed, and the rest is counted")
  func many() throws {
    let stranger = try Party.root("Stranger")
    let key = try Party.key("issuing")
    let twins = try (1...40).map { number in
      try stranger.authority("Issuing", key: key) { $0.serialNumber = [UInt8(number)] }.certificate
    }
    let leaf = try Party(certificate: twins[0], key: key).leaf().certificate
    let error = try #require(
      try Verdict([leaf] + twins, trusting: []) { $0.maximumCertificateCount = 41 }.error)
    #expect(error.attempts.count == 32)
    #expect(error.unlistedAttemptCount == 8)
    #expect(error.attempts.map { $0.path.last } == twins.prefix(32).map { $0 })
    #expect(error.report.hasSuffix("and 8 more"))
  }

  @Test("the report names the certificate by subject, issuer, position and fingerprint")
  func report() throws {
    let root = try Party.root()
    let middle = try root.authority("Middle") { $0.notAfter = Self.past }
    let leaf = try middle.leaf().certificate
    let error = try #require(
      try Verdict([leaf, middle.certificate], trusting: [root.certificate]).error)
    let fingerprint = try middle.certificate.fingerprint().description
    #expect(
      error.report == """
        certificate "CN=Middle" expired at 2026-12-31T23:59:59Z; it is 2027-01-01T00:00:00Z now
        rule: RFC 5280 6.1.3 (a)(2)
        expected: notAfter at 2027-01-01T00:00:00Z or later
        found: 2026-12-31T23:59:59Z
        position: 1
        subject: CN=Middle
        issuer: CN=Root
        SHA-256 fingerprint: \(fingerprint)
        path 1: "CN=Leaf" < "CN=Middle": certificate "CN=Middle" expired at 2026-12-31T23:59:59Z; \
        it is 2027-01-01T00:00:00Z now
        """)
    #expect(error.section == "RFC 5280 6.1.3 (a)(2)")
    let old = try Party.root("Old") { $0.notAfter = Self.past }
    let trusted = try #require(
      try Verdict([try old.leaf().certificate], trusting: [old.certificate]).error)
    #expect(trusted.report.contains("\nposition: among the trusted roots\n"))
  }

  /// One of each rule.
  private static func rules() throws -> [VerificationRule] {
    [
      .emptyChain, .tooManyCertificates(limit: 1, found: 2),
      .expired(notAfter: Self.past, now: Party.now),
      .notYetValid(notBefore: Self.past, now: Party.now),
      .nameMismatch(presented: [], expected: try ServerName("example.com")),
      .untrustedRoot(issuer: "CN=A"), .selfSigned, .badSignature(issuer: "CN=A"),
      .notACertificateAuthority, .pathTooLong(limit: 0, found: 1),
      .keyUsage(missing: .keyCertSign, found: .cRLSign),
      .extendedKeyUsage(required: .serverAuth, found: try TLV.extendedKeyUsage(.clientAuth)),
      .rootPurpose(required: .serverAuthentication, found: .clientAuthentication),
      .unreadableRoot("it is none"),
      .unknownCriticalExtension(try #require(OID("1.2.3"))), .weakSignature("SHA-1 with RSA"),
      .weakKey("RSA 1024 bits", required: "RSA of 2048 bits or more"),
      .nameConstraints(authority: "CN=A", problem: "a name is wrong"), .tooManyNames(limit: 1),
      .policy(required: [try #require(OID("1.2.3"))], found: []), .tooManyPolicies(limit: 1),
      .baselineRequirement(.lifetime, found: "400 days"),
      .notPinned(
        expected: [try PublicKeyPin(subjectPublicKeyInfo: [1])],
        found: [try PublicKeyPin(subjectPublicKeyInfo: [2])]),
      .revoked(at: Self.past, reason: .keyCompromise, source: "a list"),
      .revocationUnknown("there is no list"), .badStapledStatus("it is old"),
      .missingStapledStatus, .tooManyPaths(limit: 1), .pathBeyondLimit(limit: 1),
      .tooManySignatures(limit: 1),
    ]
  }

  @Test("each rule has a section, what was expected and found, and a sentence of its own")
  func texts() throws {
    let certificate = try Party.root().certificate
    let failures = try Self.rules().map { VerificationFailure($0, certificate, position: 0) }
    for failure in failures {
      #expect(failure.section.contains(" ") || failure.section == "ChainVerifier.Policy")
      #expect(!failure.expected.isEmpty)
      #expect(!failure.found.isEmpty)
      #expect(!failure.description.contains(" breaks RFC"), "\(failure)")
      #expect(!failure.description.hasSuffix("."))
    }
    #expect(Set(failures.map(\.description)).count == failures.count)
    for rule in failures.map(\.rule) {
      let label = Mirror(reflecting: rule).children.first?.label
      #expect(rule.name == label ?? "\(rule)")
    }
    for requirement in BaselineRequirement.allCases {
      #expect(requirement.section.first?.isNumber == true)
      #expect(!requirement.expected.isEmpty)
    }
  }
}
