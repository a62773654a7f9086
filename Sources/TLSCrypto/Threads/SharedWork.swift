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

  /// The first part that nobody has begun.
  private let next = Atomic<Int>(0)

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
    joined.load(ordering: .relaxed) < workerCount && next.load(ordering: .relaxed) < partCount
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
    while true {
      let part = next.add(1, ordering: .relaxed).oldValue
      guard part < partCount, part < wrong.load(ordering: .relaxed) else { return }
      if !body(worker, part) { wrong.min(part, ordering: .relaxed) }
    }
  }

  /// How many parts, from the first on, went well.
  var goodPartCount: Int { wrong.load(ordering: .relaxed) }
}
