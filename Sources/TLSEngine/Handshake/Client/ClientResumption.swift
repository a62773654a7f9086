import TLSCertificates
import TLSCrypto

/// The server remembers the session: both sides have the master secret already (RFC 5246 figure 2).
struct ClientResumption: ~Copyable, Sendable {
  let agreed: ClientAgreement
  let session: ClientSession
  var transcript: Transcript

  /// - Throws: `illegal_parameter` or `handshake_failure` where what was negotiated then does not hold now.
  init(
    agreed: ClientAgreement, session: ClientSession, transcript: consuming Transcript
  ) throws(TLSError) {
    try Self.check(agreed, session)
    self.agreed = agreed
    self.session = session
    self.transcript = transcript
  }

  /// Where the caller judges, only the caller can say whether the server's chain is still good.
  var question: VerifyChainQuestion {
    VerifyChainQuestion(
      certificates: session.state.peerCertificates, serverName: agreed.setup.serverName,
      requestedName: nil, isResumption: true, stapledStatus: .alreadyJudged,
      signedCertificateTimestamps: [])
  }

  /// The configuration's verifier has judged the chain before the session was offered.
  var everydayAnswer: Answer? {
    if case .ask = agreed.setup.configuration.verification { nil } else { .chainIsGood }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    _ = try Verdict(answer)
    transcript.forgetMessages()
    let state = session.state
    var master = state.master.masterSecret()
    channel.keyLog?.append(master, of: agreed.clientRandom)
    let keys = try ClientKeys.derive(agreed, &master)
    var summary = agreed.summary(
      group: state.group, scheme: state.signatureScheme, isResumed: true)
    summary.peerCertificates = state.peerCertificates
    let outcome = Outcome(
      summary: summary, master: master, clientRandom: agreed.clientRandom,
      serverRandom: agreed.serverRandom)
    let pending = ClientExpectChangeCipherSpec(
      opening: keys.opening,
      next: ClientExpectFinished(
        agreed: agreed, outcome: outcome, ticket: nil, transcript: transcript,
        reply: .flight(sealing: keys.sealing)))
    return !agreed.extensions.has(SessionTicket.self)
      ? .expectChangeCipherSpec(Box(pending))
      : .expectNewSessionTicket(Box(ExpectNewSessionTicket(next: pending)))
  }

  /// What was negotiated then holds now (RFC 5246 section 7.4.1.3, RFC 7627 section 5.3).
  private static func check(
    _ agreed: ClientAgreement, _ session: ClientSession
  ) throws(TLSError) {
    guard agreed.cipherSuite == session.state.cipherSuite else {
      throw .illegalParameter(
        "the server resumed a session of \(session.state.cipherSuite) with \(agreed.cipherSuite)")
    }
    guard agreed.extensions.useExtendedMasterSecret else {
      throw TLSError(
        .handshakeFailure,
        .required(
          "the server resumed a session with extended_master_secret without it (RFC 7627 5.3)"))
    }
  }
}
