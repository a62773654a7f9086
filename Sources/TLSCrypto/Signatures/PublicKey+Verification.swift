extension PublicKey {
  /// Checks a signature.
  ///
  /// - Throws: ``CryptoError/invalidSignature`` if the signature is not this key's of this message,
  ///   or is not in the algorithm's form; ``CryptoError/unsupported(_:)`` if the algorithm wants a
  ///   key of another kind; ``CryptoError/invalidInput(_:)`` if the message is longer than the
  ///   65,000 bytes that libgcrypt can verify with Ed25519.
  public func verify(
    _ signature: RawSpan, of message: RawSpan, using algorithm: SignatureAlgorithm
  ) throws(CryptoError) {
    switch (kind, components, algorithm) {
    case (.rsa, .rsa(let modulus, _), .rsaPKCS1(let hash)):
      let data = try SignatureInput.pkcs1(try Hash.digest(of: message, using: hash), hash)
      try verifyRSA(signature, modulus, data)
    case (.rsa, .rsa(let modulus, _), .rsaPSS(let hash)):
      let data = try SignatureInput.pss(try Hash.digest(of: message, using: hash), hash, salt: nil)
      try verifyRSA(signature, modulus, data)
    case (.ecdsa(let curve), .ecdsa(let point), .ecdsa(let hash)):
      let digest = try Hash.digest(of: message, using: hash)
      try ECDSASignature.verify(signature, of: digest, curve, point: point.rawSpan)
    case (.ed25519, .ed25519, .ed25519):
      guard signature.byteCount == 64,
        Ed25519PublicKey.isReduced(signature.extracting(droppingFirst: 32))
      else { throw .invalidSignature }
      let expression = try Expression.signature(
        "eddsa", signature.extracting(first: 32), signature.extracting(droppingFirst: 32))
      try verify(expression, of: try SignatureInput.ed25519(message))
    default:
      throw .unsupported("\(algorithm) cannot be verified with a key of \(kind)")
    }
  }

  private func verifyRSA(
    _ signature: RawSpan, _ modulus: [UInt8], _ data: Expression
  ) throws(CryptoError) {
    // RFC 8017 sections 8.1.2 and 8.2.2: exactly as long as the modulus, and less than it.
    guard signature.byteCount == modulus.count, signature.isLess(than: modulus.rawSpan) else {
      throw .invalidSignature
    }
    let expression = try Expression.build(capacity: signature.byteCount + 64) { writer in
      writer.list("sig-val") { $0.list("rsa") { $0.list("s", signature) } }
    }
    try verify(expression, of: data)
  }
}

/// What is signed, in libgcrypt's form.
enum SignatureInput {
  /// Room for what is around two digests and for them.
  private static let capacity = 512

  static func pkcs1(_ digest: Digest, _ hash: HashFunction) throws(CryptoError) -> Expression {
    try .build(capacity: capacity) { writer in
      writer.list("data") { writer in
        writer.list("flags", "pkcs1")
        writer.hash(digest, hash)
      }
    }
  }

  /// - Parameter salt: as long as the digest; `nil` to verify.
  static func pss(
    _ digest: Digest, _ hash: HashFunction, salt: [UInt8]?
  ) throws(CryptoError) -> Expression {
    try .build(capacity: capacity) { writer in
      writer.list("data") { writer in
        writer.list("flags", "pss")
        writer.list("salt-length", "\(digest.count)")
        writer.hash(digest, hash)
        if let salt { writer.list("random-override", salt.rawSpan) }
      }
    }
  }

  static func ed25519(_ message: RawSpan) throws(CryptoError) -> Expression {
    try .build(capacity: message.byteCount + 128) { writer in
      writer.list("data") { writer in
        writer.list("flags", "eddsa")
        writer.list("hash-algo", "sha512")
        writer.list("value", message)
      }
    }
  }
}

extension ExpressionWriter {
  /// `(hash NAME DIGEST)`.
  fileprivate mutating func hash(_ digest: Digest, _ function: HashFunction) {
    list("hash") { writer in
      writer.atom(function.expressionName)
      writer.atom(digest.rawSpan)
    }
  }
}

extension RawSpan {
  /// Whether the big-endian number that these bytes say is less than that of as many others. Not
  /// constant time: for public values only.
  fileprivate func isLess(than other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return byteCount < other.byteCount }
    for offset in byteOffsets where self[byte: offset] != other[byte: offset] {
      return self[byte: offset] < other[byte: offset]
    }
    return false
  }
}

extension Expression {
  /// A signature of two numbers.
  static func signature(
    _ name: StaticString, _ r: RawSpan, _ s: RawSpan
  ) throws(CryptoError) -> Expression {
    try build(capacity: r.byteCount + s.byteCount + 96) { writer in
      writer.list("sig-val") { writer in
        writer.list(name) { writer in
          writer.list("r", r)
          writer.list("s", s)
        }
      }
    }
  }
}
