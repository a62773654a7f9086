import TLSCrypto

/// A group for the ephemeral key exchange (RFC 8422 section 5.1.1, RFC 7919 section 2).
public struct NamedGroup: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt16

  /// The group that stands on the wire as `rawValue`, whether the engine speaks it or not.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// P-256 (`secp256r1`).
  public static let secp256r1 = NamedGroup(rawValue: 23)
  /// P-384 (`secp384r1`).
  public static let secp384r1 = NamedGroup(rawValue: 24)
  /// P-521 (`secp521r1`).
  public static let secp521r1 = NamedGroup(rawValue: 25)
  /// X25519 (RFC 7748).
  public static let x25519 = NamedGroup(rawValue: 29)
  /// X448 (RFC 7748).
  public static let x448 = NamedGroup(rawValue: 30)
  /// The finite field of 2048 bits (RFC 7919).
  public static let ffdhe2048 = NamedGroup(rawValue: 256)
  /// The finite field of 3072 bits (RFC 7919).
  public static let ffdhe3072 = NamedGroup(rawValue: 257)
  /// The finite field of 4096 bits (RFC 7919).
  public static let ffdhe4096 = NamedGroup(rawValue: 258)
  /// The finite field of 6144 bits (RFC 7919).
  public static let ffdhe6144 = NamedGroup(rawValue: 259)
  /// The finite field of 8192 bits (RFC 7919).
  public static let ffdhe8192 = NamedGroup(rawValue: 260)

  /// The groups that are offered and accepted unless a configuration says otherwise, in the order in
  /// which the engine prefers them.
  public static let defaults: [NamedGroup] = [.x25519, .secp256r1, .secp384r1]

  /// Every group that the engine can do a key exchange in. P-521, X448 and the finite fields are slow
  /// and seldom needed, so they are off until asked for.
  public static let supported: [NamedGroup] =
    defaults + [
      .secp521r1, .x448, .ffdhe2048, .ffdhe3072, .ffdhe4096, .ffdhe6144, .ffdhe8192,
    ]

  /// Whether it is a finite field, for the suites with DHE, and no curve. The numbers 256 to 511 are
  /// set aside for such groups, those included that nobody has defined yet (RFC 7919 section 2).
  public var isFiniteField: Bool { (256...511).contains(rawValue) }

  /// The arithmetic of the group, or `nil` if the engine does no key exchange in it.
  var keyAgreement: KeyAgreementGroup? {
    switch self {
    case .x25519: .x25519
    case .secp256r1: .secp256r1
    case .secp384r1: .secp384r1
    case .secp521r1: .secp521r1
    case .x448: .x448
    case .ffdhe2048: .finiteField(.ffdhe2048)
    case .ffdhe3072: .finiteField(.ffdhe3072)
    case .ffdhe4096: .finiteField(.ffdhe4096)
    case .ffdhe6144: .finiteField(.ffdhe6144)
    case .ffdhe8192: .finiteField(.ffdhe8192)
    default: nil
    }
  }

  var registeredName: String? { keyAgreement?.description }

  /// The name people use, such as `X25519` or `P-256`, or the number.
  public var description: String { displayName }
}

extension EllipticCurve {
  /// The number under which `supported_groups` names this curve.
  var namedGroup: NamedGroup {
    switch self {
    case .secp256r1: .secp256r1
    case .secp384r1: .secp384r1
    case .secp521r1: .secp521r1
    }
  }
}
