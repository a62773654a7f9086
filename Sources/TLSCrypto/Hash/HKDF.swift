/// Keys made of a secret (RFC 5869).
public enum HKDF {
  /// A key as long as the function's digests, from a secret that need not look random (section 2.2).
  ///
  /// - Parameters:
  ///   - material: the secret.
  ///   - salt: what is not secret but helps, or nothing.
  /// - Throws: ``CryptoError`` if libgcrypt cannot be used.
  public static func extract(
    from material: RawSpan, salt: RawSpan, using function: HashFunction
  ) throws(CryptoError) -> SecretBytes {
    var mac = try HMAC(function, key: salt)
    mac.update(material)
    return finalize(&mac, function)
  }

  /// So many bytes from a key that looks random (section 2.3).
  ///
  /// - Parameters:
  ///   - key: what ``extract(from:salt:using:)`` gave, or as good a key.
  ///   - info: what the bytes are for, so that those for something else are others.
  ///   - count: how many bytes, at most 255 times the length of a digest.
  /// - Throws: ``CryptoError/invalidInput(_:)`` if `count` is out of range.
  public static func expand(
    _ key: RawSpan, info: RawSpan, count: Int, using function: HashFunction
  ) throws(CryptoError) -> SecretBytes {
    let most = 255 * function.digestByteCount
    guard (0...most).contains(count) else {
      throw .invalidInput("HKDF with \(function) gives 0 to \(most) bytes, not \(count)")
    }
    var output = SecretBytes(count: count)
    var span = output.mutableBytes
    var mac = try HMAC(function, key: key)
    var position = 0
    var number: UInt8 = 1
    while position < count {
      let counter: InlineArray<1, UInt8> = [number]
      mac.update(info)
      mac.update(counter.rawSpan)
      let block = finalize(&mac, function)
      let part = min(block.count, count - position)
      span.copy(block.bytes.extracting(first: part), at: position)
      position += part
      // Each block but the first begins with the one before; there are 255 at most.
      mac.update(block.bytes)
      number &+= 1
    }
    return output
  }

  private static func finalize(_ mac: inout HMAC, _ function: HashFunction) -> SecretBytes {
    var code = SecretBytes(count: function.digestByteCount)
    var span = code.mutableBytes
    mac.finalize(into: &span)
    return code
  }
}
