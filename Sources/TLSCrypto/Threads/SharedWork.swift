import Synchronization

/// A work in many parts, as all who do it see it. It lies where its giver has put it, and is there until
/// the last helper has left.
///
/// Everything in it that changes is atomic, since everybody reads and writes it at the same time.
@safe
struct SharedWork: ~Copyable {
  /// Does a part, as the worker of that number; says whether it went well.
  typealias Body = @Sendable (_ worker: Int, _ part: Int) -> Bool

  private let partCount: Int
  private let workerCount: Int
  private let body: Body

  /// How many parts were begun from the first on, and in the upper half how many from the last back.
  ///
  /// One worker comes from either end, and so each stays with memory that lies together: where parts were
  /// taken in turns, every second would be in the other's cache, now and when the same buffer comes again.
  private let begun = Atomic<UInt64>(0)

  /// The first part that went wrong; ``partCount`` if none has.
  private let wrong: Atomic<Int>

  /// How many workers have had a number: the giver is 0.
  private let joined = Atomic<Int>(1)

  /// How many helpers are still at it.
  private let busy = Atomic<Int>(0)

  init(partCount: Int, workerCount: Int, _ body: @escaping Body) {
    self.partCount = partCount
    self.workerCount = workerCount
    self.body = body
    wrong = Atomic(partCount)
  }

  /// Whether another helper is of any use. Asked, and answered with ``join()``, by one at a time.
  var wantsHelper: Bool {
    joined.load(ordering: .relaxed) < workerCount
      && Ends(begun.load(ordering: .relaxed)).count < partCount
  }

  /// How many more helpers would find a part.
  var wantedHelperCount: Int { min(workerCount, partCount) - 1 }

  /// A helper comes.
  ///
  /// - Returns: its number as a worker.
  func join() -> Int {
    busy.add(1, ordering: .relaxed)
    return joined.add(1, ordering: .relaxed).oldValue
  }

  /// A helper goes: what it wrote is there for whoever sees ``isBusy`` turn false.
  ///
  /// - Returns: whether it was the last. From here on the work may be gone.
  func leave() -> Bool {
    busy.subtract(1, ordering: .releasing).newValue == 0
  }

  /// Whether a helper is still at it.
  var isBusy: Bool { busy.load(ordering: .acquiring) > 0 }

  /// Does parts until there are none left. What lies behind a part that went wrong is not begun.
  func work(as worker: Int) {
    let isFromBack = worker % 2 == 1
    while let part = next(fromBack: isFromBack) {
      if part >= wrong.load(ordering: .relaxed) {
        // From the front all that come now lie behind it. From the back there may be some before it.
        if isFromBack { continue } else { return }
      }
      if !body(worker, part) { wrong.min(part, ordering: .relaxed) }
    }
  }

  /// Begins a part at one end; `nil` if there is none left between the ends.
  private func next(fromBack: Bool) -> Int? {
    let step: UInt64 = fromBack ? 1 << 32 : 1
    let ends = Ends(begun.wrappingAdd(step, ordering: .relaxed).oldValue)
    guard ends.count < partCount else { return nil }
    return fromBack ? partCount - 1 - ends.back : ends.front
  }

  /// What ``begun`` says. Every worker goes past the end once, and there are few: no half flows over.
  private struct Ends {
    let front: Int
    let back: Int
    var count: Int { front + back }

    init(_ begun: UInt64) {
      front = Int(begun & 0xffff_ffff)
      back = Int(begun >> 32)
    }
  }

  /// How many parts, from the first on, went well.
  var goodPartCount: Int { wrong.load(ordering: .relaxed) }
}
