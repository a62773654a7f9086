import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Finding a path among what a peer sends (RFC 4158, RFC 5280 section 6.1).
  static func paths() throws -> ChainTopic {
    var topic = ChainTopic("paths")
    topic.rule = "RFC 5280 6.1"
    try topic.addOrders()
    try topic.addAlternatives()
    try topic.addDeadEnds()
    topic.rule = "bounds of a search"
    try topic.addBounds()
    return topic
  }

  private mutating func addOrders() throws {
    let root = try Party.anchor()
    let upper = try root.issuer("Upper")
    let lower = try upper.issuer("Lower")
    let leaf = try lower.server()
    let stranger = try Party.anchor("Stranger")
    let others = [try stranger.issuer("Another"), stranger]
    add("in-order", "Leaf and authorities come in order.", .accepted, [leaf, lower, upper], [root])
    add(
      "out-of-order", "The authorities come in the wrong order.", .accepted, [leaf, upper, lower],
      [root])
    add(
      "with-root", "The root came along, and is trusted.", .accepted, [leaf, lower, upper, root],
      [root])
    add(
      "with-others", "Authorities of somebody else came along.", .accepted,
      [leaf] + others + [upper, lower], [root])
    add(
      "twice", "Each authority came twice, and the leaf too.", .accepted,
      [leaf, lower, lower, upper, upper, leaf], [root])
    add(
      "anchor-in-the-middle", "An authority that is no root is trusted.", .accepted,
      [leaf, lower, upper], [lower],
      certtool: .differs("what came on top of the anchor leads it past it"))
    add(
      "many-roots", "The root is the last of several.", .accepted, [leaf, lower, upper],
      [stranger, try Party.anchor("Other"), root])
  }

  private mutating func addAlternatives() throws {
    let (old, new) = (try Party.anchor("Old"), try Party.anchor("New"))
    let key = try Party.key("issuing")
    let noReturn = PeerAnswer.differs(
      "it goes on with the first issuer that fits, and does not turn back")
    let byOld = try old.issuer("Issuing", key: key)
    let byNew = try new.issuer("Issuing", key: key)
    let leaf = try byOld.server()
    for (name, root) in [("old", old), ("new", new)] {
      add(
        "cross-signed-\(name)", "An authority is certified by two, of whom one is trusted.",
        .accepted, [leaf, byOld, byNew], [root], openSSL: name == "new" ? noReturn : nil,
        certtool: name == "new" ? noReturn : nil)
    }
    let now = ChainQuestion.defaultTime
    let expired = try old.issuer("Issuing", key: key) {
      $0.notAfter = Party.since.adding(seconds: 86_400)
    }
    for (name, chain) in [("first", [leaf, expired, byOld]), ("last", [leaf, byOld, expired])] {
      add(
        "expired-twin-\(name)", "An authority has an expired certificate beside a valid one.",
        .accepted, chain, [old], certtool: name == "first" ? noReturn : nil)
    }
    let early = try Party.anchor("Old", key: old.key) { $0.notAfter = now.adding(seconds: -1) }
    add(
      "expired-root-beside-valid",
      "A root is trusted in an expired certificate and in a valid one.",
      .accepted, [leaf, byOld], [early, old], certtool: .notAsked(Self.presentTime))
    let twin = try Party.anchor("Old", key: Party.key("twin"))
    add(
      "roots-of-one-name", "Two roots have one name, and the second issued the authority.",
      .accepted, [leaf, byOld], [twin, old])
    let unnamed: (inout CertificateBuilder) -> Void = {
      $0.omittedExtensions = ["2.5.29.14", "2.5.29.35"]
    }
    let (plain, plainTwin) = (
      try Party.anchor("Old", key: old.key) { unnamed(&$0) },
      try Party.anchor("Old", key: Party.key("twin")) { unnamed(&$0) }
    )
    add(
      "roots-of-one-name-without-key-names",
      "Two roots have one name and no key identifier: the signature tells them apart.", .accepted,
      [try plain.server { unnamed(&$0) }], [plainTwin, plain],
      openSSL: .differs("-x509_strict wants key identifiers, and it tries one candidate only"))
    let crossed = try old.issuer("New", key: new.key)
    add(
      "cross-signed-root", "A new root is certified by an old one, which is trusted.", .accepted,
      [try byNew.server(), byNew, crossed], [old])
    add(
      "root-itself-and-crossed", "A new root is trusted, and came as a cross-certificate too.",
      .accepted, [try byNew.server(), byNew, crossed], [new])
    let noAuthority = try old.issuer("Issuing", key: key) { $0.isCertificateAuthority = false }
    add(
      "twin-without-rights", "An authority has another certificate that makes it none.", .accepted,
      [leaf, noAuthority, byOld], [old], openSSL: noReturn, certtool: noReturn)
  }

  private mutating func addDeadEnds() throws {
    let root = try Party.anchor()
    let other = try Party.anchor("Other")
    let middle = try root.issuer()
    let leaf = try middle.server()
    let untrusted = { (place: ChainAnswer.Place) in ChainAnswer.refused("untrustedRoot", at: place)
    }
    add("no-intermediate", "The authority in the middle is missing.", untrusted(0), [leaf], [root])
    add("untrusted-root", "The root is not trusted.", untrusted(1), [leaf, middle], [other])
    add(
      "untrusted-root-came-along", "A root that is not trusted came along.", untrusted(2),
      [leaf, middle, root], [other])
    add(
      "no-roots", "Nothing is trusted.", untrusted(1), [leaf, middle], [],
      openSSL: .notAsked("it wants one root at least"),
      certtool: .notAsked("it wants one root at least"))
    let (a, b) = (try Party.anchor("A"), try Party.anchor("B"))
    let (aByB, bByA) = (try b.issuer("A", key: a.key), try a.issuer("B", key: b.key))
    let below = try aByB.server()
    add(
      "loop", "Two authorities certified each other, and neither is trusted.", untrusted(2),
      [below, aByB, bByA], [root])
    add(
      "loop-with-exit", "Two authorities certified each other, and one is trusted.", .accepted,
      [below, aByB, bByA], [b])
    let twin = try root.issuer("Middle", key: Party.key("another"))
    add(
      "wrong-twin", "Another key of the authority's name came along.", untrusted(0), [leaf, twin],
      [root])
    add(
      "empty", "No certificate came.", .refused("emptyChain", at: .none), [], [root],
      openSSL: .notAsked("there is nothing to ask about"),
      certtool: .notAsked("there is nothing to ask about"))
    add(
      "leaf-is-not-first", "The authority came first: it is the leaf then.",
      .refused("keyUsage", at: 0), [middle, leaf], [root],
      certtool: .differs("certtool does not look at the leaf's key usage, and sorts the chain")
    ) { $0.name = nil }
  }

  private mutating func addBounds() throws {
    let bound = PeerAnswer.notAsked("it has other bounds")
    openSSL = bound
    certtool = bound
    let root = try Party.anchor()
    let upper = try root.issuer("Upper")
    let lower = try upper.issuer("Lower")
    let chain = [try lower.server(), lower, upper]
    let cases: [(String, String, String, Int, ChainAnswer)] = [
      (
        "certificates", "limit-certificates", "certificates are looked at", 3,
        .refused("tooManyCertificates", at: .none)
      ),
      (
        "path", "limit-path", "certificates may be in a path", 4, .refused("pathBeyondLimit", at: 2)
      ),
      (
        "candidates", "limit-candidates", "candidates for an issuer are tried", 3,
        .refused("tooManyPaths", at: 2)
      ),
      (
        "signatures", "limit-signatures", "signatures are checked", 3,
        .refused("tooManySignatures", at: 0)
      ),
    ]
    for (name, key, what, limit, answer) in cases {
      add("bound-\(name)-enough", "\(limit) \(what).", .accepted, chain, [root]) {
        $0.more[key] = "\(limit)"
      }
      add("bound-\(name)-exceeded", "\(limit - 1) \(what).", answer, chain, [root]) {
        $0.more[key] = "\(limit - 1)"
      }
    }
    let constrained = try root.issuer { $0.permittedNames = ["example.com", "example.org"] }
    let names = try constrained.server(["example.com", "www.example.com"])
    for (name, limit, answer) in [
      ("enough", 6, ChainAnswer.accepted), ("exceeded", 5, .refused("tooManyNames", at: 0)),
    ] {
      add(
        "bound-names-\(name)", "\(limit) comparisons with name constraints are made.", answer,
        [names, constrained], [root]
      ) { $0.more["limit-names"] = "\(limit)" }
    }
    openSSL = nil
    certtool = nil
  }
}
