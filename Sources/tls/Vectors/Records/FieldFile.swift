/// A file in the simple text format of `Vectors/primitives/README.md`: sections in brackets, and records
/// of lines `name = hexadecimal`, with an empty line behind each.
struct FieldFile: Sendable {
  /// One record.
  struct Record: Sendable {
    /// The words of the section's header.
    let section: [String]

    /// The line that it begins on.
    let line: Int
    fileprivate(set) var fields: [String: [UInt8]] = [:]

    /// - Throws: ``VectorError`` if it has no such field.
    func bytes(_ name: String) throws(VectorError) -> [UInt8] {
      guard let bytes = fields[name] else { throw VectorError(line: line, "there is no \(name)") }
      return bytes
    }
  }

  private(set) var records: [Record] = []

  /// Reads what a file holds, whose last line has to be its digest.
  init(_ bytes: [UInt8]) throws(VectorError) {
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let end = lines.popLast()
    let last = lines.popLast() ?? ""
    let before = [UInt8]((lines.joined(separator: "\n") + "\n").utf8)
    guard end == "", last == "# " + VectorFormat.digestLine(of: before) else {
      throw VectorError(
        line: lines.count + 1, "the digest of the file is # \(VectorFormat.digestLine(of: before))")
    }
    var section: [String] = []
    var current: Record?
    for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
      if line.isEmpty || line.hasPrefix("[") {
        if let current { records.append(current) }
        current = nil
        if !line.isEmpty { section = VectorFormat.words(String(line.dropFirst().dropLast())) }
        continue
      }
      var record = current ?? Record(section: section, line: index + 1)
      let (name, value) = try Self.field(line, index + 1)
      guard record.fields.updateValue(value, forKey: name) == nil else {
        throw VectorError(line: index + 1, "\(name) is there already")
      }
      current = record
    }
    if let current { records.append(current) }
    guard !records.isEmpty else { throw VectorError(line: 1, "there are no records") }
  }

  private static func field(
    _ line: Substring, _ number: Int
  ) throws(VectorError) -> (name: String, value: [UInt8]) {
    guard let (name, digits) = VectorFormat.field(String(line)),
      let value = Hexadecimal.bytes(of: digits.utf8)
    else { throw VectorError(line: number, "a line is NAME = HEXADECIMAL, not \(line)") }
    return (name, value)
  }
}
