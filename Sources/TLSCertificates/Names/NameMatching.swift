extension Certificate {
  /// Whether the certificate is for this name (RFC 9525 section 6).
  ///
  /// Only the subjectAltName counts, never a common name. An asterisk stands for exactly one label,
  /// the leftmost, and all of it; two labels at least must follow it, so that none stands for a
  /// whole top-level domain. An IP address matches nothing but an iPAddress of the same bytes.
  public func matches(_ name: ServerName) -> Bool {
    guard let names = subjectAlternativeNames else { return false }
    switch name.kind {
    case .ip(let bytes): return names.ipAddresses.contains(bytes)
    case .dns(let host): return names.dnsNames.contains { Self.matches(host, presented: $0) }
    }
  }

  /// - Parameter host: in lower case, without a dot at its end, and valid.
  private static func matches(_ host: String, presented: String) -> Bool {
    // Names are compared without regard to case, byte by byte: what has other bytes than a host
    // name's, such as a zero, equals none.
    let presented = presented.utf8.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
    let host = Array(host.utf8)
    guard presented.starts(with: "*.".utf8) else { return presented == host }
    let suffix = presented.dropFirst()
    guard suffix.dropFirst().contains(UInt8(ascii: ".")), suffix.count < host.count else {
      return false
    }
    let label = host.dropLast(suffix.count)
    return host.suffix(suffix.count) == suffix && !label.contains(UInt8(ascii: "."))
      && !label.isEmpty
  }
}
