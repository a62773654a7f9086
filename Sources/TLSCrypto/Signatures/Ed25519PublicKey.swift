internal import CGcrypt

/// What has to be known of Ed25519's public keys and signatures before libgcrypt computes with
/// them (RFC 8032 section 5.1).
enum Ed25519PublicKey {
  /// Coordinates of fewer bits stop the whole process: libgcrypt 1.10 checks that the point lies on
  /// the curve with arithmetic that wants all four words of a number, and calls `abort` if there
  /// are less. A key made as it should be has such a coordinate once in 2^62 times; the points of
  /// order 1, 2 and 4 are among those that do.
  private static let minimumBitCount = 193

  /// The order of the base point, little-endian.
  private static let order: [UInt8] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
  ]

  /// The point that 32 bytes encode (RFC 8032 section 5.1.3), uncompressed: 4, and both coordinates,
  /// big-endian.
  ///
  /// - Throws: if they encode none, or one that libgcrypt cannot compute with.
  static func decode(_ bytes: RawSpan) throws(CryptoError) -> [UInt8] {
    try Library.initialize()
    var context: gcry_ctx_t?
    try unsafe CryptoError.check(gcry_mpi_ec_new(&context, nil, "Ed25519"), "gcry_mpi_ec_new")
    defer { unsafe gcry_ctx_release(context) }
    let encoded = unsafe bytes.withUnsafeBytes {
      unsafe Integer(
        taking: gcry_mpi_set_opaque_copy(nil, $0.baseAddress, UInt32($0.count * 8)))
    }
    guard let encoded, let prime = unsafe Integer(taking: gcry_mpi_ec_get_mpi("p", context, 1))
    else { throw .unsupported("Ed25519 is not available") }
    let point = Point()
    guard unsafe gcry_mpi_ec_decode_point(point.value, encoded.value, context) == 0 else {
      throw .invalidPublicKey("a public key of Ed25519 is no point of its curve")
    }
    let x = Integer()
    let y = Integer()
    unsafe gcry_mpi_point_get(x.value, y.value, nil, point.value)
    // libgcrypt decodes a y of p or more, and an x of 0 with the sign bit, which becomes p.
    guard x.isLess(than: prime), y.isLess(than: prime) else {
      throw .invalidPublicKey("a public key of Ed25519 has a coordinate outside the field")
    }
    guard x.bitCount >= minimumBitCount, y.bitCount >= minimumBitCount else {
      throw .invalidPublicKey("a public key of Ed25519 has a coordinate too small to be random")
    }
    // Decoding gives some x to every y.
    guard unsafe gcry_mpi_ec_curve_point(point.value, context) != 0 else {
      throw .invalidPublicKey("a public key of Ed25519 is no point of its curve")
    }
    return [4] + x.bytes(count: 32) + y.bytes(count: 32)
  }

  /// Whether the second half of a signature is less than the base point's order (RFC 8032 section
  /// 5.1.7). libgcrypt does not ask, and would take a second signature for every one.
  static func isReduced(_ s: RawSpan) -> Bool {
    guard s.byteCount == order.count else { return false }
    for offset in order.indices.reversed() where s[byte: offset] != order[offset] {
      return s[byte: offset] < order[offset]
    }
    return false
  }
}
