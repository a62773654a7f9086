/// The hosts of DNS names, email addresses and URIs, as name constraints compare them: ASCII without
/// regard to case, and without making copies.
enum ConstrainedHost {
  typealias Text = Substring.UTF8View
  typealias Mailbox = (local: Text, host: Text)

  private static let dot = UInt8(ascii: ".")
  private static let at = UInt8(ascii: "@")

  /// Whether a text is a domain, perhaps with a dot in front, or empty for all of them.
  static func isDomain(_ text: String) -> Bool {
    let name = text.utf8.first == dot ? text.utf8.dropFirst() : text.utf8[...]
    return text.isEmpty || isHost(name)
  }

  /// Whether a text is the name of a host: labels with dots between them, and no longer than DNS has
  /// room for.
  static func isHost(_ name: Text) -> Bool {
    guard (1...253).contains(name.count), name.first != dot, name.last != dot else { return false }
    var last = dot
    for byte in name {
      guard ServerName.isNameCharacter(byte) || (byte == dot && last != dot) else { return false }
      last = byte
    }
    return true
  }

  /// Whether a DNS name is a domain or lies below it.
  static func covers(dns constraint: String, _ name: String, isExclusion: Bool) -> Bool {
    if constraint.isEmpty { return true }
    let (constraint, name) = (constraint.utf8[...], name.utf8[...])
    // A leading dot is no part of RFC 5280, but some authorities mean "below it" by it.
    if constraint.first == dot { return ends(name, with: constraint) }
    if equal(name, constraint) || isBelow(name, constraint) { return true }
    // A wildcard covers a name that is excluded.
    guard isExclusion, name.starts(with: "*.".utf8) else { return false }
    let suffix = name.dropFirst()
    return ends(constraint, with: suffix)
      && !constraint.dropLast(suffix.count).contains(dot)
  }

  /// Whether an email address is the one of a constraint, at its host, or within its domain, which
  /// begins with a dot; `nil` if the constraint is none of these.
  static func covers(mail constraint: String, _ name: Mailbox) -> Bool? {
    if constraint.isEmpty { return true }
    if let wanted = mailbox(constraint) {
      // The part before the host is for the host to understand, case included (RFC 5321 section 2.4).
      return wanted.local.elementsEqual(name.local) && equal(wanted.host, name.host)
    }
    guard isDomain(constraint) else { return nil }
    return covers(host: constraint.utf8[...], name.host)
  }

  /// Whether a host is that of a constraint, or lies below one that begins with a dot.
  static func covers(host constraint: Text, _ host: Text) -> Bool {
    constraint.first == dot ? ends(host, with: constraint) : equal(host, constraint)
  }

  /// The parts of an email address (RFC 5321 section 4.1.2), or `nil` if it is none. What is quoted
  /// before the host is not taken apart: a quotation mark leaves no address.
  static func mailbox(_ text: String) -> Mailbox? {
    // 64 bytes at most before the host, and 253 for it (RFC 5321 section 4.5.3.1).
    guard text.utf8.count <= 64 + 1 + 253, let separator = text.utf8.firstIndex(of: at),
      separator != text.utf8.startIndex
    else {
      return nil
    }
    let local = text.utf8[..<separator]
    let host = text.utf8[text.utf8.index(after: separator)...]
    guard isHost(host), local.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") })
    else { return nil }
    return (local, host)
  }

  /// The host of a URI (RFC 3986 section 3.2), or `nil` if it has none or an address for one, which
  /// RFC 5280 has refused.
  static func host(ofURI text: String) -> Text? {
    let bytes = text.utf8
    guard bytes.count <= maximumURIByteCount, bytes.allSatisfy(isURICharacter),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]),
      bytes[bytes.index(after: colon)...].starts(with: "//".utf8)
    else { return nil }
    let start = bytes.index(colon, offsetBy: 3)
    let end =
      bytes[start...].firstIndex {
        $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?")
          || $0 == UInt8(ascii: "#")
      } ?? bytes.endIndex
    var host = bytes[start..<end]
    if let userEnd = host.lastIndex(of: at) { host = host[host.index(after: userEnd)...] }
    if let portStart = host.lastIndex(of: UInt8(ascii: ":")) {
      guard host[host.index(after: portStart)...].allSatisfy(isDigit) else { return nil }
      host = host[..<portStart]
    }
    guard isHost(host) else { return nil }
    // What ends in a number is an address (RFC 1123 section 2.1).
    let last = host.lastIndex(of: dot).map { host[host.index(after: $0)...] } ?? host
    return last.allSatisfy(isDigit) ? nil : host
  }

  /// Longer ones than anybody has are no URIs here.
  private static let maximumURIByteCount = 2_048

  /// Whether a URI may have a character (RFC 3986 section 2 and appendix C). Of the others some
  /// programs make slashes, so that nobody could say where the host ends.
  private static func isURICharacter(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7f && !"\\<>\"^{}|`".utf8.contains(byte)
  }

  /// A letter, and then letters, digits, plus, hyphen and period (RFC 3986 section 3.1).
  private static func isScheme(_ text: Text) -> Bool {
    guard let first = text.first, (0x61...0x7a).contains(lower(first)) else { return false }
    return text.allSatisfy {
      (0x61...0x7a).contains(lower($0)) || isDigit($0) || "+-.".utf8.contains($0)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte + 0x20 : byte
  }

  private static func equal(_ a: Text, _ b: Text) -> Bool {
    a.elementsEqual(b) { lower($0) == lower($1) }
  }

  private static func ends(_ name: Text, with suffix: Text) -> Bool {
    name.count >= suffix.count && equal(name.suffix(suffix.count), suffix)
  }

  private static func isBelow(_ name: Text, _ domain: Text) -> Bool {
    guard name.count > domain.count, ends(name, with: domain) else { return false }
    return name.dropLast(domain.count).last == dot
  }
}
