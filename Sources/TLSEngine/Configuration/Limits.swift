/// Bounds on what a peer can make the engine keep or do.
///
/// Each holds for one connection; how many connections there are, and for how long, is the caller's to
/// bound. What goes beyond a bound ends the connection with
/// ``TLSError/Reason/limitExceeded(what:limit:)`` and an alert, unless it says otherwise here.
/// `docs/BOUNDS.md` has what each step of a handshake can cost. What a chain may cost to judge is bounded
/// by `ChainVerifier.Policy`.
///
/// A bound that no handshake could pass is a misuse, said when the connection is made.
public struct Limits: Sendable, Hashable {
  /// The longest handshake message accepted, in bytes, its header of 4 included; most of it is the
  /// peer's certificates. Usually 65,536, and 512 at least.
  ///
  /// More is refused by the header, before the rest is kept: `illegal_parameter`. Once the handshake is
  /// complete, the bound is 16,384 bytes, if this is more.
  public var handshakeMessageByteCount = 65_536

  /// The most certificates that a peer may send. Usually 16.
  ///
  /// More are refused before the first is read: `bad_certificate`.
  public var certificateCount = 16

  /// The most names of authorities that a server may send with its request for the client's
  /// certificate. Usually 1,024: servers that name all the roots of a system send some 150.
  ///
  /// More are refused before the first is read: `illegal_parameter`.
  public var certificateAuthorityCount = 1_024

  /// The most that ``Connection/receive(_:)-([UInt8])`` keeps of what the peer sends while a question
  /// is open, in bytes. Usually 65,536.
  ///
  /// More is refused: `unexpected_message`. What came in the very call that brought the question counts
  /// too. What lies behind the question in its own record, less than 16,384 bytes, is kept besides.
  public var waitingByteCount = 65_536

  /// Records without content, one after the other, before the peer is refused. Usually 32.
  ///
  /// One more is refused: `unexpected_message`. Application data starts the count anew.
  public var consecutiveEmptyRecords = 32

  /// Warning alerts, one after the other, before the peer is refused. Usually 4.
  ///
  /// One more is refused: `unexpected_message`. Application data starts the count anew.
  public var warningAlerts = 4

  /// Requests to renegotiate that are answered with `no_renegotiation`, or ignored during the
  /// handshake, before the peer is refused. Usually 4, in all the life of a connection.
  ///
  /// One more is refused: `handshake_failure`.
  public var renegotiationRequests = 4

  /// The most that ``Connection/send(_:)-([UInt8])`` lets wait for
  /// ``Connection/takeOutgoing()``, in bytes of records. Usually 16,777,216.
  ///
  /// To send more is a misuse, which ends nothing. A handshake's own messages are not counted.
  public var outgoingByteCount = 16_777_216

  /// The usual bounds.
  public init() {}
}

extension Limits {
  /// What is wrong with the bounds, if anything: the first that no handshake could pass.
  var problem: String? {
    let all = [
      ("handshakeMessageByteCount", handshakeMessageByteCount, 512),
      ("certificateCount", certificateCount, 0),
      ("certificateAuthorityCount", certificateAuthorityCount, 0),
      ("waitingByteCount", waitingByteCount, 0),
      ("consecutiveEmptyRecords", consecutiveEmptyRecords, 0),
      ("warningAlerts", warningAlerts, 0),
      ("renegotiationRequests", renegotiationRequests, 0),
      ("outgoingByteCount", outgoingByteCount, 0),
    ]
    return all.first { $0.1 < $0.2 }.map {
      "the limit \($0.0) is \($0.1), and must be \($0.2) or more"
    }
  }
}
