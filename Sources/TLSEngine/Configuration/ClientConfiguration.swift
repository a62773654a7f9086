public import TLSCertificates
public import TLSCrypto

/// What a client offers and demands. A plain value: build it once, share it, change a copy.
///
/// The defaults are the safe choice: nothing needs to be set to be secure.
public struct ClientConfiguration: Sendable {
  /// How the server's certificate chain is judged.
  @nonexhaustive public enum Verification: Sendable {
    /// Against what the machine trusts (``/TLSCertificates/TrustRoots/platform``).
    case platform

    /// Against these roots.
    case roots(TrustRoots)

    /// With these roots, and a policy of your own.
    case verifier(ChainVerifier)

    /// The engine asks ``Question/verifyChain(_:)`` and waits for the answer, and asks again where a
    /// session is resumed.
    case ask

    /// Not at all.
    ///
    /// > Warning: anybody on the way can read and change everything. The name says so.
    case insecureWithoutAnyVerification
  }

  /// How the identity is chosen when a server asks for the client's certificate.
  @nonexhaustive public enum IdentitySelection: Sendable {
    /// Among ``ClientConfiguration/identities``: the first that the server says it would take.
    case byRequest

    /// The engine asks ``Question/clientIdentity(_:)`` and waits for the answer.
    case ask
  }

  /// How the server's certificate chain is judged. The platform's roots unless said otherwise.
  public var verification = Verification.platform {
    didSet { sessionPolicy = Prepared() }
  }

  /// The versions offered. Only TLS 1.2 can be asked for: what is older is broken (RFC 8996), and TLS 1.3
  /// is not spoken yet.
  public var versions = ProtocolVersion.tls12...ProtocolVersion.tls12

  /// The suites offered, the favourite first: a preset such as `.intermediate`, a list, or
  /// what ``CipherSuite/selection(_:)`` makes of a cipher string.
  public var cipherSuites = CipherSuite.defaults

  /// The groups offered, the favourite first. A server's ECDSA key must lie on one of them too
  /// (RFC 8422 section 5.1.1).
  ///
  /// Where suites of DHE are allowed and no finite field is named here, ffdhe2048, ffdhe3072
  /// and ffdhe4096 are meant (RFC 7919). An exchange in ffdhe8192 costs some 20 times as much as one in ffdhe2048.
  public var supportedGroups = NamedGroup.defaults

  /// The signatures accepted in the handshake, the favourite first.
  public var signatureSchemes = SignatureScheme.defaults

  /// The application protocols offered (RFC 7301), the favourite first, such as `["h2",
  /// "http/1.1"]`. Each is 1 to 255 bytes of visible ASCII. Empty: the extension is left out.
  public var applicationProtocols: [String] = [] {
    didSet { sessionPolicy = Prepared() }
  }

  /// The protocols offered by NPN (draft-agl-tls-nextprotoneg-04), which came before ALPN and is
  /// off unless some are named here. The client's choice: the first of the server's that is among
  /// them, or else its own first. ALPN wins where both are offered.
  public var nextProtocols: [String] = [] {
    didSet { sessionPolicy = Prepared() }
  }

  /// What the client can show if the server asks for its certificate.
  public var identities: [Identity] = [] {
    didSet { sessionPolicy = Prepared() }
  }

  /// How the identity is chosen.
  public var identitySelection = IdentitySelection.byRequest {
    didSet { sessionPolicy = Prepared() }
  }

  /// Whether the server is asked to staple an OCSP response to its certificate (RFC 6066 section 8).
  ///
  /// What comes is checked with the chain, and what a response that proves nothing does, or none at all,
  /// stands in the `RevocationPolicy` of the verifier. With ``Verification/ask`` it is handed on as it
  /// came, in ``VerifyChainQuestion``; who refuses it does so with
  /// ``AlertDescription/badCertificateStatusResponse``. Where nobody asks for one, none is missed, not
  /// even of a certificate that must come with one (RFC 7633). A verifier whose policy refuses a server
  /// without one, whatever its certificate says, does not go with `false`: ``check()`` says so.
  public var requestsCertificateStatus = true {
    didSet { sessionPolicy = Prepared() }
  }

  /// Where the pre-shared key comes from, for suites that want one.
  public var preSharedKey = PreSharedKeySource.none

  /// An earlier session with the same server, to go on with: given by ``Event/newClientSession(_:)``.
  ///
  /// It is offered only if nothing that matters has changed: the name, the protocols offered, the
  /// identities, how chains are judged, what is asked of a stapled response; and if the suite is still
  /// allowed, and the server's certificates are still good. Otherwise, and if the server has forgotten it,
  /// the handshake is a full one.
  ///
  /// With ``Verification/ask`` the engine asks about the server's chain again; with
  /// ``IdentitySelection/ask`` it does not ask who you are: give only a session in which you showed who
  /// you want to be.
  public var session: ClientSession?

  /// Whether the server is asked to keep its memory of the session with the client (RFC 5077).
  public var usesSessionTickets = true

  /// The signatures accepted in certificates (RFC 8446 section 4.2.3), the favourite first, if they
  /// are others than ``signatureSchemes``: a server with several chains goes by it. The chain is
  /// judged by ``verification`` all the same.
  public var certificateSignatureSchemes: [SignatureScheme]?

  /// Whether the server is asked for signed certificate timestamps (RFC 6962 section 3.3.1).
  public var requestsSignedCertificateTimestamps = true

  /// Whether the MAC is to cover the ciphertext (RFC 7366) with suites that have a MAC and encrypt in
  /// CBC mode. It matters with those only.
  public var usesEncryptThenMAC = true

  /// The most plaintext that this side takes in one record, 64 to 16384 bytes (RFC 8449), or `nil` to
  /// leave the extension out. 16384 asks for nothing, and lets the server ask for something.
  public var recordSizeLimit: Int?

  /// The most plaintext that either side may put into one record (RFC 6066 section 4). Known to more
  /// servers than ``recordSizeLimit``, which goes first where the server knows both.
  public var maximumFragmentLength: MaximumFragmentLength? {
    didSet { sessionPolicy = Prepared() }
  }

  /// Whether a ClientHello of 256 to 511 bytes is padded to more (RFC 7685), for some old servers and
  /// load balancers that choke on such.
  public var padsClientHello = false

  /// Whether values that mean nothing are offered (RFC 8701), to find out servers that choke on what
  /// they do not know.
  public var usesGREASE = false

  /// Whether this connection is tried because one of a later version failed (RFC 7507): a server that
  /// speaks later versions ends the handshake with `inappropriate_fallback`.
  public var isFallback = false

  /// Whether a server without extended_master_secret (RFC 7627) is refused.
  public var requiresExtendedMasterSecret = false

  /// Whether a server that knows nothing of RFC 5746 is put up with.
  ///
  /// Such a server may take this connection for the continuation of an attacker's.
  public var allowsServersWithoutSecureRenegotiation = false

  /// Where randomness comes from. Each connection draws from a copy of its own.
  public var randomness: any RandomSource = SystemRandomSource()

  /// What time it is, for the dates of certificates.
  public var time: any TimeSource = SystemTimeSource()

  /// Where secrets are logged, if anywhere. For one's own debugging only.
  public var keyLog: (any KeyLog)?

  /// What ``Connection/summary`` keeps of the server's certificates once the handshake is complete: nothing,
  /// since that is what an idle connection would be heavy with. ``Event/handshakeCompleted(_:)`` has them
  /// all the same.
  public var keptPeerCertificates = KeptPeerCertificates.none

  /// Whether the messages of the handshake are noted for ``Connection/takeTrace()``.
  public var tracesHandshake = false

  /// Bounds on what the server can make the client keep or do.
  public var limits = Limits()

  /// What a session may not cross, once a connection needed it: a digest of some of the above. Where one
  /// of them changes it is made anew, and copies of the configuration that differ have their own.
  private(set) var sessionPolicy = Prepared<[UInt8]>()

  /// The defaults.
  public init() {}

  /// Says whether a client can work with this at all, as making a connection does.
  ///
  /// - Throws: ``TLSError/Reason/misuse(_:)`` that names the value which is wrong.
  public func check() throws(TLSError) {
    try ConfigurationRules.check(self)
  }
}
