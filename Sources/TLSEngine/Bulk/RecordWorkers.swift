import TLSCrypto

/// Threads that help connections with large writes and reads.
///
/// Made once, and shared by as many connections as like, at the same time too. A call that finds no thread
/// free does not wait for one: it does the work alone, with the same result.
///
/// ```swift
/// let workers = RecordWorkers(count: 2)
/// let sealed = try connection.seal(file.rawSpan, into: &output, with: workers)
/// ```
///
/// The threads sleep when there is nothing to do, and end when the last reference to the object goes. They
/// take no signals. A child process that was forked has none of them, and must not let go of the object.
public final class RecordWorkers: Sendable {
  /// How many threads work on one call: the caller's own, and those that help.
  public var count: Int { threads.count }

  /// What is shorter than so many bytes, the caller's thread does alone: to wake another would take
  /// longer.
  public let minimumByteCount: Int

  let threads: WorkerThreads

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - count: how many threads work on one call, the caller's own among them: no more than there are
  ///     cores to spare. A thread that has to share its core keeps the others waiting in the end. Where
  ///     the system refuses a thread there are fewer, and with one there is nobody to help.
  ///   - minimumByteCount: what is shorter, the caller's thread does alone; 256 KiB unless said otherwise.
  public init(count: Int, minimumByteCount: Int = 262_144) {
    threads = WorkerThreads(count: count)
    self.minimumByteCount = minimumByteCount
  }

  /// Whether so much is enough to have somebody help with it, and there is anybody.
  func isEnough(_ byteCount: Int) -> Bool { count > 1 && byteCount >= minimumByteCount }
}
