/// How much goes through, by the size of what is written: a line a library.
struct ThroughputPlot {
  let subject: String

  /// The comparisons of the suite.
  let comparisons: [Comparison]

  private let panelWidth = 420.0
  private let panelHeight = 300.0
  private let margin = (left: 50.0, top: 50.0, bottom: 60.0)

  var svg: String {
    var drawing = Drawing(width: 960, height: panelHeight + margin.top + margin.bottom)
    drawing.text("\(subject): GB/s by bytes written at once", x: margin.left, y: 24, size: 15)
    for (index, action) in ["seal", "open"].enumerated() {
      let rows = comparisons.filter { $0.action == action }
      draw(rows, action, at: margin.left + Double(index) * (panelWidth + 50), in: &drawing)
    }
    drawLegend(in: &drawing)
    return drawing.svg
  }

  /// The top of the scale, for both panels the same.
  private var top: Double {
    let values = comparisons.flatMap { row in
      row.series.compactMap { throughput(row, $0.contender) }
    }
    return max(1, values.max() ?? 1) * 1.05
  }

  private func draw(
    _ rows: [Comparison], _ title: String, at left: Double, in drawing: inout Drawing
  ) {
    let bottom = margin.top + panelHeight
    func height(_ value: Double) -> Double { bottom - value / top * panelHeight }
    let step = top > 8 ? 2.0 : top > 3 ? 1 : 0.5
    for tick in stride(from: 0, through: top, by: step) {
      drawing.line(left, height(tick), left + panelWidth, height(tick))
      drawing.text(
        Numbers.fixed(tick, step < 1 ? 1 : 0), x: left - 6, y: height(tick) + 4, size: 11,
        anchor: .end)
    }
    drawing.text(title, x: left + 8, y: margin.top + 4, size: 13)
    func across(_ index: Int) -> Double {
      left + panelWidth * (Double(index) + 0.5) / Double(max(1, rows.count))
    }
    for (index, row) in rows.enumerated() {
      drawing.text(
        Numbers.size(row.byteCount ?? 0), x: across(index), y: bottom + 18, anchor: .middle)
    }
    for contender in Contender.allCases {
      let points = rows.enumerated().compactMap { index, row in
        throughput(row, contender).map { (x: across(index), y: height($0)) }
      }
      guard !points.isEmpty else { continue }
      drawing.curve(points, color: contender.color, isDashed: contender == .raw)
    }
  }

  private func drawLegend(in drawing: inout Drawing) {
    var x = margin.left
    let y = drawing.height - 14
    for contender in Contender.allCases
    where comparisons.contains(where: { $0.cost(contender) != nil }) {
      drawing.bar(x: x, y: y - 9, width: 14, height: 10, color: contender.color)
      drawing.text(contender.rawValue, x: x + 20, y: y)
      x += 40 + Double(contender.rawValue.count) * 7.5
    }
  }

  private func throughput(_ row: Comparison, _ contender: Contender) -> Double? {
    guard let cost = row.cost(contender), let byteCount = row.byteCount else { return nil }
    return Double(byteCount) / cost
  }
}
