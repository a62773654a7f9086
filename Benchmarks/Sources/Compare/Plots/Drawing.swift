/// A picture in SVG: what little of it plots need.
struct Drawing {
  let width: Double
  let height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Where a text stands beside its point.
  enum Anchor: String {
    case start, middle, end
  }

  mutating func text(
    _ text: String, x: Double, y: Double, size: Int = 12, anchor: Anchor = .start,
    color: String = "#222222"
  ) {
    elements.append(
      """
      <text x="\(number(x))" y="\(number(y))" font-size="\(size)" text-anchor="\(anchor.rawValue)" \
      fill="\(color)">\(escaped(text))</text>
      """)
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "#dddddd"
  ) {
    elements.append(
      """
      <line x1="\(number(x1))" y1="\(number(y1))" x2="\(number(x2))" y2="\(number(y2))" \
      stroke="\(color)"/>
      """)
  }

  mutating func bar(x: Double, y: Double, width: Double, height: Double, color: String) {
    elements.append(
      """
      <rect x="\(number(x))" y="\(number(y))" width="\(number(width))" height="\(number(height))" \
      fill="\(color)"/>
      """)
  }

  /// A line through points, each with a dot.
  mutating func curve(_ points: [(x: Double, y: Double)], color: String, isDashed: Bool) {
    let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    let dashes = isDashed ? " stroke-dasharray=\"6 4\"" : ""
    elements.append(
      """
      <polyline points="\(path)" fill="none" stroke="\(color)" stroke-width="2"\(dashes)/>
      """)
    for point in points {
      elements.append(
        """
        <circle cx="\(number(point.x))" cy="\(number(point.y))" r="3" fill="\(color)"/>
        """)
    }
  }

  /// The picture, on a white ground wherever it is shown.
  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(height))" \
    width="\(number(width))" height="\(number(height))" font-family="sans-serif">
    <rect width="100%" height="100%" fill="#ffffff"/>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  private func number(_ value: Double) -> String { Numbers.fixed(value, 1) }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}

extension Contender {
  /// Its colour, in every plot the same.
  var color: String {
    switch self {
    case .inPlace, .engine: "#d1495b"
    case .buffered: "#e88d67"
    case .twoThreads: "#7d1128"
    case .raw, .rawTwoThreads: "#555555"
    case .openSSL: "#00798c"
    case .leanOpenSSL: "#66b2bd"
    case .gnuTLS: "#3f7d20"
    case .nioSSL: "#8e44ad"
    }
  }
}
