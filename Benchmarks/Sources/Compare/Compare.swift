/// The engine beside libgcrypt alone and other libraries, in one process and in turns.
@main
struct Compare {
  static func main() throws {
    let options: Options
    do {
      options = try Options(Array(CommandLine.arguments.dropFirst()))
    } catch {
      print(error)
      return
    }
    var comparisons: [Comparison] = []
    // Memory first: what the others leave behind would lie between.
    if options.sections.contains(.memory) { comparisons += try MemoryComparisons.all() }
    if options.sections.contains(.records) {
      comparisons += try RecordComparisons.all(options.rounds)
    }
    if options.sections.contains(.bulk) {
      comparisons += try BulkComparisons.all(options.rounds)
    }
    if options.sections.contains(.handshakes) {
      comparisons += try HandshakeComparisons.all(options.rounds)
    }
    let head = Head(rounds: options.rounds)
    let table = Table(head: head, comparisons: comparisons).text
    print(table)
    guard let directory = options.directory else { return }
    try Machine.write(table, to: "\(directory)/README.md")
    try Machine.write(
      JSON(head: head, comparisons: comparisons).text, to: "\(directory)/benchmarks.json")
    for (name, plot) in Plots(comparisons: comparisons).all {
      try Machine.write(plot, to: "\(directory)/\(name).svg")
    }
  }
}
