/// One thing that several did: what it cost each of them, in every round.
struct Comparison {
  /// What sort of thing.
  enum Section: String {
    case records, bulk, handshakes, memory, allocations
  }

  /// What is counted.
  enum Unit: String {
    case nanoseconds, bytes, allocations
  }

  /// One contender's costs, a value for each round.
  struct Series {
    let contender: Contender
    var values: [Double] = []

    /// The one in the middle.
    var median: Double { Comparison.median(values) }
  }

  let section: Section

  /// The suite or the key.
  let subject: String

  /// What was done.
  let action: String

  /// How much was written at once.
  var byteCount: Int?

  let unit: Unit
  var series: [Series]

  /// What it cost one of them.
  func cost(_ contender: Contender) -> Double? {
    series.first { $0.contender == contender }?.median
  }

  /// What another paid for each that the engine paid: above 1 the engine is ahead. It is the median of
  /// the rounds' ratios, since the two of a round met the same machine.
  func ratio(to contender: Contender) -> Double? {
    guard let ours = series.first(where: { $0.contender.isReference }),
      let theirs = series.first(where: { $0.contender == contender })
    else { return nil }
    return Self.median(zip(theirs.values, ours.values).map { $0 / $1 })
  }

  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
