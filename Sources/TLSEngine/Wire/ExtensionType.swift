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
  /// status_request (RFC 6066 section 8).
  public static let statusRequest = ExtensionType(rawValue: 5)
  /// max_fragment_length (RFC 6066 section 4).
  public static let maximumFragmentLength = ExtensionType(rawValue: 1)
  /// supported_groups (RFC 8422 section 5.1.1).
  public static let supportedGroups = ExtensionType(rawValue: 10)
  /// ec_point_formats (RFC 8422 section 5.1.2).
  public static let ecPointFormats = ExtensionType(rawValue: 11)
  /// signature_algorithms (RFC 5246 section 7.4.1.4.1).
  public static let signatureAlgorithms = ExtensionType(rawValue: 13)
  /// application_layer_protocol_negotiation (RFC 7301).
  public static let applicationLayerProtocolNegotiation = ExtensionType(rawValue: 16)
  /// signed_certificate_timestamp (RFC 6962 section 3.3.1).
  public static let signedCertificateTimestamp = ExtensionType(rawValue: 18)
  /// padding (RFC 7685).
  public static let padding = ExtensionType(rawValue: 21)
  /// encrypt_then_mac (RFC 7366).
  public static let encryptThenMAC = ExtensionType(rawValue: 22)
  /// extended_master_secret (RFC 7627).
  public static let extendedMasterSecret = ExtensionType(rawValue: 23)
  /// session_ticket (RFC 5077).
  public static let sessionTicket = ExtensionType(rawValue: 35)
  /// next_protocol_negotiation (draft-agl-tls-nextprotoneg-04), which has no number of IANA's.
  public static let nextProtocolNegotiation = ExtensionType(rawValue: 13_172)
  /// record_size_limit (RFC 8449).
  public static let recordSizeLimit = ExtensionType(rawValue: 28)
  /// signature_algorithms_cert (RFC 8446 section 4.2.3).
  public static let signatureAlgorithmsCert = ExtensionType(rawValue: 50)
  /// renegotiation_info (RFC 5746).
  public static let renegotiationInfo = ExtensionType(rawValue: 0xff01)

  var registeredName: String? {
    switch self {
    case .serverName: "server_name"
    case .statusRequest: "status_request"
    case .maximumFragmentLength: "max_fragment_length"
    case .supportedGroups: "supported_groups"
    case .ecPointFormats: "ec_point_formats"
    case .signatureAlgorithms: "signature_algorithms"
    case .applicationLayerProtocolNegotiation: "application_layer_protocol_negotiation"
    case .signedCertificateTimestamp: "signed_certificate_timestamp"
    case .padding: "padding"
    case .encryptThenMAC: "encrypt_then_mac"
    case .extendedMasterSecret: "extended_master_secret"
    case .sessionTicket: "session_ticket"
    case .nextProtocolNegotiation: "next_protocol_negotiation"
    case .recordSizeLimit: "record_size_limit"
    case .signatureAlgorithmsCert: "signature_algorithms_cert"
    case .renegotiationInfo: "renegotiation_info"
    default: nil
    }
  }

  /// The extension's name in the IANA registry, or its number.
  public var description: String { registeredName ?? "extension \(rawValue)" }
}
