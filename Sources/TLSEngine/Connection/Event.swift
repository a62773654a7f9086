/// What came of bytes received.
@nonexhaustive public enum Event: Sendable {
  /// The handshake is complete: both sides saw the same one, and the server is who the
  /// configuration demands. Data may be sent.
  case handshakeCompleted(ConnectionSummary)

  /// Data from the peer, decrypted and authenticated. Never empty.
  case applicationData([UInt8])

  /// The handshake stands still until ``Connection/answer(_:)``.
  case question(Question)

  /// The peer has sent all it will send (close_notify).
  case closed

  /// One of the keys has done as many records as it is good for (2^24.5 for AES-GCM). The
  /// connection goes on; open another soon. Said once, by ``Connection/receive(_:)-([UInt8])``. Who
  /// only sends, or works in place, looks at ``Connection/remainingRecordCount``.
  case recordLimitReached
}
