import Synchronization

/// Hands a connection from one task to another.
final class Waiting: Sendable {
  private let loopback: Mutex<Loopback?>

  init(_ loopback: consuming Loopback) {
    self.loopback = Mutex(loopback)
  }

  func take() -> Loopback? {
    loopback.withLock { $0.take() }
  }
}
