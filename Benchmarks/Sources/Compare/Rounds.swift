/// How much is measured.
struct Rounds {
  /// How many rounds there are.
  var count = 11

  /// The processor's time that a contender gets in a round, in nanoseconds, for records and for
  /// handshakes.
  var recordBudget: UInt64 = 20_000_000
  var handshakeBudget: UInt64 = 40_000_000

  /// One who is measured, and how: each measure gives a value for each action.
  typealias Entry = (contender: Contender, measure: () throws -> [Double])

  /// Lets all of them have their turn in each round, and another begin each time: whatever else the
  /// machine does meets all of them. The first round warms up, and does not count.
  ///
  /// - Returns: for each action the series of all contenders.
  func run(actions: Int, _ entries: [Entry]) throws -> [[Comparison.Series]] {
    var results = [[Comparison.Series]](
      repeating: entries.map { Comparison.Series(contender: $0.contender) }, count: actions)
    for round in 0...count {
      for turn in entries.indices {
        let index = (turn + round) % entries.count
        let values = try entries[index].measure()
        guard round > 0 else { continue }
        for action in 0..<actions { results[action][index].values.append(values[action]) }
      }
    }
    return results
  }

  /// What one run of `body` costs, in nanoseconds.
  func cost(budget: UInt64, batch: Int = 1, _ body: () throws -> Void) rethrows -> Double {
    let start = Machine.time
    var runs = 0
    repeat {
      for _ in 0..<batch { try body() }
      runs += batch
    } while Machine.time - start < budget
    return Double(Machine.time - start) / Double(runs)
  }

  /// What one write and one read cost, in nanoseconds.
  ///
  /// - Parameters:
  ///   - times: how many are written, and then read.
  ///   - clock: what counts; the processor's time unless several threads have a part in it.
  func costs(
    of records: any Records, _ times: Int, by clock: () -> UInt64 = { Machine.time }
  ) throws -> [Double] {
    var sealing: UInt64 = 0
    var opening: UInt64 = 0
    var runs = 0
    repeat {
      let start = clock()
      try records.seal(times)
      let middle = clock()
      try records.open(times)
      opening += clock() - middle
      sealing += middle - start
      runs += times
    } while sealing + opening < recordBudget
    return [sealing, opening].map { Double($0) / Double(runs) }
  }
}
