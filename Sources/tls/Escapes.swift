extension String {
  /// The text with `\r`, `\n`, `\t` and `\\` replaced by what they stand for.
  var unescaped: String {
    var text = ""
    var isEscaped = false
    for character in self {
      if isEscaped {
        switch character {
        case "r": text += "\r"
        case "n": text += "\n"
        case "t": text += "\t"
        case "\\": text += "\\"
        default: text += "\\" + String(character)
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return isEscaped ? text + "\\" : text
  }
}
