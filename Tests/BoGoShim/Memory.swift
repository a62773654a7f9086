import Synchronization
import TLSCrypto
import TLSEngine

/// What stays between the connections of one test.
final class Memory {
  let clock = Clock()

  /// What a client keeps of the server.
  var session: ClientSession?

  /// What a server keeps of the client: where the engine asks, here; else in the engine's own cache.
  var sessions: [[UInt8]: ServerSession] = [:]
  let cache: SessionCache

  var ticketKeys: TicketKeys

  /// Long enough for the runner's sessions, and short enough to see them end.
  static let sessionLifetime = 7200

  /// How long a ticket's key is the one that seals; tickets of the one before are renewed.
  static let ticketPeriod = 3600

  init() throws {
    cache = try SessionCache(capacity: 16, lifetime: Self.sessionLifetime)
    ticketKeys = try Self.newTicketKeys()
  }

  static func newTicketKeys() throws -> TicketKeys {
    try TicketKeys(rotatingEvery: ticketPeriod, lifetime: sessionLifetime)
  }
}

/// A clock that goes on only when the test says so.
final class Clock: TimeSource {
  private let time = Mutex(SystemTimeSource().now())

  func now() -> Timestamp { time.withLock { $0 } }

  func advance(seconds: Int64) {
    time.withLock { $0 = $0.adding(seconds: seconds) }
  }
}
