import TLSCrypto

/// Writes the presentation language of RFC 5246 section 4.
struct Writer {
  /// What was written.
  private(set) var bytes: [UInt8] = []

  /// Set when a vector grew past what its length field can say.
  private var overflowed = false

  init(reservingCapacity capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// Appends one byte.
  mutating func write(_ value: UInt8) {
    bytes.append(value)
  }

  /// Appends two bytes, big-endian.
  mutating func write(_ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  /// Appends bytes as they are.
  mutating func write(_ value: [UInt8]) {
    bytes.append(contentsOf: value)
  }

  /// Appends bytes as they are.
  mutating func write(_ value: RawSpan) {
    bytes.append(contentsOf: value)
  }

  /// Appends what another has written.
  mutating func write(_ other: Writer) {
    bytes.append(contentsOf: other.bytes)
    if other.overflowed { overflowed = true }
  }

  /// Appends a vector with a length of one byte.
  mutating func writeVector8<E: Error>(_ body: (inout Writer) throws(E) -> Void) throws(E) {
    try writeVector(lengthByteCount: 1, body)
  }

  /// Appends a vector with a length of two bytes.
  mutating func writeVector16<E: Error>(_ body: (inout Writer) throws(E) -> Void) throws(E) {
    try writeVector(lengthByteCount: 2, body)
  }

  /// Appends a vector with a length of three bytes.
  mutating func writeVector24<E: Error>(_ body: (inout Writer) throws(E) -> Void) throws(E) {
    try writeVector(lengthByteCount: 3, body)
  }

  private mutating func writeVector<E: Error>(
    lengthByteCount: Int, _ body: (inout Writer) throws(E) -> Void
  ) throws(E) {
    let start = bytes.count
    for _ in 0..<lengthByteCount { bytes.append(0) }
    try body(&self)
    var length = bytes.count - start - lengthByteCount
    for offset in (start..<start + lengthByteCount).reversed() {
      bytes[offset] = UInt8(truncatingIfNeeded: length)
      length >>= 8
    }
    if length != 0 { overflowed = true }
  }

  /// What was written, or an error if a vector was too long for its length field.
  func finish() throws(TLSError) -> [UInt8] {
    guard !overflowed else {
      throw TLSError(
        .internalError, .internalFailure("a vector is too long for the length field before it"))
    }
    return bytes
  }
}
