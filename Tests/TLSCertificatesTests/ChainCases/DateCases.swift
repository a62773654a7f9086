import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Validity (RFC 5280 sections 4.1.2.5 and 6.1.3 (a)(2)).
  static func dates() throws -> ChainTopic {
    var topic = ChainTopic("dates")
    topic.rule = "RFC 5280 6.1.3 (a)(2)"
    try topic.addBoundaries()
    try topic.addLongAgo()
    try topic.addFormsOfTime()
    return topic
  }

  private static func second(_ year: Int) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: "\(year)-01-01T00:00:00Z") else {
      throw ChainFile.Malformed(path: "dates", problem: "\(year) is no year")
    }
    return time
  }

  private mutating func addBoundaries() throws {
    let now = ChainQuestion.defaultTime
    let present = PeerAnswer.notAsked(Self.presentTime)
    let root = try Party.anchor()
    func leaf(_ change: (inout CertificateBuilder) -> Void) throws -> [Party] {
      [try root.server { change(&$0) }]
    }
    add(
      "leaf-first-second", "The leaf begins to be valid in this second.", .accepted,
      try leaf { $0.notBefore = now }, [root], certtool: present)
    add(
      "leaf-one-second-early", "The leaf begins to be valid in the next second.",
      .refused("notYetValid", at: 0), try leaf { $0.notBefore = now.adding(seconds: 1) }, [root],
      certtool: present)
    add(
      "leaf-last-second", "The leaf is valid in this second for the last time.", .accepted,
      try leaf { $0.notAfter = now }, [root],
      openSSL: .differs("it counts notAfter as expired; RFC 5280 4.1.2.5 includes it"),
      certtool: present)
    add(
      "leaf-one-second-late", "The leaf was valid until the second before.",
      .refused("expired", at: 0), try leaf { $0.notAfter = now.adding(seconds: -1) }, [root],
      certtool: present)
    add(
      "another-time", "A leaf that is no longer valid now is asked about in its own time.",
      .accepted, try leaf { $0.notAfter = now.adding(seconds: -1) }, [root]
    ) { $0.time = now.adding(seconds: -86_400) }
  }

  private mutating func addLongAgo() throws {
    let (past, future) = (try Self.second(2021), try Self.second(2048))
    let root = try Party.anchor()
    let middle = try root.issuer()
    add(
      "leaf-expired", "The leaf expired years ago.", .refused("expired", at: 0),
      [try root.server { $0.notAfter = past }], [root])
    add(
      "leaf-not-yet-valid", "The leaf begins to be valid in 2048.",
      .refused("notYetValid", at: 0), [try root.server { $0.notBefore = future }], [root])
    let old = try root.issuer { $0.notAfter = past }
    add(
      "intermediate-expired", "The authority in the middle expired years ago.",
      .refused("expired", at: 1), [try middle.server(), old], [root])
    let early = try root.issuer { $0.notBefore = future }
    add(
      "intermediate-not-yet-valid", "The authority in the middle begins to be valid in 2048.",
      .refused("notYetValid", at: 1), [try middle.server(), early], [root])
    let oldRoot = try Party.anchor { $0.notAfter = past }
    add(
      "root-expired", "The root expired years ago.", .refused("expired", at: .root),
      [try middle.server(), middle], [oldRoot])
    let earlyRoot = try Party.anchor { $0.notBefore = future }
    add(
      "root-not-yet-valid", "The root begins to be valid in 2048.",
      .refused("notYetValid", at: .root), [try middle.server(), middle], [earlyRoot])
    add(
      "all-expired", "Everything expired; the leaf is what is said.",
      .refused("expired", at: 0), [try middle.server { $0.notAfter = past }, old], [oldRoot])
    let sooner = try Self.second(2045)
    let short = try root.issuer { $0.notAfter = sooner }
    add(
      "leaf-outlives-its-issuer", "The leaf is valid for longer than what issued it.", .accepted,
      [try short.server(), short], [root])
  }

  private mutating func addFormsOfTime() throws {
    let root = try Party.anchor()
    let (late, early, older) = (try Self.second(2099), try Self.second(1955), try Self.second(1940))
    add(
      "generalized-time", "The leaf is valid until 2099, in GeneralizedTime.", .accepted,
      [try root.server { $0.notAfter = late }], [root])
    add(
      "no-expiry", "notAfter is 99991231235959Z, which means never (RFC 5280 4.1.2.5).", .accepted,
      [try root.server { $0.notAfter = Timestamp(secondsSince1970: 253_402_300_799) }], [root])
    add(
      "before-1970", "The root begins to be valid in 1955, in UTCTime.", .accepted,
      [try root.server()], [try Party.anchor { $0.notBefore = early }])
    add(
      "before-1950", "The root begins to be valid in 1940, in GeneralizedTime.", .accepted,
      [try root.server()], [try Party.anchor { $0.notBefore = older }])
  }
}
