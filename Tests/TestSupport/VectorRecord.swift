/// One record of a file of vectors: named bytes, and the words of the section they stand in.
package struct VectorRecord: Sendable, CustomStringConvertible {
  /// The file's path in the package.
  package let file: String

  /// The line of the record's first field, counted from 1.
  package let line: Int

  /// The words of the section's header; none before the first header.
  package let section: [String]

  package let fields: [String: [UInt8]]

  /// The bytes of a field.
  ///
  /// - Throws: ``VectorError`` if the record has no such field.
  package func bytes(_ name: String) throws(VectorError) -> [UInt8] {
    guard let bytes = fields[name] else {
      throw VectorError(file: file, line: line, message: "the record has no \"\(name)\"")
    }
    return bytes
  }

  /// The big-endian integer of a field.
  ///
  /// - Throws: ``VectorError`` if the record has no such field, or the integer is too large.
  package func integer(_ name: String) throws(VectorError) -> Int {
    let bytes = try bytes(name)
    guard bytes.count < 8 else {
      throw VectorError(file: file, line: line, message: "\"\(name)\" is too large")
    }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// What the section says with its word at this place.
  ///
  /// - Parameter meanings: what each word that can stand there means.
  /// - Throws: ``VectorError`` if it says nothing, or something that the test does not know.
  package func meaning<Meaning>(
    ofWord index: Int, _ meanings: [String: Meaning]
  ) throws(VectorError) -> Meaning {
    guard section.indices.contains(index), let meaning = meanings[section[index]] else {
      throw VectorError(
        file: file, line: line,
        message: "the section [\(section.joined(separator: " "))] does not say one of "
          + meanings.keys.sorted().joined(separator: ", "))
    }
    return meaning
  }

  /// The record's place and section, so that a failure can be looked up.
  package var description: String {
    "\(file):\(line)" + (section.isEmpty ? "" : " [\(section.joined(separator: " "))]")
  }
}

/// What is wrong with a file of vectors, and where.
package struct VectorError: Error, Equatable, CustomStringConvertible {
  /// The file's path in the package.
  package let file: String

  /// The line, counted from 1; 0 if it is the file itself.
  package let line: Int

  /// What is wrong.
  package let message: String

  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// The file, the line and what is wrong.
  package var description: String { "\(file)\(line > 0 ? ":\(line)" : ""): \(message)" }
}
