import TLSCrypto

/// A cipher suite of TLS 1.2 (RFC 5246 section 7.4.1.2).
public struct CipherSuite: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt16

  /// The suite that stands on the wire as `rawValue`, whether the engine speaks it or not.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// `TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256` (RFC 5289).
  public static let ecdheECDSAWithAES128GCMSHA256 = CipherSuite(rawValue: 0xc02b)
  /// `TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384` (RFC 5289).
  public static let ecdheECDSAWithAES256GCMSHA384 = CipherSuite(rawValue: 0xc02c)
  /// `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` (RFC 5289).
  public static let ecdheRSAWithAES128GCMSHA256 = CipherSuite(rawValue: 0xc02f)
  /// `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384` (RFC 5289).
  public static let ecdheRSAWithAES256GCMSHA384 = CipherSuite(rawValue: 0xc030)
  /// `TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let ecdheRSAWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xcca8)
  /// `TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256` (RFC 7905).
  public static let ecdheECDSAWithChaCha20Poly1305SHA256 = CipherSuite(rawValue: 0xcca9)

  /// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 section 3.3), which is a signal, not a suite.
  static let emptyRenegotiationInfoSCSV = CipherSuite(rawValue: 0x00ff)

  /// The suites that are on unless a configuration says otherwise, in the order in which the engine
  /// prefers them.
  public static let defaults: [CipherSuite] = supported

  /// Every suite that the engine speaks, in the order in which it prefers them.
  public static let supported: [CipherSuite] = [
    .ecdheECDSAWithAES128GCMSHA256, .ecdheRSAWithAES128GCMSHA256,
    .ecdheECDSAWithAES256GCMSHA384, .ecdheRSAWithAES256GCMSHA384,
    .ecdheECDSAWithChaCha20Poly1305SHA256, .ecdheRSAWithChaCha20Poly1305SHA256,
  ]

  var registeredName: String? {
    switch self {
    case .ecdheECDSAWithAES128GCMSHA256: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    case .ecdheECDSAWithAES256GCMSHA384: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    case .ecdheRSAWithAES128GCMSHA256: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    case .ecdheRSAWithAES256GCMSHA384: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    case .ecdheRSAWithChaCha20Poly1305SHA256: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    case .ecdheECDSAWithChaCha20Poly1305SHA256: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    case .emptyRenegotiationInfoSCSV: "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
    default: nil
    }
  }

  /// The name in the IANA registry, or the number.
  public var description: String { displayName }
}
