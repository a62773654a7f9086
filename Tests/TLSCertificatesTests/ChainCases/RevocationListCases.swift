import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Revocation lists (RFC 5280 sections 5 and 6.3).
  static func revocationLists() throws -> ChainTopic {
    var topic = ChainTopic("revocation-lists")
    topic.certtool = .notAsked("certtool --verify looks at no lists")
    topic.rule = "RFC 5280 6.3.3"
    let cast = try Cast()
    try topic.addComplete(cast)
    try topic.addMissing(cast)
    try topic.addFreshness(cast)
    try topic.addSigners(cast)
    try topic.addScopes(cast)
    try topic.addIndirect(cast)
    try topic.addMalformed(cast)
    return topic
  }

  /// Those who are in most of the cases.
  private struct Cast {
    let root: Party
    let middle: Party
    let leaf: Party
    /// Lists of nothing.
    let rootList: [UInt8]
    let middleList: [UInt8]

    init() throws {
      root = try Party.anchor()
      middle = try root.issuer()
      leaf = try middle.server()
      rootList = try root.list()
      middleList = try middle.list()
    }

    var chain: [Party] { [leaf, middle] }
  }

  /// OpenSSL asks for the host's name even in the certificate of who signs lists, so that no name is
  /// asked for where that is somebody else.
  private static func checkedForAnybody(_ question: inout ChainQuestion) {
    question.more["revocation-lists"] = "leaf"
    question.name = nil
  }

  private static func checked(_ what: String) -> (inout ChainQuestion) -> Void {
    return { $0.more["revocation-lists"] = what }
  }

  private static let soft = PeerAnswer.notAsked("it refuses whatever it finds no list for")
  private static let unknown = ChainAnswer.refused("revocationUnknown", at: 0)

  private mutating func addComplete(_ cast: Cast) throws {
    let revoked = try cast.middle.list { $0.revoke(cast.leaf) }
    let onHold = try cast.middle.list { $0.revoke(cast.leaf, .certificateHold) }
    let compromised = try cast.middle.list { $0.revoke(cast.leaf, .keyCompromise) }
    let other = try cast.middle.list { $0.revoke(try cast.middle.server(["example.org"])) }
    let cases: [(String, String, [UInt8], ChainAnswer)] = [
      ("good", "The list of the leaf's issuer is empty.", cast.middleList, .accepted),
      ("other-revoked", "Another certificate is revoked.", other, .accepted),
      ("revoked", "The leaf is revoked, without a reason.", revoked, .refused("revoked", at: 0)),
      ("key-compromise", "The leaf's key is compromised.", compromised, .refused("revoked", at: 0)),
      ("on-hold", "The leaf is suspended.", onHold, .refused("revoked", at: 0)),
    ]
    for (name, about, list, answer) in cases {
      add(
        "leaf-\(name)", about, answer, cast.chain, [cast.root], lists: [list],
        Self.checked("leaf"))
    }
    add(
      "off", "The leaf is revoked, and lists are not looked at.", .accepted, cast.chain,
      [cast.root], lists: [revoked],
      openSSL: .accepted)
    let authority = try cast.root.list { $0.revoke(cast.middle) }
    add(
      "chain-good", "Nobody is revoked by either list.", .accepted, cast.chain, [cast.root],
      lists: [cast.middleList, cast.rootList], Self.checked("chain"))
    add(
      "chain-authority-revoked", "The authority in the middle is revoked.",
      .refused("revoked", at: 1), cast.chain, [cast.root], lists: [cast.middleList, authority],
      Self.checked("chain"))
    add(
      "leaf-authority-revoked", "The authority is revoked, and the leaf alone is looked up.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList, authority],
      Self.checked("leaf"))
    add(
      "chain-if-known-authority-revoked", "The authority is revoked; of the leaf nothing is known.",
      .refused("revoked", at: 1), cast.chain, [cast.root], lists: [authority],
      openSSL: Self.soft,
      Self.checked("chain-if-known"))
    add(
      "two-lists", "Of two lists of the issuer the second says that the leaf is revoked.",
      .refused("revoked", at: 0), cast.chain, [cast.root], lists: [cast.middleList, revoked],
      openSSL: .differs("it takes the first of two lists that are as good as each other"),
      Self.checked("leaf"))
  }

  private mutating func addMissing(_ cast: Cast) throws {
    add(
      "leaf-no-list", "There is no list.", Self.unknown, cast.chain, [cast.root],
      Self.checked("leaf"))
    add(
      "leaf-if-known-no-list", "There is no list, which will do.", .accepted, cast.chain,
      [cast.root], openSSL: Self.soft, Self.checked("leaf-if-known"))
    add(
      "chain-no-list-of-root", "There is no list that speaks of the authority.",
      .refused("revocationUnknown", at: 1), cast.chain, [cast.root], lists: [cast.middleList],
      Self.checked("chain"))
    add(
      "chain-if-known-no-list-of-root", "There is no list of the authority, which will do.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList], openSSL: Self.soft,
      Self.checked("chain-if-known"))
    add(
      "leaf-list-of-another", "There is a list of somebody else.", Self.unknown, cast.chain,
      [cast.root], lists: [cast.rootList], Self.checked("leaf"))
  }

  private mutating func addFreshness(_ cast: Cast) throws {
    let day: Int64 = 86_400
    let now = ChainQuestion.defaultTime
    func list(from: Int64, to: Int64, revoking reason: RevocationReason?? = .none) throws
      -> [UInt8]
    {
      try cast.middle.list {
        $0.thisUpdate = now.adding(seconds: from)
        $0.nextUpdate = now.adding(seconds: to)
        if let reason { $0.revoke(cast.leaf, reason) }
      }
    }
    let tolerance = PeerAnswer.differs("it does not allow for clocks that differ")
    let past = PeerAnswer.notAsked("it refuses any list that is not of now")
    let cases: [(String, String, [UInt8], ChainAnswer, PeerAnswer?)] = [
      ("ended", "The list ended a day ago.", try list(from: -2 * day, to: -day), Self.unknown, nil),
      (
        "begins-later", "The list begins tomorrow.", try list(from: day, to: 2 * day),
        Self.unknown, nil
      ),
      (
        "ended-just-now", "The list ended a minute ago: clocks may differ by five.",
        try list(from: -day, to: -60), .accepted, tolerance
      ),
      (
        "ended-revoked", "The list ended, and the leaf was revoked by it.",
        try list(from: -2 * day, to: -day, revoking: .superseded), .refused("revoked", at: 0), nil
      ),
      (
        "ended-on-hold", "The list ended, and the leaf was suspended by it.",
        try list(from: -2 * day, to: -day, revoking: .certificateHold), Self.unknown, nil
      ),
    ]
    for (name, about, list, answer, openSSL) in cases {
      add(
        name, about, answer, cast.chain, [cast.root], lists: [list], openSSL: openSSL,
        Self.checked("leaf"))
    }
    add(
      "if-known-ended", "The list ended a day ago, which will do.", .accepted, cast.chain,
      [cast.root], lists: [try list(from: -2 * day, to: -day)], openSSL: past,
      Self.checked("leaf-if-known"))
  }

  private mutating func addSigners(_ cast: Cast) throws {
    func add(
      _ name: String, _ about: String, _ list: [UInt8], _ answer: ChainAnswer = Self.unknown,
      chain: [any EncodedCertificate]? = nil, openSSL: PeerAnswer? = nil
    ) {
      self.add(
        name, about, answer, chain ?? cast.chain, [cast.root], lists: [list], openSSL: openSSL,
        Self.checkedForAnybody)
    }
    var flipped = cast.middleList
    flipped[flipped.count - 1] ^= 1
    add("signature-flipped", "A bit of the list's signature is flipped.", flipped)
    let stranger = try Party.anchor("Middle", key: Party.key("stranger"))
    add(
      "another-key", "Another key of the issuer's name signed the list.",
      try stranger.list { $0.omittedExtensions = ["2.5.29.35"] })
    add(
      "another-key-that-says-so", "Another key signed the list, and the list names that key.",
      try stranger.list())
    let weak = try cast.middle.list {
      $0.signature = .unsigned(
        algorithm: "1.2.840.10045.4.1", parameters: [], signature: [1, 2, 3])
    }
    add("signed-sha1", "The list is signed with ECDSA and SHA-1.", weak)
    let noRight = try cast.root.issuer("Mute") { $0.keyUsage = .keyCertSign }
    let below = try noRight.server()
    add(
      "no-right-to-sign", "The issuer's key may not sign lists.", try noRight.list(),
      chain: [below, noRight])
    let other = try cast.root.issuer("Middle", key: Party.key("other")) { $0.keyUsage = .cRLSign }
    add(
      "another-certificate-of-the-issuer",
      "The issuer signs lists with another key, whose certificate came along.", try other.list(),
      .accepted, chain: [cast.leaf, cast.middle, other])
  }

  private mutating func addScopes(_ cast: Cast) throws {
    let uri = "http://example.com/list"
    func scoped(
      _ party: Party? = nil, _ change: (inout RevocationListBuilder.Scope) -> Void
    ) throws -> [UInt8] {
      var scope = RevocationListBuilder.Scope()
      change(&scope)
      return try (party ?? cast.middle).list { $0.scope = scope }
    }
    let named = try scoped { $0.uniformResourceIdentifiers = [uri] }
    let point = CertificateBuilder.Extension.distributionPoint(uri: uri)
    let pointed = try cast.middle.server { $0.extraExtensions = [point] }
    let elsewhere = try cast.middle.server {
      $0.extraExtensions = [.distributionPoint(uri: "http://example.org/list")]
    }
    let cases: [(String, String, Party, [UInt8], Bool)] = [
      (
        "users", "The list is for users' certificates.", cast.leaf,
        try scoped { $0.certificates = .ofUsers }, true
      ),
      (
        "authorities", "The list is for authorities' certificates.", cast.leaf,
        try scoped { $0.certificates = .ofAuthorities }, false
      ),
      (
        "attributes", "The list is for attribute certificates.", cast.leaf,
        try scoped { $0.certificates = .attributes }, false
      ),
      (
        "distribution-point", "The list has the name where the leaf is to be looked up.", pointed,
        named, true
      ),
      (
        "distribution-point-other", "The list has another name than the leaf's.", elsewhere, named,
        false
      ),
      (
        "distribution-point-without", "The list has no name, and the leaf has one to look up.",
        pointed, cast.middleList, true
      ),
      (
        "distribution-point-of-leaf-without", "The list has a name, and the leaf none to look up.",
        cast.leaf, named, false
      ),
      (
        "some-reasons", "The list is for compromised keys alone.", cast.leaf,
        try scoped { $0.onlySomeReasons = .keyCompromise }, false
      ),
    ]
    for (name, about, leaf, list, isKnown) in cases {
      add(
        "scope-\(name)", about, isKnown ? .accepted : Self.unknown, [leaf, cast.middle],
        [cast.root], lists: [list], Self.checked("leaf"))
    }
    let authorities = try scoped(cast.root) { $0.certificates = .ofAuthorities }
    add(
      "scope-authorities-for-authority", "The root's list is for authorities' certificates.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList, authorities],
      Self.checked("chain"))
    let someRevoked = try cast.middle.list {
      var scope = RevocationListBuilder.Scope()
      scope.onlySomeReasons = .keyCompromise
      $0.scope = scope
      $0.revoke(cast.leaf, .keyCompromise)
    }
    add(
      "scope-some-reasons-revoked",
      "A list for compromised keys alone says that the leaf is revoked.",
      .refused("revoked", at: 0), cast.chain, [cast.root], lists: [someRevoked],
      Self.checked("leaf"))
  }

  private mutating func addIndirect(_ cast: Cast) throws {
    let signer = try cast.root.issuer("List issuer") { $0.keyUsage = .cRLSign }
    let point = CertificateBuilder.Extension.distributionPoint(
      uri: nil, issuer: signer.certificate.subject.der)
    let leaf = try cast.middle.server { $0.extraExtensions = [point] }
    var scope = RevocationListBuilder.Scope()
    scope.isIndirect = true
    let good = try signer.list { $0.scope = scope }
    let revoked = try signer.list {
      $0.scope = scope
      $0.entries = [
        .init(
          serialNumber: leaf.certificate.serialNumber, revocationDate: Party.since,
          certificateIssuer: cast.middle.certificate.subject)
      ]
    }
    let ofAnother = try signer.list {
      $0.scope = scope
      $0.revoke(leaf)
    }
    let direct = try signer.list()
    let chain = [leaf, cast.middle, signer]
    let cases: [(String, String, [UInt8], ChainAnswer)] = [
      ("good", "The leaf is looked up in an indirect list, which is empty.", good, .accepted),
      (
        "revoked", "An indirect list says that the leaf is revoked.", revoked,
        .refused("revoked", at: 0)
      ),
      (
        "number-of-another-issuer",
        "An indirect list revokes the same number of the list's own issuer.", ofAnother, .accepted
      ),
      ("not-indirect", "The list does not say that it is indirect.", direct, Self.unknown),
    ]
    for (name, about, list, answer) in cases {
      add(
        "indirect-\(name)", about, answer, chain, [cast.root], lists: [list],
        Self.checkedForAnybody)
    }
    add(
      "indirect-not-asked-for", "An indirect list is not where the leaf is to be looked up.",
      Self.unknown, [cast.leaf, cast.middle, signer], [cast.root], lists: [good],
      Self.checkedForAnybody)
  }

  private mutating func addMalformed(_ cast: Cast) throws {
    let critical = try cast.middle.list { $0.extraExtensions = [.unknown(isCritical: true)] }
    add(
      "critical-extension", "The list has a critical extension that nobody knows.",
      .malformed("list's crlExtensions", at: .none),
      cast.chain, [cast.root], lists: [critical], Self.checked("leaf"))
    let notCritical = try cast.middle.list { $0.extraExtensions = [.unknown(isCritical: false)] }
    add(
      "extension", "The list has an extension that nobody knows.", .accepted, cast.chain,
      [cast.root], lists: [notCritical], Self.checked("leaf"))
    let delta = try cast.middle.list {
      $0.extraExtensions = [
        .init(identifier: "2.5.29.27", isCritical: true, der: TLV.integer(1))
      ]
    }
    add(
      "delta", "The list says only what changed since another.",
      .malformed("list's deltaCRLIndicator", at: .none), cast.chain,
      [cast.root], lists: [delta], Self.checked("leaf"))
    add(
      "trailing-byte", "A byte follows the list.", .malformed("list's encoding", at: .none),
      cast.chain, [cast.root], lists: [cast.middleList + [0]],
      openSSL: .differs("it reads one list, and not what follows"), Self.checked("leaf"))
    let endless = try cast.middle.list { $0.nextUpdate = nil }
    add(
      "no-next-update", "The list does not say when the next one comes.",
      .malformed("list's nextUpdate", at: .none), cast.chain, [cast.root], lists: [endless],
      openSSL: .differs("it takes the list for good for ever; RFC 5280 5.1.2.5 demands the field"),
      Self.checked("leaf"))
  }
}

extension RevocationListBuilder {
  fileprivate mutating func revoke(_ party: Party, _ reason: RevocationReason? = nil) {
    entries.append(
      .init(
        serialNumber: party.certificate.serialNumber, revocationDate: Party.since, reason: reason))
  }
}

extension Party {
  /// A list of this authority's, in DER; of nothing, unless it is changed.
  func list(_ change: (inout RevocationListBuilder) throws -> Void = { _ in }) throws -> [UInt8] {
    var builder = RevocationListBuilder(thisUpdate: Party.since, nextUpdate: Party.until)
    try change(&builder)
    var random = DeterministicRandomSource(seed: [])
    return try builder.der(
      issuedBy: .init(certificate: certificate, key: key), random: &random)
  }
}

extension CertificateBuilder.Extension {
  /// One distribution point: a URI, and who issues the list there.
  static func distributionPoint(uri: String?, issuer: [UInt8]? = nil) -> Self {
    let name = uri.map { TLV.tagged(0, TLV.tagged(0, NameDER.uri($0))) } ?? []
    let issuer = issuer.map { TLV.tagged(2, TLV.tagged(4, $0)) } ?? []
    return .init(
      identifier: "2.5.29.31", isCritical: false,
      der: TLV.sequence(TLV.sequence(name, issuer)))
  }
}
