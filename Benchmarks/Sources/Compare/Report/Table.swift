/// All of it as a text that is Markdown too.
struct Table {
  let head: Head
  let comparisons: [Comparison]

  var text: String {
    var lines = ["# Benchmarks", ""]
    lines += [
      "Each number is a median, of the processor's time of one thread. In brackets: what the other paid,",
      "divided by what the engine paid (in place, where there are two). Above 1 the engine is ahead.",
      "`make bench` writes this page.",
    ]
    lines += ["", "| | |", "|---|---|"]
    lines += head.lines.map { "| \($0.name) | \($0.value) |" }
    lines += ["", "## Goals", ""] + GoalTable(comparisons: comparisons).lines
    for (section, title) in [
      (Comparison.Section.records, "Records, by suite and by how much is written at once"),
      (.bulk, "Large writes and reads, on one processor and on two, by the clock"),
      (.handshakes, "Handshakes, both sides, with no chain check"),
      (.memory, "Heap of an idle connection"),
      (.allocations, "Allocations for a record, steady"),
    ] {
      let rows = comparisons.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      lines += ["", "## \(title)", ""] + table(of: rows)
    }
    return (lines + Self.notes).joined(separator: "\n") + "\n"
  }

  /// How it was measured, where that decides what the numbers mean.
  private static let notes = [
    "", "## How", "",
    "- All are in one process and have their turn in each round, and another begins each time.",
    "- A batch of records is written and then read, 256 KiB or 1,024 records of them, so that it lies in",
    "  the processor's cache. libgcrypt alone makes the same records with the fewest calls there are.",
    "- OpenSSL writes to a memory BIO that is the other end's to read, GnuTLS to transport callbacks that",
    "  copy. swift-nio-ssl is a handler in an `EmbeddedChannel`, and what that costs is counted.",
    "- A handshake is counted from the making of both ends to their end. Chains are not judged. libgcrypt",
    "  alone does its public-key operations: four on Curve25519, a signature made, and checked.",
    "- The heap is what 200 connections take, divided, with the transport's buffers let go: `mallinfo2`.",
    "  \"Lean\" is OpenSSL with `SSL_MODE_RELEASE_BUFFERS`; swift-nio-ssl's has its channel in it.",
  ]

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
