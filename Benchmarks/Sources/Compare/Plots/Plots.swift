/// The plots that there is something for, by the names of their files.
struct Plots {
  let comparisons: [Comparison]

  /// A plot of bars, and what belongs to it.
  private struct Bars: Sendable {
    let name: String
    let title: String
    let has: @Sendable (Comparison) -> Bool
  }

  private static let bars = [
    Bars(
      name: "handshakes",
      title: "Processor's time of a full handshake, both sides, by key; shorter is better",
      has: { $0.section == .handshakes && $0.action.hasPrefix("full") }),
    Bars(
      name: "resumed",
      title: "Processor's time of a resumed handshake, both sides; shorter is better",
      has: { $0.section == .handshakes && $0.action.hasPrefix("resumed") }),
    Bars(
      name: "groups",
      title: "Processor's time of a full handshake, both sides, by group; shorter is better",
      has: { $0.section == .groups }),
    Bars(
      name: "certificates",
      title: "Processor's time of what is done with certificates; shorter is better",
      has: { $0.section == .certificates }),
    Bars(
      name: "memory", title: "Heap of an idle connection; shorter is better",
      has: { $0.section == .memory }),
  ]

  var all: [(name: String, svg: String)] {
    var plots: [(name: String, svg: String)] = []
    for (name, subject) in [
      ("records-aes-128-gcm", "AES-128-GCM"), ("records-chacha20-poly1305", "ChaCha20-Poly1305"),
    ] {
      let rows = comparisons.filter { $0.section == .records && $0.subject == subject }
      guard !rows.isEmpty else { continue }
      plots.append((name, ThroughputPlot(subject: subject, comparisons: rows).svg))
    }
    for bars in Self.bars {
      let rows = comparisons.filter(bars.has)
      guard !rows.isEmpty else { continue }
      plots.append((bars.name, BarPlot(title: bars.title, comparisons: rows).svg))
    }
    return plots
  }
}
