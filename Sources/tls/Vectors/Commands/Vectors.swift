import ArgumentParser

/// `tls vectors`.
struct Vectors: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record TLS connections, and play them again byte for byte.",
    discussion: """
      A vector is a text file that holds one recorded connection or several: what went over the wire, \
      what was in it, and all that made it so. Its head says how it is recorded again. \
      Vectors/README.md specifies the form.
      """,
    subcommands: [RecordVectors.self, ReplayVectors.self, ShowVector.self, ExportVectors.self])
}

/// The files that a command is about.
struct VectorFiles: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files of vectors, or folders with such files: of Vectors itself, handshakes and refusals.",
      valueName: "path"))
  var paths: [String] = ["Vectors"]

  /// The paths of all files, in order.
  ///
  /// - Parameter withRecords: whether those of `records` are among them.
  func files(withRecords: Bool = false) throws -> [String] {
    try Self.files(paths, withRecords: withRecords)
  }

  /// The paths of all files in some folders, in order.
  static func files(_ paths: [String], withRecords: Bool = false) throws -> [String] {
    let files = try paths.flatMap(Self.files).filter { withRecords || !Self.isOfRecords($0) }
    guard !files.isEmpty else {
      let what = withRecords ? "vectors" : "recorded connections"
      throw Failure(.usage, "there are no \(what) in \(paths.joined(separator: ", "))")
    }
    return files
  }

  private static func files(_ path: String) throws -> [String] {
    guard Descriptor.isDirectory(path) else {
      guard try Files.exists(path) else { throw Failure(.usage, "there is no \(path)") }
      return [path]
    }
    let parts = ["handshakes", "refusals", "records"].map { "\(path)/\($0)" }
    let folders = parts.filter(Descriptor.isDirectory)
    return try (folders.isEmpty ? [path] : folders).flatMap { try texts(in: $0) }
  }

  /// Whether a file is one of single records.
  static func isOfRecords(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().last == "records"
  }

  /// All texts in a folder and the folders in it, which are not deep: a link may lead back.
  private static func texts(in folder: String, depth: Int = 0) throws -> [String] {
    guard depth < 8 else { throw Failure(.usage, "\(folder) has too many folders above it") }
    return try Files.names(in: folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      if Descriptor.isDirectory(path) { return try texts(in: path, depth: depth + 1) }
      return name.hasSuffix(".txt") ? [path] : []
    }
  }
}
