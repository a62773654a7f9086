internal import SwiftASN1
internal import TLSCrypto

/// A DNS name or an IP address of a certificate that is being made (RFC 5280 section 4.2.1.6).
enum GeneralNameWriter: Hashable {
  case dns(String)
  case ip([UInt8])

  /// What a text means: an IP address if it is one, else a DNS name, perhaps with a wildcard as its
  /// first label.
  init(_ text: String) throws(CertificateBuilderError) {
    if let address = Platform.parseIPAddress(text) {
      self = .ip(address)
      return
    }
    let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
    if let reason = Self.problem(ofDNSName: name) {
      throw .invalidName(text, reason: reason)
    }
    self = .dns(text)
  }

  /// Writes the name as a `GeneralName`.
  func write(into serializer: inout DER.Serializer) {
    switch self {
    case .dns(let name): serializer.implicit(2, Array(name.utf8))
    case .ip(let address): serializer.implicit(7, address)
    }
  }

  /// Why a text is no DNS name (RFC 1035 section 2.3.1), or `nil` if it is one.
  ///
  /// Underscores are taken, since people's own networks have them.
  static func problem(ofDNSName name: String) -> String? {
    if name.isEmpty { return "it is empty" }
    if name.utf8.count > 253 { return "it is longer than 253 bytes" }
    if !name.utf8.allSatisfy({ $0 < 0x80 }) {
      return "it is not ASCII; give the A-label (xn--…)"
    }
    if name.utf8.last == UInt8(ascii: ".") { return "it ends in a dot" }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for label in labels {
      if label.isEmpty { return "it has an empty label" }
      if label.count > 63 { return "it has a label longer than 63 bytes" }
      if label.first == UInt8(ascii: "-") || label.last == UInt8(ascii: "-") {
        return "it has a label that begins or ends with a hyphen"
      }
      for byte in label where !isAllowed(byte) {
        return byte == UInt8(ascii: "*")
          ? "a wildcard is a whole label, and the first"
          : "it holds the byte \(byte), which is no letter, digit, hyphen or underscore"
      }
    }
    // No top-level domain is a number (RFC 1123 section 2.1), so that no client takes such a name.
    if let last = labels.last, last.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "it ends in a number and is no IP address"
    }
    return nil
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
