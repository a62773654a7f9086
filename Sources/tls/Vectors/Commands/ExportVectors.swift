import ArgumentParser

/// `tls vectors export`.
struct ExportVectors: ParsableCommand {
  /// What a vector is written as.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case json
    case pcapng
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write vectors in a form for other programs.",
    discussion: """
      json is one object a vector, each on a line of its own: all that the text has, for programs in \
      other languages. pcapng is a capture of one vector that Wireshark and tshark open, with the key \
      log inside.
      """)

  @OptionGroup var files: VectorFiles

  @Option(help: "The form: json, or pcapng of a single vector.")
  var form = Form.json

  @Option(help: ArgumentHelp("The file to write, instead of standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    try Failure.reporting {
      let vectors = try files.files().map { path in (path, try Self.vector(path)) }
      let bytes: [UInt8]
      switch form {
      case .json:
        bytes = vectors.flatMap { path, vector in
          [UInt8]("\(VectorJSON(vector, path: path).json)\n".utf8)
        }
      case .pcapng:
        guard vectors.count == 1 else {
          throw Failure(.usage, "a capture is of one vector, not of \(vectors.count)")
        }
        bytes = Capture.bytes(of: vectors[0].1)
      }
      guard let output else { return try Output.bytes(bytes) }
      try Files.write(bytes, to: output)
    }
  }

  private static func vector(_ path: String) throws -> Vector {
    do {
      return try VectorParser.read(try Files.read(path))
    } catch let error as VectorError {
      throw Failure(.usage, "\(path): \(error)")
    }
  }
}
