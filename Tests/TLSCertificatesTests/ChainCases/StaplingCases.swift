import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Stapled OCSP responses (RFC 6960 section 3.2, RFC 6066 section 8, RFC 7633).
  static func stapling() throws -> ChainTopic {
    var topic = ChainTopic("stapling")
    topic.certtool = .notAsked("certtool reads no OCSP responses")
    topic.rule = "RFC 6960 3.2"
    let cast = try StaplingCast()
    try topic.addStatuses(cast)
    try topic.addSubjects(cast)
    try topic.addFreshness(cast)
    try topic.addStatusSigners(cast)
    try topic.addDelegates(cast)
    topic.rule = "RFC 7633 4"
    try topic.addMustStaple(cast)
    return topic
  }

  static let badStatus = ChainAnswer.refused("badStapledStatus", at: 0)
  static let revokedByStatus = ChainAnswer.refused("revoked", at: 0)
  static let notWeighed = PeerAnswer.notAsked("it does not weigh responses and their absence")

  private mutating func addStatuses(_ cast: StaplingCast) throws {
    let cases: [(String, String, OCSPSingleResponse.Status, ChainAnswer)] = [
      ("good", "The issuer says that the leaf is good.", .good, .accepted),
      (
        "revoked", "The issuer says that the leaf is revoked.",
        .revoked(at: Party.since, reason: nil), Self.revokedByStatus
      ),
      (
        "key-compromise", "The issuer says that the leaf's key is compromised.",
        .revoked(at: Party.since, reason: .keyCompromise), Self.revokedByStatus
      ),
      ("unknown", "The issuer says that it does not know the leaf.", .unknown, Self.badStatus),
    ]
    for (name, about, status, answer) in cases {
      add(
        "status-\(name)", about, answer, cast.chain, [cast.root],
        response: try cast.response(status))
    }
    add(
      "try-later", "The responder says that it is busy.", Self.badStatus, cast.chain, [cast.root],
      response: try OCSPResponseBuilder.build(withoutAnswer: .tryLater).der)
    add(
      "try-later-if-known", "The responder says that it is busy, which will do.", .accepted,
      cast.chain, [cast.root],
      response: try OCSPResponseBuilder.build(withoutAnswer: .tryLater).der,
      openSSL: Self.notWeighed
    ) { $0.more["stapling"] = "if-known" }
    add(
      "revoked-if-known", "The leaf is revoked, and no response would do too.",
      Self.revokedByStatus,
      cast.chain, [cast.root],
      response: try cast.response(.revoked(at: Party.since, reason: nil))
    ) { $0.more["stapling"] = "if-known" }
    add(
      "off", "The leaf is revoked, and responses are not looked at.", .accepted, cast.chain,
      [cast.root], response: try cast.response(.revoked(at: Party.since, reason: nil)),
      openSSL: Self.notWeighed
    ) { $0.more["stapling"] = "off" }
    add(
      "absent", "No response came.", .accepted, cast.chain, [cast.root], openSSL: Self.notWeighed
    ) { $0.more["status"] = "absent" }
    add(
      "absent-required", "No response came, and one must.",
      .refused("missingStapledStatus", at: 0), cast.chain, [cast.root], openSSL: Self.notWeighed
    ) {
      $0.more["status"] = "absent"
      $0.more["stapling"] = "required"
    }
    add(
      "garbage", "The response is a NULL.", Self.badStatus, cast.chain, [cast.root],
      response: TLV.null)
    add(
      "trailing-byte", "A byte follows the response.", Self.badStatus, cast.chain, [cast.root],
      response: try cast.response() + [0],
      openSSL: .differs("it reads one response, and not what follows"))
  }

  private mutating func addSubjects(_ cast: StaplingCast) throws {
    let other = try cast.middle.server(["example.org"])
    add(
      "another-certificate", "The response is about another certificate.", Self.badStatus,
      cast.chain,
      [cast.root],
      response: try cast.response { $0.answers[0].serialNumber = other.certificate.serialNumber })
    add(
      "another-issuer", "The response is about the same number of another issuer.", Self.badStatus,
      cast.chain, [cast.root],
      response: try cast.response { $0.answers[0].issuer = cast.root.certificate })
    add(
      "sha256", "The response names the leaf's issuer by SHA-256.", .accepted, cast.chain,
      [cast.root], response: try cast.response { $0.answers[0].hashAlgorithm = .sha2(.sha256) },
      openSSL: .differs("the command asks by SHA-1, and finds no answer by another hash"))
    add(
      "several", "The response is about the leaf and about another certificate.", .accepted,
      cast.chain, [cast.root],
      response: try cast.response {
        $0.answers.insert(
          .init(
            of: other.certificate, issuedBy: cast.middle.certificate,
            status: .revoked(at: Party.since, reason: nil), thisUpdate: Party.since,
            nextUpdate: Party.until), at: 0)
      })
    add(
      "contradiction", "The response says that the leaf is good, and that it is revoked.",
      Self.revokedByStatus, cast.chain, [cast.root],
      response: try cast.response {
        $0.answers.append(
          .init(
            of: cast.leaf.certificate, issuedBy: cast.middle.certificate,
            status: .revoked(at: Party.since, reason: nil), thisUpdate: Party.since,
            nextUpdate: Party.until))
      }, openSSL: .differs("it takes the first answer"))
  }

  private mutating func addFreshness(_ cast: StaplingCast) throws {
    let year: Int64 = 365 * 86_400
    func response(
      _ status: OCSPSingleResponse.Status = .good, from: Timestamp, to: Timestamp?
    ) throws -> [UInt8] {
      try cast.response(status) {
        $0.answers[0].thisUpdate = from
        $0.answers[0].nextUpdate = to
      }
    }
    let (past, future) = (
      Party.since.adding(seconds: year), Party.until.adding(seconds: -year)
    )
    let revoked = OCSPSingleResponse.Status.revoked(at: Party.since, reason: .superseded)
    let hold = OCSPSingleResponse.Status.revoked(at: Party.since, reason: .certificateHold)
    let cases: [(String, String, [UInt8], ChainAnswer, PeerAnswer?)] = [
      (
        "ended", "The response ended years ago.", try response(from: Party.since, to: past),
        Self.badStatus, nil
      ),
      (
        "begins-later", "The response begins in years.",
        try response(from: future, to: Party.until), Self.badStatus, nil
      ),
      (
        "ended-revoked", "The response ended, and the leaf was revoked by it.",
        try response(revoked, from: Party.since, to: past), Self.revokedByStatus, nil
      ),
      (
        "ended-on-hold", "The response ended, and the leaf was suspended by it.",
        try response(hold, from: Party.since, to: past), Self.badStatus, nil
      ),
      (
        "on-hold", "The leaf is suspended.", try response(hold, from: Party.since, to: Party.until),
        Self.revokedByStatus, nil
      ),
      (
        "no-end-old", "The response is years old, and does not say when it ends.",
        try response(from: Party.since, to: nil), Self.badStatus,
        .differs("it takes a response without an end for good; a week is the most here")
      ),
      (
        "no-end-new", "The response is a day old, and does not say when it ends.",
        try response(from: ChainQuestion.defaultTime.adding(seconds: -86_400), to: nil), .accepted,
        .notAsked("its openssl ocsp looks at the present time")
      ),
    ]
    for (name, about, response, answer, openSSL) in cases {
      add(
        name, about, answer, cast.chain, [cast.root], response: response, openSSL: openSSL)
    }
  }

  mutating func addMustStaple(_ cast: StaplingCast) throws {
    let feature = CertificateBuilder.Extension(
      identifier: "1.3.6.1.5.5.7.1.24", isCritical: false, der: TLV.sequence(TLV.integer(5)))
    let leaf = try cast.middle.server { $0.extraExtensions = [feature] }
    let chain = [leaf, cast.middle]
    let missing = ChainAnswer.refused("missingStapledStatus", at: 0)
    let response = try cast.response { $0.answers[0].serialNumber = leaf.certificate.serialNumber }
    add(
      "must-staple", "The leaf must come with a response, and one came.", .accepted, chain,
      [cast.root], response: response)
    add(
      "must-staple-absent", "The leaf must come with a response, and none came.", missing, chain,
      [cast.root], openSSL: Self.notWeighed
    ) { $0.more["status"] = "absent" }
    add(
      "must-staple-not-requested", "The leaf must come with a response, and none was asked for.",
      .accepted, chain, [cast.root], openSSL: Self.notWeighed)
    add(
      "must-staple-ignored", "None came, and it does not matter what the leaf must.", .accepted,
      chain, [cast.root], openSSL: Self.notWeighed
    ) {
      $0.more["status"] = "absent"
      $0.more["must-staple"] = "ignored"
    }
    add(
      "must-staple-off", "None came, and responses are looked at only where one must come.",
      missing, chain, [cast.root], openSSL: Self.notWeighed
    ) {
      $0.more["status"] = "absent"
      $0.more["stapling"] = "off"
    }
    let strict = try cast.root.issuer { $0.extraExtensions = [feature] }
    add(
      "must-staple-by-authority", "The authority says that all below it must come with a response.",
      missing, [try strict.server(), strict], [cast.root], openSSL: Self.notWeighed
    ) { $0.more["status"] = "absent" }
  }
}
