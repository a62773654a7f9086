import Foundation
import TestSupport

/// The folder `Vectors/chains`.
enum ChainFolder {
  static let path = Repository.path("Vectors/chains")

  /// The cases that lie there, such as `dates/leaf-expired`, in order.
  static let cases: [String] = {
    let paths = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }()

  /// The text of a case.
  static func text(_ name: String) throws -> String {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name).txt"))
    return String(decoding: data, as: UTF8.self)
  }

  static func read(_ name: String) throws -> ChainCase {
    try ChainFile.read(try text(name), path: name)
  }

  /// Whether the files are to be written anew (`WRITE_VECTORS=1`).
  static var isToBeWritten: Bool { ProcessInfo.processInfo.environment["WRITE_VECTORS"] == "1" }

  /// Writes all the cases, and removes what else lies there.
  static func write(_ cases: [ChainCase]) throws {
    let manager = FileManager.default
    for name in Self.cases { try manager.removeItem(atPath: "\(path)/\(name).txt") }
    for one in cases {
      let file = URL(fileURLWithPath: "\(path)/\(one.path).txt")
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(ChainFile.text(one).utf8).write(to: file)
    }
  }
}
