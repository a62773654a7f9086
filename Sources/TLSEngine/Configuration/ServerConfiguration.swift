public import TLSCertificates
public import TLSCrypto

/// What a server presents and accepts. A plain value: build it once, share it, change a copy.
public struct ServerConfiguration: Sendable {
  /// How the identity is chosen for a ClientHello.
  @nonexhaustive public enum IdentitySelection: Sendable {
    /// Among ``ServerConfiguration/identities``, by the name that the client asks for.
    case byName

    /// The engine asks ``Question/identity(_:)`` and waits for the answer.
    case ask
  }

  /// What happens when a client asks for a name that no identity has.
  public enum UnknownName: Sendable {
    /// The first identity is presented; a client that checks names will refuse it.
    case useDefaultIdentity

    /// The handshake ends with `unrecognized_name` (RFC 6066 section 3).
    case refuse
  }

  /// Whether the client is asked for a certificate.
  public enum ClientAuthentication: Sendable, Hashable {
    /// It is not.
    case none

    /// It is, and may go on without one.
    case requested

    /// It is, and the handshake ends without one. A client that proves itself with a pre-shared key
    /// is not asked (RFC 4279 section 2).
    case required
  }

  /// How a client's certificate chain is judged.
  @nonexhaustive public enum ClientVerification: Sendable {
    /// Against these roots.
    case roots(TrustRoots)

    /// With these roots, and a policy of your own.
    case verifier(ChainVerifier)

    /// The engine asks ``Question/verifyChain(_:)`` and waits for the answer, and asks again where a
    /// session is to go on whose client showed a chain.
    case ask
  }

  /// Where sessions are kept that a client may resume by their id.
  @nonexhaustive public enum SessionStore: Sendable {
    /// Nowhere.
    case none

    /// In this cache, which may be shared by any number of connections.
    case cache(SessionCache)

    /// Elsewhere, say in a store that a fleet shares: ``Event/newServerSession(_:)`` has what is to
    /// be kept, and the engine asks ``Question/session(_:)``.
    case ask
  }

  /// The identities; the first is the default.
  public var identities: [Identity]

  /// How the identity is chosen.
  public var identitySelection = IdentitySelection.byName

  /// What happens when a client asks for a name that no identity has.
  public var unknownName = UnknownName.useDefaultIdentity

  /// The versions accepted. Only TLS 1.2 can be asked for: what is older is broken (RFC 8996), and TLS 1.3
  /// is not spoken yet.
  public var versions = ProtocolVersion.tls12...ProtocolVersion.tls12

  /// The suites accepted, the favourite first: a preset such as `.intermediate`, a list, or
  /// what ``CipherSuite/selection(_:)`` makes of a cipher string.
  public var cipherSuites = CipherSuite.defaults

  /// The groups accepted, the favourite first.
  ///
  /// Where suites of DHE are allowed and no finite field is named here, ffdhe2048 and ffdhe3072 are
  /// meant (RFC 7919). An exchange in ffdhe8192 costs some 20 times as much as one in ffdhe2048.
  public var supportedGroups = NamedGroup.defaults

  /// The signatures the server is willing to make, and to accept from clients that show a certificate,
  /// the favourite first.
  public var signatureSchemes = SignatureScheme.defaults {
    didSet { certificateRequest = Prepared() }
  }

  /// The application protocols spoken (RFC 7301), the favourite first. Each is 1 to 255 bytes of
  /// visible ASCII. Empty: the extension is ignored.
  public var applicationProtocols: [String] = []

  /// The protocols offered by NPN (draft-agl-tls-nextprotoneg-04) to a client that asks, the favourite
  /// first; off unless some are named here. ALPN wins where both are offered.
  public var nextProtocols: [String] = []

  /// Whether the client is asked for a certificate.
  public var clientAuthentication = ClientAuthentication.none {
    didSet { sessionPolicy = Prepared() }
  }

  /// How a client's certificate chain is judged; nothing is trusted unless said otherwise. A verifier
  /// whose policy refuses chains without a stapled OCSP response does not go here, since in TLS 1.2 no
  /// client can send one.
  public var clientVerification = ClientVerification.roots(TrustRoots(certificates: [])) {
    didSet {
      certificateRequest = Prepared()
      sessionPolicy = Prepared()
    }
  }

  /// The names of the authorities whose certificates clients are told to show. `nil` for those of the
  /// roots in ``clientVerification``; empty to say nothing.
  public var clientAuthorities: [DistinguishedName]? {
    didSet { certificateRequest = Prepared() }
  }

  /// Where the pre-shared keys come from, for suites that want one.
  public var preSharedKeys = PreSharedKeySource.none

  /// What clients are told to help them choose among their pre-shared keys (RFC 4279 section 5.2).
  public var preSharedKeyHint: [UInt8] = []

  /// Where sessions are kept that a client may resume by their id.
  public var sessionStore = SessionStore.none

  /// The keys under which the server's memory of a session is handed to the client (RFC 5077), if it
  /// is. Servers that share them, or the secret behind them, resume each other's sessions.
  public var ticketKeys: TicketKeys?

  /// Keeps sessions apart that share a cache, a store or ticket keys and must not mix: a session is
  /// only resumed where this is the same. Up to 255 bytes.
  public var sessionContext: [UInt8] = [] {
    didSet { sessionPolicy = Prepared() }
  }

  /// Whether the MAC covers the ciphertext (RFC 7366), if the client can do that, with suites that
  /// have a MAC and encrypt in CBC mode. It matters with those only.
  public var usesEncryptThenMAC = true

  /// The most plaintext that this side takes in one record, 64 to 16384 bytes (RFC 8449), or `nil` to
  /// leave the extension alone. 16384 asks for nothing, and heeds what the client asks for.
  public var recordSizeLimit: Int?

  /// Whether a client may ask for records of at most 512 to 4096 bytes (RFC 6066 section 4).
  public var acceptsMaximumFragmentLength = false

  /// Whether the client's order of suites and groups decides instead of the server's.
  public var prefersClientOrder = false

  /// Whether a client without extended_master_secret (RFC 7627) is refused.
  public var requiresExtendedMasterSecret = false

  /// Where randomness comes from. Each connection draws from a copy of its own.
  public var randomness: any RandomSource = SystemRandomSource()

  /// What time it is, for the lifetimes of sessions and the dates of clients' certificates.
  public var time: any TimeSource = SystemTimeSource()

  /// Where secrets are logged, if anywhere. For one's own debugging only.
  public var keyLog: (any KeyLog)?

  /// What ``Connection/summary`` keeps of the client's certificates once the handshake is complete: nothing,
  /// since that is what an idle connection would be heavy with. ``Event/handshakeCompleted(_:)`` has them
  /// all the same.
  public var keptPeerCertificates = KeptPeerCertificates.none

  /// Whether the messages of the handshake are noted for ``Connection/takeTrace()``.
  public var tracesHandshake = false

  /// Bounds on what the client can make the server keep or do.
  public var limits = Limits()

  /// What clients are asked for, once a connection needed it: of a platform's roots there are more than
  /// a hundred names. What it is made of are the signatures, the authorities and who verifies: where one
  /// of them changes it is made anew, and copies of the configuration that differ have their own.
  private(set) var certificateRequest = Prepared<CertificateRequest>()

  /// What a session may not cross, once a connection needed it. What it is made of is made anew where it
  /// changes, as above.
  private(set) var sessionPolicy = Prepared<[UInt8]>()

  /// The defaults, with these identities. None are needed where only suites with pre-shared keys are
  /// allowed.
  public init(identities: [Identity] = []) {
    self.identities = identities
  }

  /// Says whether a server can work with this at all, as making a connection does.
  ///
  /// - Throws: ``TLSError/Reason/misuse(_:)`` that names the value which is wrong.
  public func check() throws(TLSError) {
    try ConfigurationRules.check(self)
  }
}
