/// Base64 with padding (RFC 4648 section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The character of six bits. It is computed, and not looked up: where in a table a secret points
  /// to would show in the cache.
  static func character(_ bits: UInt8) -> UInt8 {
    let value = Int16(bits)
    /// All ones if the value is at least `bound`, and zeros otherwise.
    func mask(_ bound: Int16) -> Int16 { ~((value - bound) >> 15) }
    var character = value + 0x41
    character += mask(26) & 6
    character += mask(52) & -75
    character += mask(62) & -15
    character += mask(63) & 3
    return UInt8(truncatingIfNeeded: character)
  }

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var characters: [UInt8] = []
    characters.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for index in 0...group.count {
        characters.append(alphabet[Int(bits >> UInt32(18 - 6 * index)) & 63])
      }
      for _ in group.count..<3 { characters.append(UInt8(ascii: "=")) }
    }
    return characters
  }

  /// Decodes text that comes in pieces.
  struct Decoder {
    private var bytes: [UInt8] = []
    private var bits: UInt32 = 0
    private var count = 0
    private var paddingCount = 0

    /// Takes more characters.
    ///
    /// - Returns: whether all of them belong there.
    mutating func append(_ characters: ArraySlice<UInt8>) -> Bool {
      for character in characters {
        if character == UInt8(ascii: "=") {
          paddingCount += 1
          continue
        }
        guard paddingCount == 0, let value = Self.value(character) else { return false }
        bits = bits << 6 | UInt32(value)
        count += 1
        if count % 4 == 0 {
          for shift in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
          bits = 0
        }
      }
      return true
    }

    /// What was decoded; `nil` if it ends within a byte.
    mutating func finish() -> [UInt8]? {
      guard (count + paddingCount) % 4 == 0, paddingCount <= 2 else { return nil }
      switch count % 4 {
      case 0: return paddingCount == 0 ? bytes : nil
      case 2:
        guard bits & 0xf == 0 else { return nil }
        bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        return bytes
      case 3:
        guard bits & 0x3 == 0 else { return nil }
        bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        return bytes
      default: return nil
      }
    }

    private static func value(_ character: UInt8) -> UInt8? {
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): 62
      case UInt8(ascii: "/"): 63
      default: nil
      }
    }
  }
}
