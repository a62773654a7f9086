import TLSCrypto

/// Bytes as digits and back, secrets among them: nothing of them is left in a string.
enum Hexadecimal {
  /// Bytes that are no secret as digits.
  static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
  }

  /// A label, and bytes as digits after it.
  static func line(_ label: String, _ bytes: RawSpan) -> SecretBytes {
    let label = [UInt8](label.utf8)
    let source = Span<UInt8>(_bytes: bytes)
    var line = SecretBytes(count: label.count + 2 * source.count)
    var target = line.mutableBytes
    for index in label.indices {
      target.storeBytes(of: label[index], toByteOffset: index, as: UInt8.self)
    }
    for index in source.indices {
      let position = label.count + 2 * index
      target.storeBytes(of: digit(source[index] >> 4), toByteOffset: position, as: UInt8.self)
      target.storeBytes(
        of: digit(source[index] & 15), toByteOffset: position + 1, as: UInt8.self)
    }
    return line
  }

  /// The bytes of an even number of digits.
  static func bytes(_ digits: Span<UInt8>) -> SecretBytes? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes = SecretBytes(count: digits.count / 2)
    var target = bytes.mutableBytes
    for index in 0..<digits.count / 2 {
      guard let high = value(digits[2 * index]), let low = value(digits[2 * index + 1]) else {
        return nil
      }
      target.storeBytes(of: high << 4 | low, toByteOffset: index, as: UInt8.self)
    }
    return bytes
  }

  /// The bytes of an even number of digits, no secret.
  static func bytes(of digits: some Sequence<UInt8>) -> [UInt8]? {
    guard let all = bytes(Array(digits).span) else { return nil }
    return [UInt8](all.bytes)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
