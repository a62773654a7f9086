import Glibc

/// What the rest of the process must know of the system.
enum Process {
  /// A peer that is gone is an error of the write, and does not end the process.
  static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
