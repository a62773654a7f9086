import TLSCrypto

/// Goes through a text line by line and finds its PEM blocks. After an error it goes on behind what
/// is malformed.
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
    let start = position
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
    position = end + 1
    while end > start, Self.isSpace(text[end - 1]) { end -= 1 }
    return text[start..<end]
  }

  private static func isSpace(_ character: UInt8) -> Bool {
    character == 0x0d || character == 0x20 || character == 0x09
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
    // Base64 has no hyphens: the first is in the line that ends the block.
    var next = position
    while next < text.count, text[next] != UInt8(ascii: "-") { next += 1 }
    var decoder = Base64.Decoder(reservingFor: max(0, next - position))
    while true {
      let start = position
      guard let content = nextLine() else { break }
      if let end = Self.label(content, "-----END ") {
        guard end == label else {
          throw PEMError(line: line, problem: "\(end.quoted) ends what begins as \(label.quoted)")
        }
        guard let contents = decoder.finish() else {
          throw PEMError(line: line, problem: "the base64 before it is incomplete")
        }
        return PEM.Document(label: label, contents: contents)
      }
      // Who goes on after the error finds the block that begins here.
      if Self.label(content, "-----BEGIN ") != nil {
        defer {
          position = start
          line -= 1
        }
        throw PEMError(line: line, problem: "this is not base64")
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
    guard line.first == UInt8(ascii: "-"), line.starts(with: prefix.utf8),
      line.count >= prefix.utf8.count + 5,
      line.suffix(5).allSatisfy({ $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(decoding: line.dropFirst(prefix.utf8.count).dropLast(5), as: UTF8.self)
  }
}
