internal import CGcrypt

/// A key on one of the NIST's curves that signs, always deterministically (RFC 6979).
///
/// libgcrypt's own deterministic ECDSA multiplies with a nonce that it does not treat as secret, in
/// time that depends on the nonce's bits; a few thousand signatures over a fast network can give a
/// key away by that. So the signature is put together here, of libgcrypt's operations for secrets.
final class ECDSAPrivateKey: Sendable {
  let curve: EllipticCurve
  let scalar: SecretBytes

  init(_ curve: EllipticCurve, scalar: RawSpan) throws(CryptoError) {
    let order = try curve.order
    guard Scalar.isInRange(scalar, order: order.rawSpan) else {
      throw .invalidKey("a scalar of \(curve) is not between 1 and the order, or is too short")
    }
    self.curve = curve
    self.scalar = SecretBytes(copying: scalar)
  }

  /// Signs a digest (FIPS 186-5 section 6.4.1).
  func sign(_ digest: Digest, _ hash: HashFunction) throws(CryptoError) -> [UInt8] {
    let context = try CurveContext.open(curve)
    let order = try context.parameter("n")
    let message = try Integer.from(
      digest.rawSpan.extracting(first: min(digest.count, curve.orderByteCount)))
    unsafe gcry_mpi_mod(message.value, message.value, order.value)
    var nonces = try DeterministicNonces.seeded(
      curve, hash, scalar: scalar, digest: digest)
    // The chance of a second round is one in 2^256.
    while true {
      let bytes = try nonces.next()
      let product = try context.multiplyBasePoint(by: bytes.bytes)
      guard let affine = context.coordinates(of: product) else { continue }
      let r = Integer()
      unsafe gcry_mpi_mod(r.value, affine.x.value, order.value)
      let nonce = try Integer.from(secret: bytes)
      let s = try blinded(nonce: nonce, message: message, r: r, order: order)
      guard !r.isZero, !s.isZero else { continue }
      let width = curve.orderByteCount
      return ECDSASignature.encode(r: r.bytes(count: width), s: s.bytes(count: width))
    }
  }

  /// s = (z + rd) / k mod n, computed as b(z + rd) / bk with a random b, so that neither the
  /// inversion nor a product sees a secret itself.
  private func blinded(
    nonce: borrowing Integer, message: borrowing Integer, r: borrowing Integer,
    order: borrowing Integer
  ) throws(CryptoError) -> Integer {
    var random = SystemRandomSource()
    let blinding = try Integer.from(secret: try Scalar.random(curve, using: &random))
    let divisor = Integer(isSecret: true)
    unsafe gcry_mpi_mulm(divisor.value, blinding.value, nonce.value, order.value)
    guard unsafe gcry_mpi_invm(divisor.value, divisor.value, order.value) != 0 else {
      throw .unsupported("a nonce of \(curve) has no inverse")
    }
    let s = Integer(isSecret: true)
    let key = try Integer.from(secret: scalar)
    unsafe gcry_mpi_mulm(s.value, blinding.value, key.value, order.value)
    unsafe gcry_mpi_mulm(s.value, s.value, r.value, order.value)
    let blindedMessage = Integer(isSecret: true)
    unsafe gcry_mpi_mulm(blindedMessage.value, blinding.value, message.value, order.value)
    unsafe gcry_mpi_addm(s.value, s.value, blindedMessage.value, order.value)
    unsafe gcry_mpi_mulm(s.value, s.value, divisor.value, order.value)
    return s
  }
}
