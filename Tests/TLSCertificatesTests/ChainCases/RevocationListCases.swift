import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Revocation lists (RFC 5280 sections 5 and 6.3).
  static func revocationLists() throws -> ChainTopic {
    var topic = ChainTopic("revocation-lists")
    topic.certtoolByRule["revocationUnknown"] = .differs("whom no list revokes is good to it")
    topic.rule = "RFC 5280 6.3.3"
    let cast = try RevocationListCast()
    try topic.addComplete(cast)
    try topic.addMissing(cast)
    try topic.addFreshness(cast)
    try topic.addListSigners(cast)
    try topic.addListScopes(cast)
    try topic.addIndirectLists(cast)
    try topic.addMalformedLists(cast)
    return topic
  }

  /// OpenSSL asks for the host's name even in the certificate of who signs lists, so that no name is
  /// asked for where that is somebody else.
  static func listsForAnybody(_ question: inout ChainQuestion) {
    question.more["revocation-lists"] = "leaf"
    question.name = nil
  }

  static func lists(_ what: String) -> (inout ChainQuestion) -> Void {
    return { $0.more["revocation-lists"] = what }
  }

  private static let soft = PeerAnswer.notAsked("it refuses whatever it finds no list for")
  static let revocationUnknown = ChainAnswer.refused("revocationUnknown", at: 0)

  private mutating func addComplete(_ cast: RevocationListCast) throws {
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
        Self.lists("leaf"))
    }
    add(
      "off", "The leaf is revoked, and lists are not looked at.", .accepted, cast.chain,
      [cast.root], lists: [revoked],
      openSSL: .accepted)
    let authority = try cast.root.list { $0.revoke(cast.middle) }
    add(
      "chain-good", "Nobody is revoked by either list.", .accepted, cast.chain, [cast.root],
      lists: [cast.middleList, cast.rootList], Self.lists("chain"))
    add(
      "chain-authority-revoked", "The authority in the middle is revoked.",
      .refused("revoked", at: 1), cast.chain, [cast.root], lists: [cast.middleList, authority],
      Self.lists("chain"))
    add(
      "leaf-authority-revoked", "The authority is revoked, and the leaf alone is looked up.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList, authority],
      certtool: .differs("it looks up every certificate of the chain"), Self.lists("leaf"))
    add(
      "chain-if-known-authority-revoked", "The authority is revoked; of the leaf nothing is known.",
      .refused("revoked", at: 1), cast.chain, [cast.root], lists: [authority],
      openSSL: Self.soft,
      Self.lists("chain-if-known"))
    add(
      "two-lists", "Of two lists of the issuer the second says that the leaf is revoked.",
      .refused("revoked", at: 0), cast.chain, [cast.root], lists: [cast.middleList, revoked],
      openSSL: .differs("it takes the first of two lists that are as good as each other"),
      Self.lists("leaf"))
  }

  private mutating func addMissing(_ cast: RevocationListCast) throws {
    add(
      "leaf-no-list", "There is no list.", Self.revocationUnknown, cast.chain, [cast.root],
      Self.lists("leaf"))
    add(
      "leaf-if-known-no-list", "There is no list, which will do.", .accepted, cast.chain,
      [cast.root], openSSL: Self.soft, Self.lists("leaf-if-known"))
    add(
      "chain-no-list-of-root", "There is no list that speaks of the authority.",
      .refused("revocationUnknown", at: 1), cast.chain, [cast.root], lists: [cast.middleList],
      Self.lists("chain"))
    add(
      "chain-if-known-no-list-of-root", "There is no list of the authority, which will do.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList], openSSL: Self.soft,
      Self.lists("chain-if-known"))
    add(
      "leaf-list-of-another", "There is a list of somebody else.", Self.revocationUnknown,
      cast.chain,
      [cast.root], lists: [cast.rootList], Self.lists("leaf"))
  }

  private mutating func addFreshness(_ cast: RevocationListCast) throws {
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
      (
        "ended", "The list ended a day ago.", try list(from: -2 * day, to: -day),
        Self.revocationUnknown, nil
      ),
      (
        "begins-later", "The list begins tomorrow.", try list(from: day, to: 2 * day),
        Self.revocationUnknown, nil
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
        try list(from: -2 * day, to: -day, revoking: .certificateHold), Self.revocationUnknown, nil
      ),
    ]
    for (name, about, list, answer, openSSL) in cases {
      add(
        name, about, answer, cast.chain, [cast.root], lists: [list], openSSL: openSSL,
        // It does not look at a list's dates.
        certtool: name == "ended-on-hold" ? .refused : nil, Self.lists("leaf"))
    }
    add(
      "if-known-ended", "The list ended a day ago, which will do.", .accepted, cast.chain,
      [cast.root], lists: [try list(from: -2 * day, to: -day)], openSSL: past,
      Self.lists("leaf-if-known"))
  }
}
