import TLSCrypto

/// Times as people say them.
enum TimeWords {
  /// How long something is, in the largest unit that says enough: `3 days`, `10 years`.
  static func length(_ seconds: Int64) -> String {
    let size = seconds.magnitude
    let (minute, hour, day): (UInt64, UInt64, UInt64) = (60, 3600, 86_400)
    return switch size {
    case 0..<2 * minute: count(size, "second")
    case 2 * minute..<2 * hour: count(size / minute, "minute")
    case 2 * hour..<2 * day: count(size / hour, "hour")
    case 2 * day..<730 * day: count(size / day, "day")
    // Half a day more than a common year: leap years should not make 10 years of 3650 days 9.
    default: count((size + 183 * day) / (365 * day), "year")
    }
  }

  /// How long from one time to another.
  static func length(from start: Timestamp, to end: Timestamp) -> String {
    let (difference, overflow) = end.secondsSince1970.subtractingReportingOverflow(
      start.secondsSince1970)
    return overflow ? "ages" : length(difference)
  }

  /// Whether something with these ends is valid at a time: `valid for 89 more days`.
  static func validity(_ notBefore: Timestamp, _ notAfter: Timestamp, at now: Timestamp) -> String {
    if now < notBefore { return "not valid yet: begins in \(length(from: now, to: notBefore))" }
    if now > notAfter { return "expired \(length(from: notAfter, to: now)) ago" }
    return "valid for \(length(from: now, to: notAfter)) more"
  }

  private static func count(_ number: UInt64, _ unit: String) -> String {
    number == 1 ? "1 \(unit)" : "\(number) \(unit)s"
  }
}
