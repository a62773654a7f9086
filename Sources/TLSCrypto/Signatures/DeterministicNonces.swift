/// The nonces of deterministic ECDSA (RFC 6979 section 3.2): HMAC as a random generator, seeded
/// with the key and the digest.
struct DeterministicNonces: ~Copyable {
  private let curve: EllipticCurve
  private let hash: HashFunction
  private let order: [UInt8]
  private var key: SecretBytes
  private var value: SecretBytes
  private var isFirst = true

  /// Steps b and c.
  private init(_ curve: EllipticCurve, _ hash: HashFunction, order: [UInt8]) {
    self.curve = curve
    self.hash = hash
    self.order = order
    key = SecretBytes(count: hash.digestByteCount)
    value = SecretBytes(copying: [UInt8](repeating: 1, count: hash.digestByteCount).rawSpan)
  }

  /// Steps b to g: the nonces of this key and this digest.
  static func seeded(
    _ curve: EllipticCurve, _ hash: HashFunction, scalar: borrowing SecretBytes, digest: Digest
  ) throws(CryptoError) -> DeterministicNonces {
    let order = try CurveContext.open(curve).parameter("n")
    let reduced = try reduce(digest, curve, order)
    var nonces = DeterministicNonces(
      curve, hash, order: order.bytes(count: curve.orderByteCount))
    try nonces.update(0, scalar.bytes, reduced.rawSpan)
    try nonces.update(1, scalar.bytes, reduced.rawSpan)
    return nonces
  }

  /// `bits2octets`: the digest's leftmost bits, mod n.
  private static func reduce(
    _ digest: Digest, _ curve: EllipticCurve, _ order: borrowing Integer
  ) throws(CryptoError) -> [UInt8] {
    let width = curve.orderByteCount
    let number = try Integer.from(digest.rawSpan.extracting(first: min(digest.count, width)))
    let bytes = number.bytes(count: width)
    // Less than n already, or n is taken off once: both have as many bits.
    return number.isLess(than: order) ? bytes : subtract(order.bytes(count: width), from: bytes)
  }

  private static func subtract(_ subtrahend: [UInt8], from minuend: [UInt8]) -> [UInt8] {
    var difference = minuend
    var borrow = 0
    for (offset, digit) in zip(minuend.indices, subtrahend).reversed() {
      let result = Int(difference[offset]) - Int(digit) + borrow
      difference[offset] = UInt8(truncatingIfNeeded: result)
      borrow = result >> 8
    }
    return difference
  }

  /// K = HMAC(K, V ‖ separator ‖ scalar ‖ digest), V = HMAC(K, V).
  private mutating func update(
    _ separator: UInt8, _ scalar: RawSpan?, _ digest: RawSpan?
  ) throws(CryptoError) {
    var mac = try HMAC(hash, key: key.bytes)
    mac.update(value.bytes)
    mac.update([separator].rawSpan)
    if let scalar { mac.update(scalar) }
    if let digest { mac.update(digest) }
    var span = key.mutableBytes
    mac.finalize(into: &span)
    try stepValue()
  }

  private mutating func stepValue() throws(CryptoError) {
    var mac = try HMAC(hash, key: key.bytes)
    mac.update(value.bytes)
    var span = value.mutableBytes
    mac.finalize(into: &span)
  }

  /// Step h: the next nonce between 1 and n - 1, big-endian.
  mutating func next() throws(CryptoError) -> SecretBytes {
    let width = curve.orderByteCount
    while true {
      if !isFirst { try update(0, nil, nil) }
      isFirst = false
      var candidate = SecretBytes(count: width)
      var filled = 0
      while filled < width {
        try stepValue()
        let count = min(value.count, width - filled)
        var span = candidate.mutableBytes
        span.copy(value.bytes.extracting(first: count), at: filled)
        filled += count
      }
      // `bits2int` drops the bits on the right that are more than n has.
      var span = candidate.mutableBytes
      Self.shiftRight(&span, by: 8 * width - curve.bitCount)
      if Scalar.isInRange(candidate.bytes, order: order.rawSpan) { return candidate }
    }
  }

  private static func shiftRight(_ bytes: inout MutableRawSpan, by count: Int) {
    guard count > 0 else { return }
    var carry: UInt8 = 0
    for offset in bytes.byteOffsets {
      let byte = bytes[byte: offset]
      bytes[byte: offset] = byte >> count | carry
      carry = byte << (8 - count)
    }
  }
}
