/// What came of a feature with a peer.
enum Outcome: Sendable, Hashable {
  /// Handshake, negotiated values and bytes both ways were what they had to be.
  case works

  /// The peer does not have it, and why.
  case lacks(String)

  /// It went wrong.
  case failed(String)
}

/// Peer by feature, what works and what a peer lacks.
struct Matrix: Sendable {
  private var outcomes: [Column: [Feature: Outcome]] = [:]
  private var finished: Set<Column> = []

  subscript(column: Column, feature: Feature) -> Outcome? {
    get { outcomes[column]?[feature] }
    set { outcomes[column, default: [:]][feature] = newValue }
  }

  /// Says that nothing more comes of this program.
  ///
  /// - Returns: the table, if this was the last.
  mutating func finish(_ column: Column) -> String? {
    finished.insert(column)
    return finished.count == Column.all.count ? table : nil
  }

  /// The matrix as a table: `ok`, `FAILED`, or the number of the reason, which stand below.
  var table: String {
    var reasons: [String] = []
    let rows = Feature.all.map { feature in
      [feature.description]
        + Column.all.map { column in
          switch self[column, feature] {
          case .works: return "ok"
          case .failed: return "FAILED"
          case nil: return "not run"
          case .lacks(let reason):
            if !reasons.contains(reason) { reasons.append(reason) }
            return "[\((reasons.firstIndex(of: reason) ?? 0) + 1)]"
          }
        }
    }
    let heads = [
      [""] + Column.all.map(\.peer.name), ["Interoperation"] + Column.all.map(\.program),
    ]
    let notes = reasons.enumerated().map { "[\($0.offset + 1)] \($0.element)" }
    return (Self.lines(heads + rows) + notes).joined(separator: "\n")
  }

  private static func lines(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { index in
      rows.map { $0[index].count }.max() ?? 0
    }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
    }
  }
}
