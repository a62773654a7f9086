import TLSCrypto

extension PEM {
  /// A block with lines of 64 characters, in memory that is wiped: nothing of it is in a string.
  static func encode(label: String, secret: RawSpan) -> SecretBytes {
    let begin = [UInt8]("-----BEGIN \(label)-----\n".utf8)
    let end = [UInt8]("-----END \(label)-----\n".utf8)
    let characterCount = (secret.byteCount + 2) / 3 * 4
    let lineCount = (characterCount + 63) / 64
    var text = SecretText(count: begin.count + characterCount + lineCount + end.count)
    for byte in begin { text.append(byte) }
    text.append(base64: Span<UInt8>(_bytes: secret))
    for byte in end { text.append(byte) }
    return text.finish()
  }
}

/// A text of so many characters, written one after the other.
private struct SecretText: ~Copyable {
  private var room: SecretBytes
  private var position = 0

  init(count: Int) {
    room = SecretBytes(count: count)
  }

  mutating func append(_ byte: UInt8) {
    let offset = position
    var target = room.mutableBytes
    target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    position += 1
  }

  /// Appends base64 with padding, in lines of 64 characters that each have an end.
  mutating func append(base64 bytes: Span<UInt8>) {
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let end = min(start + 3, bytes.count)
      var bits: UInt32 = 0
      for index in start..<end { bits = bits << 8 | UInt32(bytes[index]) }
      bits <<= UInt32(8 * (start + 3 - end))
      for index in 0...end - start {
        let six = UInt8(truncatingIfNeeded: bits >> UInt32(18 - 6 * index)) & 63
        append(Base64.character(six))
      }
      for _ in end - start..<3 { append(UInt8(ascii: "=")) }
      // 48 bytes are a line.
      if end == bytes.count || end % 48 == 0 { append(UInt8(ascii: "\n")) }
    }
  }

  consuming func finish() -> SecretBytes { room }
}
