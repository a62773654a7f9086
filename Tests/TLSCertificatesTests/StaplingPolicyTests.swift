import TLSCrypto
import Testing

@testable import TLSCertificates

/// What the policy makes of a stapled OCSP response.
@Suite("Stapling by policy")
struct StaplingPolicyTests {
  private typealias Scene = RevocationScene

  private static let missing = Scene.Problem((.missingStapledStatus, 0))

  @Test("without a response, the policy decides, whether or not one was asked for")
  func absent() throws {
    let scene = try Scene()
    #expect(try scene.problem(status: .absent) == nil)
    func problem(_ status: StapledStatus) throws -> Scene.Problem? {
      try scene.problem(status: status) {
        $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
      }
    }
    #expect(try problem(.absent) == Self.missing)
    // Somebody who wants one has to ask: that nobody did is no way around the policy.
    #expect(try problem(.notRequested) == Self.missing)
    // Where none could come, as a session is resumed, none is missed.
    #expect(try problem(.alreadyJudged) == nil)
    #expect(try problem(try scene.response()) == nil)
  }

  @Test("a response that proves nothing is refused or passed over, as the policy says")
  func unusable() throws {
    let scene = try Scene()
    let unknown = try scene.response(.unknown)
    #expect(try scene.problem(status: unknown)?.rule != nil)
    #expect(
      try scene.problem(status: unknown) {
        $0.staplingChecking = .on(whenUnusable: .accept, whenAbsent: .refuse)
      } == nil)
  }

  @Test("switched off, a response is not even read")
  func off() throws {
    let scene = try Scene()
    let revoked = try scene.response(.revoked(at: Party.notBefore, reason: nil))
    for status in [revoked, .response([1, 2, 3]), .absent, .notRequested, .alreadyJudged] {
      #expect(try scene.problem(status: status, limit: 0) { $0.staplingChecking = .off } == nil)
    }
  }

  @Test("a certificate that must come with a response is refused without a good one")
  func mustStaple() throws {
    let scene = try Scene(leaf: { $0.extraExtensions = [.features(5)] })
    let unknown = try scene.response(.unknown)
    let isBad = Scene.Problem(
      (.badStapledStatus("the responder does not know the certificate"), 0))
    for checking in [
      RevocationPolicy.StaplingChecking.off, .on(whenUnusable: .accept, whenAbsent: .accept),
    ] {
      func problem(_ status: StapledStatus, enforced: Bool = true) throws -> Scene.Problem? {
        try scene.problem(status: status) {
          $0.staplingChecking = checking
          $0.enforcesMustStaple = enforced
        }
      }
      #expect(try problem(.absent) == Self.missing)
      #expect(try problem(unknown) == isBad)
      #expect(try problem(try scene.response()) == nil)
      // Not where nobody asked, and not where the policy does not hold it to that.
      #expect(try problem(.notRequested) == nil)
      #expect(try problem(.alreadyJudged) == nil)
      #expect(try problem(.absent, enforced: false) == nil)
      #expect(try problem(unknown, enforced: false) == nil)
    }
    let others = try Scene(leaf: { $0.extraExtensions = [.features(10)] })
    #expect(try others.problem(status: .absent) == nil)
  }

  @Test("what an authority says that all below it must do holds for the leaf")
  func mustStapleOfAuthority() throws {
    let scene = try Scene(issuing: { $0.extraExtensions = [.features(5)] })
    #expect(try scene.problem(status: .absent) == Self.missing)
    #expect(try scene.problem(status: try scene.response()) == nil)
  }

  @Test("a response that the policy looks at for the sake of must-staple alone is no list")
  func offIsNoList() throws {
    let scene = try Scene(leaf: { $0.extraExtensions = [.features(5)] })
    func problem(_ checking: RevocationPolicy.StaplingChecking) throws -> VerificationRule? {
      try scene.problem(status: try scene.response()) {
        $0.staplingChecking = checking
        $0.listChecking = .on([], .leaf, whenUnknown: .refuse)
      }?.rule
    }
    #expect(try problem(.on(whenUnusable: .refuse, whenAbsent: .accept)) == nil)
    #expect(try problem(.off) == .revocationUnknown("no revocation list was given"))
  }

  @Test("what was judged before does not stand in for lists")
  func alreadyJudged() throws {
    let scene = try Scene()
    let problem = try scene.problem(status: .alreadyJudged) {
      $0.listChecking = .on([], .leaf, whenUnknown: .refuse)
    }
    #expect(problem?.rule == .revocationUnknown("no revocation list was given"))
  }

  @Test("a good response will do where the lists say nothing of the leaf, and not for its issuer")
  func together() throws {
    let scene = try Scene()
    let good = try scene.response()
    func problem(
      _ status: StapledStatus, _ lists: [CertificateRevocationList],
      _ scope: RevocationPolicy.Scope
    ) throws -> Scene.Problem? {
      try scene.problem(status: status) {
        $0.listChecking = .on(lists, scope, whenUnknown: .refuse)
      }
    }
    #expect(try problem(good, [], .leaf) == nil)
    #expect(
      try problem(.absent, [], .leaf)?.rule == .revocationUnknown("no revocation list was given"))
    #expect(try problem(good, [], .chain)?.index == 1)
    #expect(try problem(good, [try Scene.list(of: scene.root)], .chain) == nil)
    // Either one that says "revoked" is enough.
    let list = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate])
    guard case .revoked(_, _, let source) = try problem(good, [list], .leaf)?.rule else {
      Issue.record("it was not revoked")
      return
    }
    #expect(source == "the list of \"CN=Issuing\"")
    let revoked = try scene.response(.revoked(at: Party.notBefore, reason: nil))
    guard case .revoked = try problem(revoked, [try Scene.list(of: scene.issuing)], .leaf)?.rule
    else {
      Issue.record("it was not revoked")
      return
    }
    // And it says more than that a response proves nothing.
    guard case .revoked = try problem(.response([]), [list], .leaf)?.rule else {
      Issue.record("it was not revoked")
      return
    }
  }
}
