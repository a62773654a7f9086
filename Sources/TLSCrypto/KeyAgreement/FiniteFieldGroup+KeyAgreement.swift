/// Diffie-Hellman with numbers (RFC 5246 section 8.1.2, RFC 7919 section 5).
extension FiniteFieldGroup {
  /// The length of a secret exponent, in bytes: the bits that RFC 7919 appendix A asks for (225, 275,
  /// 325, 375 and 400, twice the group's strength), rounded up to whole words of 64 bits. A group of
  /// RFC 3526 is as strong as one of RFC 7919 of its size.
  var exponentByteCount: Int {
    switch self {
    case .ffdhe2048, .modp2048: 32
    case .ffdhe3072, .modp3072: 40
    case .ffdhe4096, .modp4096, .ffdhe6144, .modp6144: 48
    case .ffdhe8192, .modp8192: 56
    }
  }

  /// A secret exponent whose top bit is set, as RFC 7919 section 5.2 has it.
  ///
  /// libgcrypt takes less time for an exponent with leading zeros, so there are none.
  func randomExponent(using random: inout some RandomSource) -> SecretBytes {
    var exponent = SecretBytes(count: exponentByteCount)
    var span = exponent.mutableBytes
    random.fill(&span)
    span[byte: 0] |= 0x80
    return exponent
  }

  /// The public key that belongs to a secret exponent, as long as the prime.
  func publicKey(of exponent: RawSpan) throws(CryptoError) -> [UInt8] {
    let modulus = try modulus()
    let base = try Integer.from(generator.rawSpan)
    let power = base.raised(to: try .from(exponent, isSecret: true), modulo: modulus)
    return power.bytes(count: publicKeyByteCount)
  }

  /// The secret shared with the owner of a public key, without leading zeros (RFC 5246 section 8.1.2).
  ///
  /// How long it takes to hash the secret betrays how many zeros were left out: enough to find a
  /// secret, were the exponent used again and again. ``EphemeralPrivateKey`` is used once.
  func sharedSecret(_ peer: RawSpan, _ exponent: RawSpan) throws(CryptoError) -> SecretBytes {
    let modulus = try modulus()
    let base = try decode(peer, modulus)
    let power = base.raised(to: try .from(exponent, isSecret: true), modulo: modulus)
    return power.secretBytes(count: (power.bitCount + 7) / 8)
  }

  private func modulus() throws(CryptoError) -> Integer {
    try Library.initialize()
    return try .from(prime.rawSpan)
  }

  /// The number that a public key says, between 1 and p - 1 (RFC 7919 section 5.1).
  ///
  /// That is all there is to check: p is a safe prime, so that every such number is of order
  /// (p - 1) / 2 or p - 1. What the larger order betrays is whether the exponent is even, and that of
  /// one key only.
  private func decode(
    _ peer: RawSpan, _ modulus: borrowing Integer
  ) throws(CryptoError) -> Integer {
    guard peer.byteCount <= publicKeyByteCount else {
      throw .invalidPublicKey(
        "a public key of \(self) has \(publicKeyByteCount) bytes at most, not \(peer.byteCount)")
    }
    let number = try Integer.from(peer)
    guard number.bitCount > 1, number.isLess(than: modulus.predecessor()) else {
      throw .invalidPublicKey("a public key of \(self) is not between 1 and p - 1")
    }
    return number
  }
}
