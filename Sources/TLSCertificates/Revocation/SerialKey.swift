/// A serial number of at most 20 bytes (RFC 5280 section 4.1.2.2), kept inline and quick to compare.
struct SerialKey: Sendable, Hashable, Comparable {
  /// The most bytes that a serial number has.
  static let maximumByteCount = 20

  private var high: UInt64 = 0
  private var middle: UInt64 = 0
  private var low: UInt32 = 0

  /// The number with these big-endian bytes; `nil` if it has more than 20 that count.
  init?(_ bytes: some BidirectionalCollection<UInt8>) {
    guard bytes.count <= Self.maximumByteCount || bytes.drop(while: { $0 == 0 }).count <= 20 else {
      return nil
    }
    for (offset, byte) in bytes.reversed().prefix(Self.maximumByteCount).enumerated() {
      switch offset {
      case 0..<4: low |= UInt32(byte) << UInt32(8 * offset)
      case 4..<12: middle |= UInt64(byte) << UInt64(8 * (offset - 4))
      default: high |= UInt64(byte) << UInt64(8 * (offset - 12))
      }
    }
  }

  /// The big-endian bytes without needless zeros; one zero for zero.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: middle >> UInt64(shift)))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: low >> UInt32(shift)))
    }
    let digits = Array(bytes.drop { $0 == 0 })
    return digits.isEmpty ? [0] : digits
  }

  static func < (a: SerialKey, b: SerialKey) -> Bool {
    if a.high != b.high { return a.high < b.high }
    if a.middle != b.middle { return a.middle < b.middle }
    return a.low < b.low
  }
}
