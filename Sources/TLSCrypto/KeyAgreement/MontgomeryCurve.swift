internal import CGcrypt

/// The functions X25519 and X448 (RFC 7748 section 5).
enum MontgomeryCurve: Sendable, CaseIterable, CustomStringConvertible {
  case x25519
  case x448

  /// The length of scalars and coordinates, in bytes.
  var byteCount: Int {
    switch self {
    case .x25519: 32
    case .x448: 56
    }
  }

  /// The function's name.
  var description: String {
    switch self {
    case .x25519: "X25519"
    case .x448: "X448"
    }
  }

  /// libgcrypt's number for the curve.
  private var identifier: Int32 {
    switch self {
    case .x25519: Int32(bitPattern: GCRY_ECC_CURVE25519.rawValue)
    case .x448: Int32(bitPattern: GCRY_ECC_CURVE448.rawValue)
    }
  }

  /// A scalar: any bytes are one (RFC 7748 section 5).
  func randomScalar(using random: inout some RandomSource) -> SecretBytes {
    var scalar = SecretBytes(count: byteCount)
    var span = scalar.mutableBytes
    random.fill(&span)
    return scalar
  }

  /// The public key that belongs to a scalar.
  func publicKey(of scalar: RawSpan) throws(CryptoError) -> [UInt8] {
    let product = try multiply(nil, by: scalar)
    return [UInt8](product.bytes)
  }

  /// The scalar, clamped, times the point; the base point if there is none.
  ///
  /// - Throws: ``CryptoError/invalidInput(_:)`` if either has another length than ``byteCount``,
  ///   which libgcrypt would not notice.
  func multiply(_ point: RawSpan?, by scalar: RawSpan) throws(CryptoError) -> SecretBytes {
    var isRightLength = scalar.byteCount == byteCount
    if let point, point.byteCount != byteCount { isRightLength = false }
    guard isRightLength else {
      throw .invalidInput("scalars and coordinates of \(self) have \(byteCount) bytes")
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
  func sharedSecret(_ peer: RawSpan, _ scalar: RawSpan) throws(CryptoError) -> SecretBytes {
    guard peer.byteCount == byteCount else {
      throw .invalidPublicKey(
        "a public key of \(self) has \(byteCount) bytes, not \(peer.byteCount)")
    }
    let secret: SecretBytes
    do {
      secret = try multiply(peer, by: scalar)
    } catch .library(_, _, let message) {
      throw .invalidPublicKey("\(self) cannot be computed with the peer's key: \(message)")
    }
    // A point of small order leads to zeros, whatever the scalar (RFC 7748 sections 6.1 and 6.2).
    guard !Self.isZero(secret) else {
      throw .invalidPublicKey("a public key of \(self) is a point of small order")
    }
    return secret
  }

  private static func isZero(_ secret: borrowing SecretBytes) -> Bool {
    ConstantTime.areEqual(secret.bytes, SecretBytes(count: secret.count).bytes)
  }

  private func call(
    _ output: inout MutableRawSpan, _ scalar: UnsafeRawBufferPointer, _ point: UnsafeRawPointer?
  ) -> gcry_error_t {
    unsafe output.withUnsafeMutableBytes { output in
      unsafe gcry_ecc_mul_point(
        identifier,
        output.baseAddress?.assumingMemoryBound(to: UInt8.self),
        scalar.baseAddress?.assumingMemoryBound(to: UInt8.self),
        point?.assumingMemoryBound(to: UInt8.self))
    }
  }
}
