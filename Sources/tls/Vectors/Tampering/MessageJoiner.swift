/// Joins the handshake messages of records in the clear, until the keys change.
struct MessageJoiner {
  private var buffer: [UInt8] = []
  private var stream: [UInt8] = []
  private var isAtEnd = false

  /// The messages that became whole with these bytes.
  mutating func messages(inRecords bytes: [UInt8]) -> [[UInt8]] {
    guard !isAtEnd else { return [] }
    buffer += bytes
    var whole: [[UInt8]] = []
    while !isAtEnd, let record = WireRecord(atStartOf: buffer[...]) {
      buffer.removeFirst(record.bytes.count)
      if record.type == WireRecord.changeCipherSpec { isAtEnd = true }
      if record.type == WireRecord.handshake { stream += record.body }
      while let message = Self.first(of: stream[...]) {
        stream.removeFirst(message.count)
        whole.append(Array(message))
      }
    }
    return whole
  }

  /// The message at the beginning, once all of it is there (RFC 5246 section 7.4).
  private static func first(of stream: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let header = stream.prefix(4).map(Int.init)
    guard header.count == 4 else { return nil }
    let length = 4 + (header[1] << 16 | header[2] << 8 | header[3])
    return stream.count < length ? nil : stream.prefix(length)
  }

  /// The messages of a stream; `nil` while the last of them is not whole.
  static func split(_ stream: [UInt8]) -> [[UInt8]]? {
    var (rest, messages) = (stream[...], [[UInt8]]())
    while !rest.isEmpty {
      guard let message = first(of: rest) else { return nil }
      messages.append(Array(message))
      rest = rest.dropFirst(message.count)
    }
    return messages
  }
}
