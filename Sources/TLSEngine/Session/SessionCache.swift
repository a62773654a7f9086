import Synchronization
public import TLSCrypto

/// The sessions of a server, in memory, which clients resume by their ids.
///
/// There are never more than so many; the one that was not used for the longest time goes first. One
/// cache may serve any number of connections, from any thread. What it does for one of them takes as
/// long whether there are ten sessions or a million, and a session without a client's certificates takes
/// some 0.4 KB.
///
/// Connections use it by themselves, as ``ServerConfiguration/SessionStore/cache(_:)``. With
/// ``find(_:at:)`` and ``insert(_:at:)`` it can be put before a store that a fleet shares
/// (``ServerConfiguration/SessionStore/ask``), or be filled with what a process before this one stored.
public final class SessionCache: Sendable {
  /// The usual number of sessions.
  public static let standardCapacity = 20_480

  /// How many sessions there are at most.
  public let capacity: Int

  /// For how many seconds after its full handshake a session can be resumed.
  public let lifetime: Int

  // Looking an id up takes a time that depends on the ids that are there. That tells nobody anything:
  // ids are no secrets.
  private let sessions = Mutex(RecentlyUsed<[UInt8], Kept>())

  /// A session by reference.
  private final class Kept: Sendable {
    let session: ServerSession

    init(_ session: ServerSession) {
      self.session = session
    }
  }

  /// A cache of ``standardCapacity`` sessions that live for 24 hours.
  public init() {
    capacity = Self.standardCapacity
    lifetime = SessionLifetime.standard
  }

  /// A cache of so many sessions, at least one, that live for so many seconds, at most seven days.
  ///
  /// - Throws: ``TLSError/Reason/misuse(_:)`` for other numbers.
  public init(capacity: Int, lifetime: Int = 86_400) throws(TLSError) {
    guard capacity >= 1 else {
      throw .misuse("a session cache needs room for at least one session, not for \(capacity)")
    }
    try SessionLifetime.check(lifetime)
    self.capacity = capacity
    self.lifetime = lifetime
  }

  /// How many sessions there are.
  public var count: Int { sessions.withLock { $0.count } }

  /// How many there is memory for.
  var slotCount: Int { sessions.withLock { $0.slotCount } }

  /// The session of this id, if it may still be resumed; it is then the most recently used.
  public func find(_ id: [UInt8], at now: Timestamp) -> ServerSession? {
    sessions.withLock { sessions in
      guard let session = sessions.use(id)?.session else { return nil }
      guard isAlive(session, at: now) else {
        sessions.remove(id)
        return nil
      }
      return session
    }
  }

  /// Takes a session, unless it is too old, or has more than 16,384 bytes of certificates.
  public func insert(_ session: ServerSession, at now: Timestamp) {
    guard isAlive(session, at: now), session.state.isShortEnoughToKeep else { return }
    sessions.withLock { sessions in
      let last = sessions.mostRecent?.session
      sessions.insert(Kept(last.map(session.sharing) ?? session), for: session.id)
      if sessions.count > capacity, let least = sessions.leastRecent {
        sessions.remove(least.key)
      }
      // Two for one: so the secrets of the dead go sooner than their places are needed.
      for _ in 0..<2 {
        guard let least = sessions.leastRecent, !isAlive(least.value.session, at: now) else {
          return
        }
        sessions.remove(least.key)
      }
    }
  }

  /// Forgets a session: no connection can resume it any more.
  public func remove(_ id: [UInt8]) {
    sessions.withLock { $0.remove(id) }
  }

  /// Forgets all sessions.
  public func removeAll() {
    sessions.withLock { $0 = RecentlyUsed() }
  }

  private func isAlive(_ session: ServerSession, at now: Timestamp) -> Bool {
    session.isUsable(at: now) && session.state.isAlive(at: now, lifetime: lifetime)
  }
}
