import TLSCrypto

/// A master secret that several values share: a session, its copies, and the connections that
/// resume it. It is wiped when the last of them goes.
///
/// It is a class because sessions are copied like any other value, and their secret is not.
final class SessionSecret: Sendable {
  private let master: MasterSecret

  /// The secret of a handshake that goes on with its own copy.
  init(_ master: borrowing MasterSecret) {
    self.master = master.copy()
  }

  /// The secret of a session that was stored.
  init(copying bytes: RawSpan, using hash: HashFunction) throws(TLSError) {
    master = try MasterSecret(copying: bytes, using: hash)
  }

  /// The master secret of a connection that resumes the session.
  func masterSecret() -> MasterSecret {
    master.copy()
  }

  /// The secret's bytes behind `head`, for a session that is stored.
  func bytes(after head: [UInt8]) -> SecretBytes {
    Self.bytes(of: master, after: head)
  }

  // A span of what a class holds has to be taken where that was lent.
  private static func bytes(
    of master: borrowing MasterSecret, after head: [UInt8]
  ) -> SecretBytes {
    SecretBytes(head, followedBy: master.bytes)
  }
}
