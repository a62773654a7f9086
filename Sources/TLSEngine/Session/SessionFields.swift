import TLSCrypto

// The fields that sessions have and handshake messages have not.

extension Writer {
  /// Appends eight bytes, big-endian: seconds since 1970.
  mutating func write(_ timestamp: Timestamp) {
    let value = UInt64(bitPattern: timestamp.secondsSince1970)
    for shift in stride(from: 56, through: 0, by: -8) {
      write(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }

  /// Appends a name behind a length of one byte; none is empty.
  ///
  /// - Throws: if it is not visible ASCII. Neither host names nor protocols can be anything else.
  mutating func writeName(_ name: String?) throws(TLSError) {
    let bytes = [UInt8]((name ?? "").utf8)
    guard bytes.allSatisfy(\.isVisibleASCII), name != "" else {
      throw TLSError(
        .internalError, .internalFailure("a name in a session is empty or not visible ASCII"))
    }
    writeVector8 { $0.write(bytes) }
  }
}

extension Reader {
  /// Reads eight bytes, big-endian: seconds since 1970.
  mutating func readTimestamp(_ field: StaticString) throws(TLSError) -> Timestamp {
    let bytes = try readBytes(8, field)
    var value: UInt64 = 0
    for offset in bytes.byteOffsets { value = value << 8 | UInt64(bytes[byte: offset]) }
    return Timestamp(secondsSince1970: Int64(bitPattern: value))
  }

  /// Reads a name of visible ASCII, or `nil` if it is empty.
  mutating func readName(_ field: StaticString) throws(TLSError) -> String? {
    var name = try readVector8(field)
    let bytes = name.readRemainder()
    guard bytes.allSatisfy(\.isVisibleASCII) else {
      throw .malformed(field, "holds bytes that are not visible ASCII")
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it prints as a character, and not as a space.
  fileprivate var isVisibleASCII: Bool { self > 0x20 && self < 0x7f }
}

extension SecretBytes {
  /// `head`, and after it `secret`: no array ever holds what is secret.
  init(_ head: [UInt8], followedBy secret: RawSpan) {
    self.init(count: head.count + secret.byteCount)
    var bytes = mutableBytes
    bytes.copy(head.rawSpan)
    bytes.copy(secret, at: head.count)
  }
}
