import TLSCrypto

/// The 32 random bytes of a hello (RFC 5246 section 7.4.1.2).
///
/// All 32 come from the random source: the time in the first four, which RFC 5246 suggests,
/// tells an observer about the clock and protects nothing.
struct HelloRandom: Sendable, Equatable {
  static let byteCount = 32

  let bytes: [UInt8]

  /// Draws a new one.
  init(from source: inout any RandomSource) {
    bytes = source.bytes(Self.byteCount)
  }

  /// One that was seen on the wire. `name` is for the error.
  init(copying bytes: [UInt8], _ name: String) throws(TLSError) {
    guard bytes.count == Self.byteCount else {
      throw .misuse("\(name) is \(bytes.count) bytes long, and must be \(Self.byteCount)")
    }
    self.bytes = bytes
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    bytes = [UInt8](try reader.readBytes(Self.byteCount, "random"))
  }
}
