internal import CGcrypt

/// An Ed25519 key that signs (RFC 8032 section 5.1).
final class Ed25519PrivateKey: Sendable {
  let seed: SecretBytes
  private let expression: Expression

  init(seed: RawSpan, _ publicKey: PublicKey) throws(CryptoError) {
    guard let known = publicKey.expression else {
      throw .unsupported("a key of \(publicKey) is not Ed25519")
    }
    self.seed = SecretBytes(copying: seed)
    let point = try known.bytes("q")
    expression = try Self.expression(seed: seed, point: point.bytes)
  }

  private static func expression(
    seed: RawSpan, point: RawSpan?
  ) throws(CryptoError) -> Expression {
    try .build { writer in
      writer.list("private-key") { writer in
        writer.list("ecc") { writer in
          writer.list("curve", "Ed25519")
          writer.list("flags", "eddsa")
          if let point { writer.list("q", point) }
          writer.list("d", seed)
        }
      }
    }
  }

  /// The public key that belongs to a seed.
  static func publicBytes(of seed: RawSpan) throws(CryptoError) -> [UInt8] {
    guard seed.byteCount == 32 else {
      throw .invalidKey("a seed of Ed25519 has 32 bytes, not \(seed.byteCount)")
    }
    let key = try expression(seed: seed, point: nil)
    var context: gcry_ctx_t?
    try unsafe CryptoError.check(gcry_mpi_ec_new(&context, key.value, nil), "gcry_mpi_ec_new")
    defer { unsafe gcry_ctx_release(context) }
    guard
      let encoded = unsafe Integer(taking: gcry_mpi_ec_get_mpi("q@eddsa", context, 1))
    else { throw .invalidKey("libgcrypt cannot compute the public key of a seed") }
    var bitCount: UInt32 = 0
    guard let start = unsafe gcry_mpi_get_opaque(encoded.value, &bitCount) else {
      throw .invalidKey("libgcrypt cannot encode the public key of a seed")
    }
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: Int(bitCount + 7) / 8)
    return unsafe [UInt8](buffer)
  }

  /// Signs a message: 64 bytes.
  func sign(_ message: RawSpan) throws(CryptoError) -> [UInt8] {
    let signature = try Expression.sign(try SignatureInput.ed25519(message), with: expression)
    let r = try signature.bytes("r")
    let s = try signature.bytes("s")
    return [UInt8](r.bytes) + [UInt8](s.bytes)
  }
}
