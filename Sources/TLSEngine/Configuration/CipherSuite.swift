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

  /// The suite of this name, as the IANA registry has it or as OpenSSL does, if the engine speaks
  /// it.
  public init?(name: String) {
    let row = CipherSuiteTable.rows.first { $0.name == name || $0.opensslName == name }
    guard let row else { return nil }
    self = row.suite
  }

  /// The suites that are on unless a configuration says otherwise, in the order in which the engine
  /// prefers them: those of ``Preset/modern``.
  public static let defaults: [CipherSuite] = Preset.modern.cipherSuites

  /// Every suite that the engine speaks, in the order in which it prefers them.
  public static let supported: [CipherSuite] = CipherSuiteTable.rows.map(\.suite)

  /// What the suite is made of, or `nil` if the engine does not speak it.
  public var parameters: CipherSuiteParameters? {
    CipherSuiteTable.row(of: self)?.parameters
  }

  /// OpenSSL's name for the suite, such as `ECDHE-RSA-AES128-GCM-SHA256`; `nil` if OpenSSL has none,
  /// or the engine does not speak the suite.
  public var opensslName: String? {
    CipherSuiteTable.row(of: self)?.opensslName
  }

  /// The smallest preset that has the suite: those after it have it too. `nil` if none has.
  public var preset: Preset? {
    Preset.allCases.first { $0.cipherSuites.contains(self) }
  }

  var registeredName: String? {
    switch self {
    case .emptyRenegotiationInfoSCSV: "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
    case .fallbackSCSV: "TLS_FALLBACK_SCSV"
    default: CipherSuiteTable.row(of: self)?.name
    }
  }

  /// The name in the IANA registry, or the number.
  public var description: String { displayName }
}

// MARK: Signals

extension CipherSuite {
  /// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV` (RFC 5746 section 3.3), which is a signal, not a suite.
  static let emptyRenegotiationInfoSCSV = CipherSuite(rawValue: 0x00ff)

  /// `TLS_FALLBACK_SCSV` (RFC 7507 section 2), which is a signal, not a suite.
  static let fallbackSCSV = CipherSuite(rawValue: 0x5600)

  /// Whether this stands among the suites of a ClientHello and is none: it cannot be chosen, and a
  /// configuration cannot name it.
  var isSignal: Bool { self == .emptyRenegotiationInfoSCSV || self == .fallbackSCSV }
}
