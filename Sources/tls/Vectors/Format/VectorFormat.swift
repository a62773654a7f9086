/// The forms that the parts of a vector's file have in common.
enum VectorFormat {
  /// The version of the format.
  static let version = "1"

  /// How much data our side sends in a vector at most: a vector may come from anywhere.
  static let maximumDataByteCount = 1 << 22

  /// How many bytes stand on a line at most.
  static let bytesInLine = 32

  /// The name and the value of `name = value`.
  static func field(_ line: String) -> (name: String, value: String)? {
    let name = line.prefix { $0 != " " }
    let rest = line.dropFirst(name.count)
    guard !name.isEmpty, rest == " =" || rest.hasPrefix(" = ") else { return nil }
    return (String(name), String(rest.dropFirst(3)))
  }

  /// The words of a line, between spaces.
  static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}

/// What is wrong with a vector's file as a file.
struct VectorError: Error, CustomStringConvertible {
  /// The line, from 1 on.
  let line: Int
  let problem: String

  init(line: Int, _ problem: String) {
    self.line = line
    self.problem = problem.printable
  }

  var description: String { "line \(line): \(problem)" }
}
