#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Threads that help whoever has work in many parts.
///
/// The giver works too: with a `count` of 2 there is one thread besides. It never waits for a thread to
/// be free: what nobody helps with it does alone. Several may give work at the same time.
@safe
package final class WorkerThreads: Sendable {
  private let desk = WorkDesk()
  private let threads: [Thread]

  /// How many there are at most: the giver, and those who help.
  package var count: Int { threads.count + 1 }

  /// - Parameter count: how many work, the giver among them. Where the system refuses a thread there are
  ///   fewer.
  package init(count: Int) {
    var threads: [Thread] = []
    while threads.count + 1 < count, let thread = Thread(helpingAt: desk) { threads.append(thread) }
    self.threads = threads
  }

  deinit {
    desk.close()
    for thread in threads { thread.join() }
  }

  /// Does a work of `partCount` parts, each of them once, in any order, and by up to `workerCount`
  /// threads at the same time; all of it is done when this returns.
  ///
  /// - Parameter body: does a part, as one of the workers 0 to `workerCount - 1`, of whom no two have the
  ///   same number at the same time, and says whether it went well.
  /// - Returns: how many parts, from the first on, went well. Of those behind a part that did not,
  ///   some may be done.
  package func perform(
    partCount: Int, workerCount: Int, _ body: @Sendable (_ worker: Int, _ part: Int) -> Bool
  ) -> Int {
    withoutActuallyEscaping(body) { body in
      let work = UnsafeMutablePointer<SharedWork>.allocate(capacity: 1)
      unsafe work.initialize(
        to: SharedWork(partCount: partCount, workerCount: min(workerCount, count), body))
      unsafe desk.put(work)
      unsafe work.pointee.work(as: 0)
      // Until here anybody may have come; now nobody does any more, and all have left.
      unsafe desk.takeBack(work)
      let goodPartCount = unsafe work.pointee.goodPartCount
      unsafe work.deinitialize(count: 1)
      unsafe work.deallocate()
      return goodPartCount
    }
  }
}

/// One thread.
@safe
private struct Thread: @unchecked Sendable {
  private let thread: pthread_t

  /// Starts it; `nil` where the system refuses.
  ///
  /// It takes no signals: those are for the threads of the program.
  init?(helpingAt desk: WorkDesk) {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let argument = unsafe Unmanaged.passRetained(desk)
    let code = unsafe pthread_create(
      &thread, nil,
      { given in
        // What ``passRetained`` gave, once. It is optional on some systems.
        let argument: UnsafeMutableRawPointer? = unsafe given
        if let argument = unsafe argument {
          unsafe Unmanaged<WorkDesk>.fromOpaque(argument).takeRetainedValue().help()
        }
        return nil
      }, argument.toOpaque())
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    let started: pthread_t? = thread
    guard code == 0, let started else {
      unsafe argument.release()
      return nil
    }
    self.thread = started
  }

  /// Waits for its end.
  func join() {
    pthread_join(thread, nil)
  }
}
