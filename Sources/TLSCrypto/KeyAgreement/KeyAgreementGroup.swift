/// A group for ephemeral Diffie-Hellman.
public enum KeyAgreementGroup: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// X25519 (RFC 7748).
  case x25519
  /// X448 (RFC 7748).
  case x448
  /// P-256 (SP 800-186).
  case secp256r1
  /// P-384 (SP 800-186).
  case secp384r1
  /// P-521 (SP 800-186).
  case secp521r1
  /// A group of the numbers below a safe prime (RFC 7919, RFC 3526).
  case finiteField(FiniteFieldGroup)

  /// Every group: the curves, and the finite fields after them.
  public static let allCases: [KeyAgreementGroup] =
    [.x25519, .x448, .secp256r1, .secp384r1, .secp521r1]
    + FiniteFieldGroup.allCases.map(KeyAgreementGroup.finiteField)

  /// The length of a public key on the wire, in bytes.
  public var publicKeyByteCount: Int {
    switch arithmetic {
    case .montgomery(let curve): curve.byteCount
    case .weierstrass(let curve): 1 + 2 * curve.fieldByteCount
    case .finiteField(let group): group.publicKeyByteCount
    }
  }

  /// The name, such as `P-256`.
  public var description: String {
    switch arithmetic {
    case .montgomery(let curve): curve.description
    case .weierstrass(let curve): curve.description
    case .finiteField(let group): group.description
    }
  }

  /// The kinds of groups that there are.
  enum Arithmetic: Sendable {
    /// Points known by one coordinate, which need no check.
    case montgomery(MontgomeryCurve)
    /// Points known by both, which have to lie on the curve.
    case weierstrass(EllipticCurve)
    /// Numbers.
    case finiteField(FiniteFieldGroup)
  }

  /// How a key exchange is computed.
  var arithmetic: Arithmetic {
    switch self {
    case .x25519: .montgomery(.x25519)
    case .x448: .montgomery(.x448)
    case .secp256r1: .weierstrass(.secp256r1)
    case .secp384r1: .weierstrass(.secp384r1)
    case .secp521r1: .weierstrass(.secp521r1)
    case .finiteField(let group): .finiteField(group)
    }
  }
}
