import TLSCrypto

@testable import TLSCertificates

/// What certificates must be like (RFC 5280 section 4), where it is asked for.
extension ChainTopic {
  static func strict() throws -> ChainTopic {
    var topic = ChainTopic("strict")
    let cast = try StrictCast()
    for one in StrictCase.leaves { try topic.add(one, cast, .leaf) }
    for one in StrictCase.authorities { try topic.add(one, cast, .authority) }
    for one in StrictCase.roots { try topic.add(one, cast, .root) }
    try topic.addOddLeaves(cast)
    try topic.addNamelessIssuers()
    try topic.addSelfIssued(cast)
    return topic
  }

  private enum Role {
    case leaf
    case authority
    case root
  }

  private mutating func add(_ one: StrictCase, _ cast: StrictCast, _ role: Role) throws {
    switch role {
    case .leaf:
      let leaf = try SpoiltCertificate.make(below: cast.middle, one.change)
      addStrict(
        "leaf-" + one.name, one.about, one.requirement, at: 0, [leaf, cast.middle], [cast.root],
        openSSL: one.openSSL)
    case .authority:
      let middle = try cast.authority(cast.middle, below: cast.root, one.change)
      addStrict(
        "authority-" + one.name, one.about, one.requirement, at: 1, [cast.leaf, middle],
        [cast.root], openSSL: one.openSSL)
    case .root:
      let root = try cast.authority(cast.root, below: cast.root, one.change)
      addStrict(
        "root-" + one.name, one.about, one.requirement, at: .root, [cast.leaf, cast.middle],
        [root], openSSL: one.openSSL)
    }
  }

  /// Adds a chain.
  ///
  /// - Parameter requirement: the one that it breaks, if any.
  private mutating func addStrict(
    _ name: String, _ about: String, _ requirement: StrictCase.Requirement,
    at place: ChainAnswer.Place, _ chain: [any EncodedCertificate],
    _ roots: [any EncodedCertificate], openSSL: PeerAnswer?,
    _ change: (inout ChainQuestion) -> Void = { _ in }
  ) {
    let (isGood, broken) = (requirement.isKept, requirement.value)
    rule = "RFC 5280 \(broken.section)"
    let certtool: PeerAnswer? =
      if !isGood {
        .notAsked("it does not ask what certificates must be like")
      } else if [.policyConstraintsCriticality, .policyMappings].contains(broken) {
        .notAsked("it knows nothing of policies")
      } else {
        nil
      }
    add(
      name, about, isGood ? .accepted : .refused("certificateProfile \(broken)", at: place), chain,
      roots, openSSL: openSSL, certtool: certtool
    ) {
      $0.more["profile"] = "strict-rfc5280"
      change(&$0)
    }
  }

  /// Leaves that are for nobody, for another name, or refused by every profile.
  private mutating func addOddLeaves(_ cast: StrictCast) throws {
    let old = try SpoiltCertificate.make(below: cast.middle) {
      $0.raw.version = []
      $0.hasExtensions = false
    }
    addStrict(
      "leaf-version-1", "The leaf is of version 1, and has no extensions.", .broken(.version),
      at: 0, [old, cast.middle], [cast.root],
      openSSL: .differs("it wants version 3 where there are extensions")
    ) { $0.name = nil }
    let nameless = try SpoiltCertificate.make(below: cast.middle) {
      $0.raw.subject = TLV.sequence()
      $0.remove("2.5.29.17")
    }
    addStrict(
      "leaf-without-any-name", "The leaf has neither a subject nor alternative names.",
      .broken(.alternativeNames), at: 0, [nameless, cast.middle], [cast.root], openSSL: nil
    ) { $0.name = nil }
    let wildcard = try SpoiltCertificate.make(below: cast.middle) {
      $0.set("2.5.29.17", TLV.sequence(NameDER.dns("*.example.com"), NameDER.dns("1.2.3.x")))
    }
    addStrict(
      "leaf-name-wildcard", "The leaf is for all hosts of a domain.", .kept(.dnsName), at: 0,
      [wildcard, cast.middle], [cast.root], openSSL: nil
    ) { $0.name = "www.example.com" }
    rule = "RFC 5280 4.2.1.15"
    let freshest = try SpoiltCertificate.make(below: cast.middle) {
      $0.set("2.5.29.46", critical: true, StrictCase.distributionPoints)
    }
    add(
      "leaf-freshest-crl-critical",
      "The leaf has a critical freshestCRL, which nothing here heeds.",
      .refused("unknownCriticalExtension", at: 0), [freshest, cast.middle], [cast.root],
      certtool: .notAsked("it does not ask what certificates must be like")
    ) { $0.more["profile"] = "strict-rfc5280" }
  }

  private mutating func addNamelessIssuers() throws {
    let nameless = try Party.anchor {
      $0.commonName = nil
      $0.names = ["root.example.com"]
    }
    addStrict(
      "leaf-without-issuer", "The root has no name, and so the leaf no issuer.", .broken(.issuer),
      at: 0, [try SpoiltCertificate.make(below: nameless) { _ in }], [nameless], openSSL: nil)
    let named = try nameless.issuer("Named")
    addStrict(
      "root-without-issuer", "What is trusted was issued by somebody without a name.",
      .broken(.issuer), at: .root, [try SpoiltCertificate.make(below: named) { _ in }], [named],
      openSSL: nil)
  }

  /// What is trusted or was issued by itself (RFC 5280 section 3.2, RFC 6818 section 2).
  private mutating func addSelfIssued(_ cast: StrictCast) throws {
    let own = try Party.anchor("Own") {
      $0.isCertificateAuthority = false
      $0.keyUsage = [.digitalSignature, .keyCertSign]
      $0.names = ["example.com"]
      $0.omittedExtensions = ["2.5.29.35", "2.5.29.14"]
    }
    rule = "RFC 6818 2"
    add(
      "leaf-is-trusted",
      "The leaf signed itself, is trusted, and is as no authority would issue it.",
      .accepted, [own], [own], certtool: .differs("what is trusted must be an authority")
    ) { $0.more["profile"] = "strict-rfc5280" }
    for (name, omitted) in [("with", []), ("without", ["2.5.29.35"])] as [(String, Set<String>)] {
      let renewed = try cast.root.issuer("Root", key: Party.key("new")) {
        $0.omittedExtensions = omitted
      }
      addStrict(
        "self-issued-\(name)-authority-key",
        "A root's new key, signed by the old, \(name) its name.",
        omitted.isEmpty ? .kept(.authorityKeyIdentifier) : .broken(.authorityKeyIdentifier), at: 1,
        [try SpoiltCertificate.make(below: renewed) { _ in }, renewed], [cast.root], openSSL: nil)
    }
  }
}

/// Who stands in the chains about strictness.
private struct StrictCast {
  let root: Party
  let middle: Party
  let leaf: [UInt8]

  init() throws {
    root = try Party.anchor()
    middle = try root.issuer()
    leaf = try SpoiltCertificate.make(below: middle) { _ in }
  }

  /// An authority's certificate, changed.
  func authority(
    _ party: Party, below issuer: Party, _ change: (inout SpoiltCertificate) -> Void
  ) throws -> [UInt8] {
    let identifier = try party.certificate.publicKey.keyIdentifier()
    return try SpoiltCertificate.make(below: issuer) {
      $0.raw.subject = party.certificate.subject.der
      $0.raw.publicKey = party.key.publicKey.subjectPublicKeyInfo
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.true))
      $0.set("2.5.29.15", critical: true, TLV.bits([0x06], unused: 1))
      $0.set("2.5.29.14", TLV.octets(identifier))
      $0.remove("2.5.29.37")
      $0.remove("2.5.29.17")
      change(&$0)
    }
  }
}
