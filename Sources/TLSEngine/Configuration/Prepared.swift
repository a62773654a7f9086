import Synchronization

/// What is made of a configuration when it is first needed, for all connections that have that
/// configuration or an equal copy of it.
final class Prepared<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)

  /// The value, made by `make` if it is not there.
  func value(_ make: () throws(TLSError) -> Value) throws(TLSError) -> Value {
    if let value = made.withLock({ $0 }) { return value }
    // Two that come at once both make it, and it is the same.
    let value = try make()
    made.withLock { $0 = value }
    return value
  }
}
