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
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }
}
