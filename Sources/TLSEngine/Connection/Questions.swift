public import TLSCertificates

/// Everything a ClientHello says that may decide which identity it gets.
public struct IdentityQuestion: Sendable, Equatable {
  /// The name asked for, in lower case and otherwise as the client wrote it (RFC 6066), if any.
  public let serverName: String?

  /// The application protocols offered, the client's favourite first.
  public let applicationProtocols: [String]

  /// The suites offered, the client's favourite first.
  public let cipherSuites: [CipherSuite]

  /// The groups offered, the client's favourite first.
  public let supportedGroups: [NamedGroup]

  /// The signatures that the client can check in the handshake.
  public let signatureSchemes: [SignatureScheme]

  /// The signatures that the client can check in a chain (RFC 8446 section 4.2.3): the same, unless
  /// it says otherwise.
  public let certificateSignatureSchemes: [SignatureScheme]
}

/// A chain to be judged.
public struct VerifyChainQuestion: Sendable, Equatable {
  /// What the peer sent, leaf first, the rest in the order it came, without those whose keys are of a
  /// kind that is not supported.
  public let certificates: [Certificate]

  /// The name that a server's leaf has to be for; `nil` if the peer is a client.
  public let serverName: ServerName?

  /// On a server, the name that the client asked for, in lower case and otherwise as the client wrote
  /// it (RFC 6066), if any; `nil` on a client.
  public let requestedName: String?

  /// Whether the peer showed the chain, and proved that it is its own, in an earlier handshake, whose
  /// session is to go on. A server to which ``Answer/chainIsBad(_:)`` is answered goes through a full
  /// handshake instead. A client, whose server has decided already, ends the connection: let go of the
  /// session then, or the next connection asks the same.
  public let isResumption: Bool

  /// What came with the chain about its leaf's revocation (RFC 6066 section 8). Nothing of it has been
  /// checked: give it to `ChainVerifier` with the chain, as it is, or read it as an `OCSPResponse`.
  /// Clients are never asked for any, since TLS 1.2 has no place for it. Nor has a resumption: it is
  /// `.alreadyJudged` for a server's chain then, whatever you made of what came when the session was made.
  public let stapledStatus: StapledStatus

  /// The signed certificate timestamps that came with the chain (RFC 6962 section 3.3.1). Nothing of
  /// them has been checked.
  public let signedCertificateTimestamps: [[UInt8]]
}

/// A signature to be made.
public struct SignQuestion: Sendable {
  /// How to sign.
  public let scheme: SignatureScheme

  /// What to sign: the message itself, not its hash.
  public let message: [UInt8]

  /// Whose signature it is.
  public let identity: Identity
}

/// A session that a client would like to resume.
public struct SessionQuestion: Sendable, Equatable {
  /// The session's id, 1 to 32 bytes.
  public let id: [UInt8]

  /// The name asked for, if any: a session is only resumed for the name that it was made for.
  public let serverName: String?
}

/// A pre-shared key to be found.
public struct PreSharedKeyQuestion: Sendable, Equatable {
  /// On a server, the identity that the client names; `nil` on a client.
  public let identity: [UInt8]?

  /// On a client, what the server says to help it choose (RFC 4279 section 5.2), which is often
  /// nothing; `nil` on a server.
  public let hint: [UInt8]?
}

/// What a server that asks for the client's certificate would accept.
public struct ClientIdentityQuestion: Sendable, Equatable {
  /// The names of the authorities that the server trusts; empty if it does not say.
  public let certificateAuthorities: [DistinguishedName]

  /// The signatures that the server can check, its favourite first.
  public let signatureSchemes: [SignatureScheme]

  /// Whether the server takes keys for RSA.
  public let acceptsRSA: Bool

  /// Whether the server takes keys for ECDSA and Ed25519 (RFC 8422 section 5.5).
  public let acceptsECDSA: Bool
}
