/// Facts in columns: what they are called, and what they say.
struct FactSheet {
  /// The longest line, where a word does not need more.
  private static let width = 100

  /// How much deeper what belongs to a fact stands.
  private static let step = 2

  /// How far the second column is from the first, at least.
  private static let labelWidth = 14

  private(set) var lines: [String] = []

  /// The lines of these facts.
  static func lines(_ facts: [Fact], indent: Int) -> [String] {
    var sheet = FactSheet()
    sheet.append(facts, indent)
    return sheet.lines
  }

  private mutating func append(_ facts: [Fact], _ indent: Int) {
    let longest = facts.map { $0.label?.count ?? 0 }.max() ?? 0
    let column = max(Self.labelWidth - indent, longest + 2)
    for fact in facts {
      guard let label = fact.label else { continue }
      switch fact.value {
      case .text(let text):
        append(label, Self.wrap(text.printable, to: Self.width - indent - column), indent, column)
      case .number(let number): append(label, ["\(number)"], indent, column)
      case .flag(let flag): append(label, [flag ? "yes" : "no"], indent, column)
      case .list(let texts):
        append(
          label, texts.flatMap { Self.wrap($0.printable, to: Self.width - indent - column) },
          indent, column)
      case .bytes(let bytes):
        append(label, Self.digits(bytes, in: Self.width - indent - column), indent, column)
      case .facts(let facts):
        if !label.isEmpty { lines.append(Self.space(indent) + label) }
        append(facts, indent + Self.step)
      case .groups(let groups):
        if !label.isEmpty { lines.append(Self.space(indent) + label) }
        for group in groups {
          let depth = label.isEmpty ? indent : indent + Self.step
          lines.append(Self.space(depth) + group.heading.printable)
          append(group.facts, depth + Self.step)
        }
      }
    }
  }

  /// A label, and lines beside and below it.
  private mutating func append(_ label: String, _ texts: [String], _ indent: Int, _ column: Int) {
    guard !texts.isEmpty else { return append(label, ["none"], indent, column) }
    for (index, text) in texts.enumerated() {
      let start = index == 0 ? label : ""
      // What has no label needs no column for it.
      let cell = label.isEmpty ? "" : start.padded(to: column)
      lines.append(Self.space(indent) + cell + text)
    }
  }

  private static func space(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Breaks a text between words.
  static func wrap(_ text: String, to width: Int) -> [String] {
    guard text.count > width else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return lines + [line]
  }

  /// Pairs of digits with colons between them, as many to a line as fit, in eights.
  private static func digits(_ bytes: [UInt8], in width: Int) -> [String] {
    guard !bytes.isEmpty else { return ["(nothing)"] }
    let pairs = bytes.map { Hexadecimal.text([$0]) }
    // What fits in one line stays in one.
    let perLine = bytes.count * 3 - 1 <= width ? bytes.count : max(8, (width + 1) / 3 / 8 * 8)
    return stride(from: 0, to: bytes.count, by: perLine).map { start in
      let end = min(start + perLine, bytes.count)
      return pairs[start..<end].joined(separator: ":") + (end < bytes.count ? ":" : "")
    }
  }
}
