import TLSCrypto

/// Joins handshake messages from the records they were cut into (RFC 5246 section 6.2.1), under a
/// bound.
struct HandshakeJoiner: Sendable {
  private var buffer: [UInt8] = []
  private var position = 0

  /// The longest message, header included, that a peer may send, in bytes.
  var limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether there is no message half received.
  var isEmpty: Bool { position == buffer.count }

  /// How many bytes are kept.
  var keptByteCount: Int { buffer.count }

  /// Adds what a record brought.
  ///
  /// Only called once ``next()`` has nothing more to give, so that less than one message of at most
  /// ``limit`` bytes is left: never more than that and a record are kept.
  mutating func append(_ fragment: RawSpan) {
    if position > 0 {
      // A copy, so that what is left does not keep the room of what came before.
      buffer = Array(buffer[position...])
      position = 0
    }
    buffer.append(fragment, roomFor: wholeByteCount ?? 0)
  }

  /// How long the next message is with its header, once that is there.
  private var wholeByteCount: Int? {
    let header = HandshakeMessage.headerByteCount
    guard buffer.count - position >= header else { return nil }
    let length =
      Int(buffer[position + 1]) << 16 | Int(buffer[position + 2]) << 8 | Int(buffer[position + 3])
    return header + length
  }

  /// Takes the next whole message, or `nil` if the next is not whole yet.
  mutating func next() throws(TLSError) -> HandshakeMessage? {
    guard let byteCount = wholeByteCount else { return nil }
    // A length past the bound is refused before a byte of the body is kept.
    guard byteCount <= limit else {
      let length = byteCount - HandshakeMessage.headerByteCount
      throw TLSError(
        .illegalParameter,
        .limitExceeded(what: "a handshake message of \(length) bytes", limit: limit))
    }
    let end = position + byteCount
    guard buffer.count >= end else { return nil }
    if position == 0, end == buffer.count {
      // Nothing but this message: the buffer is the message.
      let message = HandshakeMessage(type: HandshakeType(rawValue: buffer[0]), bytes: buffer)
      buffer = []
      return message
    }
    let message = HandshakeMessage(
      type: HandshakeType(rawValue: buffer[position]), bytes: [UInt8](buffer[position..<end]))
    position = end
    if isEmpty {
      buffer = []
      position = 0
    }
    return message
  }
}
