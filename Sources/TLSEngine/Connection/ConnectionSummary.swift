public import TLSCertificates

/// What was negotiated, and what the peer showed for itself.
///
/// ``Event/handshakeCompleted(_:)`` brings all of it. ``Connection/summary`` has of the peer's
/// certificates, and of what came with them, what the configuration says is kept: see
/// ``KeptPeerCertificates``.
public struct ConnectionSummary: Sendable, Equatable {
  /// The version: TLS 1.2.
  public let version: ProtocolVersion

  /// The cipher suite.
  public let cipherSuite: CipherSuite

  /// The group of the key exchange, in a resumed session that of the handshake that made it; `nil`
  /// for a finite field group that has no number, which an older server may bring along.
  public let group: NamedGroup?

  /// The scheme of the server's signature, in a resumed session that of the handshake that made it;
  /// `nil` where a pre-shared key proves who is there.
  public let signatureScheme: SignatureScheme?

  /// Whether an earlier session goes on.
  public let isResumed: Bool

  /// Whether the master secret is bound to the handshake (RFC 7627).
  public let usesExtendedMasterSecret: Bool

  /// The scheme of the client's signature, if it showed a certificate in this handshake; `nil` in a
  /// resumed session.
  public internal(set) var clientSignatureScheme: SignatureScheme?

  /// Whether the peer knows of RFC 5746. One that does not is refused, if it is a server, unless the
  /// configuration puts up with it.
  public internal(set) var usesSecureRenegotiation = false

  /// Whether the records of a CBC suite are encrypted first and authenticated then (RFC 7366).
  public internal(set) var usesEncryptThenMAC = false

  /// The most plaintext that this side puts into a record, in bytes: less than 16,384 where the peer
  /// asked for that (RFC 8449, RFC 6066 section 4).
  public internal(set) var largestFragmentToSend = RecordHeader.maximumPlaintextByteCount

  /// The most plaintext that the peer may put into a record, in bytes.
  public internal(set) var largestFragmentToReceive = RecordHeader.maximumPlaintextByteCount

  /// The application protocol, if one was negotiated by ALPN (RFC 7301) or NPN.
  public internal(set) var applicationProtocol: String?

  /// Whether it was negotiated by NPN.
  public internal(set) var usesNextProtocolNegotiation = false

  /// The name that the client asked for: on a server in lower case, and otherwise as the client wrote
  /// it. On a client it may be an IP address, which is not sent.
  public internal(set) var serverName: String?

  /// The peer's certificates, leaf first, as it sent them, but for those behind the leaf whose keys are
  /// of a kind that is not supported; in a resumed session, as it sent them then. Empty if it showed
  /// none; `nil` if it showed some, and the connection does not keep them (``KeptPeerCertificates``).
  public internal(set) var peerCertificates: [Certificate]? = []

  /// The certificates of the identity that this side showed, leaf first; empty if it showed none, and
  /// in a resumed session.
  public internal(set) var ownCertificates: [Certificate] = []

  /// The path from the peer's certificate to the root that vouches for it: empty if nobody looked for
  /// one, or the verdict came without it, in a resumed session, and where it is not kept.
  public internal(set) var verifiedPeerChain: [Certificate] = []

  /// The OCSP response that the server stapled to its certificate, in DER, as it came. It was checked
  /// with the chain if the configuration's verifier judged that and its `RevocationPolicy` did not
  /// say otherwise. A resumed session has none. `nil` also where it is not kept.
  public internal(set) var stapledStatus: [UInt8]?

  /// The signed certificate timestamps that the server sent along, as they came (RFC 6962); empty also
  /// where they are not kept.
  public internal(set) var signedCertificateTimestamps: [[UInt8]] = []

  /// The identity of the pre-shared key that proves who is there, if one does.
  public internal(set) var preSharedKeyIdentity: [UInt8]?
}

extension ConnectionSummary: CustomStringConvertible {
  /// One line, such as `TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, X25519,
  /// rsa_pss_rsae_sha256, ALPN h2`.
  public var description: String {
    var parts = [version.description, cipherSuite.description]
    if let group { parts.append(group.description) }
    if let signatureScheme { parts.append(signatureScheme.description) }
    if isResumed { parts.append("resumed") }
    if let applicationProtocol {
      parts.append((usesNextProtocolNegotiation ? "NPN " : "ALPN ") + applicationProtocol)
    }
    if let serverName { parts.append("name " + serverName) }
    return parts.joined(separator: ", ")
  }
}
