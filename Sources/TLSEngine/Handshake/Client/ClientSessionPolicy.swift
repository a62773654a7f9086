import TLSCertificates
import TLSCrypto

/// What a client's session may not cross, whatever its server would allow.
enum ClientSessionPolicy {
  /// The digest that a session remembers: of the protocols offered, of the length of records asked
  /// for, of the identities that could be shown, of who judges chains, and of what is asked of a stapled
  /// response, which is judged once, when the session is made.
  static func digest(_ configuration: ClientConfiguration) throws(TLSError) -> [UInt8] {
    try configuration.sessionPolicy.value { () throws(TLSError) in
      try makeDigest(configuration)
    }
  }

  /// What is read here has a `didSet` in ``ClientConfiguration`` that makes the digest anew, and a row in
  /// `ClientSessionPolicyTests`.
  private static func makeDigest(_ configuration: ClientConfiguration) throws(TLSError) -> [UInt8] {
    var writer = Writer()
    for protocols in [configuration.applicationProtocols, configuration.nextProtocols] {
      writer.writeVector24 { writer in
        for name in protocols { writer.writeVector16 { $0.write([UInt8](name.utf8)) } }
      }
    }
    // RFC 6066 section 4: the length is a session's own, and who wants another wants another session.
    writer.write(configuration.maximumFragmentLength?.rawValue ?? 0)
    writer.write(configuration.verification.number)
    writer.write(configuration.requestsCertificateStatus ? UInt8(1) : 0)
    writer.write(configuration.verification.revocationPolicy.staplingNumbers)
    writer.write(configuration.identitySelection == .ask ? UInt8(1) : 0)
    do {
      for identity in configuration.identities {
        guard let leaf = identity.certificates.first else { continue }
        writer.write(try leaf.fingerprint().array)
      }
      return try Hash.digest(of: writer.bytes.rawSpan, using: .sha256).array
    } catch {
      throw TLSError(error)
    }
  }

  /// Whether a session may be offered: to the server it was made with, under the policy it was made
  /// under, with a suite that is still allowed, while the server's certificates are good.
  ///
  /// Lists of revoked certificates are asked again: they may be newer than the session. A stapled
  /// response is not, since a resumed handshake has no place for one: that there was a good one, if
  /// there had to be, was seen when the session was made, under what the digest says is the same policy
  /// on it. Where a response alone said that the leaf is
  /// good and something has to say so, the session is not offered, and the full handshake brings the
  /// next response.
  static func allows(
    _ session: ClientSession, to name: ServerName, _ configuration: ClientConfiguration,
    _ verifier: ChainVerifier?, _ policy: [UInt8]
  ) -> Bool {
    let (state, now) = (session.state, configuration.time.now())
    guard session.isUsable(at: now), session.fits(configuration),
      state.serverName == name.description,
      state.policy == policy, configuration.cipherSuites.contains(state.cipherSuite)
    else { return false }
    if case .insecureWithoutAnyVerification = configuration.verification { return true }
    guard let verifier else { return state.peerCertificates.areValid(at: now) }
    return
      (try? verifier.verify(
        state.peerCertificates, for: name, usage: .server, at: now, stapledStatus: .alreadyJudged))
      != nil
  }
}

extension ClientSession {
  /// The longest ticket that is offered, in bytes: it shares the 2^16-1 bytes of a ClientHello's
  /// extensions with all the others, and one that leaves them no room would keep the client from saying
  /// anything.
  static let longestTicketOffered = 32_768

  /// Whether it can be offered by its id, or by a ticket that is allowed and not too long.
  fileprivate func fits(_ configuration: ClientConfiguration) -> Bool {
    switch handle {
    case .id: true
    case .ticket(let ticket):
      configuration.usesSessionTickets && ticket.count <= Self.longestTicketOffered
    }
  }
}

extension [Certificate] {
  /// Whether all of them are valid at a time, and there is one.
  func areValid(at time: Timestamp) -> Bool {
    !isEmpty && allSatisfy { $0.notBefore <= time && time <= $0.notAfter }
  }
}

extension ClientConfiguration.Verification {
  /// Tells apart who judges a chain: a session that nobody judged never passes for one that was.
  fileprivate var number: UInt8 {
    switch self {
    case .platform: 1
    case .roots: 2
    case .verifier: 3
    case .ask: 4
    case .insecureWithoutAnyVerification: 5
    }
  }
}

extension RevocationPolicy {
  /// What a policy asks of a stapled response, in numbers.
  fileprivate var staplingNumbers: [UInt8] {
    let checking: [UInt8] =
      switch staplingChecking {
      case .off: [0, 0, 0]
      case .on(let whenUnusable, let whenAbsent):
        [1, whenUnusable == .refuse ? 1 : 0, whenAbsent == .refuse ? 1 : 0]
      }
    return checking + [enforcesMustStaple ? 1 : 0]
  }
}
