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
    // Good only if all are that are of now, in either order.
    for (first, second) in [
      (OCSPSingleResponse.Status.good, OCSPSingleResponse.Status.unknown), (.unknown, .good),
    ] {
      func status(isOld: Bool) throws -> StapledStatus {
        try scene.response { builder in
          builder.answers.append(builder.answers[0])
          builder.answers[0].status = first
          builder.answers[1].status = second
          let unknown = first == .unknown ? 0 : 1
          if isOld {
            builder.answers[unknown].thisUpdate = Party.now.adding(seconds: -7200)
            builder.answers[unknown].nextUpdate = Party.now.adding(seconds: -3600)
          }
        }
      }
      #expect(
        try Self.bad(scene, try status(isOld: false))
          == "the responder does not know the certificate")
      #expect(try scene.problem(status: try status(isOld: true)) == nil)
    }
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

  @Test("a leaf that may sign responses does not vouch for itself, nor does its key elsewhere")
  func selfSigned() throws {
    let scene = try Scene(leaf: { $0.extendedKeyUsages = [.serverAuth, .ocspSigning] })
    let problem = "has the key of the certificate that the response is about"
    #expect(
      try Self.bad(scene, try scene.response(signedBy: scene.leaf))
        == "the responder's certificate \"\(scene.leaf.certificate)\" \(problem)")
    let twin = try scene.issuing.leaf([], commonName: "Responder", key: scene.leaf.key) {
      $0.extendedKeyUsages = [.ocspSigning]
    }
    #expect(
      try Self.bad(scene, try scene.response(signedBy: twin))
        == "the responder's certificate \"CN=Responder\" \(problem)")
  }

  @Test("a delegate that a list revokes proves nothing, with ocsp-nocheck or without")
  func revokedDelegate() throws {
    let scene = try Scene()
    let noCheck = CertificateBuilder.Extension(
      identifier: "1.3.6.1.5.5.7.48.1.5", isCritical: false, der: TLV.null)
    for extensions in [[], [noCheck]] {
      let delegate = try Scene.delegate(of: scene.issuing) { $0.extraExtensions = extensions }
      let status = try scene.response(signedBy: delegate)
      func problem(
        _ lists: [CertificateRevocationList], whenUnknown: RevocationPolicy.WhenUnknown = .accept
      ) throws -> Scene.Problem? {
        try scene.problem(status: status) {
          $0.listChecking = .on(lists, .leaf, whenUnknown: whenUnknown)
        }
      }
      let revoking = try Scene.list(of: scene.issuing, revoking: [delegate.certificate])
      let isRevoked =
        "the responder's certificate \"CN=Responder\" was revoked at \(Party.notBefore) "
        + "(no reason given), says the list of \"CN=Issuing\""
      #expect(try problem([revoking])?.rule == .badStapledStatus(isRevoked))
      // Where the lists do not name it, or are none, it is believed.
      #expect(try problem([try Scene.list(of: scene.issuing)], whenUnknown: .refuse) == nil)
      #expect(try problem([], whenUnknown: .refuse) == nil)
      let forger = Party(certificate: scene.issuing.certificate, key: try Party.key("forger"))
      let forged = try Scene.list(of: forger, revoking: [delegate.certificate])
      #expect(try problem([forged]) == nil)
    }
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
