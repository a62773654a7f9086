import TLSCrypto

/// The pseudorandom function of RFC 5246 section 5.
enum PRF {
  /// Fills `output` with `P_hash(secret, label ‖ seed ‖ more)`.
  ///
  /// - Parameter hmac: under the secret, with nothing hashed yet; it is so again afterwards.
  static func fill(
    _ output: inout MutableRawSpan, _ hmac: inout HMAC, label: String, seed: RawSpan,
    _ more: RawSpan = RawSpan(), using hash: HashFunction
  ) {
    // A(i) = HMAC(secret, A(i-1)), and A(0) is the seed: as secret as what is made of it.
    var a = SecretBytes(count: hash.digestByteCount)
    update(&hmac, label, seed, more)
    finalize(&hmac, into: &a)
    var position = 0
    while position < output.byteCount {
      hmac.update(a.bytes)
      update(&hmac, label, seed, more)
      let end = min(position + hash.digestByteCount, output.byteCount)
      var block = output._mutatingExtracting(position..<end)
      hmac.finalize(into: &block)
      position = end
      guard position < output.byteCount else { break }
      hmac.update(a.bytes)
      finalize(&hmac, into: &a)
    }
  }

  private static func update(
    _ hmac: inout HMAC, _ label: String, _ seed: RawSpan, _ more: RawSpan
  ) {
    hmac.update(label.utf8.span.rawSpan)
    hmac.update(seed)
    if !more.isEmpty { hmac.update(more) }
  }

  private static func finalize(_ hmac: inout HMAC, into secret: inout SecretBytes) {
    var bytes = secret.mutableBytes
    hmac.finalize(into: &bytes)
  }
}
