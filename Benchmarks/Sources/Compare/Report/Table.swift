/// All of it as a text that is Markdown too.
struct Table {
  let head: Head
  let comparisons: [Comparison]

  var text: String {
    var lines = ["# Benchmarks", ""]
    lines.append(
      "Each number is a median, of the processor's time of one thread. Behind it stands how often the engine"
    )
    lines.append(
      "(in place, where there are two) would have done the same for that price: above 1 the engine is ahead."
    )
    lines += ["", "| | |", "|---|---|"]
    lines += head.lines.map { "| \($0.name) | \($0.value) |" }
    lines += ["", "## Goals", ""] + GoalTable(comparisons: comparisons).lines
    for (section, title) in [
      (Comparison.Section.records, "Records, by suite and by how much is written at once"),
      (.handshakes, "Handshakes, both sides, with no chain check"),
      (.memory, "Heap of an idle connection"),
      (.allocations, "Allocations for a record, steady"),
    ] {
      let rows = comparisons.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      lines += ["", "## \(title)", ""] + table(of: rows)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(of rows: [Comparison]) -> [String] {
    let contenders = Contender.allCases.filter { contender in
      rows.contains { $0.cost(contender) != nil }
    }
    var lines = [
      "| | \(contenders.map(\.rawValue).joined(separator: " | ")) |",
      "|---|\(String(repeating: "---:|", count: contenders.count))",
    ]
    for row in rows {
      let cells = contenders.map { cell(row, $0) }
      lines.append("| \(title(of: row)) | \(cells.joined(separator: " | ")) |")
    }
    return lines
  }

  private func title(of row: Comparison) -> String {
    let size = row.byteCount.map { " \(Numbers.size($0))" } ?? ""
    return "\(row.subject), \(row.action)\(size)"
  }

  private func cell(_ row: Comparison, _ contender: Contender) -> String {
    guard let cost = row.cost(contender) else { return "" }
    let value = Numbers.cost(cost, row)
    // Of none at all nothing is a multiple.
    guard !contender.isReference, let ratio = row.ratio(to: contender), ratio.isFinite else {
      return value
    }
    return "\(value) (\(Numbers.fixed(ratio, 2)))"
  }
}
