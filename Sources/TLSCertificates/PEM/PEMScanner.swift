import TLSCrypto

/// Goes through a text line by line and finds its PEM blocks.
struct PEMScanner {
  private let text: [UInt8]
  private var position = 0
  private var line = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// The next line without its end, or `nil` after the last.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < text.count else { return nil }
    line += 1
    let rest = text[position...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    position = end + 1
    var content = text[rest.startIndex..<end]
    while let last = content.last, last == 0x0d || last == 0x20 || last == 0x09 {
      content.removeLast()
    }
    return content
  }

  /// The next block, or `nil` if there is none left.
  mutating func next() throws(PEMError) -> PEM.Document? {
    while let content = nextLine() {
      guard let label = Self.label(content, "-----BEGIN ") else { continue }
      return try block(label)
    }
    return nil
  }

  private mutating func block(_ label: String) throws(PEMError) -> PEM.Document {
    let first = line
    var decoder = Base64.Decoder()
    while let content = nextLine() {
      if let end = Self.label(content, "-----END ") {
        guard end == label else {
          throw PEMError(line: line, problem: "\(end.quoted) ends what begins as \(label.quoted)")
        }
        guard let contents = decoder.finish() else {
          throw PEMError(line: line, problem: "the base64 before it is incomplete")
        }
        return PEM.Document(label: label, contents: contents)
      }
      // RFC 1421 headers stand before the data, as in keys that OpenSSL encrypted long ago.
      if content.contains(UInt8(ascii: ":")) {
        throw PEMError(
          line: line,
          problem: content.starts(with: "Proc-Type: 4,ENCRYPTED".utf8)
            ? "the block is encrypted" : "headers inside of a block are not supported")
      }
      guard decoder.append(content) else {
        throw PEMError(line: line, problem: "this is not base64")
      }
    }
    throw PEMError(line: first, problem: "\(label.quoted) begins here and never ends")
  }

  /// The label of a line such as `-----BEGIN CERTIFICATE-----`.
  private static func label(_ line: ArraySlice<UInt8>, _ prefix: String) -> String? {
    guard line.starts(with: prefix.utf8), line.count >= prefix.utf8.count + 5,
      line.suffix(5).allSatisfy({ $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(decoding: line.dropFirst(prefix.utf8.count).dropLast(5), as: UTF8.self)
  }
}
