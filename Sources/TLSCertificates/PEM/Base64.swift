/// Base64 with padding (RFC 4648 section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

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

  /// What each character stands for; 255 for those that stand for nothing.
  private static let values = (UInt8.min...UInt8.max).map { character in
    alphabet.firstIndex(of: character).map { UInt8($0) } ?? 0xff
  }

  /// Decodes text that comes in pieces.
  struct Decoder {
    private var bytes: [UInt8] = []
    private var bits: UInt32 = 0
    private var count = 0
    private var paddingCount = 0
    private let values = Base64.values

    /// - Parameter characterCount: how many there may be: then nothing that was decoded, which can be
    ///   a key, is ever moved and left behind.
    init(reservingFor characterCount: Int = 0) {
      bytes.reserveCapacity(characterCount / 4 * 3 + 2)
    }

    /// Takes more characters.
    ///
    /// - Returns: whether all of them belong there.
    mutating func append(_ characters: ArraySlice<UInt8>) -> Bool {
      let rest = count % 4 == 0 && paddingCount == 0 ? appendGroups(characters) : characters
      for character in rest {
        if character == UInt8(ascii: "=") {
          paddingCount += 1
          continue
        }
        let value = values[Int(character)]
        guard paddingCount == 0, value < 64 else { return false }
        bits = bits << 6 | UInt32(value)
        count += 1
        if count % 4 == 0 {
          for shift in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
          bits = 0
        }
      }
      return true
    }

    /// Takes whole groups of four characters: nearly everything, and three times as fast.
    ///
    /// - Returns: what is left, from the first group that has anything else in it.
    private mutating func appendGroups(_ characters: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      var position = characters.startIndex
      while characters.endIndex - position >= 4 {
        let a = values[Int(characters[position])]
        let b = values[Int(characters[position + 1])]
        let c = values[Int(characters[position + 2])]
        let d = values[Int(characters[position + 3])]
        guard a | b | c | d < 64 else { break }
        bytes.append(a << 2 | b >> 4)
        bytes.append(b << 4 | c >> 2)
        bytes.append(c << 6 | d)
        position += 4
      }
      count += position - characters.startIndex
      return characters[position...]
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
  }
}
