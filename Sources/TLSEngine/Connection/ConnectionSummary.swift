public import TLSCertificates

/// What was negotiated.
public struct ConnectionSummary: Sendable, Equatable {
  /// The version: TLS 1.2.
  public let version: ProtocolVersion

  /// The cipher suite.
  public let cipherSuite: CipherSuite

  /// The group of the key exchange.
  public let group: NamedGroup

  /// The scheme of the server's signature.
  public let signatureScheme: SignatureScheme

  /// The application protocol, if one was negotiated (RFC 7301).
  public let applicationProtocol: String?

  /// The name that the client asked for: on a server in lower case, and
  /// otherwise as the client wrote it.
  public let serverName: String?

  /// The peer's certificates, leaf first, as it sent them. Empty on a server.
  public let peerCertificates: [Certificate]

  /// Whether the master secret is bound to the handshake (RFC 7627).
  public let usesExtendedMasterSecret: Bool
}

extension ConnectionSummary: CustomStringConvertible {
  /// One line, such as `TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, X25519,
  /// rsa_pss_rsae_sha256, ALPN h2`.
  public var description: String {
    var parts = [
      version.description, cipherSuite.description, group.description, signatureScheme.description,
    ]
    if let applicationProtocol { parts.append("ALPN " + applicationProtocol) }
    if let serverName { parts.append("name " + serverName) }
    return parts.joined(separator: ", ")
  }
}
