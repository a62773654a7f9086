import ArgumentParser
import Dispatch
import Synchronization
import TLSCrypto

/// `tls vectors replay`.
struct ReplayVectors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play vectors again, and compare every byte.",
    discussion: """
      A fresh engine gets what the file says that the peer sent, and has to send what the file says, \
      byte for byte. Then the bytes are read once more from outside, with the master secret alone. In \
      the end the whole file is written anew from what was seen, and has to be the same. The first \
      difference is shown in words. Files of Vectors/records are opened and sealed again.
      """)

  @OptionGroup var files: VectorFiles

  @Flag(
    help: ArgumentHelp(
      "Write files anew that say something else of the same bytes on the wire, as after a change of "
        + "our sentences or of the form."))
  var rewrite = false

  @Flag(help: "Name every vector.")
  var verbose = false

  func run() throws {
    try Failure.reporting {
      let paths = try files.files(withRecords: true)
      if rewrite {
        for path in paths where !VectorFiles.isOfRecords(path) { try Self.rewrite(path) }
      }
      let outcomes = Self.replay(paths)
      var kinds: [String: Int] = [:]
      var failures = 0
      for (path, outcome) in zip(paths, outcomes) {
        switch outcome {
        case .same(let kind, let count):
          kinds[kind, default: 0] += count
          if verbose { Output.line("\(path.printable): \(kind)") }
        case .different(let words):
          failures += 1
          Output.line("\(path.printable): different")
          for line in words.split(separator: "\n") { Output.line("  \(line)") }
        }
      }
      for (kind, count) in kinds.sorted(by: { $0.key < $1.key }) {
        Output.line("\(kind.padded(to: 32))\(count)")
      }
      Output.line("\(paths.count - failures) files replayed, \(failures) different")
      guard failures == 0 else { throw Failure(.handshake, "\(failures) files are different") }
    }
  }

  /// What came of a vector.
  enum Outcome: Sendable {
    case same(kind: String, count: Int)
    case different(String)
  }

  /// Replays files on all cores.
  static func replay(_ paths: [String]) -> [Outcome] {
    let outcomes = Mutex([Outcome?](repeating: nil, count: paths.count))
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let outcome = replay(paths[index])
      outcomes.withLock { $0[index] = outcome }
    }
    return outcomes.withLock { $0.compactMap { $0 } }
  }

  private static func replay(_ path: String) -> Outcome {
    do {
      let bytes = try Files.read(path)
      guard !VectorFiles.isOfRecords(path) else { return try replayRecords(bytes) }
      return replay(bytes, try VectorPlaces.around(path))
    } catch {
      return .different(Failure.words(error))
    }
  }

  /// Writes a file anew if what went over the wire replays, and only the text is another.
  private static func rewrite(_ path: String) throws {
    let bytes = try Files.read(path)
    guard let replay = try? VectorReplay(bytes, try VectorPlaces.around(path)),
      replay.differenceOnWire == nil
    else { return }
    let text = [UInt8](VectorWriter.text(of: replay.played).utf8)
    guard text != bytes else { return }
    try Files.put(text.rawSpan, to: path, for: .everybody, replacing: true)
    Output.line("\(path.printable): written anew")
  }

  private static func replayRecords(_ bytes: [UInt8]) throws -> Outcome {
    var count = 0
    if let difference = try RecordReplay.difference(bytes, count: &count) {
      return .different(difference.description)
    }
    return .same(kind: "records opened and sealed", count: count)
  }

  /// Replays what a file holds.
  static func replay(_ bytes: [UInt8], _ places: VectorPlaces) -> Outcome {
    do {
      let replay = try VectorReplay(bytes, places)
      if let difference = replay.difference(from: bytes) {
        return .different(difference.description)
      }
      return .same(kind: replay.vector.kind, count: 1)
    } catch {
      return .different(Failure.words(error))
    }
  }
}

extension Vector {
  /// What sort of vector it is.
  var kind: String {
    switch head.expectation {
    case nil where connections.count > 1: "\(head.role.rawValue): several connections"
    case nil: "\(head.role.rawValue): one connection"
    case let expectation?: "\(head.role.rawValue): \(expectation)"
    }
  }
}
