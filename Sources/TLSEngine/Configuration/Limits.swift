/// Bounds on what a peer can make the engine keep or do.
public struct Limits: Sendable, Hashable {
  /// The longest handshake message accepted, in bytes; most of it is the peer's certificates.
  public var handshakeMessageByteCount = 65_536

  /// Records without content, one after the other, before the peer is refused.
  public var consecutiveEmptyRecords = 32

  /// Warning alerts before the peer is refused.
  public var warningAlerts = 4

  /// Requests to renegotiate that are answered with `no_renegotiation` before the peer is refused.
  public var renegotiationRequests = 4

  /// The most that ``Connection/send(_:)-([UInt8])`` lets wait for
  /// ``Connection/takeOutgoing()``, in bytes.
  public var outgoingByteCount = 16_777_216

  /// The usual bounds.
  public init() {}
}
