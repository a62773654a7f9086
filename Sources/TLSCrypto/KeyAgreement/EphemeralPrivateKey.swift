/// The private half of one key exchange. It is used once and wiped.
public struct EphemeralPrivateKey: ~Copyable, Sendable {
  /// The group it belongs to.
  public let group: KeyAgreementGroup

  /// The public half as it goes on the wire: 32 or 56 bytes for X25519 and X448 (RFC 7748), an
  /// uncompressed point for the NIST's curves (RFC 8422 section 5.4.1), and for finite fields a number
  /// as long as the prime.
  public let publicKey: [UInt8]

  private let secret: SecretBytes

  /// Draws a secret from `random`: a scalar, with which it multiplies the base point, or an exponent,
  /// to which it raises the generator.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public init(
    _ group: KeyAgreementGroup, using random: inout some RandomSource
  ) throws(CryptoError) {
    switch group.arithmetic {
    case .montgomery(let curve):
      let scalar = curve.randomScalar(using: &random)
      let publicKey = try curve.publicKey(of: scalar.bytes)
      self.init(group, publicKey: publicKey, secret: scalar.copy())
    case .weierstrass(let curve):
      let scalar = try Scalar.random(curve, using: &random)
      let publicKey = try curve.publicPoint(of: scalar.bytes)
      self.init(group, publicKey: publicKey, secret: scalar.copy())
    case .finiteField(let field):
      let exponent = field.randomExponent(using: &random)
      let publicKey = try field.publicKey(of: exponent.bytes)
      self.init(group, publicKey: publicKey, secret: exponent.copy())
    }
  }

  private init(_ group: KeyAgreementGroup, publicKey: [UInt8], secret: consuming SecretBytes) {
    self.group = group
    self.publicKey = publicKey
    self.secret = secret
  }

  /// The secret that both sides now share: the point's X coordinate in the field's width (RFC 8422
  /// section 5.10), the output of X25519 or X448 as it is, or in finite fields the number without its
  /// leading zeros (RFC 5246 section 8.1.2).
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` if the peer's key has the wrong length or form,
  ///   does not lie on the curve, gives a secret of zeros (RFC 7748 section 6), or is not a number
  ///   between 1 and p - 1 (RFC 7919 section 5.1).
  public consuming func sharedSecret(with peer: RawSpan) throws(CryptoError) -> SecretBytes {
    switch group.arithmetic {
    case .montgomery(let curve): try curve.sharedSecret(peer, secret.bytes)
    case .weierstrass(let curve): try Self.sharedSecret(curve, peer, secret)
    case .finiteField(let field): try field.sharedSecret(peer, secret.bytes)
    }
  }

  private static func sharedSecret(
    _ curve: EllipticCurve, _ peer: RawSpan, _ scalar: borrowing SecretBytes
  ) throws(CryptoError) -> SecretBytes {
    let context = try CurveContext.open(curve)
    let point = try context.decode(peer)
    let product = try context.multiply(point, by: try .from(secret: scalar))
    // The curves have prime order, so that no point on them but infinity itself leads to infinity.
    guard let affine = context.coordinates(of: product) else {
      throw .invalidPublicKey("a point of \(curve) leads to infinity")
    }
    return affine.x.secretBytes(count: curve.fieldByteCount)
  }
}
