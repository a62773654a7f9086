extension [UInt8] {
  /// The bytes that pairs of hexadecimal digits say, or `nil` if the text is anything else.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = text.utf8.map(Self.digit)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    self = bytes
  }

  /// The bytes in lowercase hexadecimal.
  package var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Bytes written in a test as hexadecimal digits: spaces between them are for the reader.
///
/// - Throws: ``HexadecimalError`` if there is anything else in the text.
package func hex(_ text: String) throws(HexadecimalError) -> [UInt8] {
  let digits = text.filter { $0 != " " && $0 != "\n" }
  guard let bytes = [UInt8](hexadecimal: digits) else { throw HexadecimalError(text: text) }
  return bytes
}

/// A text in a test that is not hexadecimal.
package struct HexadecimalError: Error, CustomStringConvertible {
  /// What was written.
  package let text: String

  /// What is wrong with it.
  package var description: String { "not pairs of hexadecimal digits: \"\(text)\"" }
}
