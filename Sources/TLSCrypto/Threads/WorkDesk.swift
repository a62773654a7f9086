internal import CGcrypt
import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where work lies for helpers to come to.
///
/// What changes here changes under the lock, but for the count that helpers look at before they sleep.
@safe
final class WorkDesk: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// Told when work comes, and when the desk closes.
  private let hasWork = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Told when the last helper has left a work.
  private let isDone = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private var works: [UnsafeMutablePointer<SharedWork>] = unsafe []
  private var isClosed = false

  /// How many works have been put here, ever.
  private let putCount = Atomic<Int>(0)

  /// How many helpers look at that count, and come without being woken.
  private let awakeCount = Atomic<Int>(0)

  init() {
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(hasWork, nil)
    unsafe pthread_cond_init(isDone, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(isDone)
    unsafe pthread_cond_destroy(hasWork)
    unsafe pthread_mutex_destroy(lock)
    unsafe isDone.deallocate()
    unsafe hasWork.deallocate()
    unsafe lock.deallocate()
  }

  // MARK: The giver

  /// Puts a work down, and wakes as many as can help with it.
  func put(_ work: UnsafeMutablePointer<SharedWork>) {
    let wanted = unsafe work.pointee.wantedHelperCount
    guard wanted > 0 else { return }
    locked { unsafe works.append(work) }
    putCount.add(1, ordering: .releasing)
    // To wake somebody costs the giver as much as half a record. Whoever is awake looks once more, under
    // the lock, before it sleeps.
    let awake = awakeCount.load(ordering: .relaxed)
    for _ in 0..<max(0, wanted - awake) { unsafe pthread_cond_signal(hasWork) }
  }

  /// Takes a work away: nobody joins it any more, and all who did have left when this returns.
  func takeBack(_ work: UnsafeMutablePointer<SharedWork>) {
    locked { unsafe works.removeAll { unsafe $0 == work } }
    // A helper is in the midst of its last part: that is sooner over than a sleep.
    Self.wait { unsafe work.pointee.isBusy }
    guard unsafe work.pointee.isBusy else { return }
    locked {
      while unsafe work.pointee.isBusy { unsafe pthread_cond_wait(isDone, lock) }
    }
  }

  /// Sends all helpers home.
  func close() {
    locked { isClosed = true }
    putCount.add(1, ordering: .releasing)
    unsafe pthread_cond_broadcast(hasWork)
  }

  // MARK: A helper

  /// A helper's whole life: until the desk closes.
  func help() {
    while let (work, worker) = unsafe next() {
      unsafe work.pointee.work(as: worker)
      guard unsafe work.pointee.leave() else { continue }
      // The lock, so that the giver is either before its look at the work, or waits already.
      locked { _ = unsafe pthread_cond_broadcast(isDone) }
    }
  }

  /// A work that wants a helper, and the number it gives to this one; `nil` when the desk is closed.
  private func next() -> (UnsafeMutablePointer<SharedWork>, Int)? {
    let seen = putCount.load(ordering: .acquiring)
    if let found = unsafe locked({ unsafe find() }) { return unsafe found }
    // Another work often follows at once, and to be woken takes longer than many a work.
    awakeCount.add(1, ordering: .relaxed)
    Self.wait { putCount.load(ordering: .relaxed) == seen }
    awakeCount.subtract(1, ordering: .relaxed)
    return unsafe locked {
      while !isClosed {
        if let found = unsafe find() { return unsafe found }
        unsafe pthread_cond_wait(hasWork, lock)
      }
      return nil
    }
  }

  private func find() -> (UnsafeMutablePointer<SharedWork>, Int)? {
    guard let work = unsafe works.first(where: { unsafe $0.pointee.wantsHelper }) else {
      return nil
    }
    return unsafe (work, work.pointee.join())
  }

  // MARK: Waiting

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return body()
  }

  /// Waits without sleep while something is so, for a while: about as long as it takes to sleep and be woken.
  private static func wait(while isSo: () -> Bool) {
    var patience = 500
    while patience > 0, isSo() {
      cgcrypt_pause()
      patience -= 1
    }
  }
}
