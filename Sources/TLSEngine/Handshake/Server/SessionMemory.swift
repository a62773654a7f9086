import TLSCertificates
import TLSCrypto

/// How a server will know the session of a full handshake again.
struct SessionMemory: Sendable {
  /// Its id, if it is kept under one.
  let sessionID: [UInt8]

  /// Whether the client was promised a ticket.
  let sendsTicket: Bool

  /// The length of records that was agreed on, if one was.
  let maximumFragmentLength: MaximumFragmentLength?

  /// The certificate that the server showed, if it did.
  let certificate: Certificate?

  /// What is to be remembered, if anything is.
  func state(
    _ setup: ServerSetup, _ outcome: borrowing Outcome
  ) throws(TLSError) -> SessionState? {
    guard sendsTicket || !sessionID.isEmpty else { return nil }
    let summary = outcome.summary
    var state = SessionState(
      cipherSuite: summary.cipherSuite, master: SessionSecret(outcome.master),
      group: summary.group, signatureScheme: summary.signatureScheme,
      serverName: summary.serverName,
      // What the client chose by NPN it chooses anew.
      applicationProtocol: summary.usesNextProtocolNegotiation
        ? nil : summary.applicationProtocol,
      peerCertificates: summary.peerCertificates ?? [],
      createdAt: setup.configuration.time.now(), policy: setup.sessionPolicy)
    state.maximumFragmentLength = maximumFragmentLength
    state.serverEndPoint = try certificate?.serverEndPoint() ?? []
    return state
  }

  /// Keeps a session that has an id, or has it kept.
  func remember(_ state: SessionState, _ setup: ServerSetup, _ channel: inout Channel) {
    guard !sessionID.isEmpty, state.isShortEnoughToKeep else { return }
    switch setup.configuration.sessionStore {
    case .none: break
    case .cache(let cache):
      cache.insert(
        ServerSession(id: sessionID, state: state, lifetime: cache.lifetime), at: state.createdAt)
    case .ask:
      channel.events.append(.newServerSession(ServerSession(id: sessionID, state: state)))
    }
  }
}

/// Where a server keeps the session of a connection.
struct CachedSession: Sendable {
  private let cache: SessionCache
  private let id: [UInt8]

  /// The session of this id, or `nil` if there is none, or the server keeps none itself.
  init?(_ id: [UInt8], _ setup: ServerSetup) {
    guard case .cache(let cache) = setup.configuration.sessionStore, !id.isEmpty else {
      return nil
    }
    self.cache = cache
    self.id = id
  }

  /// Lets go of it.
  func forget() {
    cache.remove(id)
  }
}
