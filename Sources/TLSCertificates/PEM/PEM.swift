/// The text form of DER (RFC 7468): base64 between a `BEGIN` and an `END` line.
public enum PEM {
  /// One block of a text.
  public struct Document: Sendable, Hashable {
    /// What stands behind `BEGIN`, such as `CERTIFICATE`.
    public let label: String
    /// What was encoded.
    public let contents: [UInt8]

    /// A block of this label.
    public init(label: String, contents: [UInt8]) {
      self.label = label
      self.contents = contents
    }
  }

  /// All the blocks of a text. What stands between them is a comment.
  ///
  /// - Throws: ``PEMError`` that says in which line a block is malformed.
  public static func documents(in text: [UInt8]) throws(PEMError) -> [Document] {
    var scanner = PEMScanner(text)
    var documents: [Document] = []
    while let document = try scanner.next() { documents.append(document) }
    return documents
  }

  /// A block with lines of 64 characters.
  public static func encode(_ document: Document) -> String {
    var text = "-----BEGIN \(document.label)-----\n"
    let characters = Base64.encode(document.contents)
    for start in stride(from: 0, to: characters.count, by: 64) {
      let line = characters[start..<min(start + 64, characters.count)]
      text += String(decoding: line, as: UTF8.self) + "\n"
    }
    return text + "-----END \(document.label)-----\n"
  }
}

/// What is wrong with a PEM text.
public struct PEMError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, counted from 1.
  public let line: Int
  /// What is wrong there.
  public let problem: String

  /// The line and what is wrong there.
  public var description: String { "PEM text, line \(line): \(problem)" }
}
