/// Standard output and standard error.
enum Output {
  /// A line on standard output.
  static func line(_ text: String) {
    try? Descriptor.standardOutput.write(Array((text + "\n").utf8))
  }

  /// A line on standard error.
  static func error(_ text: String) {
    try? Descriptor.standardError.write(Array((text + "\n").utf8))
  }

  /// Bytes on standard output, as they are.
  static func bytes(_ bytes: [UInt8]) throws {
    try Descriptor.standardOutput.write(bytes)
  }
}

extension String {
  /// The text with control characters written out: what a peer sent may not steer a terminal.
  var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a terminal might obey it instead of showing it.
  var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
