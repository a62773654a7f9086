import TLSCrypto
import Testing

@testable import TLSCertificates

/// What a stapled OCSP response says of a leaf (RFC 6960 section 3.2).
@Suite("Stapled OCSP responses")
struct StapledStatusTests {
  private typealias Scene = RevocationScene

  /// Why a response proves nothing; `nil` if it does, or says that the leaf was revoked.
  private static func bad(_ scene: Scene, _ status: StapledStatus, at time: Timestamp = Party.now)
    throws -> String?
  {
    guard case .badStapledStatus(let text) = try scene.problem(status: status, at: time)?.rule
    else {
      return nil
    }
    return text
  }

  private static func revoked(_ reason: RevocationReason?) -> Scene.Problem {
    Scene.Problem(
      (
        .revoked(at: Party.notBefore, reason: reason, source: "the stapled OCSP response"), 0
      ))
  }

  @Test("a good response of the issuer is accepted, whichever way it names things")
  func good() throws {
    let scene = try Scene()
    #expect(try scene.problem(status: try scene.response()) == nil)
    #expect(try scene.problem(status: try scene.response { $0.responderID = .keyHash }) == nil)
    for hash in HashFunction.allCases {
      let status = try scene.response { $0.answers[0].hashAlgorithm = .sha2(hash) }
      #expect(try scene.problem(status: status) == nil)
    }
    let nonce = try scene.response {
      $0.extraExtensions = [
        .init(identifier: "1.3.6.1.5.5.7.48.1.2", isCritical: true, der: TLV.octets([1, 2]))
      ]
    }
    #expect(try scene.problem(status: nonce) == nil)
  }

  @Test("a revoked leaf is refused, even where other failures would not be")
  func revoked() throws {
    let scene = try Scene()
    for whenUnusable in [RevocationPolicy.WhenUnknown.accept, .refuse] {
      func problem(_ status: StapledStatus, at time: Timestamp = Party.now) throws -> Scene.Problem?
      {
        try scene.problem(status: status, at: time) {
          $0.staplingChecking = .on(whenUnusable: whenUnusable, whenAbsent: .accept)
        }
      }
      let plain = try scene.response(.revoked(at: Party.notBefore, reason: nil))
      #expect(try problem(plain) == Self.revoked(nil))
      let reasoned = try scene.response(.revoked(at: Party.notBefore, reason: .superseded))
      #expect(try problem(reasoned) == Self.revoked(.superseded))
      // What was revoked stays revoked, however old the response; on hold it may be good again.
      let late = Scene.nextUpdate.adding(seconds: 10_000)
      #expect(try problem(reasoned, at: late) == Self.revoked(.superseded))
      let hold = try scene.response(.revoked(at: Party.notBefore, reason: .certificateHold))
      #expect(try problem(hold) == Self.revoked(.certificateHold))
      #expect((try problem(hold, at: late) == nil) == (whenUnusable == .accept))
    }
  }

  @Test("where several answers are about the leaf, the worst counts")
  func several() throws {
    let scene = try Scene()
    let status = try scene.response { builder in
      builder.answers.append(builder.answers[0])
      builder.answers[1].status = .revoked(at: Party.notBefore, reason: nil)
    }
    #expect(try scene.problem(status: status) == Self.revoked(nil))
  }

  @Test("a response about another certificate proves nothing")
  func otherCertificate() throws {
    let scene = try Scene()
    let number = try scene.response { $0.answers[0].serialNumber = [0x77] }
    #expect(
      try Self.bad(scene, number)
        == "the response is about the serial number 77 of some issuer, not about this certificate")
    // The same number, of another issuer: another name, or another key.
    let name = try scene.root.authority("Else", key: scene.issuing.key)
    let key = try scene.root.authority("Issuing", key: try Party.key("else"))
    for issuer in [name, key] {
      let status = try scene.response { $0.answers[0].issuer = issuer.certificate }
      #expect(try Self.bad(scene, status)?.hasPrefix("the response is about the serial") == true)
      let revoked = try scene.response(.revoked(at: Party.notBefore, reason: nil)) {
        $0.answers[0].issuer = issuer.certificate
      }
      #expect(try Self.bad(scene, revoked) != nil)
    }
  }

  @Test("a response that does not know the certificate, or answers nothing, proves nothing")
  func unknown() throws {
    let scene = try Scene()
    #expect(
      try Self.bad(scene, try scene.response(.unknown))
        == "the responder does not know the certificate")
    let later = try OCSPResponseBuilder.build(withoutAnswer: .tryLater)
    #expect(
      try Self.bad(scene, .response(later.der))
        == "the responder said tryLater instead of an answer")
    #expect(
      try Self.bad(scene, .response([0x30, 0]))
        == "the OCSP response's encoding has no responseStatus")
    #expect(try Self.bad(scene, .response([])) == "the OCSP response's encoding is not DER")
  }

  @Test("a response counts from thisUpdate to nextUpdate, and five minutes more on both sides")
  func freshness() throws {
    let scene = try Scene()
    let status = try scene.response()
    let (first, last) = (Scene.thisUpdate, Scene.nextUpdate)
    for time in [first.adding(seconds: -300), first, last, last.adding(seconds: 300)] {
      #expect(try scene.problem(status: status, at: time) == nil)
    }
    #expect(
      try Self.bad(scene, status, at: last.adding(seconds: 301))
        == "the response ended at 2027-01-02T00:00:00Z; it is 2027-01-02T00:05:01Z now")
    #expect(
      try Self.bad(scene, status, at: first.adding(seconds: -301))
        == "the response begins at 2026-12-31T23:00:00Z; it is 2026-12-31T22:54:59Z now")
  }

  @Test("a response without nextUpdate is good for seven days, or as long as the policy says")
  func withoutEnd() throws {
    let scene = try Scene()
    let status = try scene.response { $0.answers[0].nextUpdate = nil }
    let last = Scene.thisUpdate.adding(seconds: 7 * 86_400 + 300)
    #expect(try scene.problem(status: status, at: last) == nil)
    #expect(
      try Self.bad(scene, status, at: last.adding(seconds: 1))
        == "the response is of 2026-12-31T23:00:00Z and does not say when it ends; without that, "
        + "604800 seconds are the most; it is 2027-01-07T23:05:01Z now")
    #expect(
      try scene.problem(status: status, at: Party.now.adding(seconds: 7200)) {
        $0.maximumStatusAge = 60
      } != nil)
  }

  @Test("a response that another key has signed proves nothing, and revokes nothing")
  func forgedSignature() throws {
    let scene = try Scene()
    let impostor = Party(certificate: scene.issuing.certificate, key: try Party.key("forger"))
    let problem = "the signature of the response is not that of \"CN=Issuing\""
    let status = try scene.response(signedBy: impostor) { $0.certificates = [] }
    #expect(try Self.bad(scene, status) == problem)
    let revoked = try scene.response(.revoked(at: Party.notBefore, reason: nil), signedBy: impostor)
    {
      $0.certificates = []
    }
    #expect(try Self.bad(scene, revoked) == problem)
    let weak = try scene.response {
      $0.signature = .unsigned(
        algorithm: "1.2.840.113549.1.1.5", parameters: TLV.null, signature: [1])
    }
    #expect(
      try Self.bad(scene, weak)
        == "the response is signed by SHA-1 with RSA, which is not accepted")
    let stranger = try Party.root("Stranger")
    #expect(
      try Self.bad(scene, try scene.response(signedBy: stranger) { $0.certificates = [] })
        == "the response is signed by CN=Stranger, who is neither \"CN=Issuing\" nor has a "
        + "certificate in the response")
  }

  @Test("one to whom the issuer has left it may sign")
  func delegates() throws {
    let scene = try Scene()
    let delegate = try Scene.delegate(of: scene.issuing)
    #expect(try scene.problem(status: try scene.response(signedBy: delegate)) == nil)
    #expect(
      try scene.problem(
        status: try scene.response(signedBy: delegate) { $0.responderID = .keyHash }) == nil)
    let noUsage = try Scene.delegate(of: scene.issuing) { $0.keyUsage = [] }
    #expect(try scene.problem(status: try scene.response(signedBy: noUsage)) == nil)
    let revoked = try scene.response(
      .revoked(at: Party.notBefore, reason: .keyCompromise), signedBy: delegate)
    #expect(try scene.problem(status: revoked) == Self.revoked(.keyCompromise))
    // Its certificate is to be found in the response.
    #expect(
      try Self.bad(scene, try scene.response(signedBy: delegate) { $0.certificates = [] })?
        .hasPrefix(
          "the response is signed by CN=Responder, who is neither") == true)
    // Others that come with it do no harm.
    let among = try scene.response(signedBy: delegate) {
      $0.certificates = [scene.leaf.certificate, delegate.certificate]
    }
    #expect(try scene.problem(status: among) == nil)
  }

  @Test("nobody else may sign, whatever his certificate says")
  func badDelegates() throws {
    let scene = try Scene()
    let who = "the responder's certificate \"CN=Responder\""
    func problem(
      of party: Party, _ change: (inout CertificateBuilder) -> Void = { _ in }
    ) throws -> String? {
      try Self.bad(scene, try scene.response(signedBy: try Scene.delegate(of: party, change)))
    }
    let issuing = scene.issuing
    #expect(
      try problem(of: issuing) { $0.extendedKeyUsages = [.serverAuth] }
        == "\(who) is not for OCSPSigning")
    #expect(
      try problem(of: issuing) { $0.extendedKeyUsages = [.anyExtendedKeyUsage] }
        == "\(who) is not for OCSPSigning")
    #expect(
      try problem(of: issuing) { $0.extendedKeyUsages = [] } == "\(who) is not for OCSPSigning")
    #expect(
      try problem(of: issuing) { $0.keyUsage = .keyEncipherment }
        == "\(who) has a key for keyEncipherment, not for digitalSignature")
    #expect(
      try problem(of: issuing) { $0.notAfter = Party.now.adding(seconds: -1) }
        == "\(who) expired at 2026-12-31T23:59:59Z; it is 2027-01-01T00:00:00Z now")
    #expect(
      try problem(of: issuing) { $0.notBefore = Party.now.adding(seconds: 1) }
        == "\(who) is not valid before 2027-01-01T00:00:01Z; it is 2027-01-01T00:00:00Z now")
    #expect(
      try problem(of: issuing) {
        $0.extraExtensions = [.init(identifier: "1.2.3", isCritical: true, der: TLV.null)]
      } == "\(who) has the critical extension 1.2.3, which is not understood")
    // Not by whoever stands above the issuer, nor by one of its name with another key.
    #expect(
      try problem(of: scene.root) == "\(who) was issued by \"CN=Root\", not by \"CN=Issuing\"")
    let impostor = try scene.root.authority("Issuing", key: try Party.key("impostor"))
    #expect(try problem(of: impostor) == "\(who) is not signed by \"CN=Issuing\"")
    // The leaf cannot vouch for itself.
    #expect(
      try Self.bad(scene, try scene.response(signedBy: scene.leaf))
        == "the responder's certificate \"CN=Leaf\" is not for OCSPSigning")
    // A delegate's certificate with a signature of somebody else.
    let delegate = try Scene.delegate(of: issuing)
    let thief = Party(certificate: delegate.certificate, key: try Party.key("thief"))
    #expect(
      try Self.bad(scene, try scene.response(signedBy: thief))
        == "the signature of the response is not that of \"CN=Responder\"")
  }

  @Test("the signatures of a response and of its delegates are counted")
  func budget() throws {
    let scene = try Scene()
    let status = try scene.response(signedBy: try Scene.delegate(of: scene.issuing))
    #expect(try scene.problem(status: status, limit: 2) == nil)
    #expect(
      try scene.problem(status: status, limit: 1)?.rule == .tooManySignatures(limit: 1))
  }
}

/// What the policy makes of it.
@Suite("Stapling by policy")
struct StaplingPolicyTests {
  private typealias Scene = RevocationScene

  private static let missing = Scene.Problem((.missingStapledStatus, 0))

  @Test("without a response, the policy decides, and only where one was asked for")
  func absent() throws {
    let scene = try Scene()
    #expect(try scene.problem(status: .absent) == nil)
    func problem(_ status: StapledStatus) throws -> Scene.Problem? {
      try scene.problem(status: status) {
        $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
      }
    }
    #expect(try problem(.absent) == Self.missing)
    #expect(try problem(.notRequested) == nil)
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
    for status in [revoked, .response([1, 2, 3]), .absent, .notRequested] {
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

  @Test("a good response will do where the lists say nothing of the leaf, and not for its issuer")
  func together() throws {
    let scene = try Scene()
    let good = try scene.response()
    func problem(
      _ status: StapledStatus, _ lists: [CertificateRevocationList],
      _ scope: RevocationPolicy.Scope
    ) throws -> Scene.Problem? {
      try scene.problem(status: status) {
        $0.lists = lists
        $0.listChecking = .on(scope, whenUnknown: .refuse)
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
