import ArgumentParser
import TLSCrypto

/// `tls vectors record`.
struct RecordVectors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record vectors anew, as their heads say.",
    discussion: """
      Starts the peer's program that the head names, has the conversation that the head describes, and \
      writes what happened into the file, behind the head. A file with nothing but a head becomes a \
      vector. What was recorded is replayed before it is written, and a file whose recording fails \
      stays as it is. Record only heads that you trust: they start programs with arguments of theirs.
      """)

  @OptionGroup var files: VectorFiles

  @Flag(help: "Have tshark read each recording with its key log, and compare the data it finds.")
  var checkWithTshark = false

  @Flag(help: "Record only files that have nothing but a head.")
  var missing = false

  func run() throws {
    Process.ignoreBrokenPipes()
    try Failure.reporting {
      var (failures, unread) = (0, 0)
      let paths = try files.files()
      for path in paths where try !record(path, &unread) { failures += 1 }
      if unread > 0 { Output.line("\(unread) connections have suites that tshark does not know") }
      Output.line("\(paths.count - failures) recorded or in place, \(failures) failed")
      guard failures == 0 else {
        throw Failure(.handshake, "\(failures) vectors were not recorded")
      }
    }
  }

  /// - Parameter unread: counts the connections that tshark could not read.
  /// - Returns: whether it went well.
  private func record(_ path: String, _ unread: inout Int) throws -> Bool {
    let places = try VectorPlaces.around(path)
    do {
      let (head, isRecorded) = try VectorParser.readHead(try Files.read(path))
      if missing, isRecorded { return true }
      let vector = try Recorder.record(head, places)
      if checkWithTshark { unread += try Tshark.check(vector) }
      let text = [UInt8](VectorWriter.text(of: vector).utf8)
      try Files.put(text.rawSpan, to: path, for: .everybody, replacing: true)
      return true
    } catch {
      Output.line("\(path.printable): not recorded")
      for line in "\(Failure.words(error))".split(separator: "\n") { Output.line("  \(line)") }
      return false
    }
  }
}

extension Failure {
  /// What an error says, on as many lines as it has.
  static func words(_ error: any Error) -> String {
    switch error {
    case let difference as VectorDifference: difference.description
    case let error as VectorError: error.description
    default: Failure(error).sentence
    }
  }
}
