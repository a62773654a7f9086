import Foundation

/// The `openssl` command.
enum OpenSSL {
  /// It is not installed.
  struct Missing: Error, CustomStringConvertible {
    var description: String { "openssl is not installed: apt-get install openssl" }
  }

  /// What a run of it ended with.
  struct Outcome {
    let status: Int32
    let output: String
  }

  static func run(_ arguments: [String]) throws -> Outcome {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(
      separator: ":")
    let paths = directories.map { "\($0)/openssl" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw Missing()
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    // A file and not a pipe: a process that another test starts meanwhile would hold the pipe open.
    let directory = try TemporaryDirectory()
    let output = URL(fileURLWithPath: try directory.write("output", ""))
    let writer = try FileHandle(forWritingTo: output)
    process.standardOutput = writer
    process.standardError = writer
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try writer.close()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self))
  }
}
