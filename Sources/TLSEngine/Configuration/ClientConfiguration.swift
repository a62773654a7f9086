public import TLSCertificates
public import TLSCrypto

/// What a client offers and demands. A plain value: build it once, share it, change a copy.
///
/// The defaults are the safe choice: nothing needs to be set to be secure.
public struct ClientConfiguration: Sendable {
  /// How the server's certificate chain is judged.
  public enum Verification: Sendable {
    /// Against what the machine trusts (``/TLSCertificates/TrustRoots/platform``).
    case platform

    /// Against these roots.
    case roots(TrustRoots)

    /// With these roots, and a policy of your own.
    case verifier(ChainVerifier)

    /// The engine asks ``Question/verifyChain(_:)`` and waits for the answer.
    case ask

    /// Not at all.
    ///
    /// > Warning: anybody on the way can read and change everything. The name says so.
    case insecureWithoutAnyVerification
  }

  /// How the server's certificate chain is judged. The platform's roots unless said otherwise.
  public var verification = Verification.platform

  /// The suites offered, the favourite first.
  public var cipherSuites = CipherSuite.defaults

  /// The groups offered, the favourite first. A server's ECDSA key must lie on one of them too
  /// (RFC 8422 section 5.1.1).
  public var supportedGroups = NamedGroup.defaults

  /// The signatures accepted in the handshake, the favourite first.
  public var signatureSchemes = SignatureScheme.defaults

  /// The application protocols offered (RFC 7301), the favourite first, such as `["h2",
  /// "http/1.1"]`. Each is 1 to 255 bytes of visible ASCII. Empty: the extension is left out.
  public var applicationProtocols: [String] = []

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

  /// Whether the messages of the handshake are noted for ``Connection/takeTrace()``.
  public var tracesHandshake = false

  /// Bounds on what the server can make the client keep or do.
  public var limits = Limits()

  /// The defaults.
  public init() {}
}
