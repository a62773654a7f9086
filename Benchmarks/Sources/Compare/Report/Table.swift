/// All of it as a text that is Markdown too.
struct Table {
  let head: Head
  let comparisons: [Comparison]
  let growth: [Growth]

  var text: String {
    var lines = ["# Benchmarks", ""]
    lines += [
      "Each number is a median, of the processor's time of one thread, unless its heading says otherwise; of",
      "what grows, of the heap and of allocations, each is measured once. In brackets: what the other paid,",
      "divided by what the engine paid (in place, where there are two). Above 1 the engine is ahead.",
      "`make bench` writes this page, and prints it. What is aimed at stands [at its end](#goals).",
    ]
    lines += ["", "| | |", "|---|---|"]
    lines += head.lines.map { "| \($0.name) | \($0.value) |" }
    for (section, title) in [
      (Comparison.Section.records, "Records, by suite and by how much is written at once"),
      (.bulk, "Large writes and reads, on one processor and on two, by the clock"),
      (.handshakes, "Handshakes, both sides, by key"),
      (.groups, "Handshakes, both sides, by group"),
      (.certificates, "Certificates"),
      (.memory, "Heap of an idle connection"),
      (.allocations, "Allocations for a record, steady"),
    ] {
      let rows = comparisons.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      lines += ["", "## \(title)", ""] + table(of: rows)
    }
    if !growth.isEmpty { lines += ["", "## What grows how, the engine alone"] }
    for table in growth { lines += [""] + table.lines }
    // The goals last: what a run ends with is what people look at.
    let goals = GoalTable(comparisons: comparisons).lines
    lines += Self.notes + (goals.isEmpty ? [] : ["", "## Goals", ""]) + goals
    return lines.joined(separator: "\n") + "\n"
  }

  /// How it was measured, where that decides what the numbers mean.
  private static let notes = [
    "", "## How", "",
    "- All are in one process and have their turn in each round, and another begins each time.",
    "- A batch of records is written and then read, 256 KiB or 1,024 records of them, so that it lies in",
    "  the processor's cache. libgcrypt alone makes the same records with the fewest calls there are.",
    "  `open in one call` is out of place; libgcrypt alone opens one record after the other in place.",
    "- Large writes are sealed from and opened into the caller's buffers, by one thread and by two",
    "  (`RecordWorkers`), and the clock's time counts. \"libgcrypt alone, twice\" is two threads that share",
    "  nothing, with half of it each; opening, it makes the tag and does not compare it.",
    "- OpenSSL writes to a memory BIO that is the other end's to read, GnuTLS to transport callbacks that",
    "  copy. swift-nio-ssl is a handler in an `EmbeddedChannel`, and what that costs is counted.",
    "- A handshake is counted from the making of both ends to their end, a ticket that the server issues",
    "  with it. Where nothing is said of the chain, it is not judged. Both sides want the group first, and",
    "  that it was agreed on is checked. libgcrypt alone does all that both sides need of it, with the",
    "  fewest calls: key agreement, signature, hashes, secrets, ciphers, ticket; the list is in",
    "  `Benchmarks/Sources/Peers/GcryptSchedule.c`. No interface of swift-nio-ssl's resumes a session.",
    "- libgcrypt alone signs, verifies and makes keys on the NIST's curves with its own calls, which multiply",
    "  the base point as any other. The engine puts them together from its additions and doublings, with",
    "  known multiples: there it can be ahead of libgcrypt alone. What the engine adds of its own shows with",
    "  RSA and Ed25519.",
    "- A judged chain is a leaf, an authority and the root, with the name and the purpose; libgcrypt alone",
    "  checks its two signatures. Certificates are read anew each time, since the engine's remember who",
    "  signed them. Roots are Debian's bundle. Of the machine's roots the engine reads the most when it is",
    "  wanted, of a file's at once, as the others do both times. swift-nio-ssl makes a list, and no store.",
    "- The heap is what 200 connections take, divided, with the transport's buffers let go: `mallinfo2`.",
    "  \"Lean\" is OpenSSL with `SSL_MODE_RELEASE_BUFFERS`; swift-nio-ssl's has its channel in it.",
    "- Of what grows, many are there at once, and each is looked at in an order that no cache expects.",
    "  Sessions are copies of one, with ids of their own; roots have keys and names of their own.",
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
