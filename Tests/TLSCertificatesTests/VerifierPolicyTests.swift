import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("What a verifier's policy says of keys, signatures, pins and roots")
struct VerifierPolicyTests {
  private static func rsa() throws -> PrivateKey {
    try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
  }

  private static func verdict(
    leaf: PrivateKey? = nil, root rootKey: PrivateKey? = nil, _ algorithms: AlgorithmPolicy
  ) throws -> Verdict {
    let root = try Party.root(key: rootKey)
    let leaf = try root.leaf(key: leaf).certificate
    return try Verdict([leaf], trusting: [root.certificate]) { $0.algorithms = algorithms }
  }

  @Test("the presets differ in the shortest RSA key")
  func presets() throws {
    let rsa = try Self.rsa()
    for policy in [AlgorithmPolicy.modern, .intermediate, .legacy] {
      #expect(try Self.verdict(leaf: rsa, policy).error == nil)
      #expect(try Self.verdict(root: rsa, policy).error == nil)
    }
    let rule = VerificationRule.weakKey(
      "RSA 2048 bits", required: "RSA of 3072 bits or more")
    #expect(try Self.verdict(leaf: rsa, .strict).rule == rule)
    let root = try Self.verdict(root: rsa, .strict)
    #expect(root.rule == rule)
    #expect(root.error?.position == nil)
    let short = try PrivateKey(pem: Array(OpenSSLKeys.rsa1024PKCS8.utf8))
    #expect(try Self.verdict(leaf: short, .legacy).error == nil)
    #expect(
      try Self.verdict(leaf: short, .modern).rule
        == .weakKey("RSA 1024 bits", required: "RSA of 2048 bits or more"))
    #expect(try Self.verdict(.strict).error == nil)
  }

  @Test("curves, Ed25519 and ways of signing can be left out")
  func algorithms() throws {
    var policy = AlgorithmPolicy.modern
    policy.curves = [.secp384r1, .secp521r1]
    #expect(
      try Self.verdict(policy).rule == .weakKey("ECDSA P-256", required: "ECDSA P-384, P-521"))
    policy.curves = []
    #expect(
      try Self.verdict(policy).rule == .weakKey("ECDSA P-256", required: "a key of another kind"))
    policy = .modern
    policy.allowsEd25519 = false
    let ed25519 = try Party.key("ed", .ed25519)
    #expect(
      try Self.verdict(leaf: ed25519, policy).rule
        == .weakKey("Ed25519", required: "a key of another kind"))
    policy = .modern
    policy.signatures.remove(.ecdsa(.sha256))
    let weak = try Self.verdict(policy)
    #expect(weak.rule == .weakSignature("ECDSA with SHA-256"))
    #expect(weak.work.signatures.count == 0)
    // A root's own signature is not looked at.
    let root = try Party.root()
    let signed = try Verdict([root.certificate], trusting: [root.certificate], for: nil) {
      $0.algorithms = policy
    }
    #expect(signed.rule == .keyUsage(missing: .digitalSignature, found: [.keyCertSign, .cRLSign]))
  }

  @Test("one of the keys of the path must be pinned, where there are pins")
  func pins() throws {
    let root = try Party.root()
    let middle = try root.authority("Middle")
    let leaf = try middle.leaf().certificate
    let chain = [leaf, middle.certificate]
    let stranger = try PublicKeyPin(of: try Party.root("Stranger").certificate)
    for pinned in chain + [root.certificate] {
      let pin = try PublicKeyPin(of: pinned)
      let verdict = try Verdict(chain, trusting: [root.certificate]) { $0.pins = [pin, stranger] }
      #expect(verdict.error == nil)
    }
    let verdict = try Verdict(chain, trusting: [root.certificate]) { $0.pins = [stranger] }
    #expect(
      verdict.rule
        == .notPinned(
          expected: [stranger],
          found: try (chain + [root.certificate]).map { try PublicKeyPin(of: $0) }))
    #expect(verdict.error?.position == 0)
  }

  @Test("a path that holds a pinned key is looked for beside one that does not")
  func pinnedPath() throws {
    let (old, new) = (try Party.root("Old"), try Party.root("New"))
    let key = try Party.key("issuing")
    let below = [try old.authority("Issuing", key: key), try new.authority("Issuing", key: key)]
    let leaf = try below[0].leaf().certificate
    let pin = try PublicKeyPin(of: new.certificate)
    let verdict = try Verdict(
      [leaf] + below.map(\.certificate), trusting: [old.certificate, new.certificate]
    ) { $0.pins = [pin] }
    #expect(verdict.chain?.certificates.last == new.certificate)
  }

  private static func refusal(
    _ chain: [Certificate], _ roots: TrustRoots, usage: ChainVerifier.Usage = .server
  ) throws -> VerificationError? {
    do {
      _ = try ChainVerifier(roots: roots).verify(chain, for: nil, usage: usage, at: Party.now)
      return nil
    } catch {
      return error
    }
  }

  @Test("a root that is trusted for clients vouches for no server, by itself neither")
  func purposes() throws {
    let root = try Party.root()
    let leaf = try root.leaf { $0.extendedKeyUsages = [.serverAuth, .clientAuth] }.certificate
    let roots = TrustRoots(certificates: [root.certificate], purposes: .clientAuthentication)
    #expect(try Self.refusal([leaf], roots, usage: .client) == nil)
    let error = try Self.refusal([leaf], roots)
    #expect(
      error?.rule
        == .rootPurpose(
          required: .serverAuthentication, found: .clientAuthentication))
    #expect(error?.position == 0)
    #expect(
      error?.description
        == "the root of certificate \"CN=Leaf\" is trusted for clients, not for servers")
    let trusted = TrustRoots(certificates: [leaf], purposes: .clientAuthentication)
    #expect(try Self.refusal([leaf], trusted, usage: .client) == nil)
    #expect(
      try Self.refusal([leaf], trusted)?.rule
        == .rootPurpose(
          required: .serverAuthentication, found: .clientAuthentication)
    )
  }

  @Test("a root that cannot be read is said to be there")
  func unreadableRoot() throws {
    let root = try Party.root()
    // Its names can be read; its key is on no curve.
    var der = root.certificate.der
    let point = try #require(root.certificate.publicKey.point)
    let range = try #require(der.firstRange(of: point))
    der[range.upperBound - 1] ^= 1
    let roots = TrustRoots(roots: [try TrustRoots.Root(der: der, purposes: .all)], sources: [])
    #expect(roots.count == 1)
    let error = try Self.refusal([try root.leaf().certificate], roots)
    guard case .unreadableRoot(let problem) = error?.rule else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(problem.contains("subjectPublicKeyInfo"))
    #expect(error?.position == 0)
  }

  @Test("a trusted root that also came with the chain ends the path, and so does its twin")
  func rootInHeap() throws {
    let (old, new) = (try Party.root("Old"), try Party.root("New"))
    let crossed = try old.authority("New", key: new.key)
    let leaf = try new.leaf().certificate
    let chain = [leaf, crossed.certificate, new.certificate]
    let both = try Verdict(chain, trusting: [old.certificate, new.certificate])
    #expect(both.chain?.certificates == [leaf, new.certificate])
    #expect(both.work.signatures.count == 1)
    let first = try Verdict(chain, trusting: [old.certificate])
    #expect(first.chain?.certificates == [leaf, crossed.certificate, old.certificate])
    // An expired root is no obstacle where another signed its key.
    let expired = try Party.root("New", key: new.key) {
      $0.notAfter = Party.now.adding(seconds: -1)
    }
    let around = try Verdict(chain, trusting: [old.certificate, expired.certificate])
    #expect(around.chain?.certificates == [leaf, crossed.certificate, old.certificate])
  }

  @Test("a stapled response that proves nothing refuses a path that is good otherwise")
  func stapled() throws {
    let root = try Party.root()
    let leaf = try root.leaf().certificate
    let verifier = ChainVerifier(roots: TrustRoots(certificates: [root.certificate]))
    let name = try ServerName("example.com")
    do {
      _ = try verifier.verify(
        [leaf], for: name, usage: .server, at: Party.now, stapledStatus: .response([0x30, 0x00]))
      Issue.record("a broken response passed")
    } catch {
      guard case .badStapledStatus = error.rule else { throw error }
      #expect(error.position == 0)
      #expect(error.attempts.map(\.path) == [[leaf, root.certificate]])
    }
    let path = try verifier.verify(
      [leaf], for: name, usage: .server, at: Party.now, stapledStatus: .absent)
    #expect(path.certificates.count == 2)
  }
}
