import TLSCertificates
import TLSCrypto

/// A ClientHello, which may name an earlier session.
struct ResumptionOffer: Sendable {
  let setup: ServerSetup
  let hello: ClientHello
  let message: HandshakeMessage

  /// Resumes the session of a ticket, or looks for that of an id, or begins anew.
  func proceed(_ channel: inout Channel) throws(TLSError) -> ServerState {
    // RFC 5077 section 3.4: where there is a ticket, the id is not looked up.
    if let ticket = hello.extensions.offer(of: SessionTicket.self), !ticket.isEmpty {
      let now = setup.configuration.time.now()
      guard let opened = setup.configuration.ticketKeys?.open(ticket.rawSpan, at: now) else {
        return fullHandshake
      }
      return try resume(opened.state, renewsTicket: opened.needsRenewal, &channel) ?? fullHandshake
    }
    if case .none = setup.configuration.sessionStore { return fullHandshake }
    guard !hello.sessionID.isEmpty else { return fullHandshake }
    return .awaitSession(Box(AwaitSession(offer: self)))
  }

  /// No session to be resumed.
  var fullHandshake: ServerState {
    .awaitIdentity(Box(AwaitIdentity(setup: setup, hello: hello, message: message)))
  }

  /// Resumes a session, or says that it must not be: then there is a full handshake.
  ///
  /// - Throws: `handshake_failure` for a client that had extended_master_secret and has lost it: it may
  ///   be another client, or somebody in between (RFC 7627 section 5.3).
  func resume(
    _ state: SessionState, renewsTicket: Bool, _ channel: inout Channel
  ) throws(TLSError) -> ServerState? {
    guard allows(state) else { return nil }
    guard hello.extensions.has(ExtendedMasterSecret.self) else {
      throw TLSError(
        .handshakeFailure,
        .required("the client resumes a session without extended_master_secret (RFC 7627 5.3)"))
    }
    guard !state.peerCertificates.isEmpty, setup.verifier == nil else {
      return try goOn(with: state, renewsTicket: renewsTicket, &channel)
    }
    return .awaitResumedVerdict(
      Box(
        AwaitResumedVerdict(offer: self, state: state, renewsTicket: renewsTicket)))
  }

  /// Goes on with a session that may be resumed, unless its extensions would be others.
  fileprivate func goOn(
    with state: SessionState, renewsTicket: Bool, _ channel: inout Channel
  ) throws(TLSError) -> ServerState? {
    guard let suite = state.cipherSuite.parameters else { return nil }
    let selection = ServerSelection(
      setup: setup, hello: hello, cipherSuite: state.cipherSuite, suite: suite,
      credential: .session(.init(state: state, renewsTicket: renewsTicket)))
    let extensions = try ExtensionAnswers(selection)
    // RFC 7301 section 3.1 negotiates anew; a session that was made for another protocol stays there.
    // max_fragment_length is a session's own (RFC 6066 section 4): another makes another session.
    guard
      extensions.answer(of: ApplicationLayerProtocolNegotiation.self) == state.applicationProtocol,
      extensions.answer(of: MaximumFragmentLengthNegotiation.self) == state.maximumFragmentLength
    else { return nil }
    return try ServerResumption(selection: selection, extensions: extensions, state: state)
      .proceed(message, &channel)
  }

  /// Whether a session is one of this name, this policy and a suite that both still allow, and what
  /// the client showed then is still good.
  private func allows(_ state: SessionState) -> Bool {
    guard state.serverName == hello.extensions.offer(of: ServerNameIndication.self),
      state.policy == setup.sessionPolicy,
      setup.configuration.cipherSuites.contains(state.cipherSuite),
      hello.cipherSuites.contains(state.cipherSuite), hasIdentity(for: state.serverName)
    else { return false }
    return isGood(state.peerCertificates)
  }

  /// Whether this server has an identity for the name: servers that share ticket keys or a store need
  /// not serve the same names. Where the caller chooses identities it is not asked again.
  private func hasIdentity(for name: String?) -> Bool {
    guard case .byName = setup.configuration.identitySelection, let name else { return true }
    guard let name = try? ServerName(name) else { return false }
    return setup.configuration.identities.contains { $0.covers(name) }
  }

  /// Whether the chain that the client showed is good now, as far as the configuration can tell.
  private func isGood(_ chain: [Certificate]) -> Bool {
    guard !chain.isEmpty else { return setup.configuration.clientAuthentication != .required }
    // Where the caller judges, it is asked.
    guard let verifier = setup.verifier else { return true }
    let now = setup.configuration.time.now()
    return (try? verifier.verify(chain, for: nil, usage: .client, at: now)) != nil
  }
}

/// The client names a session; somebody has to say what it is.
struct AwaitSession: ~Copyable, Sendable {
  let offer: ResumptionOffer

  var question: SessionQuestion {
    SessionQuestion(
      id: offer.hello.sessionID,
      serverName: offer.hello.extensions.offer(of: ServerNameIndication.self))
  }

  /// What the cache has, or `nil` if the caller is to be asked.
  var everydayAnswer: Answer? {
    let configuration = offer.setup.configuration
    switch configuration.sessionStore {
    case .none: return .session(nil)
    case .cache(let cache):
      return .session(cache.find(offer.hello.sessionID, at: configuration.time.now()))
    case .ask: return nil
    }
  }

  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    switch answer {
    case .session(let session?):
      // A store may answer with what is too old, or what somebody put there under another id.
      guard session.id == offer.hello.sessionID,
        session.isUsable(at: offer.setup.configuration.time.now())
      else { return offer.fullHandshake }
      return try offer.resume(session.state, renewsTicket: false, &channel) ?? offer.fullHandshake
    case .session(nil): return offer.fullHandshake
    case .refused(let sentence, let alert):
      throw TLSError(alert ?? .internalError, .refused(sentence))
    default: throw .unfitting(answer, to: "a session")
    }
  }
}

/// A session could go on whose client showed a chain then; where the caller judges, only the caller can
/// say whether it is still good, and whether it would have been here: a session may come from another
/// server that shares the keys.
struct AwaitResumedVerdict: ~Copyable, Sendable {
  let offer: ResumptionOffer
  let state: SessionState
  let renewsTicket: Bool

  var question: VerifyChainQuestion {
    VerifyChainQuestion(
      certificates: state.peerCertificates, serverName: nil, requestedName: state.serverName,
      isResumption: true, stapledStatus: .notRequested, signedCertificateTimestamps: [])
  }

  /// - Throws: what a refusal says. A chain that is no longer good only costs a full handshake, in which
  ///   the client can show another.
  consuming func receive(
    _ answer: Answer, _ channel: inout Channel
  ) throws(TLSError) -> ServerState {
    if case .chainIsBad = answer { return offer.fullHandshake }
    _ = try Verdict(answer)
    return try offer.goOn(with: state, renewsTicket: renewsTicket, &channel) ?? offer.fullHandshake
  }
}
