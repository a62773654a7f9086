internal import TLSCrypto

/// A file of vectors, in the format that `Vectors/primitives/README.md` specifies.
package struct VectorFile: Sendable {
  /// The path in the package.
  package let path: String

  /// All the records, in the file's order.
  package private(set) var records: [VectorRecord] = []

  private var section: [String] = []
  private var fields: [String: [UInt8]] = [:]
  private var firstLine = 0

  /// Reads a file below the folder `Vectors`.
  ///
  /// - Throws: ``VectorError`` if there is no such file, or it is not in the format.
  package init(_ name: String) throws(VectorError) {
    try self.init(path: "Vectors/\(name)", contents: try Self.contents(of: name))
  }

  /// The bytes of a file below the folder `Vectors`.
  package static func contents(of name: String) throws(VectorError) -> [UInt8] {
    do {
      return try Platform.readFile(Repository.path("Vectors/\(name)"), limit: 1 << 24)
    } catch {
      throw VectorError(file: "Vectors/\(name)", line: 0, message: "\(error)")
    }
  }

  /// The names of the files in a folder of `Vectors`, such as `primitives/hmac.txt`, in order.
  package static func names(in folder: String) throws(VectorError) -> [String] {
    do {
      return try Platform.listDirectory(Repository.path("Vectors/\(folder)"))
        .filter { $0.hasSuffix(".txt") }.sorted().map { "\(folder)/\($0)" }
    } catch {
      throw VectorError(file: "Vectors/\(folder)", line: 0, message: "\(error)")
    }
  }

  /// Reads what a file would hold.
  ///
  /// - Throws: ``VectorError`` if that is not in the format, or the digest in its last line is not its own.
  package init(path: String, contents: [UInt8]) throws(VectorError) {
    self.path = path
    if let last = contents.last, last != UInt8(ascii: "\n") {
      throw VectorError(file: path, line: 0, message: "the last line does not end")
    }
    let lines = contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard line.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
        throw VectorError(file: path, line: index + 1, message: "a character is not ASCII")
      }
      try read(String(decoding: line, as: UTF8.self), at: index + 1)
    }
    endRecord()
    try VectorDigest.check(contents, of: path)
  }

  /// The records whose section begins with these words.
  package func records(in words: String...) -> [VectorRecord] {
    records.filter { $0.section.starts(with: words) }
  }

  /// How many records each section has, by its words with spaces between them.
  package var counts: [String: Int] {
    records.reduce(into: [:]) { $0[$1.section.joined(separator: " "), default: 0] += 1 }
  }

  private mutating func read(_ line: String, at number: Int) throws(VectorError) {
    switch line.first {
    case "#": return
    case nil: endRecord()
    case "[":
      endRecord()
      section = try words(line, number)
    default:
      let (name, value) = try field(line, number)
      if fields.isEmpty { firstLine = number }
      guard fields.updateValue(value, forKey: name) == nil else {
        throw VectorError(file: path, line: number, message: "\"\(name)\" is there already")
      }
    }
  }

  private mutating func endRecord() {
    guard !fields.isEmpty else { return }
    records.append(VectorRecord(file: path, line: firstLine, section: section, fields: fields))
    fields = [:]
  }

  private func words(_ line: String, _ number: Int) throws(VectorError) -> [String] {
    let words = line.dropFirst().dropLast().split(separator: " ", omittingEmptySubsequences: false)
    guard line.last == "]", line.count > 2,
      words.allSatisfy({ !$0.isEmpty && !$0.contains("[") && !$0.contains("]") })
    else {
      throw VectorError(file: path, line: number, message: "not a section header: \(line)")
    }
    return words.map(String.init)
  }

  private func field(
    _ line: String, _ number: Int
  ) throws(VectorError) -> (name: String, value: [UInt8]) {
    let name = line.prefix { "abcdefghijklmnopqrstuvwxyz0123456789_".contains($0) }
    let rest = line.dropFirst(name.count)
    guard !name.isEmpty, rest.hasPrefix(" =") else {
      throw VectorError(
        file: path, line: number,
        message: "neither a comment, nor a section header, nor \"name = hexadecimal\": \(line)")
    }
    if rest == " =" { return (String(name), []) }
    let digits = rest.dropFirst(3)
    guard rest.hasPrefix(" = "), !digits.isEmpty, digits == digits.lowercased(),
      let value = [UInt8](hexadecimal: digits)
    else {
      throw VectorError(
        file: path, line: number,
        message: "\"\(name)\" is not an even number of lowercase hexadecimal digits")
    }
    return (String(name), value)
  }
}
