/// The form of ECDSA signatures: a DER SEQUENCE of two INTEGERs (RFC 3279 section 2.2.3).
///
/// Strictly so: another encoding of the same numbers is no signature.
enum ECDSASignature {
  /// The two numbers, each in as many bytes as the curve's order has.
  ///
  /// - Throws: ``CryptoError/invalidSignature`` if the encoding is not DER, or a number is not
  ///   between 1 and n - 1.
  static func decode(
    _ bytes: RawSpan, _ curve: EllipticCurve
  ) throws(CryptoError) -> (r: [UInt8], s: [UInt8]) {
    var rest = try element(0x30, of: bytes)
    guard rest.after.isEmpty else { throw .invalidSignature }
    rest = try element(0x02, of: rest.value)
    let r = try number(rest.value, curve)
    rest = try element(0x02, of: rest.after)
    guard rest.after.isEmpty else { throw .invalidSignature }
    let s = try number(rest.value, curve)
    let order = try curve.order
    guard Scalar.isInRange(r.rawSpan, order: order.rawSpan),
      Scalar.isInRange(s.rawSpan, order: order.rawSpan)
    else { throw .invalidSignature }
    return (r, s)
  }

  /// The signature of two numbers, big-endian.
  static func encode(r: [UInt8], s: [UInt8]) -> [UInt8] {
    let content = integer(r) + integer(s)
    return [0x30] + length(content.count) + content
  }

  private struct Element: ~Escapable {
    let value: RawSpan
    let after: RawSpan

    @_lifetime(copy value, copy after)
    init(_ value: RawSpan, _ after: RawSpan) {
      self.value = value
      self.after = after
    }
  }

  /// The element of this tag at the start of `bytes`, and what follows it.
  @_lifetime(copy bytes)
  private static func element(_ tag: UInt8, of bytes: RawSpan) throws(CryptoError) -> Element {
    guard bytes.byteCount >= 2, bytes[byte: 0] == tag else { throw .invalidSignature }
    var start = 2
    var count = Int(bytes[byte: 1])
    if count == 0x81 {
      // The one long form that a signature can need, and only where the short form cannot say it.
      guard bytes.byteCount >= 3, bytes[byte: 2] >= 0x80 else { throw .invalidSignature }
      count = Int(bytes[byte: 2])
      start = 3
    } else if count > 0x7f {
      throw .invalidSignature
    }
    guard bytes.byteCount - start >= count else { throw .invalidSignature }
    return Element(
      bytes.extracting(start..<(start + count)), bytes.extracting(droppingFirst: start + count))
  }

  /// A positive INTEGER without needless zeros, as wide as the curve's order.
  private static func number(
    _ bytes: RawSpan, _ curve: EllipticCurve
  ) throws(CryptoError) -> [UInt8] {
    guard !bytes.isEmpty, bytes[byte: 0] < 0x80 else { throw .invalidSignature }
    var digits = [UInt8](bytes)
    if digits.count > 1, digits[0] == 0 {
      guard digits[1] >= 0x80 else { throw .invalidSignature }
      digits.removeFirst()
    }
    guard digits.count <= curve.orderByteCount else { throw .invalidSignature }
    return [UInt8](repeating: 0, count: curve.orderByteCount - digits.count) + digits
  }

  private static func integer(_ number: [UInt8]) -> [UInt8] {
    var digits = number.withoutLeadingZeros
    if (digits.first ?? 0x80) >= 0x80 { digits.insert(0, at: 0) }
    return [0x02] + length(digits.count) + digits
  }

  private static func length(_ count: Int) -> [UInt8] {
    count < 0x80 ? [UInt8(count)] : [0x81, UInt8(truncatingIfNeeded: count)]
  }
}
