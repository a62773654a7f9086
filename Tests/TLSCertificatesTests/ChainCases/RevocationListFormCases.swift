import TLSCrypto

@testable import TLSCertificates

/// Who signs lists, and how they are encoded (RFC 5280 sections 5.1 and 6.3.3 (f)).
extension ChainTopic {
  mutating func addListSigners(_ cast: RevocationListCast) throws {
    func add(
      _ name: String, _ about: String, _ list: [UInt8],
      _ answer: ChainAnswer = Self.revocationUnknown,
      chain: [any EncodedCertificate]? = nil, openSSL: PeerAnswer? = nil
    ) {
      self.add(
        name, about, answer, chain ?? cast.chain, [cast.root], lists: [list], openSSL: openSSL,
        Self.listsForAnybody)
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

  mutating func addMalformedLists(_ cast: RevocationListCast) throws {
    let lenient = PeerAnswer.differs("it reads the list, which revokes nobody")
    let critical = try cast.middle.list { $0.extraExtensions = [.unknown(isCritical: true)] }
    add(
      "critical-extension", "The list has a critical extension that nobody knows.",
      .malformed("list's crlExtensions", at: .none),
      cast.chain, [cast.root], lists: [critical], certtool: lenient, Self.lists("leaf"))
    let notCritical = try cast.middle.list { $0.extraExtensions = [.unknown(isCritical: false)] }
    add(
      "extension", "The list has an extension that nobody knows.", .accepted, cast.chain,
      [cast.root], lists: [notCritical], Self.lists("leaf"))
    let delta = try cast.middle.list {
      $0.extraExtensions = [
        .init(identifier: "2.5.29.27", isCritical: true, der: TLV.integer(1))
      ]
    }
    add(
      "delta", "The list says only what changed since another.",
      .malformed("list's deltaCRLIndicator", at: .none), cast.chain,
      [cast.root], lists: [delta], certtool: lenient, Self.lists("leaf"))
    add(
      "trailing-byte", "A byte follows the list.", .malformed("list's encoding", at: .none),
      cast.chain, [cast.root], lists: [cast.middleList + [0]],
      openSSL: .differs("it reads one list, and not what follows"), Self.lists("leaf"))
    let endless = try cast.middle.list { $0.nextUpdate = nil }
    add(
      "no-next-update", "The list does not say when the next one comes.",
      .malformed("list's nextUpdate", at: .none), cast.chain, [cast.root], lists: [endless],
      openSSL: .differs("it takes the list for good for ever; RFC 5280 5.1.2.5 demands the field"),
      certtool: lenient, Self.lists("leaf"))
  }
}
