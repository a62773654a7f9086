import TLSCrypto
import Testing

@testable import TLSCertificates

/// Which lists speak of which certificates.
@Suite("The scope of revocation lists")
struct RevocationScopeTests {
  private typealias Scene = RevocationScene

  private static func scope(
    _ change: @escaping (inout RevocationListBuilder.Scope) -> Void
  ) -> (inout RevocationListBuilder) -> Void {
    { builder in
      var scope = RevocationListBuilder.Scope()
      change(&scope)
      builder.scope = scope
    }
  }

  private static let nothing =
    "of 1 revocation lists given, none speaks of this certificate of \"CN=Issuing\""

  @Test("a list of one sort of certificates speaks of no other")
  func sorts() throws {
    let scene = try Scene()
    func isKnown(
      _ sort: IssuingDistributionPoint.Certificates, by party: Party,
      _ scope: RevocationPolicy.Scope
    ) throws -> Bool {
      let list = try Scene.list(of: party, Self.scope { $0.certificates = sort })
      let other = party.certificate == scene.root.certificate ? scene.issuing : scene.root
      return try scene.problem(lists: [list, try Scene.list(of: other)], scope: scope) == nil
    }
    #expect(try isKnown(.ofUsers, by: scene.issuing, .leaf))
    #expect(try !isKnown(.ofAuthorities, by: scene.issuing, .leaf))
    #expect(try !isKnown(.attributes, by: scene.issuing, .leaf))
    #expect(try !isKnown(.ofUsers, by: scene.root, .chain))
    #expect(try isKnown(.ofAuthorities, by: scene.root, .chain))
  }

  @Test("a list for some reasons speaks of no others; several together may speak of all")
  func reasons() throws {
    let scene = try Scene()
    let some = try Scene.list(
      of: scene.issuing, Self.scope { $0.onlySomeReasons = [.keyCompromise, .cACompromise] })
    let others = try Scene.list(
      of: scene.issuing,
      Self.scope {
        $0.onlySomeReasons = ReasonFlags.all.subtracting([.keyCompromise, .cACompromise])
      })
    #expect(
      try scene.unknown(lists: [some])
        == "the lists speak of keyCompromise, cACompromise alone, and nothing of "
        + "affiliationChanged, superseded, cessationOfOperation, certificateHold, "
        + "privilegeWithdrawn, aACompromise")
    #expect(try scene.unknown(lists: [others]) != nil)
    #expect(try scene.problem(lists: [some, others]) == nil)
    #expect(try scene.problem(lists: [others, some]) == nil)
    let revoking = try Scene.list(of: scene.issuing, revoking: [scene.leaf.certificate]) {
      builder in
      Self.scope { $0.onlySomeReasons = .keyCompromise }(&builder)
    }
    guard case .revoked = try scene.problem(lists: [revoking])?.rule else {
      Issue.record("it was not revoked")
      return
    }
  }

  @Test("the reasons of a distribution point limit what its list says")
  func pointReasons() throws {
    // keyCompromise is the second bit.
    let point = TLV.sequence(
      PointDER.uri("http://example.com/a.crl"), PointDER.reasons(0b0100_0000))
    let scene = try Scene(leaf: { $0.extraExtensions = [.distributionPoints(point)] })
    let list = try Scene.list(
      of: scene.issuing,
      Self.scope { $0.uniformResourceIdentifiers = ["http://example.com/a.crl"] })
    #expect(
      try scene.unknown(lists: [list])?.hasPrefix("the lists speak of keyCompromise alone") == true)
    // One for everything that its issuer has issued is not limited.
    #expect(try scene.problem(lists: [try Scene.list(of: scene.issuing)]) == nil)
  }

  @Test("a list with a name is for certificates that have the same name in a distribution point")
  func names() throws {
    let named = Self.scope {
      $0.uniformResourceIdentifiers = ["http://example.com/b.crl", "http://example.com/a.crl"]
    }
    let plain = try Scene()
    #expect(try plain.unknown(lists: [try Scene.list(of: plain.issuing, named)]) == Self.nothing)
    let pointed = try Scene(leaf: {
      $0.extraExtensions = [
        .distributionPoints(
          TLV.sequence(PointDER.uri("http://example.com/x.crl")),
          TLV.sequence(PointDER.uri("http://example.com/a.crl")))
      ]
    })
    #expect(try pointed.problem(lists: [try Scene.list(of: pointed.issuing, named)]) == nil)
    let elsewhere = try Scene(leaf: {
      $0.extraExtensions = [
        .distributionPoints(TLV.sequence(PointDER.uri("http://example.com/c.crl")))
      ]
    })
    #expect(
      try elsewhere.unknown(lists: [try Scene.list(of: elsewhere.issuing, named)]) == Self.nothing)
    // A list without a name is for all of them.
    #expect(try elsewhere.problem(lists: [try Scene.list(of: elsewhere.issuing)]) == nil)
  }

  @Test("a name may be relative to its issuer's, in the certificate and in the list")
  func relativeNames() throws {
    let relative = TLV.tagged(
      0, TLV.tagged(1, TLV.sequence(TLV.identifier("2.5.4.3"), TLV.text(0x0c, "Part"))))
    let other = TLV.tagged(
      0, TLV.tagged(1, TLV.sequence(TLV.identifier("2.5.4.3"), TLV.text(0x0c, "Other"))))
    func list(_ scene: Scene, _ name: [UInt8]) throws -> CertificateRevocationList {
      try Scene.list(of: scene.issuing) {
        $0.extraExtensions = [
          .init(identifier: "2.5.29.28", isCritical: true, der: TLV.sequence(name))
        ]
      }
    }
    let scene = try Scene(leaf: {
      $0.extraExtensions = [.distributionPoints(TLV.sequence(relative))]
    })
    #expect(try scene.problem(lists: [try list(scene, relative)]) == nil)
    #expect(try scene.unknown(lists: [try list(scene, other)]) == Self.nothing)
    // The same in full: the issuer's name and the relative one behind it.
    let full = TLV.tagged(
      0,
      TLV.tagged(
        0,
        TLV.tagged(
          4,
          TLV.sequence(
            TLV.relativeName("2.5.4.3", TLV.text(0x0c, "Issuing")),
            TLV.relativeName("2.5.4.3", TLV.text(0x0c, "Part"))))))
    #expect(try scene.problem(lists: [try list(scene, full)]) == nil)
  }

  @Test("an indirect list speaks of others' certificates if these name its issuer")
  func indirect() throws {
    let root = try Party.root()
    let issuer = try root.authority("Lists")
    func scene(_ point: [UInt8]?) throws -> Scene {
      try Scene(leaf: { builder in
        if let point { builder.extraExtensions = [.distributionPoints(TLV.sequence(point))] }
      })
    }
    func list(isIndirect: Bool = true, revoking certificate: Certificate? = nil) throws
      -> CertificateRevocationList
    {
      try Scene.list(of: issuer) { builder in
        Self.scope {
          $0.isIndirect = isIndirect
          if !isIndirect { $0.certificates = .ofUsers }
        }(&builder)
        if let certificate {
          builder.entries = [
            .init(
              serialNumber: certificate.serialNumber, revocationDate: Party.notBefore,
              certificateIssuer: certificate.issuer)
          ]
        }
      }
    }
    let named = try scene(PointDER.issuer(issuer.certificate.subject))
    let others = [issuer.certificate]
    #expect(try named.problem(lists: [try list()], others: others) == nil)
    let problem = try named.problem(
      lists: [try list(revoking: named.leaf.certificate)], others: others)
    #expect(
      problem?.rule
        == .revoked(
          at: Party.notBefore, reason: nil, source: "the list of \"CN=Lists\""))
    // The policy's certificates are as good as those that were given with the leaf.
    let byPolicy = try named.problem {
      $0.listIssuers = others
      $0.listChecking = .on([try list()], .leaf, whenUnknown: .refuse)
    }
    #expect(byPolicy == nil)
    // Not if it does not say that it is indirect, or the certificate names nobody or somebody else.
    #expect(try named.unknown(lists: [try list(isIndirect: false)], others: others) == Self.nothing)
    #expect(try scene(nil).unknown(lists: [try list()], others: others) == Self.nothing)
    let elsewhere = try scene(PointDER.issuer(try Party.root("Else").certificate.subject))
    #expect(try elsewhere.unknown(lists: [try list()], others: others) == Self.nothing)
    // The same number of another issuer is another certificate.
    let sameNumber = try Scene.list(of: issuer) { builder in
      Self.scope { $0.isIndirect = true }(&builder)
      builder.entries = [
        .init(serialNumber: named.leaf.certificate.serialNumber, revocationDate: Party.notBefore)
      ]
    }
    #expect(try named.problem(lists: [sameNumber], others: others) == nil)
  }

  @Test("who signs an indirect list must be somebody whom the path's authorities let sign lists")
  func indirectSigners() throws {
    let root = try Party.root()
    func unknown(
      _ issuer: Party, at time: Timestamp = Party.now, given: Bool = true
    ) throws -> String? {
      let scene = try Scene(leaf: {
        $0.extraExtensions = [
          .distributionPoints(TLV.sequence(PointDER.issuer(issuer.certificate.subject)))
        ]
      })
      let list = try Scene.list(of: issuer, Self.scope { $0.isIndirect = true })
      return try scene.unknown(lists: [list], others: given ? [issuer.certificate] : [], at: time)
    }
    let good = try root.authority("Lists")
    #expect(try unknown(good) == nil)
    #expect(
      try unknown(good, given: false)
        == "the signature of the list of \"CN=Lists\" is not that of anybody of this name in the path"
    )
    let who = "the list issuer's certificate \"CN=Lists\""
    #expect(
      try unknown(try root.authority("Lists") { $0.keyUsage = [.keyCertSign] })
        == "\(who) is not for cRLSign")
    #expect(
      try unknown(try root.authority("Lists") { $0.keyUsage = [] }) == "\(who) is not for cRLSign")
    #expect(
      try unknown(try root.authority("Lists") { $0.notAfter = Party.now.adding(seconds: -1) })
        == "\(who) expired at 2026-12-31T23:59:59Z; it is 2027-01-01T00:00:00Z now")
    #expect(
      try unknown(try root.authority("Lists") { $0.notBefore = Party.now.adding(seconds: 1) })
        == "\(who) is not valid before 2027-01-01T00:00:01Z; it is 2027-01-01T00:00:00Z now")
    #expect(
      try unknown(
        try root.authority("Lists") {
          $0.extraExtensions = [.init(identifier: "1.2.3", isCritical: true, der: TLV.null)]
        }) == "\(who) has the critical extension 1.2.3, which is not understood")
    #expect(
      try unknown(try Party.root("Else").authority("Lists"))
        == "\(who) was issued by nobody in the path")
    // Of the right name and the wrong key.
    let impostor = try Party.root("Root", key: try Party.key("impostor"))
    #expect(
      try unknown(try impostor.authority("Lists")) == "\(who) was issued by nobody in the path")
  }

  @Test("an authority's other key may sign its lists, if who issued the authority says so")
  func otherKey() throws {
    let scene = try Scene()
    let other = try scene.root.authority("Issuing", key: try Party.key("second")) {
      $0.keyUsage = [.cRLSign]
      $0.isCertificateAuthority = false
    }
    let list = try Scene.list(of: other)
    #expect(try scene.unknown(lists: [list]) != nil)
    #expect(try scene.problem(lists: [list], others: [other.certificate]) == nil)
  }

  @Test("a list issuer that the path's authorities have revoked is believed no more")
  func revokedListIssuer() throws {
    let root = try Party.root()
    let issuer = try root.authority("Lists")
    let scene = try Scene(leaf: {
      $0.extraExtensions = [
        .distributionPoints(TLV.sequence(PointDER.issuer(issuer.certificate.subject)))
      ]
    })
    let indirect = try Scene.list(of: issuer, Self.scope { $0.isIndirect = true })
    let others = [issuer.certificate]
    let clean = try Scene.list(of: root)
    #expect(try scene.problem(lists: [indirect, clean], others: others) == nil)
    let revoking = try Scene.list(of: root, revoking: [issuer.certificate])
    for lists in [[indirect, revoking], [revoking, indirect]] {
      #expect(
        try scene.unknown(lists: lists, others: others)
          == "the list issuer's certificate \"CN=Lists\" was revoked at \(Party.notBefore) "
          + "(no reason given), says the list of \"CN=Root\"")
    }
  }

  @Test("a leaf whose key may sign lists does not vouch for itself")
  func leafAsListIssuer() throws {
    let scene = try Scene(leaf: {
      $0.keyUsage = [.digitalSignature, .cRLSign]
      let name = TLV.sequence(
        TLV.relativeName("2.5.4.3", TLV.text(0x0c, "Self")))
      $0.extraExtensions = [
        .distributionPoints(TLV.sequence(TLV.tagged(2, TLV.tagged(4, name))))
      ]
    })
    let twin = try scene.issuing.leaf([], commonName: "Self", key: scene.leaf.key) {
      $0.keyUsage = [.cRLSign]
    }
    let list = try Scene.list(of: twin, Self.scope { $0.isIndirect = true })
    #expect(
      try scene.unknown(lists: [list], others: [twin.certificate])
        == "the list issuer's certificate \"CN=Self\" has the key of the certificate in question")
  }

  @Test("an issuer's list that names a certificate revokes it, whatever the list is limited to")
  func revokedOutOfScope() throws {
    let scene = try Scene()
    let scopes: [(inout RevocationListBuilder.Scope) -> Void] = [
      { $0.uniformResourceIdentifiers = ["http://example.com/other.crl"] },
      { $0.certificates = .ofAuthorities },
      { $0.onlySomeReasons = .cACompromise },
      { $0.isIndirect = true },
    ]
    for change in scopes {
      func list(
        of party: Party, _ reason: RevocationReason? = nil
      ) throws -> CertificateRevocationList {
        try Scene.list(of: party, revoking: [scene.leaf.certificate], reason: reason) { builder in
          var scope = RevocationListBuilder.Scope()
          change(&scope)
          builder.scope = scope
        }
      }
      func isRevoked(
        _ list: CertificateRevocationList, at time: Timestamp = Party.now
      ) throws -> Bool {
        let problem = try scene.problem(lists: [list], whenUnknown: .accept, at: time)
        guard let problem else { return false }
        guard case .revoked = problem.rule else {
          Issue.record("it was refused for \(problem.rule)")
          return false
        }
        return true
      }
      let late = Scene.nextUpdate.adding(seconds: 10_000)
      #expect(try isRevoked(try list(of: scene.issuing)))
      #expect(try isRevoked(try list(of: scene.issuing), at: late))
      #expect(try isRevoked(try list(of: scene.issuing, .certificateHold)))
      #expect(try !isRevoked(try list(of: scene.issuing, .certificateHold), at: late))
      // Not by a key that is not the issuer's, nor by somebody else with the same number.
      let forger = Party(certificate: scene.issuing.certificate, key: try Party.key("forger"))
      #expect(try !isRevoked(try list(of: forger)))
      #expect(try !isRevoked(try list(of: scene.root)))
    }
  }

  @Test("one who was revoked cannot vouch for himself by a name that he gives somebody")
  func vouchingForOneself() throws {
    let scene = try Scene()
    // The authority below the root issues somebody called like the root, who signs lists.
    let puppet = try scene.issuing.authority("Root", key: try Party.key("puppet"))
    let lists = try [
      Scene.list(of: scene.issuing), Scene.list(of: puppet),
    ]
    let problem = try scene.problem(lists: lists, scope: .chain, others: [puppet.certificate])
    #expect(problem?.index == 1)
    #expect(
      problem?.rule
        == .revocationUnknown(
          "the list issuer's certificate \"CN=Root\" was issued by nobody in the path"))
  }
}
