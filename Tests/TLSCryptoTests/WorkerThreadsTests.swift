import Synchronization
import TLSCrypto
import Testing

@Suite("Worker threads")
struct WorkerThreadsTests {
  private static let counts = [1, 2, 3, 8]

  /// How often each of some things was done.
  private final class Tally: Sendable {
    private let counts: Mutex<[Int]>

    init(_ count: Int) {
      counts = Mutex([Int](repeating: 0, count: count))
    }

    func add(_ index: Int) {
      counts.withLock { $0[index] += 1 }
    }

    /// - Returns: whether nobody else is there.
    func enter(_ index: Int) -> Bool {
      counts.withLock {
        $0[index] += 1
        return $0[index] == 1
      }
    }

    func leave(_ index: Int) {
      counts.withLock { $0[index] -= 1 }
    }

    var all: [Int] { counts.withLock { $0 } }
  }

  @Test("Every part is done once", arguments: counts, [0, 1, 2, 7, 1_000])
  func everyPartOnce(count: Int, partCount: Int) {
    let threads = WorkerThreads(count: count)
    #expect(threads.count == count)
    let parts = Tally(partCount)
    let good = threads.perform(partCount: partCount, workerCount: count) { worker, part in
      parts.add(part)
      return worker < count
    }
    #expect(good == partCount)
    #expect(parts.all == [Int](repeating: 1, count: partCount))
  }

  @Test("With less than one there is one, who does it all", arguments: [0, -1, .min])
  func nobody(count: Int) {
    let threads = WorkerThreads(count: count)
    #expect(threads.count == 1)
    #expect(threads.perform(partCount: 5, workerCount: 1) { worker, _ in worker == 0 } == 5)
  }

  @Test("No two have the same number at the same time", arguments: counts)
  func numbers(count: Int) {
    let threads = WorkerThreads(count: 8)
    let atWork = Tally(count)
    let good = threads.perform(partCount: 1_000, workerCount: count) { worker, _ in
      guard worker < count else { return false }
      let isAlone = atWork.enter(worker)
      defer { atWork.leave(worker) }
      // Whoever else has the number has a while to come.
      return isAlone && (0..<20).allSatisfy { _ in atWork.all[worker] == 1 }
    }
    #expect(good == 1_000)
    #expect(atWork.all.allSatisfy { $0 == 0 })
  }

  @Test("Whatever is before the first part that goes wrong is done", arguments: counts)
  func wrongParts(count: Int) {
    let threads = WorkerThreads(count: count)
    for wrong in [[0], [1], [99], [3, 4, 50], [60, 5, 98]] {
      let parts = Tally(100)
      let good = threads.perform(partCount: 100, workerCount: count) { _, part in
        parts.add(part)
        return !wrong.contains(part)
      }
      let first = wrong.min() ?? 0
      #expect(good == first)
      #expect(parts.all.prefix(first + 1).allSatisfy { $0 == 1 })
      #expect(parts.all.allSatisfy { $0 <= 1 })
    }
  }

  @Test("Several may give work at the same time")
  func severalGivers() async {
    let threads = WorkerThreads(count: 3)
    let sums = await withTaskGroup(of: Int.self) { group in
      for giver in 0..<4 {
        group.addTask {
          var sum = 0
          for _ in 0..<200 {
            let parts = Tally(20)
            let good = threads.perform(partCount: 20, workerCount: 3) { _, part in
              parts.add(part)
              return part != 10 + giver
            }
            sum += good == 10 + giver && parts.all.prefix(good).allSatisfy { $0 == 1 } ? 1 : 0
          }
          return sum
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == [200, 200, 200, 200])
  }

  @Test(
    "They end when nobody has them any more, whether they ever worked or not", arguments: counts)
  func ending(count: Int) {
    for rounds in 0..<20 {
      weak var gone: WorkerThreads?
      do {
        let threads = WorkerThreads(count: count)
        gone = threads
        for _ in 0..<rounds {
          #expect(threads.perform(partCount: 3, workerCount: count) { _, _ in true } == 3)
        }
      }
      // That the threads have ended as well shows in that this is reached: `deinit` waits for each.
      #expect(gone == nil)
    }
  }

  @Test("What is written for the parts comes together, and each worker has a state for itself")
  func bytes() {
    let threads = WorkerThreads(count: 3)
    let input = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }
    var output = [UInt8](repeating: 0, count: 20_000)
    var states = Boxes<Worker>(capacity: 3)
    for _ in 0..<3 { states.append(Worker()) }
    // Each part is 100 bytes, written 200 apart.
    let parts = (0..<100).map { part in
      WorkPart(
        input: part * 100..<part * 100 + 100, output: part * 200..<part * 200 + 100,
        sequenceNumbers: UInt64(part)..<UInt64(part + 1))
    }
    var target = output.mutableRawSpan
    let good = threads.perform(parts, from: input.rawSpan, into: &target, states: &states) {
      worker, part, source, target in
      worker.partCount += 1
      target.copy(source)
      return part.sequenceNumbers.count == 1 && target.byteCount == 100
    }
    #expect(good == 100)
    for index in output.indices {
      let isWritten = index % 200 < 100
      let expected = isWritten ? input[index / 200 * 100 + index % 200] : 0
      guard output[index] == expected else {
        Issue.record("byte \(index) is \(output[index])")
        return
      }
    }
  }

  private struct Worker: ~Copyable, Sendable {
    var partCount = 0
  }
}
