/// The private half of one key exchange. It is used once and wiped.
public struct EphemeralPrivateKey: ~Copyable, Sendable {
  /// The group it belongs to.
  public let group: KeyAgreementGroup

  /// The public half as it goes on the wire: 32 bytes for X25519 (RFC 7748), an uncompressed point
  /// for the others (RFC 8422 section 5.4.1).
  public let publicKey: [UInt8]

  private let scalar: SecretBytes

  /// Draws a scalar from `random`, and multiplies the base point with it.
  ///
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public init(
    _ group: KeyAgreementGroup, using random: inout some RandomSource
  ) throws(CryptoError) {
    if let curve = group.curve {
      let scalar = try Scalar.random(curve, using: &random)
      let publicKey = try curve.publicPoint(of: scalar.bytes)
      self.init(group, publicKey: publicKey, scalar: scalar.copy())
    } else {
      let scalar = Self.randomBytes(X25519.byteCount, using: &random)
      let publicKey = try X25519.multiply(nil, by: scalar.bytes)
      self.init(group, publicKey: [UInt8](publicKey.bytes), scalar: scalar.copy())
    }
  }

  private static func randomBytes(
    _ count: Int, using random: inout some RandomSource
  ) -> SecretBytes {
    var bytes = SecretBytes(count: count)
    var span = bytes.mutableBytes
    random.fill(&span)
    return bytes
  }

  private init(_ group: KeyAgreementGroup, publicKey: [UInt8], scalar: consuming SecretBytes) {
    self.group = group
    self.publicKey = publicKey
    self.scalar = scalar
  }

  /// The secret that both sides now share: the point's X coordinate in the field's width (RFC 8422
  /// section 5.10), or X25519's output as it is.
  ///
  /// - Throws: ``CryptoError/invalidPublicKey(_:)`` if the peer's key has the wrong length or form,
  ///   does not lie on the curve, or gives a secret of zeros (RFC 7748 section 6.1).
  public consuming func sharedSecret(with peer: RawSpan) throws(CryptoError) -> SecretBytes {
    guard let curve = group.curve else {
      guard peer.byteCount == X25519.byteCount else {
        throw .invalidPublicKey(
          "a public key of X25519 has \(X25519.byteCount) bytes, not \(peer.byteCount)")
      }
      return try X25519.sharedSecret(peer, scalar.bytes)
    }
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
