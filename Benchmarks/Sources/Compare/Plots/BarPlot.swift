/// What things cost: a group of bars for each, on a scale of its own.
struct BarPlot {
  let title: String
  let comparisons: [Comparison]

  private let labelWidth = 140.0
  private let barWidth = 620.0
  private let barHeight = 18.0

  var svg: String {
    let barCount = comparisons.reduce(0) { $0 + $1.series.count }
    let height = 50 + Double(barCount) * barHeight + Double(comparisons.count) * 40
    var drawing = Drawing(width: 900, height: height)
    drawing.text(title, x: 16, y: 24, size: 15)
    var y = 44.0
    for comparison in comparisons {
      drawing.text("\(comparison.subject), \(comparison.action)", x: 16, y: y + 14, size: 13)
      y += 22
      let longest = comparison.series.map(\.median).max() ?? 1
      for contender in Contender.allCases {
        guard let cost = comparison.cost(contender) else { continue }
        let width = max(1, cost / longest * barWidth)
        drawing.text(
          contender.rawValue, x: 16 + labelWidth - 8, y: y + 13, anchor: .end)
        drawing.bar(
          x: 16 + labelWidth, y: y + 2, width: width, height: barHeight - 4,
          color: contender.color)
        drawing.text(
          Numbers.cost(cost, comparison), x: 16 + labelWidth + width + 6, y: y + 13, size: 11)
        y += barHeight
      }
      y += 18
    }
    return drawing.svg
  }
}
