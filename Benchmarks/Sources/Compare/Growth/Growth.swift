/// How costs grow with how many there are of something: the engine's alone.
struct Growth {
  /// One cost, a value for each column.
  struct Row {
    let what: String
    let unit: Comparison.Unit

    /// The values; nothing where there is none.
    var values: [Double?] = []

    /// How it should grow.
    let law: String
  }

  let title: String

  /// How many there were, or how far it was.
  let columns: [String]

  var rows: [Row]

  /// Measures each number in turn.
  ///
  /// - Parameter measure: gives a value for each row.
  static func measured(
    _ title: String, _ counts: [Int], _ rows: [Row], _ measure: (Int) throws -> [Double?]
  ) rethrows -> Growth {
    var growth = Growth(title: title, columns: counts.map(Numbers.grouped), rows: rows)
    for count in counts {
      for (row, value) in try measure(count).enumerated() {
        growth.rows[row].values.append(value)
      }
    }
    return growth
  }

  /// All that is measured of it.
  static func all() throws -> [Growth] {
    try [
      ConnectionGrowth.all(), HandshakeHeap.all(), SessionGrowth.all(), TrustGrowth.all(),
    ]
  }
}

extension Growth {
  /// As a table that is Markdown.
  var lines: [String] {
    let heads = columns + (hasLaws ? ["should be"] : [])
    return [
      "### \(title)", "", "| | \(heads.joined(separator: " | ")) |",
      "|---|\(String(repeating: "---:|", count: columns.count))\(hasLaws ? "---|" : "")",
    ]
      + rows.map { row in
        let cells = row.values.map { $0.map { Self.text($0, row.unit) } ?? "" }
        return "| \(row.what) | \((cells + (hasLaws ? [row.law] : [])).joined(separator: " | ")) |"
      }
  }

  private var hasLaws: Bool { rows.contains { !$0.law.isEmpty } }

  private static func text(_ value: Double, _ unit: Comparison.Unit) -> String {
    switch unit {
    case .allocations: Numbers.short(value)
    case .bytes:
      value < 4_096
        ? "\(Numbers.fixed(value, 0)) B"
        : value < 4_194_304
          ? "\(Numbers.short(value / 1_024)) KiB" : "\(Numbers.short(value / 1_048_576)) MiB"
    case .nanoseconds:
      value < 9_995
        ? "\(Numbers.fixed(value, 0)) ns"
        : value < 9_995_000
          ? "\(Numbers.short(value / 1_000)) us" : "\(Numbers.short(value / 1_000_000)) ms"
    }
  }

  /// As an object.
  var json: String {
    let rows = rows.map { row in
      let values = row.values.map { $0.map { Numbers.fixed($0, 1) } ?? "null" }
      return "{\"what\": \"\(row.what)\", \"unit\": \"\(row.unit.rawValue)\", "
        + "\"values\": [\(values.joined(separator: ", "))]}"
    }
    let columns = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return "{\"title\": \"\(title)\", \"columns\": [\(columns)], \"rows\": ["
      + "\(rows.joined(separator: ", "))]}"
  }
}

extension Numbers {
  /// With commas between thousands.
  static func grouped(_ count: Int) -> String {
    count < 1_000
      ? String(count)
      : grouped(count / 1_000) + "," + String(String(count % 1_000 + 1_000).dropFirst())
  }
}
