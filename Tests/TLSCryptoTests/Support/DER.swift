/// Just enough of DER (X.690 section 10) to write ECDSA signatures, right and wrong, without the
/// code under test.
enum DER {
  /// A length of one byte if that can say it, else `81` or `82` and more.
  static func length(_ count: Int) -> [UInt8] {
    switch count {
    case ..<0x80: [UInt8(count)]
    case ..<0x100: [0x81, UInt8(count)]
    default: [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
    }
  }

  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag] + length(content.count) + content
  }

  /// The INTEGER of a number that is not negative, big-endian.
  static func integer(_ number: [UInt8]) -> [UInt8] {
    let digits = Array(number.drop { $0 == 0 })
    let isTopBitSet = (digits.first ?? 0x80) >= 0x80
    return element(2, (isTopBitSet ? [0] : []) + digits)
  }

  /// An `Ecdsa-Sig-Value` (RFC 3279 section 2.2.3).
  static func signature(_ r: [UInt8], _ s: [UInt8]) -> [UInt8] {
    element(0x30, integer(r) + integer(s))
  }
}
