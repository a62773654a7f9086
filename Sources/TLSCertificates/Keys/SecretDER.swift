import TLSCrypto

/// DER of secrets, in memory that is wiped.
///
/// It is written from its end: what stands inside of a node comes before the node's own length, and so
/// that is known when its turn comes.
struct SecretDER: ~Copyable {
  private var room = SecretBytes(count: 512)

  /// Where the first byte is; everything after it is written.
  private var start = 512

  /// How much is written.
  var count: Int { room.count - start }

  /// Writes bytes before all others.
  mutating func prepend(_ bytes: RawSpan) {
    makeRoom(bytes.byteCount)
    start -= bytes.byteCount
    Self.copy(bytes, to: &room, at: start)
  }

  /// Writes bytes that are no secret before all others.
  mutating func prepend(public bytes: [UInt8]) {
    prepend(bytes.rawSpan)
  }

  /// Makes a node of what was written since there were `count` bytes.
  ///
  /// - Parameter tag: the identifier octet (X.690 section 8.1.2).
  mutating func wrap(_ tag: UInt8, since count: Int) {
    var length: [UInt8] = []
    var rest = self.count - count
    if rest < 0x80 {
      length = [UInt8(rest)]
    } else {
      while rest > 0 {
        length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
        rest >>= 8
      }
      length.insert(0x80 | UInt8(length.count), at: 0)
    }
    prepend(public: [tag] + length)
  }

  /// Writes an INTEGER that is not negative, from its big-endian bytes.
  mutating func prependInteger(_ bytes: RawSpan) {
    let count = self.count
    let digits = Span<UInt8>(_bytes: bytes)
    var first = 0
    while first < digits.count, digits[first] == 0 { first += 1 }
    prepend(bytes.extracting(first..<bytes.byteCount))
    // The first bit is the sign.
    if first == digits.count || digits[first] >= 0x80 { prepend(public: [0]) }
    wrap(Tag.integer, since: count)
  }

  /// Writes an INTEGER that is not negative, from its big-endian bytes.
  mutating func prependInteger(_ secret: borrowing SecretBytes) {
    prependInteger(secret.bytes)
  }

  /// Writes an INTEGER that is no secret and not negative, from its big-endian bytes.
  mutating func prependInteger(public bytes: [UInt8]) {
    prependInteger(bytes.rawSpan)
  }

  /// All of it.
  consuming func finish() -> SecretBytes {
    SecretBytes(copying: room.bytes.extracting(start..<room.count))
  }

  private mutating func makeRoom(_ byteCount: Int) {
    guard start < byteCount else { return }
    var larger = SecretBytes(count: 2 * room.count + byteCount)
    let newStart = larger.count - count
    Self.copy(room.bytes.extracting(start..<room.count), to: &larger, at: newStart)
    room = larger
    start = newStart
  }

  private static func copy(_ bytes: RawSpan, to room: inout SecretBytes, at offset: Int) {
    let source = Span<UInt8>(_bytes: bytes)
    var target = room.mutableBytes
    for index in source.indices {
      target.storeBytes(of: source[index], toByteOffset: offset + index, as: UInt8.self)
    }
  }

  /// Identifier octets.
  enum Tag {
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let sequence: UInt8 = 0x30
    static let explicitOne: UInt8 = 0xa1
  }
}
