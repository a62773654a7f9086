/// What stands beside a field: one line of printable ASCII, whatever a peer sent.
enum FieldText {
  /// The longest text, in characters: a peer may choose names that are longer than anybody reads.
  private static let maximumCount = 400

  /// A number of bytes, in words.
  static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  /// The number that bytes stand for, the first of them the greatest. None has more than 7.
  static func number(_ bytes: [UInt8]) -> Int {
    bytes.prefix(7).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Text that a peer sent as bytes: those that are no printable ASCII as digits.
  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      switch byte {
      case 0x5c: text += "\\\\"
      case 0x20...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "\\x" + Hexadecimal.text([byte])
      }
    }
    return text
  }

  /// Any text as one line of printable ASCII, cut off where it is longer than anybody reads.
  static func line(_ text: String) -> String {
    var line = ""
    for scalar in text.printable.unicodeScalars {
      if scalar.isASCII {
        line.unicodeScalars.append(scalar)
      } else {
        line += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    guard line.utf8.count > maximumCount else { return line }
    return String(line.prefix(maximumCount)) + "..."
  }
}
