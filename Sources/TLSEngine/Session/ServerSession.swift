public import TLSCrypto

/// A session that a server can resume by its id.
///
/// With the store of a fleet, the engine gives each new session out, and asks for it by its id
/// when a client offers one: keep ``encoded()`` under ``id`` until ``expiresAt``.
///
/// > Warning: whoever has a session can read and forge the connections it was used for and will be
/// > used for. Its description holds no secret; ``encoded()`` does.
public struct ServerSession: Sendable {
  /// The length of every id, in bytes: as much as the field holds (RFC 5246 section 7.4.1.2), so
  /// that none is ever drawn twice or guessed.
  static let idByteCount = 32

  /// What the client names it by: 32 random bytes. No secret: it goes over the wire in the clear, and
  /// is of no use without the master secret.
  public let id: [UInt8]

  private(set) var state: SessionState

  /// When it cannot be resumed any more.
  public let expiresAt: Timestamp

  init(id: [UInt8], state: SessionState, lifetime: Int = SessionLifetime.standard) {
    self.id = id
    self.state = state
    expiresAt = state.createdAt.adding(seconds: Int64(lifetime))
  }

  /// The same, with one copy of what another has too.
  func sharing(with other: ServerSession) -> ServerSession {
    var session = self
    session.state = state.sharing(with: other.state)
    return session
  }

  /// An id for a session that is about to be made.
  static func newID(using random: inout some RandomSource) -> [UInt8] {
    random.bytes(idByteCount)
  }

  /// Whether it may still be resumed: it is neither too old nor from the future.
  public func isUsable(at now: Timestamp) -> Bool {
    now < expiresAt && state.isAlive(at: now, lifetime: SessionLifetime.maximum)
  }
}

extension ServerSession {
  /// A form to be stored, which holds the session's secret: keep it as you would a private key.
  ///
  /// - Throws: ``TLSError`` if the client's certificates are too long to be kept.
  public func encoded() throws(TLSError) -> SecretBytes {
    do {
      return try StoredSession.encode(.server, state) { writer in
        writer.writeVector8 { $0.write(id) }
        writer.write(expiresAt)
      }
    } catch {
      throw error.withoutAlert
    }
  }

  /// The session of a stored form.
  ///
  /// - Throws: ``TLSError`` that says what is wrong with it, if it is damaged, of another version, or
  ///   no server's session.
  public init(encoded bytes: RawSpan) throws(TLSError) {
    do {
      try self.init(decoding: bytes)
    } catch {
      throw error.withoutAlert
    }
  }

  private init(decoding bytes: RawSpan) throws(TLSError) {
    var reader = try StoredSession.contents(of: bytes, .server)
    var id = try reader.readVector8("session_id", in: Self.idByteCount...Self.idByteCount)
    self.id = id.readRemainder()
    expiresAt = try reader.readTimestamp("expires_at")
    state = try SessionState(
      decoding: try reader.readBytes(reader.remaining, "the session"))
  }
}

extension ServerSession: CustomStringConvertible {
  /// What it is for and until when.
  public var description: String {
    "session for \(state.serverName ?? "a client that named no server"), \(state.cipherSuite), "
      + "until \(expiresAt)"
  }
}
