/// A private key that signs. Copies share one key; it is wiped when the last of them goes.
public struct PrivateKey: Sendable {
  /// The sort of key to generate.
  public enum Generation: Sendable, Hashable {
    /// RSA with a modulus of so many bits.
    case rsa(bits: Int)
    /// A key on one of the NIST's curves.
    case ecdsa(EllipticCurve)
    /// Ed25519.
    case ed25519
  }

  /// The key itself, by kind.
  enum Storage: Sendable {
    case rsa(RSAPrivateKey)
    case ecdsa(ECDSAPrivateKey)
    case ed25519(Ed25519PrivateKey)
  }

  let storage: Storage

  /// The public half.
  public let publicKey: PublicKey

  /// An RSA key from its numbers, big-endian.
  ///
  /// - Throws: ``CryptoError/invalidKey(_:)`` if they do not belong together, and
  ///   ``CryptoError/invalidPublicKey(_:)`` if the public ones alone cannot be used.
  public static func rsa(
    modulus: RawSpan, publicExponent: RawSpan, privateExponent: RawSpan, prime1: RawSpan,
    prime2: RawSpan
  ) throws(CryptoError) -> PrivateKey {
    let publicKey = try PublicKey.rsa(modulus: modulus, exponent: publicExponent)
    let key = try RSAPrivateKey(
      publicKey, privateExponent: privateExponent, prime1: prime1, prime2: prime2)
    return PrivateKey(storage: .rsa(key), publicKey: publicKey)
  }

  /// A key on one of the NIST's curves, from its scalar, big-endian. The public point is computed.
  ///
  /// - Throws: ``CryptoError/invalidKey(_:)`` if the scalar is not between 1 and n - 1.
  public static func ecdsa(
    _ curve: EllipticCurve, scalar: RawSpan
  ) throws(CryptoError) -> PrivateKey {
    let key = try ECDSAPrivateKey(curve, scalar: scalar)
    let point = try curve.publicPoint(of: scalar)
    let publicKey = try PublicKey.ecdsa(curve, point: point.rawSpan)
    return PrivateKey(storage: .ecdsa(key), publicKey: publicKey)
  }

  /// An Ed25519 key from its seed of 32 bytes (RFC 8032 section 5.1.5).
  ///
  /// - Throws: ``CryptoError/invalidKey(_:)`` if there are not 32.
  public static func ed25519(seed: RawSpan) throws(CryptoError) -> PrivateKey {
    let encoded = try Ed25519PrivateKey.publicBytes(of: seed)
    let publicKey = try PublicKey.ed25519(encoded.rawSpan)
    let key = try Ed25519PrivateKey(seed: seed, publicKey)
    return PrivateKey(storage: .ed25519(key), publicKey: publicKey)
  }

  /// A new key.
  ///
  /// - Parameter random: what the key is made from. RSA keys alone come from libgcrypt's own
  ///   generator and its own randomness.
  /// - Throws: ``CryptoError`` if libgcrypt cannot make one, such as RSA of less than 1024 bits.
  public static func generate(
    _ kind: Generation, using random: inout some RandomSource
  ) throws(CryptoError) -> PrivateKey {
    switch kind {
    case .rsa(let bits):
      return try RSAPrivateKey.generate(bits: bits)
    case .ecdsa(let curve):
      let scalar = try Scalar.random(curve, using: &random)
      return try ecdsa(curve, scalar: scalar.bytes)
    case .ed25519:
      var seed = SecretBytes(count: 32)
      var span = seed.mutableBytes
      random.fill(&span)
      return try ed25519(seed: seed.bytes)
    }
  }

  /// Signs a message.
  ///
  /// ECDSA is always deterministic (RFC 6979); only PSS draws randomness, its salt.
  ///
  /// - Throws: ``CryptoError/unsupported(_:)`` if the algorithm wants a key of another kind;
  ///   ``CryptoError/invalidInput(_:)`` if the message is longer than the 65,000 bytes that libgcrypt
  ///   can sign with Ed25519.
  public func sign(
    _ message: RawSpan, using algorithm: SignatureAlgorithm, random: inout some RandomSource
  ) throws(CryptoError) -> [UInt8] {
    switch (storage, algorithm) {
    case (.rsa(let key), .rsaPKCS1(let hash)):
      return try key.sign(
        try SignatureInput.pkcs1(try Hash.digest(of: message, using: hash), hash), publicKey)
    case (.rsa(let key), .rsaPSS(let hash)):
      let salt = random.bytes(hash.digestByteCount)
      let digest = try Hash.digest(of: message, using: hash)
      return try key.sign(try SignatureInput.pss(digest, hash, salt: salt), publicKey)
    case (.ecdsa(let key), .ecdsa(let hash)):
      return try key.sign(try Hash.digest(of: message, using: hash), hash)
    case (.ed25519(let key), .ed25519):
      return try key.sign(message)
    default:
      throw .unsupported("a key of \(publicKey) cannot sign with \(algorithm)")
    }
  }
}

extension PrivateKey {
  /// The numbers of an RSA key, for whoever writes it to a file.
  package var rsaNumbers: RSANumbers? {
    if case .rsa(let key) = storage { key.numbers } else { nil }
  }

  /// A copy of the scalar of an ECDSA key, big-endian, as wide as the order.
  package var ecdsaScalar: SecretBytes? {
    if case .ecdsa(let key) = storage { key.scalar.copy() } else { nil }
  }

  /// A copy of the seed of an Ed25519 key.
  package var ed25519Seed: SecretBytes? {
    if case .ed25519(let key) = storage { key.seed.copy() } else { nil }
  }
}
