import Foundation

/// A program of somebody else's that talks TLS, started for one test.
final class Peer {
  /// A program that is not there: the test fails and says what to install.
  struct Missing: Error, CustomStringConvertible {
    let program: String
    let package: String

    var description: String {
      "\(program) is missing; install it with: apt-get install \(package)"
    }
  }

  /// A program that did not do what it was started for.
  struct Silent: Error, CustomStringConvertible {
    let program: String
    let output: String

    var description: String { "\(program) did not come up; it said: \(output)" }
  }

  /// For how many seconds a program is waited for. Only a failure takes that long, and a machine with
  /// much to do is slow.
  static let patience = 60.0

  private let process = Process()
  private let input = Pipe()
  private let outputFile: URL
  private let name: String

  /// Starts a program; its output, both kinds, is kept for ``output``.
  convenience init(
    _ program: String, package: String, _ arguments: [String], in directory: URL
  ) throws {
    let paths = ["/usr/bin/", "/usr/sbin/", "/bin/", "/usr/local/bin/"].map { $0 + program }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
      throw Missing(program: program, package: package)
    }
    try self.init(URL(fileURLWithPath: path), arguments, in: directory)
  }

  /// Starts our own command, which is built beside the tests.
  static func tls(_ arguments: [String], in directory: URL) throws -> Peer {
    try built("tls", arguments, in: directory)
  }

  /// Starts a program of ours, which is built beside the tests.
  static func built(_ program: String, _ arguments: [String], in directory: URL) throws -> Peer {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let command = tests.deletingLastPathComponent().appendingPathComponent(program)
    guard FileManager.default.isExecutableFile(atPath: command.path) else {
      throw Silent(program: program, output: "it is not beside \(tests.path); run swift build")
    }
    return try Peer(command, arguments, in: directory)
  }

  private init(_ executable: URL, _ arguments: [String], in directory: URL) throws {
    let program = executable.lastPathComponent
    name = program
    outputFile = directory.appendingPathComponent("\(program)-\(UUID().uuidString).out")
    _ = FileManager.default.createFile(atPath: outputFile.path, contents: nil)
    let handle = try FileHandle(forWritingTo: outputFile)
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = Self.environment
    process.standardInput = input
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
  }

  /// What a developer has set for the same programs may not change what is tested.
  private static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !name.hasPrefix("SSL_CERT_") && !name.hasPrefix("CURL_") && name != "OPENSSL_CONF"
      && !name.lowercased().hasSuffix("_proxy")
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: outputFile)
  }

  /// Ends the program, if it has not ended by itself; some peers do not heed a request to.
  func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    _ = try? waitForExit()
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { process.isRunning }

  /// Waits until it has ended by itself, and gives its exit status.
  func waitForExit(seconds: Double = Peer.patience) throws -> Int32 {
    let end = Date().addingTimeInterval(seconds)
    while process.isRunning {
      guard Date() < end else { throw Silent(program: name, output: output) }
      usleep(5_000)
    }
    return process.terminationStatus
  }

  /// Waits until something accepts connections on the port, and gives the first.
  func connect(toPort port: UInt16) throws -> Socket {
    let end = Date() + Self.patience
    while Date() < end {
      if let socket = try? Socket.connect(toPort: port) { return socket }
      guard process.isRunning else { break }
      usleep(5_000)
    }
    throw Silent(program: name, output: output)
  }

  /// Everything it has printed so far, as bytes.
  var outputBytes: [UInt8] {
    [UInt8]((try? Data(contentsOf: outputFile)) ?? Data())
  }

  /// Everything it has printed so far, as text.
  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  /// Waits until it has printed something that contains `text`.
  func waitForOutput(_ text: String) throws {
    let end = Date() + Self.patience
    while Date() < end {
      // What it said before it ended counts too.
      let hasEnded = !process.isRunning
      if output.contains(text) { return }
      if hasEnded { break }
      usleep(5_000)
    }
    throw Silent(program: name, output: output)
  }

  /// Waits until `tls serve` says where it listens, and gives the port.
  func waitForListening() throws -> UInt16 {
    let start = "listening on 127.0.0.1:"
    try waitForOutput(start)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let line = lines.first { $0.hasPrefix(start) }
    guard let port = line.flatMap({ UInt16($0.dropFirst(start.count)) }) else {
      throw Silent(program: name, output: output)
    }
    return port
  }

  /// Waits until it has printed so many bytes.
  func waitForOutput(byteCount: Int) throws -> [UInt8] {
    let end = Date() + Self.patience
    while Date() < end {
      let attributes = try FileManager.default.attributesOfItem(atPath: outputFile.path)
      if let size = attributes[.size] as? Int, size >= byteCount { return outputBytes }
      usleep(10_000)
    }
    throw Silent(program: name, output: "only \(outputBytes.count) bytes of \(byteCount)")
  }

  /// Types into it, in the background; its standard input stays open.
  func type(_ bytes: [UInt8]) {
    let handle = input.fileHandleForWriting
    Thread.detachNewThread { try? handle.write(contentsOf: Data(bytes)) }
  }

  /// Types all of it, no more than fits into a pipe, and ends its standard input.
  func feed(_ bytes: [UInt8]) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    endInput()
  }

  /// Ends its standard input.
  func endInput() {
    try? input.fileHandleForWriting.close()
  }
}

/// A port of 127.0.0.1 that was free a moment ago.
func freePort() throws -> UInt16 {
  try Socket.listen().port
}
