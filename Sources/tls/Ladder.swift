import TLSEngine

/// Draws a handshake as a ladder: a line a message, arrows from the side that sent it.
struct Ladder {
  private let own: String
  private let peer: String

  init(own: String, peer: String) {
    self.own = own
    self.peer = peer
  }

  /// The heading.
  var heading: String {
    own.padded(to: 10) + String(repeating: " ", count: 38) + peer
  }

  /// One line.
  func line(_ entry: TraceEntry) -> String {
    line(entry.direction, entry.name, entry.byteCount, entry.detail)
  }

  /// The line of a message.
  func line(
    _ direction: TraceEntry.Direction, _ name: String, _ byteCount: Int, _ detail: String
  ) -> String {
    let label = "\(name.printable) (\(byteCount))"
    let dashes = String(repeating: "-", count: max(2, 38 - label.count))
    let arrow =
      switch direction {
      case .sent: "    \(label) \(dashes)>"
      case .received: "    <\(dashes) \(label)"
      }
    return arrow.padded(to: 48) + detail.printable
  }

  /// The lines of these messages.
  func lines(_ entries: [TraceEntry]) -> [String] { entries.map(line) }
}

extension String {
  /// The text with spaces after it up to this width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
