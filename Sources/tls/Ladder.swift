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
    let label = "\(entry.name.printable) (\(entry.byteCount))"
    let dashes = String(repeating: "-", count: max(2, 38 - label.count))
    let arrow =
      switch entry.direction {
      case .sent: "    \(label) \(dashes)>"
      case .received: "    <\(dashes) \(label)"
      }
    return arrow.padded(to: 48) + entry.detail.printable
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
