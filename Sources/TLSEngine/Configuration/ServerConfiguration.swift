public import TLSCrypto

/// What a server presents and accepts. A plain value: build it once, share it, change a copy.
public struct ServerConfiguration: Sendable {
  /// How the identity is chosen for a ClientHello.
  public enum IdentitySelection: Sendable {
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

  /// The identities; the first is the default.
  public var identities: [Identity]

  /// How the identity is chosen.
  public var identitySelection = IdentitySelection.byName

  /// What happens when a client asks for a name that no identity has.
  public var unknownName = UnknownName.useDefaultIdentity

  /// The suites accepted, the favourite first.
  public var cipherSuites = CipherSuite.defaults

  /// The groups accepted, the favourite first.
  public var supportedGroups = NamedGroup.defaults

  /// The signatures the server is willing to make, the favourite first.
  public var signatureSchemes = SignatureScheme.defaults

  /// The application protocols spoken (RFC 7301), the favourite first. Each is 1 to 255 bytes of
  /// visible ASCII. Empty: the extension is ignored.
  public var applicationProtocols: [String] = []

  /// Whether the client's order of suites and groups decides instead of the server's.
  public var prefersClientOrder = false

  /// Whether a client without extended_master_secret (RFC 7627) is refused.
  public var requiresExtendedMasterSecret = false

  /// Where randomness comes from. Each connection draws from a copy of its own.
  public var randomness: any RandomSource = SystemRandomSource()

  /// Where secrets are logged, if anywhere. For one's own debugging only.
  public var keyLog: (any KeyLog)?

  /// Whether the messages of the handshake are noted for ``Connection/takeTrace()``.
  public var tracesHandshake = false

  /// Bounds on what the client can make the server keep or do.
  public var limits = Limits()

  /// The defaults, with these identities.
  public init(identities: [Identity]) {
    self.identities = identities
  }
}
