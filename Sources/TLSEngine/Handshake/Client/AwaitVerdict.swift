import TLSCertificates
import TLSCrypto

/// The server has said everything. Before the client answers, somebody has to say whether the chain
/// is good for the name.
struct AwaitVerdict: ~Copyable, Sendable {
  let flight: ServerFlight
  let chain: PeerChain
  let scheme: SignatureScheme

  /// What the server wants of the client's certificate, if it asks for one.
  let request: CertificateRequest?

  var transcript: Transcript

  var question: VerifyChainQuestion {
    VerifyChainQuestion(
      certificates: chain.certificates, serverName: flight.agreed.setup.serverName,
      requestedName: nil, isResumption: false,
      stapledStatus: stapledStatus,
      signedCertificateTimestamps: chain.signedCertificateTimestamps)
  }

  /// The verdict that the configuration gives by itself, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    let setup = flight.agreed.setup
    guard let verifier = setup.verifier else {
      switch setup.configuration.verification {
      case .insecureWithoutAnyVerification: return .chainIsGood
      default: return nil
      }
    }
    do {
      return .chainIsVerified(
        try verifier.verify(
          chain.certificates, for: setup.serverName, usage: .server,
          at: setup.configuration.time.now(), stapledStatus: stapledStatus))
    } catch {
      return .chainIsBad(error)
    }
  }

  /// What is known of the leaf's revocation by what the server has stapled.
  private var stapledStatus: StapledStatus {
    if let response = chain.stapledStatus { return .response(response) }
    return flight.agreed.setup.configuration.requestsCertificateStatus ? .absent : .notRequested
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ClientState {
    let summary = summary(try Verdict(answer))
    guard let request else {
      return try ClientSecondFlight(flight: flight, summary: summary, transcript: transcript)
        .send(as: .notAsked, &channel)
    }
    return .awaitIdentity(
      Box(
        try AwaitClientIdentity(
          flight: flight, summary: summary, request: request, transcript: transcript)))
  }

  private func summary(_ verdict: Verdict) -> ConnectionSummary {
    var summary = flight.agreed.summary(group: flight.key.group, scheme: scheme, isResumed: false)
    summary.peerCertificates = chain.certificates
    summary.verifiedPeerChain = verdict.path
    summary.stapledStatus = chain.stapledStatus
    summary.signedCertificateTimestamps = chain.signedCertificateTimestamps
    return summary
  }
}
