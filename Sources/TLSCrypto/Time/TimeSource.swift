#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where the time comes from.
public protocol TimeSource: Sendable {
  /// The time now.
  func now() -> Timestamp
}

/// The machine's clock.
public struct SystemTimeSource: TimeSource {
  /// The machine's clock.
  public init() {}

  /// The time now.
  public func now() -> Timestamp {
    Timestamp(secondsSince1970: Int64(time(nil)))
  }
}

/// A clock that stands still: for tests, and for handshakes that are replayed.
public struct FixedTimeSource: TimeSource {
  private let time: Timestamp

  /// A clock that always says this.
  public init(_ time: Timestamp) {
    self.time = time
  }

  /// The time it was given.
  public func now() -> Timestamp { time }
}
