import TLSCrypto

/// A ClientHello that is still being written: what an extension knows when it decides what to offer.
struct ClientHelloDraft: Sendable {
  let setup: ClientSetup

  /// The id of the session to be resumed; beside a ticket one that is made up, so that the server's
  /// echo tells whether it took the ticket (RFC 5077 section 3.4).
  let sessionID: [UInt8]

  /// The reserved values of this hello, if it is to have any.
  let grease: GREASE.Values?

  /// How long the message is with every extension that was added so far, in bytes.
  var byteCount = 0

  /// Draws from `source` only what the configuration asks for, so that a recorded handshake stays the
  /// same.
  init(_ setup: ClientSetup, drawingFrom source: inout any RandomSource) {
    self.setup = setup
    sessionID =
      switch setup.session?.handle {
      case .id(let id): id
      case .ticket: ServerSession.newID(using: &source)
      case nil: []
      }
    grease = setup.configuration.usesGREASE ? GREASE.Values(from: &source) : nil
  }

  /// The suites that the hello lists, the signals among them included.
  var cipherSuites: [CipherSuite] {
    // RFC 7507 section 4: the signal stands behind the suites that are meant, and not in a hello that
    // resumes a session of its own version.
    let isFallback = setup.configuration.isFallback && setup.session == nil
    guard isFallback || grease != nil else { return setup.configuration.cipherSuites }
    let signals: [CipherSuite] = isFallback ? [.fallbackSCSV] : []
    return (grease.map { [$0.cipherSuite] } ?? []) + setup.configuration.cipherSuites + signals
  }

  /// Whether a suite is offered whose ephemeral keys are of this kind.
  func offers(_ keyExchange: CipherSuiteParameters.KeyExchange) -> Bool {
    setup.configuration.cipherSuites.contains { $0.parameters?.keyExchange == keyExchange }
  }
}
