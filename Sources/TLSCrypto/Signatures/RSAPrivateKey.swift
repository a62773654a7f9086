internal import CGcrypt

/// The secret numbers of an RSA key, big-endian (RFC 8017 appendix A.1.2).
package final class RSANumbers: Sendable {
  /// d.
  package let privateExponent: SecretBytes
  /// p.
  package let prime1: SecretBytes
  /// q.
  package let prime2: SecretBytes
  /// d mod (p - 1).
  package let exponent1: SecretBytes
  /// d mod (q - 1).
  package let exponent2: SecretBytes
  /// The inverse of q mod p.
  package let coefficient: SecretBytes

  fileprivate init(
    _ d: borrowing Integer, _ p: borrowing Integer, _ q: borrowing Integer,
    _ dp: borrowing Integer, _ dq: borrowing Integer, _ coefficient: borrowing Integer
  ) {
    privateExponent = d.secretBytes(count: (d.bitCount + 7) / 8)
    prime1 = p.secretBytes(count: (p.bitCount + 7) / 8)
    prime2 = q.secretBytes(count: (q.bitCount + 7) / 8)
    exponent1 = dp.secretBytes(count: (p.bitCount + 7) / 8)
    exponent2 = dq.secretBytes(count: (q.bitCount + 7) / 8)
    self.coefficient = coefficient.secretBytes(count: (p.bitCount + 7) / 8)
  }
}

/// An RSA key that signs.
final class RSAPrivateKey: Sendable {
  let numbers: RSANumbers
  private let expression: Expression

  /// Checks that the numbers belong together.
  init(
    _ publicKey: PublicKey, privateExponent: RawSpan, prime1: RawSpan, prime2: RawSpan
  ) throws(CryptoError) {
    guard let modulus = publicKey.rsaModulus, let exponent = publicKey.rsaExponent else {
      throw .unsupported("a key of \(publicKey) is not RSA")
    }
    let d = try Integer.from(privateExponent, isSecret: true)
    let p = try Integer.from(prime1, isSecret: true)
    let q = try Integer.from(prime2, isSecret: true)
    guard !d.isZero, !p.isZero, !q.isZero else {
      throw .invalidKey("a number of an RSA key is zero")
    }
    numbers = try Self.derive(
      n: try .from(modulus.rawSpan), e: try .from(exponent.rawSpan), d: d, p: p, q: q)
    // libgcrypt wants p < q, and the inverse of p mod q.
    if p.isLess(than: q) {
      expression = try Self.expression(modulus, exponent, d, p, q)
    } else {
      expression = try Self.expression(modulus, exponent, d, q, p)
    }
  }

  private static func expression(
    _ modulus: [UInt8], _ exponent: [UInt8], _ d: borrowing Integer, _ smaller: borrowing Integer,
    _ larger: borrowing Integer
  ) throws(CryptoError) -> Expression {
    let inverse = Integer(isSecret: true)
    guard unsafe gcry_mpi_invm(inverse.value, smaller.value, larger.value) != 0 else {
      throw .invalidKey("the primes of an RSA key are not coprime")
    }
    let d = d.secretBytes(count: modulus.count)
    let p = smaller.secretBytes(count: (smaller.bitCount + 7) / 8)
    let q = larger.secretBytes(count: (larger.bitCount + 7) / 8)
    let u = inverse.secretBytes(count: q.count)
    return try .build { writer in
      writer.list("private-key") { writer in
        writer.list("rsa") { writer in
          writer.list("n", modulus.rawSpan)
          writer.list("e", exponent.rawSpan)
          writer.list("d", d.bytes)
          writer.list("p", p.bytes)
          writer.list("q", q.bytes)
          writer.list("u", u.bytes)
        }
      }
    }
  }

  /// Checks n = pq and ed = 1 mod (p - 1) and (q - 1), and computes what PKCS#1 has besides.
  private static func derive(
    n: borrowing Integer, e: borrowing Integer, d: borrowing Integer, p: borrowing Integer,
    q: borrowing Integer
  ) throws(CryptoError) -> RSANumbers {
    let product = Integer(isSecret: true)
    unsafe gcry_mpi_mul(product.value, p.value, q.value)
    guard product.isEqual(to: n), p.bitCount > 1, q.bitCount > 1, d.isLess(than: n) else {
      throw .invalidKey("the primes of an RSA key are not its modulus's")
    }
    let dp = try exponent(d, e, p)
    let dq = try exponent(d, e, q)
    let coefficient = Integer(isSecret: true)
    guard unsafe gcry_mpi_invm(coefficient.value, q.value, p.value) != 0 else {
      throw .invalidKey("the primes of an RSA key are not coprime")
    }
    return RSANumbers(d, p, q, dp, dq, coefficient)
  }

  /// d mod (prime - 1), which is the inverse of e.
  private static func exponent(
    _ d: borrowing Integer, _ e: borrowing Integer, _ prime: borrowing Integer
  ) throws(CryptoError) -> Integer {
    let order = Integer(isSecret: true)
    unsafe gcry_mpi_sub_ui(order.value, prime.value, 1)
    let result = Integer(isSecret: true)
    unsafe gcry_mpi_mod(result.value, d.value, order.value)
    let product = Integer(isSecret: true)
    unsafe gcry_mpi_mulm(product.value, result.value, e.value, order.value)
    guard unsafe gcry_mpi_cmp_ui(product.value, 1) == 0 else {
      throw .invalidKey("the exponents of an RSA key do not belong together")
    }
    return result
  }

  /// A new key with the exponent 65537.
  static func generate(bits: Int) throws(CryptoError) -> PrivateKey {
    let range = PublicKey.minimumRSABitCount...PublicKey.maximumRSABitCount
    guard range.contains(bits) else {
      throw .invalidInput("an RSA key has \(range.lowerBound) to \(range.upperBound) bits")
    }
    let parameters = try Expression.build { writer in
      writer.list("genkey") { writer in
        writer.list("rsa") { writer in
          writer.list("nbits", "\(bits)")
          writer.list("rsa-use-e", "65537")
        }
      }
    }
    var key: gcry_sexp_t?
    try unsafe CryptoError.check(gcry_pk_genkey(&key, parameters.value), "gcry_pk_genkey")
    let made = try unsafe Expression.taking(key, "gcry_pk_genkey")
    let n = try made.bytes("n")
    let e = try made.bytes("e")
    let d = try made.bytes("d")
    let p = try made.bytes("p")
    let q = try made.bytes("q")
    return try .rsa(
      modulus: n.bytes, publicExponent: e.bytes, privateExponent: d.bytes, prime1: p.bytes,
      prime2: q.bytes)
  }

  /// Signs. One that a fault spoilt would give the primes away (Lenstra): libgcrypt raises each to the
  /// public exponent before it gives it out, since its version 1.7 (`rsa_sign`), so that this need not be
  /// done again.
  func sign(_ data: Expression, _ publicKey: PublicKey) throws(CryptoError) -> [UInt8] {
    guard let modulus = publicKey.rsaModulus else {
      throw .unsupported("a key of \(publicKey) is not RSA")
    }
    let signature = try Expression.sign(data, with: expression)
    let number = try signature.bytes("s")
    let digits = [UInt8](number.bytes).withoutLeadingZeros
    return [UInt8](repeating: 0, count: max(0, modulus.count - digits.count)) + digits
  }
}
