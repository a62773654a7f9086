import TLSCrypto

/// A group for the ephemeral key exchange (RFC 8422 section 5.1.1).
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

  /// The groups that are offered and accepted unless a configuration says otherwise, in the order in
  /// which the engine prefers them.
  public static let defaults: [NamedGroup] = [.x25519, .secp256r1, .secp384r1]

  /// Every group that the engine can do a key exchange in. P-521 is slow and seldom needed, so it is
  /// off until asked for.
  public static let supported: [NamedGroup] = defaults + [.secp521r1]

  /// The arithmetic of the group, or `nil` if the engine does no key exchange in it.
  var keyAgreement: KeyAgreementGroup? {
    switch self {
    case .x25519: .x25519
    case .secp256r1: .secp256r1
    case .secp384r1: .secp384r1
    case .secp521r1: .secp521r1
    default: nil
    }
  }

  var registeredName: String? {
    switch self {
    case .x25519: "X25519"
    case .secp256r1: "P-256"
    case .secp384r1: "P-384"
    case .secp521r1: "P-521"
    default: nil
    }
  }

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
