/// The file of a certificate and that of its key.
struct FilePair {
  let certificate: String
  let key: String

  /// From `CERT.pem,KEY.pem`.
  init(_ argument: String, _ what: String) throws {
    let paths = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard paths.count == 2, !paths[0].isEmpty, !paths[1].isEmpty else {
      throw Failure(.usage, "\(what) is CERT.pem,KEY.pem, not \(argument)")
    }
    guard !FilePlace(paths[0]).isSame(as: FilePlace(paths[1])) else {
      throw Failure(.usage, "\(what) is two files, and \(argument) is one")
    }
    (certificate, key) = (paths[0], paths[1])
  }

  /// `NAME.pem` and `NAME.key` in a directory, or in the current one if that is empty.
  init(_ name: String, in directory: String) {
    let start = directory.isEmpty || directory.hasSuffix("/") ? directory : directory + "/"
    (certificate, key) = ("\(start)\(name).pem", "\(start)\(name).key")
  }

  var paths: [String] { [certificate, key] }

  /// The path that leads to a file of another pair, if one does.
  func path(sharedWith other: FilePair) -> String? {
    let others = other.paths.map(FilePlace.init)
    return paths.first { path in
      let place = FilePlace(path)
      return others.contains { place.isSame(as: $0) }
    }
  }

  /// Whether both are there; one alone is an error.
  func exist() throws -> Bool {
    let found = (try Files.exists(certificate), try Files.exists(key))
    switch found {
    case (true, true): return true
    case (false, false): return false
    case (true, false): throw Failure(.usage, "\(certificate) is there, and its key \(key) is not")
    case (false, true): throw Failure(.usage, "\(key) is there, and \(certificate) is not")
    }
  }
}
