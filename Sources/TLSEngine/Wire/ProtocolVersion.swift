/// A version of the protocol as it stands on the wire (RFC 5246 section 6.2.1).
public struct ProtocolVersion: RawRepresentable, Sendable, Hashable, Comparable,
  CustomStringConvertible
{
  /// The two bytes of the wire: `0x0303` is TLS 1.2.
  public let rawValue: UInt16

  /// The version that stands on the wire as `rawValue`.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// TLS 1.0, which stands on the first record of a client for old servers' sake and is never
  /// negotiated (RFC 8996).
  public static let tls10 = ProtocolVersion(rawValue: 0x0301)

  /// TLS 1.1, which is never negotiated (RFC 8996).
  public static let tls11 = ProtocolVersion(rawValue: 0x0302)

  /// TLS 1.2 (RFC 5246).
  public static let tls12 = ProtocolVersion(rawValue: 0x0303)

  /// TLS 1.3 (RFC 8446), which the engine does not speak.
  public static let tls13 = ProtocolVersion(rawValue: 0x0304)

  /// The older of two versions is the smaller one.
  public static func < (a: ProtocolVersion, b: ProtocolVersion) -> Bool {
    a.rawValue < b.rawValue
  }

  /// The name people use, such as `TLS 1.2`.
  public var description: String {
    switch rawValue {
    case 0x0002: "SSL 2.0"
    case 0x0300: "SSL 3.0"
    case 0x0301: "TLS 1.0"
    case 0x0302: "TLS 1.1"
    case 0x0303: "TLS 1.2"
    case 0x0304: "TLS 1.3"
    default: "version 0x" + String(rawValue, radix: 16)
    }
  }
}
