internal import CGcrypt

/// One of libgcrypt's S-expressions: a key, something to be signed, a signature. Once made it is
/// only read, from any thread.
@safe
final class Expression: @unchecked Sendable {
  let value: gcry_sexp_t

  private init(adopting value: gcry_sexp_t) {
    unsafe self.value = value
  }

  deinit {
    unsafe gcry_sexp_release(value)
  }

  /// What libgcrypt made and gives away.
  static func taking(
    _ value: gcry_sexp_t?, _ operation: StaticString
  ) throws(CryptoError) -> Expression {
    guard let value = unsafe value else {
      throw .unsupported("libgcrypt made nothing in \(operation)")
    }
    return unsafe Expression(adopting: value)
  }

  /// The expression that `body` writes.
  ///
  /// - Parameter capacity: room for it in bytes; the default is enough for every key.
  static func build(
    capacity: Int = 12_288, _ body: (inout ExpressionWriter) -> Void
  ) throws(CryptoError) -> Expression {
    try Library.initialize()
    var writer = ExpressionWriter(capacity: capacity)
    body(&writer)
    var value: gcry_sexp_t?
    let code = try writer.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe gcry_sexp_new(&value, $0.baseAddress, $0.count, 0) }
    }
    try CryptoError.check(code, "gcry_sexp_new")
    return try unsafe taking(value, "gcry_sexp_new")
  }

  /// The bytes under a name, wherever in the expression that is.
  func bytes(_ name: String) throws(CryptoError) -> SecretBytes {
    let list = try unsafe Expression.taking(
      gcry_sexp_find_token(value, name, name.utf8.count), "gcry_sexp_find_token")
    var count = 0
    guard let start = unsafe gcry_sexp_nth_data(list.value, 1, &count) else {
      throw .unsupported("libgcrypt gave no \(name)")
    }
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
    let bytes = unsafe SecretBytes(copying: RawSpan(_unsafeBytes: buffer))
    withExtendedLifetime(list) {}
    return bytes
  }

  /// Signs with a private key.
  static func sign(
    _ data: Expression, with key: Expression
  ) throws(CryptoError) -> Expression {
    var signature: gcry_sexp_t?
    try unsafe CryptoError.check(
      gcry_pk_sign(&signature, data.value, key.value), "gcry_pk_sign")
    return try unsafe taking(signature, "gcry_pk_sign")
  }

  /// Checks a signature with a public key.
  static func verify(
    _ signature: Expression, of data: Expression, with key: Expression
  ) throws(CryptoError) {
    let code = unsafe gcry_pk_verify(signature.value, data.value, key.value)
    // Whatever it dislikes about a signature, it is no good; there is nothing else to be told.
    guard code == 0 else { throw .invalidSignature }
  }
}
