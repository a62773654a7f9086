/// The plots that there is something for, by the names of their files.
struct Plots {
  let comparisons: [Comparison]

  var all: [(name: String, svg: String)] {
    var plots: [(name: String, svg: String)] = []
    for (name, subject) in [
      ("records-aes-128-gcm", "AES-128-GCM"), ("records-chacha20-poly1305", "ChaCha20-Poly1305"),
    ] {
      let rows = comparisons.filter { $0.section == .records && $0.subject == subject }
      guard !rows.isEmpty else { continue }
      plots.append((name, ThroughputPlot(subject: subject, comparisons: rows).svg))
    }
    for (section, title) in [
      (
        Comparison.Section.handshakes,
        "Processor's time of a handshake, both sides; shorter is better"
      ),
      (.memory, "Heap of an idle connection; shorter is better"),
    ] {
      let rows = comparisons.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      plots.append((section.rawValue, BarPlot(title: title, comparisons: rows).svg))
    }
    return plots
  }
}
