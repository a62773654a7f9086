import TLSCertificates
import TLSCrypto

/// What either side remembers of a full handshake.
///
/// Sessions are made only where extended_master_secret was used, so that there is nothing to
/// remember of it: what is resumed had it, and has it again (RFC 7627 sections 5.2 to 5.4).
struct SessionState: Sendable {
  let cipherSuite: CipherSuite
  let master: SessionSecret

  /// The group of the key exchange, if it was one of those with a number.
  let group: NamedGroup?

  /// The scheme of the server's signature, if it made one.
  let signatureScheme: SignatureScheme?

  /// The name that the client asked for. A session never crosses to another (RFC 6066 section 3).
  let serverName: String?

  let applicationProtocol: String?

  /// What the peer presented, leaf first.
  let peerCertificates: [Certificate]

  /// The time of the full handshake, which stays the same when a ticket is renewed.
  let createdAt: Timestamp

  /// What the session may not cross, as the handshake sums it up: at most 255 bytes that mean nothing
  /// here.
  var policy: [UInt8]

  /// The length of records that was agreed on by max_fragment_length, which holds for as long as the
  /// session does (RFC 6066 section 4).
  var maximumFragmentLength: MaximumFragmentLength?

  /// On a server, the channel binding `tls-server-end-point` of the certificate that it showed; empty
  /// where that is not defined, and on a client, which has the certificate itself.
  var serverEndPoint: [UInt8] = []

  /// The same, with one copy of what another has too: the sessions of a server differ in little.
  func sharing(with other: SessionState) -> SessionState {
    var state = self
    if policy == other.policy { state.policy = other.policy }
    if serverEndPoint == other.serverEndPoint { state.serverEndPoint = other.serverEndPoint }
    return state
  }

  /// Whether the session may still be resumed.
  func isAlive(at now: Timestamp, lifetime: Int) -> Bool {
    SessionLifetime.isAlive(createdAt: createdAt, at: now, lifetime: lifetime)
  }

  /// How many bytes of certificates there are.
  var certificateByteCount: Int {
    peerCertificates.reduce(0) { $0 + $1.der.count }
  }

  /// The most bytes of a client's certificates that a server remembers, by id or in a ticket: a bound
  /// on what each client can make it keep, and on tickets, which share the 2^16-1 bytes of a
  /// ClientHello's extensions with all the others.
  static let keptCertificateByteCount = 16_384

  /// Whether a server remembers the session at all.
  var isShortEnoughToKeep: Bool { certificateByteCount <= Self.keptCertificateByteCount }
}
