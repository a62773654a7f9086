import TLSCrypto

/// What a server chooses for one ClientHello, as far as its extensions need to know.
struct ServerSelection: Sendable {
  /// What proves that the server is who it should be.
  enum Credential: Sendable {
    /// A certificate and its key.
    case identity(Identity)

    /// A key that both sides have already.
    case preSharedKey

    /// The master secret of an earlier session.
    case session(Resumption)
  }

  /// An earlier session, and whether its ticket is to be replaced. It is a class because the selection goes
  /// to every extension.
  final class Resumption: Sendable {
    let state: SessionState
    let renewsTicket: Bool

    init(state: SessionState, renewsTicket: Bool) {
      self.state = state
      self.renewsTicket = renewsTicket
    }
  }

  let setup: ServerSetup
  let hello: ClientHello
  let cipherSuite: CipherSuite
  let suite: CipherSuiteParameters
  let credential: Credential

  /// The identity that is shown, if one is.
  var identity: Identity? {
    if case .identity(let identity) = credential { identity } else { nil }
  }

  /// Whether an earlier session goes on.
  var isResumption: Bool {
    if case .session = credential { true } else { false }
  }

  /// Whether this handshake makes a session: one that is bound to it (RFC 7627 section 5.2), and that
  /// a certificate vouches for.
  var canMakeSession: Bool {
    identity != nil && hello.extensions.has(ExtendedMasterSecret.self)
  }
}

/// How a full handshake exchanges keys.
struct KeyExchangeSelection: Sendable {
  /// What proves that the ephemeral key is the server's.
  enum Proof: Sendable {
    case signature(Identity, SignatureScheme)
    case preSharedKey
  }

  let group: NamedGroup
  let agreement: KeyAgreementGroup
  let proof: Proof
}

/// All that a server chooses in a full handshake: suite, group and signature.
struct FullSelection: Sendable {
  let base: ServerSelection
  let exchange: KeyExchangeSelection

  /// Takes the first suite of which all the rest can be had.
  ///
  /// - Parameter identity: `nil` for suites with pre-shared keys only.
  /// - Throws: `handshake_failure`, with both sides' lists, where nothing fits.
  init(
    _ setup: ServerSetup, _ hello: ClientHello, _ identity: Identity?
  ) throws(TLSError) {
    let choice = SuiteChoice(setup, hello, identity)
    var obstacle: TLSError?
    for (cipherSuite, suite) in choice.usable {
      do {
        let exchange = try choice.exchange(for: suite)
        let credential: ServerSelection.Credential =
          switch exchange.proof {
          case .signature(let identity, _): .identity(identity)
          case .preSharedKey: .preSharedKey
          }
        self.exchange = exchange
        base = ServerSelection(
          setup: setup, hello: hello, cipherSuite: cipherSuite, suite: suite,
          credential: credential)
        return
      } catch {
        // What the favourite lacks says the most, unless RFC 7919 section 4 says what is to be said.
        obstacle = error.alert == .insufficientSecurity ? error : obstacle ?? error
      }
    }
    throw obstacle ?? choice.nothingShared
  }
}
