/// A point in time in whole seconds, without a calendar or a zone: what certificates need.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  public var secondsSince1970: Int64

  /// So many seconds after 1970-01-01T00:00:00Z.
  public init(secondsSince1970: Int64) {
    self.secondsSince1970 = secondsSince1970
  }

  /// A date and time of the Gregorian calendar in UTC.
  ///
  /// - Returns: `nil` if there is no such date or time. Years are 0 to 9999; there are no leap
  ///   seconds.
  public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    guard (0...9999).contains(year), (1...12).contains(month),
      (1...Self.dayCount(year, month)).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    let days = Self.days(year, month, day)
    self.init(secondsSince1970: Int64(days * 86_400 + hour * 3600 + minute * 60 + second))
  }

  /// So many seconds later, or earlier; the ends of time are not passed.
  public func adding(seconds: Int64) -> Timestamp {
    let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
    guard overflow else { return Timestamp(secondsSince1970: sum) }
    return Timestamp(secondsSince1970: seconds > 0 ? .max : .min)
  }

  /// Whether `a` is earlier than `b`.
  public static func < (a: Timestamp, b: Timestamp) -> Bool {
    a.secondsSince1970 < b.secondsSince1970
  }

  /// The parts of the date and time in UTC, or `nil` outside of the years 0 to 9999.
  package var parts: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)? {
    let (first, last): (Int64, Int64) = (-62_167_219_200, 253_402_300_799)
    guard (first...last).contains(secondsSince1970) else { return nil }
    // Counted from the year 0, so that nothing is negative.
    let seconds = Int(secondsSince1970 - first)
    var day = seconds / 86_400
    var year = day / 366
    while Self.days(year + 1, 1, 1) - Self.days(0, 1, 1) <= day { year += 1 }
    day -= Self.days(year, 1, 1) - Self.days(0, 1, 1)
    var month = 1
    while day >= Self.dayCount(year, month) {
      day -= Self.dayCount(year, month)
      month += 1
    }
    return (year, month, day + 1, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
  }

  /// In the form of RFC 3339, such as `2026-11-24T04:30:00Z`.
  public var description: String {
    guard let parts else { return "\(secondsSince1970) s since 1970-01-01T00:00:00Z" }
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(parts.year, 4))-\(padded(parts.month))-\(padded(parts.day))"
      + "T\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))Z"
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date; the year is not negative.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let before = year - 1
    // Leap years from the year 1 to the one before; the year 0 is one more.
    let leaps = year == 0 ? 0 : before / 4 - before / 100 + before / 400 + 1
    var days = year * 365 + leaps - 719_528
    for earlier in 1..<month { days += dayCount(year, earlier) }
    return days + day - 1
  }
}
