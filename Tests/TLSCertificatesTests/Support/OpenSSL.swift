import Foundation

/// The `openssl` command.
enum OpenSSL {
  /// Runs it to its end.
  static func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program(name: "openssl", package: "openssl").run(arguments)
  }
}

/// GnuTLS's `certtool` command.
enum Certtool {
  /// Runs it to its end.
  static func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program(name: "certtool", package: "gnutls-bin").run(arguments)
  }
}

/// A command of another project.
struct Program {
  let name: String
  /// Debian's package of it.
  let package: String

  /// It is not installed, or cannot be started.
  struct Missing: Error, CustomStringConvertible {
    let program: Program

    var description: String {
      "\(program.name) is not installed: apt-get install \(program.package)"
    }
  }

  /// What a run of it ended with.
  struct Outcome {
    let status: Int32
    let output: String
  }

  /// Runs it to its end.
  ///
  /// Foundation's `Process` notices an end by a descriptor that processes of other tests inherit,
  /// and would wait for those too. So would whoever read a pipe: the output goes to a file.
  func run(_ arguments: [String]) throws -> Outcome {
    let directory = try TemporaryDirectory()
    let output = try directory.write("output", "")
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words = unsafe ([name] + arguments).map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    var process: pid_t = 0
    guard unsafe posix_spawnp(&process, name, &actions, nil, &words, environ) == 0 else {
      throw Missing(program: self)
    }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let text = try Data(contentsOf: URL(fileURLWithPath: output))
    return Outcome(status: status, output: String(decoding: text, as: UTF8.self))
  }
}
