import TestSupport

@testable import tls

/// The recorded connections of `Vectors`.
enum Corpus {
  static let places = VectorPlaces(root: Repository.path("Vectors"))

  /// The paths of all of them, below `Vectors`.
  static let names: [String] = {
    let files = try? VectorFiles.files([places.root])
    return (files ?? []).map { String($0.dropFirst(places.root.utf8.count + 1)) }
  }()

  /// Those that are replayed: all of them in release, and every sixth in debug, where it takes a minute.
  static let replayed: [String] = {
    #if DEBUG
      names.enumerated().filter { $0.offset.isMultiple(of: 6) }.map(\.element)
    #else
      names
    #endif
  }()

  /// Those of a folder.
  static func names(in folder: String) -> [String] {
    names.filter { $0.hasPrefix("\(folder)/") }
  }

  static func contents(of name: String) throws -> [UInt8] {
    try Files.read("\(places.root)/\(name)")
  }

  /// What a file holds, read and not replayed.
  static func vector(_ name: String) throws -> Vector {
    try VectorParser.read(try contents(of: name))
  }

  /// What the lines `name = value` of all files say, each with the role of the file.
  static let facts: Set<Fact> = {
    var facts: Set<Fact> = []
    for name in names {
      guard let bytes = try? contents(of: name) else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      let isClient = lines.contains("role = client")
      for line in lines {
        guard let (name, value) = VectorFormat.field(String(line)) else { continue }
        facts.insert(Fact(name: name, value: value, isClient: isClient))
      }
    }
    return facts
  }()

  /// A line of a vector.
  struct Fact: Hashable {
    let name: String
    let value: String
    let isClient: Bool
  }

  /// Whether a vector of our client, or of our server, has this line.
  static func has(_ name: String, _ value: String, client isClient: Bool) -> Bool {
    facts.contains(Fact(name: name, value: value, isClient: isClient))
  }
}
