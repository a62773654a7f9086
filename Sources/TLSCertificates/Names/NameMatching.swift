extension Certificate {
  /// Whether the certificate is for this name (RFC 9525 section 6).
  ///
  /// Only the subjectAltName counts, never a common name. An asterisk stands for exactly one label,
  /// the leftmost, and all of it; two labels at least must follow it, so that none stands for a
  /// whole top-level domain. An IP address matches nothing but an iPAddress of the same bytes.
  public func matches(_ name: ServerName) -> Bool {
    guard let names = subjectAlternativeNames?.names else { return false }
    return switch name.kind {
    case .ip(let bytes):
      names.contains {
        if case .ipAddress(let presented) = $0 { presented == bytes } else { false }
      }
    case .dns(let host):
      names.contains {
        if case .dnsName(let presented) = $0 { Self.matches(host, presented) } else { false }
      }
    }
  }

  /// Names are compared without regard to case, byte by byte: what has other bytes than a host name's,
  /// such as a zero, equals none. So does whatever else is no host name, for `host` is one.
  ///
  /// - Parameter host: in lower case, without a dot at its end, and valid.
  private static func matches(_ host: String, _ presented: String) -> Bool {
    let (host, presented) = (host.utf8, presented.utf8)
    guard presented.starts(with: "*.".utf8) else { return areEqual(host[...], presented[...]) }
    let suffix = presented.dropFirst(2)
    guard suffix.contains(UInt8(ascii: ".")), let dot = host.firstIndex(of: UInt8(ascii: "."))
    else {
      return false
    }
    return areEqual(host[host.index(after: dot)...], suffix)
  }

  private static func areEqual(
    _ host: Substring.UTF8View, _ presented: Substring.UTF8View
  ) -> Bool {
    host.count == presented.count
      && zip(host, presented).allSatisfy { $0 == ((0x41...0x5a).contains($1) ? $1 + 0x20 : $1) }
  }
}
