internal import CGcrypt

/// The function X25519 (RFC 7748 section 5).
enum X25519 {
  /// The length of scalars and coordinates, in bytes.
  static let byteCount = 32

  /// The scalar, clamped, times the point; the base point if there is none.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if either has another length than ``byteCount``,
  ///   which libgcrypt would not notice.
  static func multiply(
    _ point: RawSpan?, by scalar: RawSpan
  ) throws(CryptoError) -> SecretBytes {
    var isRightLength = scalar.byteCount == byteCount
    if let point, point.byteCount != byteCount { isRightLength = false }
    guard isRightLength else {
      throw .invalidInput("scalars and coordinates of X25519 have \(byteCount) bytes")
    }
    try Library.initialize()
    var product = SecretBytes(count: byteCount)
    var output = product.mutableBytes
    let code = unsafe scalar.withUnsafeBytes { scalar in
      if let point {
        unsafe point.withUnsafeBytes { unsafe call(&output, scalar, $0.baseAddress) }
      } else {
        unsafe call(&output, scalar, nil)
      }
    }
    try CryptoError.check(code, "gcry_ecc_mul_point")
    return product
  }

  /// The secret shared with the owner of a public key.
  static func sharedSecret(
    _ peer: RawSpan, _ scalar: RawSpan
  ) throws(CryptoError) -> SecretBytes {
    let secret: SecretBytes
    do {
      secret = try multiply(peer, by: scalar)
    } catch .library(_, _, let message) {
      throw .invalidPublicKey("X25519 cannot be computed with the peer's key: \(message)")
    }
    // A point of small order leads to zeros, whatever the scalar (RFC 7748 section 6.1).
    guard !isZero(secret) else {
      throw .invalidPublicKey("a public key of X25519 is a point of small order")
    }
    return secret
  }

  private static func isZero(_ secret: borrowing SecretBytes) -> Bool {
    ConstantTime.areEqual(secret.bytes, SecretBytes(count: secret.count).bytes)
  }

  private static func call(
    _ output: inout MutableRawSpan, _ scalar: UnsafeRawBufferPointer, _ point: UnsafeRawPointer?
  ) -> gcry_error_t {
    unsafe output.withUnsafeMutableBytes { output in
      unsafe gcry_ecc_mul_point(
        Int32(bitPattern: GCRY_ECC_CURVE25519.rawValue),
        output.baseAddress?.assumingMemoryBound(to: UInt8.self),
        scalar.baseAddress?.assumingMemoryBound(to: UInt8.self),
        point?.assumingMemoryBound(to: UInt8.self))
    }
  }
}
