import TLSCrypto

/// The name of a server that a certificate is checked against: a host name or an IP address.
public struct ServerName: Sendable, Hashable, CustomStringConvertible {
  /// What sort of name it is.
  public enum Kind: Sendable, Hashable {
    /// A host name in lower case, without a dot at its end.
    case dns(String)
    /// Four or sixteen bytes.
    case ip([UInt8])
  }

  /// What sort of name it is.
  public let kind: Kind

  /// Reads `example.com`, `192.0.2.1`, `2001:db8::1` or `[2001:db8::1]`.
  ///
  /// A dot at the end of a host name is taken off, and case does not matter. Underscores are allowed,
  /// since they are in use. What could be taken for an IPv4 address and is none in four decimal
  /// numbers is refused, such as `127.1` and `0x7f000001`; so is an IPv6 address with a zone.
  ///
  /// Names are not converted: one with other letters than ASCII's is to be given as its A-labels,
  /// `xn--bcher-kva.example` for `bücher.example` (RFC 9525 section 6.3, RFC 5890). Whoever reads
  /// names from people converts them first, as a browser or a resolver does, by UTS #46.
  ///
  /// - Throws: ``ServerNameError`` if it is none of these;
  ///   ``ServerNameError/notASCII(_:)`` for a name that has to be converted.
  public init(_ text: String) throws(ServerNameError) {
    if Self.isPlainHostName(text) {
      kind = .dns(text)
      return
    }
    var address = text
    if text.hasPrefix("["), text.hasSuffix("]"), text.contains(":") {
      address = String(text.dropFirst().dropLast())
    }
    if let bytes = Platform.parseIPAddress(address) {
      kind = .ip(bytes)
    } else {
      kind = .dns(try Self.hostName(text))
    }
  }

  /// An address of four or sixteen bytes.
  init(ip bytes: [UInt8]) {
    kind = .ip(bytes)
  }

  /// Whether a text is a host name just as it stands, in lower case, and cannot be taken for an address.
  /// Most are; the others are looked at more closely, and it is said what is wrong with them.
  ///
  /// It has the rules of ``hostName(_:)`` once more, for every connection's sake: the long way has the
  /// system look for an address first, makes a copy in lower case, and cuts it into an array of labels.
  private static func isPlainHostName(_ text: String) -> Bool {
    var (byteCount, labelByteCount) = (0, 0)
    var (first, previous) = (UInt8(0), UInt8(ascii: "."))
    for character in text.utf8 {
      byteCount += 1
      if character == UInt8(ascii: ".") {
        guard (1...63).contains(labelByteCount), previous != UInt8(ascii: "-") else { return false }
        labelByteCount = 0
      } else {
        guard isNameCharacter(character), !(0x41...0x5a).contains(character) else { return false }
        if labelByteCount == 0 { first = character }
        labelByteCount += 1
        guard first != UInt8(ascii: "-") else { return false }
      }
      previous = character
    }
    // An address ends in a number, which may be a hexadecimal one, and so never begins with a letter.
    return byteCount <= 253 && (1...63).contains(labelByteCount) && previous != UInt8(ascii: "-")
      && (0x61...0x7a).contains(first)
  }

  private static func hostName(_ text: String) throws(ServerNameError) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII(text) }
    var name = text.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    guard !name.isEmpty else { throw .empty }
    guard name.utf8.count <= 253 else { throw .tooLong(byteCount: name.utf8.count) }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for label in labels {
      guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"),
        label.last != UInt8(ascii: "-"), label.allSatisfy(isNameCharacter)
      else { throw .invalidLabel(String(decoding: label, as: UTF8.self), name: text) }
    }
    // What ends in a number is an address that is malformed, and no name (RFC 1123 section 2.1).
    if let last = labels.last, isNumber(last) { throw .invalidAddress(text) }
    return name
  }

  /// Whether a label, in lower case, is a number, or one in hexadecimal as some resolvers take it.
  private static func isNumber(_ label: Substring.UTF8View) -> Bool {
    func isDigit(_ character: UInt8) -> Bool { (0x30...0x39).contains(character) }
    if label.allSatisfy(isDigit) { return true }
    return label.starts(with: "0x".utf8)
      && label.dropFirst(2).allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
  }

  /// Letters, digits and hyphens; and underscores, which are in use though no host name has them.
  static func isNameCharacter(_ character: UInt8) -> Bool {
    switch character {
    case 0x41...0x5a, 0x61...0x7a, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// The name, or the address in its usual form.
  public var description: String {
    switch kind {
    case .dns(let name): name
    case .ip(let bytes) where bytes.count == 4: bytes.map { "\($0)" }.joined(separator: ".")
    case .ip(let bytes): Self.ipv6(bytes)
    }
  }

  /// The canonical form (RFC 5952): no leading zeros, the longest run of zeros left out.
  private static func ipv6(_ bytes: [UInt8]) -> String {
    let groups = stride(from: 0, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
    }
    var best = 0..<0
    var start = 0
    while start < groups.count {
      let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
      if end - start > best.count, end - start > 1 { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}

/// Why a text is no server's name.
public enum ServerNameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is nothing in it.
  case empty
  /// It is longer than the 253 bytes that DNS has room for.
  case tooLong(byteCount: Int)
  /// It is not ASCII.
  case notASCII(String)
  /// One of its labels is empty, longer than 63 bytes, or has other than letters, digits, hyphens.
  case invalidLabel(String, name: String)
  /// It looks like an IP address and is none.
  case invalidAddress(String)

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .empty: "the server's name is empty"
    case .tooLong(let count): "the server's name has \(count) bytes, more than 253"
    case .notASCII(let name): "\(name.quoted) is not ASCII: give its A-label, xn--…, instead"
    case .invalidLabel(let label, let name):
      "\(name.quoted) is no host name: its label \(label.quoted) is not 1 to 63 letters, digits "
        + "and hyphens"
    case .invalidAddress(let text): "\(text.quoted) is no IP address and no host name"
    }
  }
}
