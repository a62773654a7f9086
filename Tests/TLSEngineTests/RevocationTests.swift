import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// What a client does with a server whose certificate was revoked, or of which nobody says that it was
/// not.
@Suite("Revocation in a handshake")
struct RevocationTests {
  private static let mustStaple = CertificateBuilder.Extension(
    identifier: "1.3.6.1.5.5.7.1.24", isCritical: false, der: [0x30, 3, 2, 1, 5])

  /// An identity with a response that says this of it; none at all if it is `nil`.
  private func identity(
    _ status: OCSPSingleResponse.Status?, at time: Timestamp? = nil, mustStaple: Bool = false
  ) throws -> Identity {
    var identity = try TestIdentities.identity(.p256) {
      if mustStaple { $0.extraExtensions = [Self.mustStaple] }
    }
    let time = time ?? TestIdentities.now.adding(seconds: -3600)
    identity.stapledStatus = try status.map {
      try TestIdentities.stapledStatus(for: identity, $0, at: time)
    }
    return identity
  }

  /// Why a client refuses a server with this identity; `nil` if it does not.
  private func refusal(
    of identity: Identity, by client: ClientConfiguration? = nil
  ) throws -> TLSError? {
    let client = try client ?? TestIdentities.clientConfiguration()
    var loopback = try Loopback(client, ServerConfiguration(identities: [identity]))
    try? loopback.exchange()
    guard let failure = loopback.client.failure else {
      #expect(loopback.clientSummary?.stapledStatus == identity.stapledStatus)
      try loopback.expectDataBothWays()
      return nil
    }
    // The server hears what the client thinks of it.
    #expect(failure.alert.map { loopback.server.failure?.reason == .peerAlert($0) } == true)
    return failure
  }

  private func rule(_ error: TLSError?) -> VerificationRule? {
    guard case .certificate(let failure) = error?.reason else { return nil }
    return failure.rule
  }

  @Test("A good response is accepted, and so is none, unless the client says otherwise")
  func good() throws {
    #expect(try refusal(of: try identity(.good)) == nil)
    #expect(try refusal(of: try identity(nil)) == nil)
    let strict = try TestIdentities.client(revocation: {
      $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
    })
    #expect(try refusal(of: try identity(.good), by: strict) == nil)
    let error = try refusal(of: try identity(nil), by: strict)
    #expect(error?.alert == .badCertificateStatusResponse)
    #expect(rule(error) == .missingStapledStatus)
  }

  @Test("A response that says revoked is certificate_revoked")
  func revoked() throws {
    let time = TestIdentities.now.adding(seconds: -7200)
    let error = try refusal(of: try identity(.revoked(at: time, reason: .keyCompromise)))
    #expect(error?.alert == .certificateRevoked)
    #expect(
      rule(error)
        == .revoked(at: time, reason: .keyCompromise, source: "the stapled OCSP response"))
  }

  @Test("A response that is old is bad_certificate_status_response")
  func stale() throws {
    let old = try identity(.good, at: TestIdentities.now.adding(seconds: -90_000))
    let error = try refusal(of: old)
    #expect(error?.alert == .badCertificateStatusResponse)
    guard case .badStapledStatus(let text) = rule(error) else {
      Issue.record("the client says \(String(describing: error))")
      return
    }
    #expect(text.hasPrefix("the response ended at "))
    let lenient = try TestIdentities.client(revocation: {
      $0.staplingChecking = .on(whenUnusable: .accept, whenAbsent: .accept)
    })
    #expect(try refusal(of: old, by: lenient) == nil)
  }

  @Test("A certificate that must come with a response is refused without, if one was asked for")
  func mustStaple() throws {
    #expect(try refusal(of: try identity(.good, mustStaple: true)) == nil)
    let bare = try identity(nil, mustStaple: true)
    let error = try refusal(of: bare)
    #expect(error?.alert == .badCertificateStatusResponse)
    #expect(rule(error) == .missingStapledStatus)
    let unasking = try TestIdentities.client { $0.requestsCertificateStatus = false }
    #expect(try refusal(of: bare, by: unasking) == nil)
  }

  @Test("A list revokes, and is asked again before a session is resumed")
  func lists() throws {
    let identity = try identity(.good, mustStaple: true)
    func client(_ revoked: [Certificate]) throws -> ClientConfiguration {
      try TestIdentities.client(revocation: {
        $0.listChecking = .on(
          [try TestIdentities.revocationList(revoked)], .chain, whenUnknown: .refuse)
      })
    }
    let error = try refusal(of: identity, by: try client(identity.certificates))
    #expect(error?.alert == .certificateRevoked)
    // A session of a time when it was not revoked.
    let server = try TestIdentities.serverConfiguration {
      $0.identities = [identity]
      $0.ticketKeys = TicketKeys()
    }
    var loopback = try Loopback(try client([]), server)
    try loopback.exchange()
    let sessions = loopback.clientEvents.compactMap {
      if case .newClientSession(let session) = $0 { session } else { nil }
    }
    let session = try #require(sessions.first)
    var later = try client([])
    later.session = session
    var resumed = try Loopback(later, server)
    try resumed.exchange()
    // Nothing can be stapled there, and nothing is missed.
    #expect(resumed.client.summary?.isResumed == true)
    #expect(resumed.clientSummary?.stapledStatus == nil)
    var revoking = try client(identity.certificates)
    revoking.session = session
    var refused = try Loopback(revoking, server)
    try? refused.exchange()
    #expect(refused.client.failure?.alert == .certificateRevoked)
  }

  @Test("A client that asks the caller hands on what was stapled as the verifier takes it")
  func question() throws {
    let identity = try identity(nil, mustStaple: true)
    let verifier = ChainVerifier(roots: try TestIdentities.roots())
    for asks in [true, false] {
      var client = try TestIdentities.clientConfiguration()
      client.verification = .ask
      client.requestsCertificateStatus = asks
      var loopback = try Loopback(client, ServerConfiguration(identities: [identity]))
      try loopback.exchange()
      guard case .verifyChain(let question) = loopback.client.pendingQuestion else {
        Issue.record("the client asks \(String(describing: loopback.client.pendingQuestion))")
        return
      }
      #expect(question.stapledStatus == (asks ? .absent : .notRequested))
      var found: VerificationRule?
      do throws(VerificationError) {
        _ = try verifier.verify(
          question.certificates, for: question.serverName, usage: .server,
          at: TestIdentities.now, stapledStatus: question.stapledStatus)
      } catch {
        found = error.rule
      }
      #expect(found == (asks ? .missingStapledStatus : nil))
    }
  }

  @Test("A session is not resumed under a policy that asks more of a stapled response")
  func stricterPolicy() throws {
    let bare = try identity(nil, mustStaple: true)
    let server = try TestIdentities.serverConfiguration {
      $0.identities = [bare]
      $0.ticketKeys = TicketKeys()
    }
    func lenient(_ change: (inout RevocationPolicy) -> Void = { _ in }) throws
      -> ClientConfiguration
    {
      try TestIdentities.client(revocation: {
        $0.enforcesMustStaple = false
        change(&$0)
      })
    }
    var loopback = try Loopback(try lenient(), server)
    try loopback.exchange()
    let session = try loopback.newClientSession()
    func meet(_ client: ClientConfiguration) throws -> Loopback {
      var client = client
      client.session = session
      var loopback = try Loopback(client, server)
      try? loopback.exchange()
      return loopback
    }
    #expect(try meet(try lenient()).client.summary?.isResumed == true)
    let enforcing = try TestIdentities.client(revocation: { _ in })
    #expect(rule(try meet(enforcing).client.failure) == .missingStapledStatus)
    let hard = try lenient { $0.staplingChecking = .on(whenUnusable: .accept, whenAbsent: .refuse) }
    #expect(rule(try meet(hard).client.failure) == .missingStapledStatus)
    for checking in [
      RevocationPolicy.StaplingChecking.off, .on(whenUnusable: .accept, whenAbsent: .accept),
    ] {
      let other = try lenient { $0.staplingChecking = checking }
      #expect(try meet(other).client.summary?.isResumed == false)
    }
    var unasking = try lenient()
    unasking.requestsCertificateStatus = false
    #expect(try meet(unasking).client.summary?.isResumed == false)
  }

  @Test("A policy without exceptions does not keep a session from being resumed")
  func hardResumption() throws {
    let identity = try identity(.good, mustStaple: true)
    let server = try TestIdentities.serverConfiguration {
      $0.identities = [identity]
      $0.ticketKeys = TicketKeys()
    }
    var client = try TestIdentities.client(revocation: {
      $0.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
    })
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    client.session = try loopback.newClientSession()
    var resumed = try Loopback(client, server)
    try resumed.exchange()
    #expect(resumed.client.summary?.isResumed == true)
  }

  @Test("A policy that wants a response does not go with a configuration that brings none")
  func contradictions() throws {
    var client = try TestIdentities.client(revocation: {
      $0.staplingChecking = .on(whenUnusable: .accept, whenAbsent: .refuse)
    })
    try client.check()
    client.requestsCertificateStatus = false
    let clientError = #expect(throws: TLSError.self) { try client.check() }
    #expect(
      clientError?.reason
        == .misuse(
          "the verifier refuses a server without a stapled OCSP response, and "
            + "requestsCertificateStatus is off, so that none is asked for"))
    var verifier = ChainVerifier(roots: try TestIdentities.roots())
    verifier.policy.revocation.staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
    let server = try TestIdentities.serverConfiguration { [verifier] in
      $0.clientVerification = .verifier(verifier)
    }
    let serverError = #expect(throws: TLSError.self) {
      _ = try ServerConnection(configuration: server)
    }
    #expect(
      serverError?.reason
        == .misuse(
          "the verifier refuses a client without a stapled OCSP response, and in TLS 1.2 no client "
            + "can send one"))
  }
}
