import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// KeyTrap's idea (2023, CVE-2023-50387) in certificates, and path building denial of service (BetterTLS
  /// 2020): many authorities of one name, or that certified each
  /// other, so that there are more paths than anybody can try. What each costs is counted, under bounds of
  /// ``ChainVerifier/Policy``.
  @Suite("Path explosions: what a hostile heap costs, counted")
  struct PathExplosionTests {
    private static let algorithms = ["1.2.840.10045.4.3.2", "1.2.840.113549.1.1.11", "1.3.101.112"]

    private static func keys() throws -> [PrivateKey] {
      [
        try Party.key("a"), try Party.key("b", .ecdsa(.secp384r1)), try Party.key("c", .ed25519),
        try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8)),
      ]
    }

    /// A thousand certificates that all bear the name "Same" and say that "Same" issued them, with keys
    /// of every kind, signed in every way by nobody, and without key identifiers.
    private static func thousand() throws -> [Certificate] { try made.get() }

    /// They are made once: it takes its time.
    private static let made = Result {
      let issuer = try Party.root("Same", key: Party.key("same"))
      let keys = try Self.keys()
      return try (0..<1000).map { number in
        try issuer.authority("Same", key: keys[number % keys.count]) {
          $0.omittedExtensions = ["2.5.29.14", "2.5.29.35"]
          $0.serialNumber = [1, UInt8(number >> 8), UInt8(number & 0xff)]
          let algorithm = algorithms[number % algorithms.count]
          $0.signature = .unsigned(
            algorithm: algorithm,
            parameters: algorithm.hasSuffix(".1.1.11") ? [0x05, 0x00] : [],
            signature: [UInt8(number >> 8), UInt8(number & 0xff)])
        }.certificate
      }
    }

    /// A leaf that could be any of theirs.
    private static func leaf(_ issuer: Party) throws -> Certificate {
      try issuer.leaf { $0.omittedExtensions = ["2.5.29.35"] }.certificate
    }

    @Test("a thousand certificates of one name and mixed keys end at the bound, whoever is trusted")
    func thousandOfOneName() throws {
      let stranger = try Party.root("Same", key: Party.key("stranger"))
      let heap = [try Self.leaf(stranger)] + (try Self.thousand())
      let alone = try Verdict(heap, trusting: []) { $0.maximumCertificateCount = 1001 }
      #expect(alone.rule == .tooManyPaths(limit: 64))
      #expect(alone.work.candidateCount == 64)
      #expect(alone.work.signatures.count == 0)

      let root = try Party.root("Same", key: Party.key("root"))
      let trusting = try Verdict(heap, trusting: [root.certificate]) {
        $0.maximumCertificateCount = 1001
      }
      // Every path ends in the root, whose key signed none of them: signatures run out first.
      #expect(trusting.rule == .tooManySignatures(limit: 16))
      #expect(trusting.work.candidateCount == 63)
      #expect(trusting.work.signatures.count == 16)
    }

    @Test("each bound is what the policy says it is, in a heap of a thousand")
    func chosenBounds() throws {
      let stranger = try Party.root("Same", key: Party.key("stranger"))
      let root = try Party.root("Same", key: Party.key("root"))
      let heap = [try Self.leaf(stranger)] + (try Self.thousand())
      for limit in [0, 1, 7] {
        let verdict = try Verdict(heap, trusting: [root.certificate]) {
          $0.maximumCertificateCount = 1001
          $0.maximumCandidateCount = 100_000
          $0.maximumSignatureCount = limit
        }
        #expect(verdict.rule == .tooManySignatures(limit: limit))
        #expect(verdict.work.signatures.count == limit)
      }
      for limit in [0, 1, 7, 100, 500] {
        let verdict = try Verdict(heap, trusting: []) {
          $0.maximumCertificateCount = 1001
          $0.maximumCandidateCount = limit
        }
        #expect(verdict.rule == .tooManyPaths(limit: limit))
        #expect(verdict.work.candidateCount == limit)
      }
      let refused = try Verdict(heap, trusting: [root.certificate])
      #expect(refused.rule == .tooManyCertificates(limit: 16, found: 1001))
      #expect(refused.work.candidateCount == 0)
    }

    @Test("bounds that are no bounds stop nothing, and nothing goes in a circle")
    func unbounded() throws {
      let stranger = try Party.root("Stranger") { $0.notAfter = Party.notBefore }
      let leaf = try stranger.leaf().certificate
      let verdict = try Verdict(
        [leaf, stranger.certificate], trusting: [try Party.root().certificate]
      ) {
        $0.maximumPathLength = .max
        $0.maximumCandidateCount = .max
        $0.maximumSignatureCount = .max
        $0.maximumNameComparisonCount = .max
        $0.maximumCertificateCount = .max
      }
      #expect(verdict.rule == .expired(notAfter: Party.notBefore, now: Party.now))
      #expect(verdict.work.candidateCount == 1)
    }

    @Test("a good path in a heap of a thousand of its name is found with as many checks as it has")
    func goodAmongThousand() throws {
      let root = try Party.root()
      let same = try root.authority("Same", key: Party.key("right"))
      let heap =
        [try same.leaf().certificate] + (try Self.thousand()) + [same.certificate]
      let verdict = try Verdict(heap, trusting: [root.certificate]) {
        $0.maximumCertificateCount = 1002
      }
      #expect(verdict.chain?.certificates == [heap[0], same.certificate, root.certificate])
      #expect(verdict.work.candidateCount == 2)
      #expect(verdict.work.signatures.count == 2)
    }

    @Test("a chain of a hundred takes a check for each certificate below the root, and no more")
    func hundred() throws {
      let root = try Party.root()
      var issuer = root
      var above: [Certificate] = []
      let key = try Party.key("all of them")
      for number in 1...99 {
        issuer = try issuer.authority("Authority \(number)", key: key)
        above.append(issuer.certificate)
      }
      let heap = [try issuer.leaf().certificate] + above
      let good = try Verdict(heap, trusting: [root.certificate]) {
        $0.maximumCertificateCount = 100
        $0.maximumPathLength = 101
        $0.maximumCandidateCount = 100
        $0.maximumSignatureCount = 100
      }
      #expect(good.chain?.certificates.count == 101)
      #expect(good.work.signatures.count == 100)
      #expect(good.work.candidateCount == 100)
      let bounded = try Verdict(heap, trusting: [root.certificate]) {
        $0.maximumCertificateCount = 100
      }
      #expect(bounded.rule == .pathBeyondLimit(limit: 8))
      #expect(bounded.work.signatures.count == 0)
      #expect(bounded.work.candidateCount == 7)
      let short = try Verdict(heap, trusting: [root.certificate]) {
        $0.maximumCertificateCount = 100
        $0.maximumPathLength = 101
        $0.maximumCandidateCount = 100
        $0.maximumSignatureCount = 99
      }
      #expect(short.rule == .tooManySignatures(limit: 99))
      #expect(short.work.signatures.count == 99)
    }

    /// Every one of so many authorities has certified every other.
    private static func crossSigned(_ count: Int) throws -> (roots: [Party], crossed: [Certificate])
    {
      let roots = try (0..<count).map { try Party.root("A\($0)") }
      var crossed: [Certificate] = []
      for (index, one) in roots.enumerated() {
        for (other, issuer) in roots.enumerated() where other != index {
          crossed.append(try issuer.authority("A\(index)", key: one.key).certificate)
        }
      }
      return (roots, crossed)
    }

    @Test("authorities that all certified each other are a maze with a way out, and with none")
    func cyclic() throws {
      let (roots, crossed) = try Self.crossSigned(6)
      let heap = [try roots[0].leaf().certificate] + crossed
      let none = try Verdict(heap, trusting: [try Party.root("Stranger").certificate]) {
        $0.maximumCertificateCount = 100
      }
      #expect(none.rule == .tooManyPaths(limit: 64))
      #expect(none.work.candidateCount == 64)
      #expect(none.work.signatures.count == 0)
      for root in roots {
        let verdict = try Verdict(heap, trusting: [root.certificate]) {
          $0.maximumCertificateCount = 100
        }
        #expect(verdict.chain?.certificates.last == root.certificate)
        #expect(verdict.work.signatures.count < 16)
        // Nobody is passed twice.
        let names = verdict.chain?.certificates.map(\.subject) ?? []
        #expect(Set(names).count == names.count)
      }
      // With three of them all ways are tried, and none is a circle.
      let (few, fewCrossed) = try Self.crossSigned(3)
      let lost = try Verdict([try few[0].leaf().certificate] + fewCrossed, trusting: [])
      #expect(lost.error?.attempts.count == 6)
      #expect(lost.rule == .untrustedRoot(issuer: "CN=A0"))
      #expect(lost.work.candidateCount == 10)
      for attempt in lost.error?.attempts ?? [] {
        #expect(Set(attempt.path.map(\.subject)).count == attempt.path.count)
      }
    }

    @Test("a signature is checked once, however many paths it is in")
    func once() throws {
      // Three certificates of one authority lead to one root; all of them fall by their names, which
      // only a path whose signatures are good is asked for.
      let root = try Party.root { $0.excludedNames = ["example.com"] }
      let key = try Party.key("middle")
      let middles = try (1...3).map { number in
        try root.authority("Middle", key: key) { $0.serialNumber = [UInt8(number)] }.certificate
      }
      let leaf = try Party(certificate: middles[0], key: key).leaf().certificate
      let verdict = try Verdict([leaf] + middles, trusting: [root.certificate])
      guard case .nameConstraints = verdict.rule else {
        Issue.record("\(String(describing: verdict.error))")
        return
      }
      #expect(verdict.error?.attempts.count == 3)
      // The leaf's once, by the one key, and each authority's.
      #expect(verdict.work.signatures.count == 4)
    }

    @Test("the bytes of a good signature under another certificate are no signature of it")
    func copiedSignature() throws {
      let root = try Party.root()
      let hidden: Set<String> = ["2.5.29.14", "2.5.29.35"]
      let good = try root.authority("Middle") { $0.omittedExtensions = hidden }
      let forger = try root.authority("Middle", key: Party.key("forger")) {
        $0.omittedExtensions = hidden
        $0.signature = .unsigned(
          algorithm: "1.2.840.10045.4.3.2", parameters: [],
          signature: good.certificate.signatureBytes)
      }
      #expect(forger.certificate.signatureBytes == good.certificate.signatureBytes)
      let leaf = try forger.leaf { $0.omittedExtensions = ["2.5.29.35"] }.certificate
      for heap in [
        [leaf, good.certificate, forger.certificate], [leaf, forger.certificate, good.certificate],
      ] {
        let verdict = try Verdict(heap, trusting: [root.certificate])
        #expect(
          verdict.rule
            == .badSignature(issuer: heap[1] == good.certificate ? "CN=Middle" : "CN=Root")
        )
        #expect(verdict.error?.attempts.count == 2)
      }
    }

    @Test("keys of another kind than the signature are passed over without a check")
    func kindsOfKey() throws {
      let root = try Party.root()
      let middle = try root.authority("Middle") { $0.omittedExtensions = ["2.5.29.14"] }
      let others = try ["x", "y", "z"].map {
        try root.authority("Middle", key: Party.key($0, .ed25519)) {
          $0.omittedExtensions = ["2.5.29.14"]
        }.certificate
      }
      let leaf = try middle.leaf().certificate
      let verdict = try Verdict(
        [leaf] + others + [middle.certificate], trusting: [root.certificate])
      #expect(verdict.chain?.certificates.count == 3)
      #expect(verdict.work.candidateCount == 2)
      #expect(verdict.work.signatures.count == 2)
    }

    @Test("names and constraints are counted over all paths together")
    func names() throws {
      let root = try Party.root { $0.excludedNames = ["a.example", "example.com"] }
      let key = try Party.key("middle")
      let middles = try (1...3).map { number in
        try root.authority("Middle", key: key) { $0.serialNumber = [UInt8(number)] }.certificate
      }
      let leaf = try Party(certificate: middles[0], key: key)
        .leaf((0..<10).map { "\($0).example.com" }).certificate
      // A path takes 11 names of the leaf and one of the authority, times two.
      let all = try Verdict([leaf] + middles, trusting: [root.certificate], for: nil)
      #expect(all.error?.attempts.count == 3)
      #expect(all.work.nameComparisonCount == 3 * 22)
      let few = try Verdict([leaf] + middles, trusting: [root.certificate], for: nil) {
        $0.maximumNameComparisonCount = 50
      }
      #expect(few.rule == .tooManyNames(limit: 50))
      #expect(few.work.nameComparisonCount == 44)
    }
  }
}
