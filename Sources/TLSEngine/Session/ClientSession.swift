public import TLSCrypto

/// A session that a client can resume, on a new connection to the same server: fewer messages, and
/// no public-key arithmetic.
///
/// A connection gives it out when there is something to keep; set it in the configuration of a later
/// one. It is offered only where everything that it was made for still holds, so that a session that
/// does not fit costs nothing but a full handshake.
///
/// > Warning: whoever has a session can read and forge the connections it was used for and will be
/// > used for. Its description holds no secret; ``encoded()`` does.
public struct ClientSession: Sendable {
  /// What the server knows the session by.
  enum Handle: Sendable, Hashable {
    /// 1 to 32 bytes (RFC 5246 section 7.4.1.3).
    case id([UInt8])
    /// At least one byte (RFC 5077 section 3.3).
    case ticket([UInt8])
  }

  let handle: Handle
  let state: SessionState

  /// When it cannot be resumed any more.
  public let expiresAt: Timestamp

  /// A session that the server keeps.
  init(id: [UInt8], state: SessionState, lifetime: Int = SessionLifetime.standard) {
    handle = .id(id)
    self.state = state
    expiresAt = state.createdAt.adding(seconds: Int64(lifetime))
  }

  /// A session that the client keeps for the server.
  ///
  /// - Parameter lifetimeHint: for how many seconds from now on the server will know the ticket; 0 if
  ///   it does not say (RFC 5077 section 3.3).
  init(
    ticket: [UInt8], lifetimeHint: UInt32, receivedAt: Timestamp, state: SessionState,
    lifetime: Int = SessionLifetime.standard
  ) {
    handle = .ticket(ticket)
    self.state = state
    let end = state.createdAt.adding(seconds: Int64(lifetime))
    expiresAt =
      lifetimeHint == 0 ? end : min(end, receivedAt.adding(seconds: Int64(lifetimeHint)))
  }

  /// The name of the server that it is for.
  public var serverName: String? { state.serverName }

  /// Its cipher suite, which a connection that resumes it has again.
  public var cipherSuite: CipherSuite { state.cipherSuite }

  /// The time of the full handshake that it comes from.
  public var createdAt: Timestamp { state.createdAt }

  /// Whether it is young enough to be offered: neither too old nor from the future.
  public func isUsable(at now: Timestamp) -> Bool {
    now < expiresAt && state.isAlive(at: now, lifetime: SessionLifetime.maximum)
  }
}

extension ClientSession {
  /// A form to be stored, which holds the session's secret: keep it as you would a private key.
  ///
  /// - Throws: ``TLSError`` if the server's certificates are too long to be kept.
  public func encoded() throws(TLSError) -> SecretBytes {
    do {
      return try StoredSession.encode(.client, state) { writer in
        switch handle {
        case .id(let id):
          writer.write(UInt8(1))
          writer.writeVector16 { $0.write(id) }
        case .ticket(let ticket):
          writer.write(UInt8(2))
          writer.writeVector16 { $0.write(ticket) }
        }
        writer.write(expiresAt)
      }
    } catch {
      throw error.withoutAlert
    }
  }

  /// The session of a stored form.
  ///
  /// - Throws: ``TLSError`` that says what is wrong with it, if it is damaged, of another version, or
  ///   no client's session.
  public init(encoded bytes: RawSpan) throws(TLSError) {
    do {
      try self.init(decoding: bytes)
    } catch {
      throw error.withoutAlert
    }
  }

  private init(decoding bytes: RawSpan) throws(TLSError) {
    var reader = try StoredSession.contents(of: bytes, .client)
    switch try reader.readUInt8("kind of the session's handle") {
    case 1:
      var id = try reader.readVector16("session_id", in: 1...32)
      handle = .id(id.readRemainder())
    case 2:
      var ticket = try reader.readVector16("ticket", in: 1...65_535)
      handle = .ticket(ticket.readRemainder())
    case let other:
      throw .malformed(
        "kind of the session's handle", "is \(other), which is neither id nor ticket")
    }
    expiresAt = try reader.readTimestamp("expires_at")
    state = try SessionState(
      decoding: try reader.readBytes(reader.remaining, "the session"))
  }
}

extension ClientSession: Hashable {
  /// Whether the server knows both by the same id or ticket.
  public static func == (a: ClientSession, b: ClientSession) -> Bool {
    a.handle == b.handle
  }

  /// Hashes the id or the ticket.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(handle)
  }
}

extension ClientSession: CustomStringConvertible {
  /// What it is for and until when, such as `session with example.com by ticket,
  /// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, until 2026-11-24T04:30:00Z`.
  public var description: String {
    let kind =
      switch handle {
      case .id: "by id"
      case .ticket: "by ticket"
      }
    return "session with \(serverName ?? "a server without a name") \(kind), \(cipherSuite), "
      + "until \(expiresAt)"
  }
}
