/// What came of bytes received.
@nonexhaustive public enum Event: Sendable {
  // What comes once in a connection is indirect, so that the events of each record are small.

  /// The handshake is complete: both sides saw the same one, and the server is who the
  /// configuration demands. Data may be sent. The summary has all that the peer showed, also where
  /// ``Connection/summary`` does not keep it.
  indirect case handshakeCompleted(ConnectionSummary)

  /// A client: the server remembers this session. Kept and given to
  /// ``ClientConfiguration/session`` of a later connection, it spares both sides most of the
  /// handshake. Let go of it if this connection fails: one that ended with a fatal alert is not to be
  /// resumed (RFC 5246 section 7.2.2).
  indirect case newClientSession(ClientSession)

  /// A server whose sessions are kept elsewhere (``ServerConfiguration/SessionStore/ask``): keep
  /// this one, for ``Question/session(_:)``, unless this connection fails (RFC 5246 section 7.2.2).
  indirect case newServerSession(ServerSession)

  /// Data from the peer, decrypted and authenticated. Never empty.
  case applicationData([UInt8])

  /// The handshake stands still until ``Connection/answer(_:)``.
  indirect case question(Question)

  /// The peer has sent all it will send (close_notify).
  case closed

  /// One of the keys has done as many records as it is good for (2^24.5 for AES-GCM). The
  /// connection goes on; open another soon. Said once, by ``Connection/receive(_:)-([UInt8])``. Who
  /// only sends, or works in place, looks at ``Connection/remainingRecordCount``.
  case recordLimitReached
}
