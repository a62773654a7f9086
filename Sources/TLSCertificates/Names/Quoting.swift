extension String {
  /// The text between quotation marks, with what could disturb a terminal or a log written out.
  package var quoted: String { "\"" + printable + "\"" }

  /// The text with what could disturb a terminal or a log written out, and cut off where it is
  /// longer than any name: a peer chooses what stands in it.
  package var printable: String { printable(escaping: "\"\\") }

  /// The same as the value of an attribute in a distinguished name: with a backslash before each
  /// character that would end it or begin another thing (RFC 4514 section 2.4).
  var escaped: String {
    let text = printable(escaping: ",+\"\\<>;=")
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return text
    }
    let start = first == " " || first == "#" ? "\\" : ""
    guard last == " ", text.unicodeScalars.count > 1 else { return start + text }
    return start + text.dropLast() + "\\ "
  }

  private func printable(escaping special: String) -> String {
    let limit = 256
    var text = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < limit else { return text + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        if special.unicodeScalars.contains(scalar) { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
