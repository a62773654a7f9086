/// A group for ephemeral Diffie-Hellman.
public enum KeyAgreementGroup: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// X25519 (RFC 7748).
  case x25519
  /// P-256 (SP 800-186).
  case secp256r1
  /// P-384 (SP 800-186).
  case secp384r1
  /// P-521 (SP 800-186).
  case secp521r1

  /// The length of a public key on the wire, in bytes.
  public var publicKeyByteCount: Int {
    switch self {
    case .x25519: 32
    case .secp256r1: 65
    case .secp384r1: 97
    case .secp521r1: 133
    }
  }

  /// The name, such as `P-256`.
  public var description: String {
    switch self {
    case .x25519: "X25519"
    case .secp256r1: "P-256"
    case .secp384r1: "P-384"
    case .secp521r1: "P-521"
    }
  }

  /// The curve, if it is one of the NIST's.
  var curve: EllipticCurve? {
    switch self {
    case .x25519: nil
    case .secp256r1: .secp256r1
    case .secp384r1: .secp384r1
    case .secp521r1: .secp521r1
    }
  }
}
