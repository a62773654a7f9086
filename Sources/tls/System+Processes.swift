// All that is unsafe about the programs that the command starts.

import Glibc
import TLSCrypto

/// A program that runs beside the command, in a process group of its own. What it writes goes to a file.
final class ChildProcess: Sendable {
  private let identifier: pid_t
  private let input: Descriptor

  /// The file that its output goes to.
  private let log: String

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: the program, or a script that says by its first line how it is run.
  ///   - environment: what it finds in its environment besides the path of programs; nothing else of
  ///     ours, which may change what it does.
  ///   - folder: the folder that it works in.
  ///   - log: the file for its output, standard error among it.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], folder: String,
    log: String
  ) throws {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw SystemError("cannot make a pipe", isOfNetwork: false)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A program that does not read is an error, and not waited for.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let reading = Descriptor(owning: ends[0], "a pipe")
    input = Descriptor(owning: ends[1], "the program's standard input")
    self.log = log
    identifier = try Self.spawn(
      ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder, path] + arguments,
      Self.environment(with: environment),
      input: reading.number, log)
  }

  deinit {
    end()
  }

  private static func environment(with more: [String: String]) -> [String] {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) }
    let all = ["PATH": path ?? "/usr/bin:/bin", "LC_ALL": "C"].merging(more) { $1 }
    return all.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], input: Int32, _ log: String
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The program gets its broken pipes back, and a group that ends as a whole.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var identifier: pid_t = 0
    let argumentPointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
    let pointers = unsafe argumentPointers + environmentPointers
    defer {
      for index in unsafe pointers.indices { unsafe free(pointers[index]) }
    }
    let code = unsafe posix_spawn(
      &identifier, arguments[0], &actions, &attributes, argumentPointers, environmentPointers)
    guard code == 0 else {
      throw SystemError("cannot run \(arguments[0])", code: code, isOfNetwork: false)
    }
    return identifier
  }

  /// What it has written so far.
  var output: String {
    String(decoding: (try? Files.read(log)) ?? [], as: UTF8.self)
  }

  /// Writes to its standard input.
  func type(_ bytes: [UInt8]) throws {
    try input.write(bytes)
  }

  /// What it ended with, once it has ended; `nil` before, and if a signal ended it.
  var exitStatus: Int32? {
    var information = unsafe siginfo_t()
    let code = unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT)
    // CLD_EXITED is 1.
    guard code == 0, unsafe information._sifields._sigchld.si_pid != 0,
      unsafe information.si_code == 1
    else { return nil }
    return unsafe information._sifields._sigchld.si_status
  }

  /// Whether it has ended by itself.
  var hasEnded: Bool {
    var information = unsafe siginfo_t()
    let code = unsafe waitid(
      P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT)
    return unsafe code != 0 || information._sifields._sigchld.si_pid != 0
  }

  /// Waits until it has ended, or so much time has passed.
  ///
  /// - Returns: whether it has ended.
  func wait(milliseconds: Int) -> Bool {
    for _ in 0..<milliseconds / 5 {
      if hasEnded { return true }
      usleep(5_000)
    }
    return hasEnded
  }

  /// Ends it and all that it has started: politely first.
  private func end() {
    if !hasEnded {
      _ = kill(-identifier, SIGTERM)
      _ = wait(milliseconds: 1_000)
    }
    _ = kill(-identifier, SIGKILL)
    _ = waitpid(identifier, nil, 0)
  }
}

/// A folder for files of the moment, which goes with all that is in it.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    var template = [CChar]("/tmp/tls-vector-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else {
      throw SystemError("cannot make a folder in /tmp", isOfNetwork: false)
    }
    path = unsafe String(cString: made)
  }

  deinit {
    Self.remove(path)
  }

  /// Removes a folder with all that is in it, links themselves and not what they lead to.
  private static func remove(_ folder: String) {
    for name in (try? Files.names(in: folder, hidden: true)) ?? [] {
      let path = "\(folder)/\(name)"
      if unsafe unlink(path) != 0 { remove(path) }
    }
    _ = unsafe rmdir(folder)
  }
}

extension Files {
  /// A path from the root on, without links in it.
  static func absolute(_ path: String) throws -> String {
    guard let found = unsafe realpath(path, nil) else {
      throw Failure(.usage, "\(SystemError("cannot find \(path)", isOfNetwork: false))")
    }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// The names of what is in a folder, in order.
  static func names(in folder: String, hidden: Bool = false) throws -> [String] {
    guard let stream = unsafe opendir(folder) else {
      throw Failure(.usage, "\(SystemError("cannot read \(folder)", isOfNetwork: false))")
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard hidden ? name != "." && name != ".." : !name.hasPrefix(".") else { continue }
      names.append(name)
    }
    return names.sorted()
  }
}
