/// The presentation language of RFC 5246 section 4, written a second time so that the tests do not
/// lean on the reading and writing that they test.
struct WireCursor {
  private var rest: ArraySlice<UInt8>

  /// What a test fed was not what it thought.
  struct TooShort: Error {}

  init(_ bytes: some Sequence<UInt8>) {
    rest = ArraySlice(Array(bytes))
  }

  var isEmpty: Bool { rest.isEmpty }

  mutating func bytes(_ count: Int) throws -> [UInt8] {
    guard rest.count >= count else { throw TooShort() }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func number(_ byteCount: Int) throws -> Int {
    try bytes(byteCount).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A vector behind a length of so many bytes.
  mutating func vector(_ lengthByteCount: Int) throws -> [UInt8] {
    try bytes(try number(lengthByteCount))
  }
}

extension Array where Element == UInt8 {
  /// `value`, big-endian, in so many bytes.
  static func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
    (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The bytes as a vector: behind their length in so many bytes.
  func vector(_ lengthByteCount: Int) -> [UInt8] {
    .number(count, lengthByteCount) + self
  }

  /// The bytes as the body of a handshake message (RFC 5246 section 7.4).
  func message(_ type: UInt8) -> [UInt8] {
    [type] + vector(3)
  }
}
