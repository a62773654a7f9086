/// A curve of the NIST's (SP 800-186).
public enum EllipticCurve: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// P-256.
  case secp256r1
  /// P-384.
  case secp384r1
  /// P-521.
  case secp521r1

  /// The name, such as `P-256`.
  public var description: String {
    switch self {
    case .secp256r1: "P-256"
    case .secp384r1: "P-384"
    case .secp521r1: "P-521"
    }
  }

  /// libgcrypt's name for it.
  var expressionName: String { "NIST \(self)" }

  /// The number of bits of the field's prime, and of the base point's order too.
  var bitCount: Int {
    switch self {
    case .secp256r1: 256
    case .secp384r1: 384
    case .secp521r1: 521
    }
  }

  /// The length of a coordinate, in bytes.
  var fieldByteCount: Int { (bitCount + 7) / 8 }

  /// The length of a scalar, in bytes.
  var orderByteCount: Int { (bitCount + 7) / 8 }

  /// The base point's order, big-endian. Read once in a process.
  var order: [UInt8] {
    get throws(CryptoError) {
      switch self {
      case .secp256r1: try Orders.secp256r1.get()
      case .secp384r1: try Orders.secp384r1.get()
      case .secp521r1: try Orders.secp521r1.get()
      }
    }
  }

  private enum Orders {
    static let secp256r1 = read(.secp256r1)
    static let secp384r1 = read(.secp384r1)
    static let secp521r1 = read(.secp521r1)

    private static func read(_ curve: EllipticCurve) -> Result<[UInt8], CryptoError> {
      Result { () throws(CryptoError) in
        try CurveContext.open(curve).parameter("n").bytes(count: curve.orderByteCount)
      }
    }
  }

  /// The bits of a scalar's first byte that can be set.
  var orderTopByteMask: UInt8 { bitCount % 8 == 0 ? 0xff : 0xff >> (8 - UInt8(bitCount % 8)) }

  /// The public point that belongs to a scalar, uncompressed.
  func publicPoint(of scalar: RawSpan) throws(CryptoError) -> [UInt8] {
    let context = try CurveContext.open(self)
    let product = try context.multiplyBasePoint(by: scalar)
    guard let encoded = context.encode(product) else {
      throw .invalidKey("a scalar of \(self) is a multiple of the order")
    }
    return encoded
  }
}
