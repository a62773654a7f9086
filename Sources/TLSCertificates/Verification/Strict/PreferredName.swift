/// The preferred name syntax for hosts (RFC 1034 section 3.5, as RFC 1123 section 2.1 changes it).
enum PreferredName {
  typealias Text = Substring.UTF8View

  /// Whether a text is a host's name: labels of letters, digits and hyphens, no hyphen at an end of
  /// one, and the last not a number alone, so that no address looks like a name.
  static func isHost(_ name: Text) -> Bool {
    guard name.count <= 253 else { return false }
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.allSatisfy(isLabel) && labels.last?.allSatisfy(isDigit) == false
  }

  /// Whether a text is a host's name, or stands for those of a domain (RFC 9525 section 6.3).
  static func isHostOrWildcard(_ text: String) -> Bool {
    isHost(text.utf8.starts(with: "*.".utf8) ? text.utf8.dropFirst(2) : text.utf8[...])
  }

  /// Letters, digits and hyphens, and those not at its ends.
  static func isLabel(_ label: Text) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy { ServerName.isNameCharacter($0) && $0 != UInt8(ascii: "_") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
