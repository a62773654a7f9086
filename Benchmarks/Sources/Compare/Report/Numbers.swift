/// Numbers as text.
enum Numbers {
  /// With so many digits behind the point.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "?" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    guard digits > 0 else { return String(scaled) }
    let (whole, part) = abs(scaled).quotientAndRemainder(dividingBy: Int(scale))
    let text = String(part)
    let zeros = String(repeating: "0", count: digits - text.count)
    return "\(scaled < 0 ? "-" : "")\(whole).\(zeros)\(text)"
  }

  /// With three digits that matter.
  static func short(_ value: Double) -> String {
    fixed(value, abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2)
  }

  /// A cost, in the units that suit it: small records by their time, large ones by what goes through.
  static func cost(_ value: Double, _ comparison: Comparison) -> String {
    switch comparison.unit {
    case .allocations: return short(value)
    case .bytes: return "\(short(value / 1_024)) KiB"
    case .nanoseconds:
      if let byteCount = comparison.byteCount, byteCount >= 1_024 {
        return "\(short(Double(byteCount) / value)) GB/s"
      }
      return value < 9_995 ? "\(fixed(value, 0)) ns" : "\(short(value / 1_000)) us"
    }
  }

  /// A size.
  static func size(_ byteCount: Int) -> String {
    byteCount.isMultiple(of: 1_048_576)
      ? "\(byteCount / 1_048_576) MiB"
      : byteCount.isMultiple(of: 1_024) ? "\(byteCount / 1_024) KiB" : "\(byteCount) B"
  }
}
