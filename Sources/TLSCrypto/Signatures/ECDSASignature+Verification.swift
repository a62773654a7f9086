internal import CGcrypt

/// Checking signatures, put together here as making them is: libgcrypt's own way multiplies the base
/// point as if nothing were known of it (``FixedBaseComb``).
extension ECDSASignature {
  /// Checks the signature of a digest (FIPS 186-5 section 6.4.2).
  ///
  /// - Parameter point: the public key, uncompressed, which was checked when it was read.
  /// - Throws: ``CryptoError/invalidSignature`` if it is none of this digest and this key.
  static func verify(
    _ signature: RawSpan, of digest: Digest, _ curve: EllipticCurve, point: RawSpan
  ) throws(CryptoError) {
    let numbers = try decode(signature, curve)
    let r = try Integer.from(numbers.r.rawSpan)
    let s = try Integer.from(numbers.s.rawSpan)
    let context = try CurveContext.open(curve)
    let order = try context.parameter("n")
    let inverse = Integer()
    guard unsafe gcry_mpi_invm(inverse.value, s.value, order.value) != 0 else {
      throw .invalidSignature
    }
    let message = try Integer.from(
      digest.rawSpan.extracting(first: min(digest.count, curve.orderByteCount)))
    // u1 and u2.
    unsafe gcry_mpi_mulm(message.value, message.value, inverse.value, order.value)
    unsafe gcry_mpi_mulm(inverse.value, inverse.value, r.value, order.value)
    let sum = context.multiply(try context.point(ofChecked: point), byPublic: inverse)
    if !message.isZero {
      let scalar = message.secretBytes(count: curve.orderByteCount)
      context.add(try context.multiplyBasePoint(byPublic: scalar.bytes), to: sum)
    }
    guard let affine = context.coordinates(of: sum) else { throw .invalidSignature }
    unsafe gcry_mpi_mod(affine.x.value, affine.x.value, order.value)
    guard affine.x.isEqual(to: r) else { throw .invalidSignature }
  }
}
