/// A point in time until which something has to be done, however many steps it takes.
struct Deadline {
  private let end: ContinuousClock.Instant

  /// So many seconds from now.
  init(seconds: Int) {
    end = .now + .seconds(seconds)
  }

  /// So many milliseconds from now.
  init(milliseconds: Int32) {
    end = .now + .milliseconds(Int(milliseconds))
  }

  /// What is left, for waiting; zero once it has passed.
  var milliseconds: Int32 {
    let left = ContinuousClock.Instant.now.duration(to: end) / .milliseconds(1)
    return Int32(max(0, min(left, 1_000_000_000)))
  }
}
