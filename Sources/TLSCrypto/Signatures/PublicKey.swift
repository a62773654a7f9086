/// A public key that verifies signatures. It is checked when it is made, and parsed only once.
public struct PublicKey: Sendable, Hashable, CustomStringConvertible {
  /// What sort of key it is.
  public enum Kind: Sendable, Hashable, CustomStringConvertible {
    /// RSA with a modulus of so many bits.
    case rsa(bits: Int)
    /// A point on one of the NIST's curves.
    case ecdsa(EllipticCurve)
    /// Ed25519.
    case ed25519

    /// The name, such as `RSA 2048 bits`.
    public var description: String {
      switch self {
      case .rsa(let bits): "RSA \(bits) bits"
      case .ecdsa(let curve): "ECDSA \(curve)"
      case .ed25519: "Ed25519"
      }
    }
  }

  /// What the key consists of.
  package enum Components: Sendable, Hashable {
    /// Big-endian, without leading zeros.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// Uncompressed.
    case ecdsa(point: [UInt8])
    /// As RFC 8032 encodes it.
    case ed25519([UInt8])
  }

  /// The largest modulus that is taken, in bits. Verifying takes time with its square.
  public static let maximumRSABitCount = 8192

  /// The smallest modulus that is taken, in bits. Smaller ones protect nothing, and libgcrypt 1.10
  /// writes past its buffers when a modulus has no room for a padded digest: below 697 bits.
  public static let minimumRSABitCount = 1024

  /// What sort of key it is.
  public let kind: Kind

  package let components: Components

  /// What libgcrypt verifies with. ECDSA, which is put together of its arithmetic, needs none.
  let expression: Expression?

  private init(_ kind: Kind, _ components: Components, _ expression: Expression?) {
    self.kind = kind
    self.components = components
    self.expression = expression
  }

  /// An RSA key from its modulus and exponent, big-endian.
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` for a modulus that is even, shorter than
  ///   ``minimumRSABitCount`` or longer than ``maximumRSABitCount``, or an exponent that is even, one, or longer than 64 bits.
  public static func rsa(modulus: RawSpan, exponent: RawSpan) throws(CryptoError) -> PublicKey {
    let modulus = [UInt8](modulus).withoutLeadingZeros
    let exponent = [UInt8](exponent).withoutLeadingZeros
    guard let top = modulus.first, let low = modulus.last, low & 1 == 1 else {
      throw .invalidPublicKey("an RSA modulus is even")
    }
    let bits = modulus.count * 8 - top.leadingZeroBitCount
    guard bits <= maximumRSABitCount else {
      throw .invalidPublicKey("an RSA modulus has \(bits) bits, more than \(maximumRSABitCount)")
    }
    guard bits >= minimumRSABitCount else {
      throw .invalidPublicKey("an RSA modulus has \(bits) bits, less than \(minimumRSABitCount)")
    }
    guard let low = exponent.last, low & 1 == 1, exponent != [1], exponent.count <= 8 else {
      throw .invalidPublicKey("an RSA exponent is even, one, or longer than 64 bits")
    }
    let capacity = modulus.count + exponent.count + 128
    let expression = try Expression.build(capacity: capacity) { writer in
      writer.list("public-key") { writer in
        writer.list("rsa") { writer in
          writer.list("n", modulus.rawSpan)
          writer.list("e", exponent.rawSpan)
        }
      }
    }
    return PublicKey(
      .rsa(bits: bits), .rsa(modulus: modulus, exponent: exponent), expression)
  }

  /// A key on one of the NIST's curves, from an uncompressed point (SEC 1 section 2.3.3).
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` if the point is of another form or does not lie
  ///   on the curve.
  public static func ecdsa(
    _ curve: EllipticCurve, point: RawSpan
  ) throws(CryptoError) -> PublicKey {
    let context = try CurveContext.open(curve)
    _ = try context.decode(point)
    return PublicKey(.ecdsa(curve), .ecdsa(point: [UInt8](point)), nil)
  }

  /// An Ed25519 key from its 32 bytes (RFC 8032 section 5.1.5).
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` if there are not 32, or they encode no point, or
  ///   one with a coordinate below 2^192, which no honest key has.
  public static func ed25519(_ bytes: RawSpan) throws(CryptoError) -> PublicKey {
    guard bytes.byteCount == 32 else {
      throw .invalidPublicKey("a public key of Ed25519 has 32 bytes, not \(bytes.byteCount)")
    }
    // Uncompressed, libgcrypt takes it as it is; else it finds x once more for each signature.
    let point = try Ed25519PublicKey.decode(bytes)
    let expression = try Expression.build(capacity: 256) { writer in
      writer.list("public-key") { writer in
        writer.list("ecc") { writer in
          writer.list("curve", "Ed25519")
          writer.list("flags", "eddsa")
          writer.list("q", point.rawSpan)
        }
      }
    }
    return PublicKey(.ed25519, .ed25519([UInt8](bytes)), expression)
  }

  /// The name of the key's kind, such as `ECDSA P-256`.
  public var description: String { kind.description }

  /// Whether both are the same key.
  public static func == (a: PublicKey, b: PublicKey) -> Bool {
    a.kind == b.kind && a.components == b.components
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(components)
  }
}

extension PublicKey {
  /// The modulus of an RSA key, big-endian; `nil` for others.
  public var rsaModulus: [UInt8]? {
    if case .rsa(let modulus, _) = components { modulus } else { nil }
  }

  /// The exponent of an RSA key, big-endian; `nil` for others.
  public var rsaExponent: [UInt8]? {
    if case .rsa(_, let exponent) = components { exponent } else { nil }
  }

  /// The uncompressed point of an ECDSA key; `nil` for others.
  public var point: [UInt8]? {
    if case .ecdsa(let point) = components { point } else { nil }
  }

  /// The 32 bytes of an Ed25519 key; `nil` for others.
  public var ed25519Bytes: [UInt8]? {
    if case .ed25519(let bytes) = components { bytes } else { nil }
  }
}

extension PublicKey {
  /// Has libgcrypt check a signature.
  func verify(_ signature: Expression, of data: Expression) throws(CryptoError) {
    guard let expression else { throw .unsupported("libgcrypt does not know this key") }
    try Expression.verify(signature, of: data, with: expression)
  }
}

extension [UInt8] {
  /// The same big-endian integer in as few bytes as it needs.
  var withoutLeadingZeros: [UInt8] { Array(drop { $0 == 0 }) }
}
