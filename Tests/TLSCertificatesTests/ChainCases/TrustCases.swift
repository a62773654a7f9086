import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// What roots are trusted for, and keys that are pinned.
  static func trust() throws -> ChainTopic {
    var topic = ChainTopic("trust")
    let outside = PeerAnswer.notAsked("it is told in another way, which no certificate shows")
    topic.openSSL = outside
    topic.certtool = outside
    let root = try Party.anchor()
    let middle = try root.issuer()
    let server = try middle.server()
    let client = try middle.server { $0.extendedKeyUsages = [.clientAuth] }
    topic.rule = "RFC 5280 6.1.1 (d)"
    for (purpose, usage, leaf, isGood) in [
      ("servers", ChainVerifier.Usage.server, server, true), ("servers", .client, client, false),
      ("clients", .server, server, false), ("clients", .client, client, true),
    ] {
      let peer = usage == .server ? "server" : "client"
      topic.add(
        "root-for-\(purpose)-\(peer)",
        "The root is trusted for \(purpose), and the peer is a \(peer).",
        isGood ? .accepted : .refused("rootPurpose", at: 1), [leaf, middle], [root]
      ) {
        $0.usage = usage
        $0.name = nil
        $0.more["roots-for"] = purpose
      }
    }
    try topic.addUnreadable(server, middle, root)
    topic.rule = "RFC 7469 2.6"
    for (name, parties) in [
      ("leaf", [server]), ("intermediate", [middle]), ("root", [root]),
      ("one-of-two", [client, try Party.anchor("Other"), middle]),
    ] {
      let pins = try parties.map { try PublicKeyPin(of: $0.certificate).description }
      topic.add(
        "pinned-\(name)", "Pinned is the key of: \(name).", .accepted, [server, middle], [root]
      ) { $0.more["pins"] = pins.joined(separator: " ") }
    }
    let other = try PublicKeyPin(of: Party.anchor("Other").certificate).description
    topic.add(
      "pinned-other", "The key that is pinned is not in the path.", .refused("notPinned", at: 0),
      [server, middle], [root]
    ) { $0.more["pins"] = other }
    topic.add(
      "pinned-but-not-in-the-path", "The key that is pinned came along, and is not in the path.",
      .refused("notPinned", at: 0), [server, middle, try Party.anchor("Other")], [root]
    ) { $0.more["pins"] = other }
    return topic
  }

  /// A root with a key on secp256k1, which is read when it is needed.
  private mutating func addUnreadable(_ server: Party, _ middle: Party, _ root: Party) throws {
    let spoilt = try SpoiltCertificate.make(below: root) {
      $0.raw.subject = root.certificate.subject.der
      $0.raw.publicKey = TLV.sequence(
        TLV.sequence(TLV.identifier("1.2.840.10045.2.1"), TLV.identifier("1.3.132.0.10")),
        TLV.bits(RawCertificate.basePoint))
    }
    add(
      "root-unreadable", "The root's key is of a kind that is not read.",
      .refused("unreadableRoot", at: 1), [server, middle], [spoilt]
    ) { $0.more["roots-in"] = "directory" }
    add(
      "root-unreadable-beside-another", "A root that is not read has the name of one that is.",
      .accepted, [server, middle], [spoilt, root]
    ) { $0.more["roots-in"] = "directory" }
    add(
      "root-malformed", "The same root is given as one that must be readable.",
      .malformed("subjectPublicKeyInfo", at: .root), [server, middle], [spoilt])
  }
}
