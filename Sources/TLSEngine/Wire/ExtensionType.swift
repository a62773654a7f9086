/// The type of a hello extension (RFC 5246 section 7.4.1.4 and the IANA registry).
public struct ExtensionType: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt16

  /// The extension that stands on the wire as `rawValue`.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// server_name (RFC 6066 section 3).
  public static let serverName = ExtensionType(rawValue: 0)
  /// supported_groups (RFC 8422 section 5.1.1).
  public static let supportedGroups = ExtensionType(rawValue: 10)
  /// ec_point_formats (RFC 8422 section 5.1.2).
  public static let ecPointFormats = ExtensionType(rawValue: 11)
  /// signature_algorithms (RFC 5246 section 7.4.1.4.1).
  public static let signatureAlgorithms = ExtensionType(rawValue: 13)
  /// application_layer_protocol_negotiation (RFC 7301).
  public static let applicationLayerProtocolNegotiation = ExtensionType(rawValue: 16)
  /// extended_master_secret (RFC 7627).
  public static let extendedMasterSecret = ExtensionType(rawValue: 23)
  /// renegotiation_info (RFC 5746).
  public static let renegotiationInfo = ExtensionType(rawValue: 0xff01)

  var registeredName: String? {
    switch self {
    case .serverName: "server_name"
    case .supportedGroups: "supported_groups"
    case .ecPointFormats: "ec_point_formats"
    case .signatureAlgorithms: "signature_algorithms"
    case .applicationLayerProtocolNegotiation: "application_layer_protocol_negotiation"
    case .extendedMasterSecret: "extended_master_secret"
    case .renegotiationInfo: "renegotiation_info"
    default: nil
    }
  }

  /// The extension's name in the IANA registry, or its number.
  public var description: String { registeredName ?? "extension \(rawValue)" }
}
