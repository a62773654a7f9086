/// Drawing secret scalars of the NIST's curves.
enum Scalar {
  /// A scalar between 1 and n - 1, big-endian, from randomness: as many bytes as n has, drawn anew
  /// until they are in that range (FIPS 186-5 appendix A.2.2).
  static func random(
    _ curve: EllipticCurve, using random: inout some RandomSource
  ) throws(CryptoError) -> SecretBytes {
    let order = try curve.order
    // The chance that a candidate is out of range is below 2^-32 for P-256, and far below for the
    // others; a source that fails so often is no source of randomness.
    for _ in 0..<64 {
      var candidate = SecretBytes(count: curve.orderByteCount)
      var span = candidate.mutableBytes
      random.fill(&span)
      span[byte: 0] &= curve.orderTopByteMask
      if isInRange(candidate.bytes, order: order.rawSpan) { return candidate }
    }
    throw .invalidInput("the source of randomness gives no scalar of \(curve)")
  }

  /// Whether a scalar lies between 1 and n - 1. The time it takes does not depend on the scalar.
  static func isInRange(_ scalar: RawSpan, order: RawSpan) -> Bool {
    guard scalar.byteCount == order.byteCount else { return false }
    var borrow: Int = 0
    var bits: UInt8 = 0
    for offset in stride(from: scalar.byteCount - 1, through: 0, by: -1) {
      // Subtract n; a borrow left over at the end means that the scalar is less.
      borrow = (Int(scalar[byte: offset]) - Int(order[byte: offset]) + borrow) >> 8
      bits |= scalar[byte: offset]
    }
    return borrow != 0 && bits != 0
  }
}
