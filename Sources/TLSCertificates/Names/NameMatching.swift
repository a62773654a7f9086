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
    let (host, presented) = (host.utf8.span, presented.utf8.span)
    guard presented.count >= 2, presented[0] == UInt8(ascii: "*"), presented[1] == Self.dot else {
      return areEqual(host, presented)
    }
    let suffix = presented.extracting(droppingFirst: 2)
    guard firstDot(in: suffix) != nil, let dot = firstDot(in: host) else { return false }
    return areEqual(host.extracting(droppingFirst: dot + 1), suffix)
  }

  private static let dot = UInt8(ascii: ".")

  private static func firstDot(in name: Span<UInt8>) -> Int? {
    for index in name.indices where name[index] == dot { return index }
    return nil
  }

  private static func areEqual(_ host: Span<UInt8>, _ presented: Span<UInt8>) -> Bool {
    guard host.count == presented.count else { return false }
    for index in host.indices {
      let byte = presented[index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard host[index] == (isCapital ? byte + 0x20 : byte) else { return false }
    }
    return true
  }
}
