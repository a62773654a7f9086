import TLSCrypto
import Testing

@testable import TLSCertificates

/// What lists say of the certificates of a path (RFC 5280 section 6.3).
@Suite("Revocation by lists")
struct RevocationCheckTests {
  private typealias Scene = RevocationScene

  private static func revoked(
    _ index: Int = 0, _ reason: RevocationReason? = nil, by issuer: String = "Issuing"
  ) -> Scene.Problem {
    let rule = VerificationRule.revoked(
      at: Party.notBefore, reason: reason, source: "the list of \"CN=\(issuer)\"")
    return Scene.Problem((rule, index))
  }

  @Test("a leaf on its issuer's list is refused, and why is said")
  func leaf() throws {
    let scene = try Scene()
    let empty = try Scene.list(of: scene.issuing)
    #expect(try scene.problem(lists: [empty]) == nil)
    let list = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate])
    #expect(try scene.problem(lists: [list]) == Self.revoked())
    #expect(try scene.problem(lists: [list], whenUnknown: .accept) == Self.revoked())
    let other = try Scene.list(of: scene.issuing, revoking: [scene.issuing.certificate])
    #expect(try scene.problem(lists: [other]) == nil)
  }

  @Test("every reason counts, being on hold among them", arguments: RevocationReason.allCases)
  func reasons(_ reason: RevocationReason) throws {
    guard reason != .removeFromCRL else { return }
    let scene = try Scene()
    let list = try Scene.list(
      of: scene.issuing, revoking: [scene.leaf.certificate], reason: reason)
    #expect(try scene.problem(lists: [list]) == Self.revoked(0, reason))
  }

  @Test("the leaf alone or the chain: Python's VERIFY_CRL_CHECK_LEAF and VERIFY_CRL_CHECK_CHAIN")
  func scopes() throws {
    let scene = try Scene()
    let ofLeaf = try Scene.list(of: scene.issuing)
    let ofIssuing = try Scene.list(of: scene.root, revoking: [scene.issuing.certificate])
    #expect(try scene.problem(lists: [ofLeaf, ofIssuing], scope: .leaf) == nil)
    #expect(
      try scene.problem(lists: [ofLeaf, ofIssuing], scope: .chain) == Self.revoked(1, by: "Root"))
    // With a list for the leaf alone nobody knows about its issuer.
    let unknown = try #require(try scene.problem(lists: [ofLeaf], scope: .chain))
    #expect(unknown.index == 1)
    #expect(
      unknown.rule
        == .revocationUnknown(
          "of 1 revocation lists given, none speaks of this certificate of \"CN=Root\""))
    #expect(try scene.problem(lists: [ofLeaf], scope: .chain, whenUnknown: .accept) == nil)
    // "Revoked" says more than "unknown", wherever it stands.
    #expect(try scene.problem(lists: [ofIssuing], scope: .chain) == Self.revoked(1, by: "Root"))
  }

  @Test("without a list, soft-fail accepts and hard-fail refuses; switched off, nothing is asked")
  func unknown() throws {
    let scene = try Scene()
    #expect(try scene.unknown(lists: []) == "no revocation list was given")
    #expect(try scene.problem(lists: [], whenUnknown: .accept) == nil)
    let list = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate])
    #expect(try scene.problem(lists: [list], whenUnknown: .accept) == Self.revoked())
    #expect(try scene.problem { $0.listChecking = .off } == nil)
    let other = try Scene.list(of: scene.root)
    #expect(
      try scene.unknown(lists: [other, other])
        == "of 2 revocation lists given, none speaks of this certificate of \"CN=Issuing\"")
  }

  @Test("a list counts from thisUpdate to nextUpdate, and five minutes more on both sides")
  func freshness() throws {
    let scene = try Scene()
    let list = try Scene.list(of: scene.issuing)
    let (first, last) = (Scene.thisUpdate, Scene.nextUpdate)
    for time in [first.adding(seconds: -300), first, last, last.adding(seconds: 300)] {
      #expect(try scene.problem(lists: [list], at: time) == nil)
    }
    let late = last.adding(seconds: 301)
    #expect(
      try scene.unknown(lists: [list], at: late)
        == "the list of \"CN=Issuing\" ended at 2027-01-02T00:00:00Z; it is 2027-01-02T00:05:01Z now"
    )
    let early = first.adding(seconds: -301)
    #expect(
      try scene.unknown(lists: [list], at: early)
        == "the list of \"CN=Issuing\" begins at 2026-12-31T23:00:00Z; it is 2026-12-31T22:54:59Z now"
    )
    #expect(try scene.problem(lists: [list], whenUnknown: .accept, at: late) == nil)
  }

  @Test("an old list still says who was revoked, but not who is on hold")
  func oldList() throws {
    let scene = try Scene()
    let late = Scene.nextUpdate.adding(seconds: 10_000)
    let list = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate])
    #expect(try scene.problem(lists: [list], whenUnknown: .accept, at: late) == Self.revoked())
    let hold = try Scene.list(
      of: scene.issuing, revoking: [scene.leaf.certificate], reason: .certificateHold)
    #expect(try scene.problem(lists: [hold], whenUnknown: .accept, at: late) == nil)
    #expect(try scene.unknown(lists: [hold], at: late)?.contains("ended at") == true)
  }

  @Test("of two lists the one that says revoked counts, in either order")
  func twoLists() throws {
    let scene = try Scene()
    let older = try Scene.list(of: scene.issuing)
    let newer = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate]) {
      $0.number = [2]
    }
    #expect(try scene.problem(lists: [older, newer]) == Self.revoked())
    #expect(try scene.problem(lists: [newer, older]) == Self.revoked())
  }

  @Test("a list that another key has signed says nothing")
  func forgedSignature() throws {
    let scene = try Scene()
    let forger = try scene.root.authority("Issuing", key: try Party.key("forger"))
    let impostor = Party(certificate: scene.issuing.certificate, key: forger.key)
    let good = try Scene.list(of: impostor)
    let problem =
      "the signature of the list of \"CN=Issuing\" is not that of anybody of this name in the path"
    #expect(try scene.unknown(lists: [good]) == problem)
    // Nor does it revoke anything.
    let bad = try Scene.list(of: impostor, revoking: [scene.leaf.certificate])
    #expect(try scene.problem(lists: [bad], whenUnknown: .accept) == nil)
    #expect(try scene.unknown(lists: [bad]) == problem)
    // What the path's own key has signed counts beside it.
    #expect(try scene.problem(lists: [good, try Scene.list(of: scene.issuing)]) == nil)
  }

  @Test("an issuer whose key is not for lists signs none")
  func keyUsage() throws {
    let scene = try Scene(issuing: { $0.keyUsage = [.keyCertSign] })
    let list = try Scene.list(of: scene.issuing)
    #expect(
      try scene.unknown(lists: [list])
        == "the key of \"CN=Issuing\" is for keyCertSign, not for cRLSign")
    let unlimited = try Scene(issuing: { $0.keyUsage = [] })
    #expect(try unlimited.problem(lists: [try Scene.list(of: unlimited.issuing)]) == nil)
  }

  @Test("a list with a weak signature says nothing")
  func weakSignature() throws {
    let scene = try Scene()
    let list = try Scene.list(of: scene.issuing) {
      $0.signature = .unsigned(algorithm: "1.2.840.10045.4.1", parameters: [], signature: [1])
    }
    #expect(
      try scene.unknown(lists: [list])
        == "the list of \"CN=Issuing\" is signed by SHA-1 with ECDSA, which is not accepted")
    var policy = AlgorithmPolicy.modern
    policy.signatures = [.ed25519]
    let found = try scene.problem(algorithms: policy) {
      $0.listChecking = .on([try Scene.list(of: scene.issuing)], .leaf, whenUnknown: .refuse)
    }
    #expect(
      found?.rule
        == .revocationUnknown(
          "the list of \"CN=Issuing\" is signed by ECDSA with SHA-256, which is not accepted"))
  }

  @Test("signatures are counted, and where they are too many that is said")
  func budget() throws {
    let scene = try Scene()
    let lists = try [Scene.list(of: scene.issuing), Scene.list(of: scene.root)]
    func problem(_ limit: Int) throws -> Scene.Problem? {
      try scene.problem(limit: limit) {
        $0.listChecking = .on(lists, .chain, whenUnknown: .refuse)
      }
    }
    #expect(try problem(2) == nil)
    #expect(try problem(1)?.rule == .tooManySignatures(limit: 1))
  }

  @Test("a list is signed once for all that it speaks of, and twice the same list costs once")
  func once() throws {
    let scene = try Scene()
    let list = try Scene.list(of: scene.issuing)
    let found = try scene.problem(limit: 1) {
      $0.listChecking = .on([list, list], .leaf, whenUnknown: .refuse)
    }
    #expect(found == nil)
  }

  @Test("nobody is asked about a root, not even where it is the leaf")
  func root() throws {
    let root = try Party.root { $0.extraExtensions = [.features(5)] }.certificate
    var policy = RevocationPolicy()
    policy.listChecking = .on([], .chain, whenUnknown: .refuse)
    policy.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
    let check = RevocationCheck(
      path: [root], chain: [root], time: Party.now, policy: policy, algorithms: .modern,
      status: .absent)
    var budget = SignatureBudget(limit: 0)
    #expect(check.problem(&budget) == nil)
  }
}
