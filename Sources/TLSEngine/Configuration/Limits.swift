/// Bounds on what a peer can make the engine keep or do.
public struct Limits: Sendable, Hashable {
  /// The longest handshake message accepted, in bytes; most of it is the peer's certificates.
  public var handshakeMessageByteCount = 65_536

  /// The most certificates that a peer may send.
  public var certificateCount = 16

  /// The most that ``Connection/receive(_:)-([UInt8])`` keeps of what the peer sends while a question
  /// is open, in bytes; more ends the connection.
  public var waitingByteCount = 65_536

  /// Records without content, one after the other, before the peer is refused.
  public var consecutiveEmptyRecords = 32

  /// Warning alerts before the peer is refused.
  public var warningAlerts = 4

  /// Requests to renegotiate that are answered with `no_renegotiation`, or ignored during the
  /// handshake, before the peer is refused.
  public var renegotiationRequests = 4

  /// The most that ``Connection/send(_:)-([UInt8])`` lets wait for
  /// ``Connection/takeOutgoing()``, in bytes of records.
  public var outgoingByteCount = 16_777_216

  /// The usual bounds.
  public init() {}
}
