extension String {
  /// The text between quotation marks, with what could disturb a terminal or a log written out.
  package var quoted: String { "\"" + printable + "\"" }

  /// The text with what could disturb a terminal or a log written out, and cut off where it is
  /// longer than any name: a peer chooses what stands in it.
  package var printable: String {
    let limit = 256
    var text = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < limit else { return text + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        if scalar == "\"" || scalar == "\\" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
