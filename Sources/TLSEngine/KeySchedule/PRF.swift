import TLSCrypto

/// The pseudorandom function of RFC 5246 section 5.
enum PRF {
  /// Fills `output` with `P_hash(secret, label ‖ seed)`.
  static func fill(
    _ output: inout MutableRawSpan, secret: RawSpan, label: String, seed: [UInt8],
    using hash: HashFunction
  ) throws(CryptoError) {
    let labelAndSeed = [UInt8](label.utf8) + seed
    var hmac = try HMAC(hash, key: secret)
    // A(i) = HMAC(secret, A(i-1)), and A(0) is the seed: as secret as what is made of it.
    var a = SecretBytes(count: hash.digestByteCount)
    hmac.update(labelAndSeed.rawSpan)
    finalize(&hmac, into: &a)
    var position = 0
    while position < output.byteCount {
      hmac.update(a.bytes)
      hmac.update(labelAndSeed.rawSpan)
      let end = min(position + hash.digestByteCount, output.byteCount)
      var block = output._mutatingExtracting(position..<end)
      hmac.finalize(into: &block)
      position = end
      guard position < output.byteCount else { break }
      hmac.update(a.bytes)
      finalize(&hmac, into: &a)
    }
  }

  private static func finalize(_ hmac: inout HMAC, into secret: inout SecretBytes) {
    var bytes = secret.mutableBytes
    hmac.finalize(into: &bytes)
  }
}
