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
      while let message = stream[...].firstMessage {
        stream.removeFirst(message.count)
        whole.append(message)
      }
    }
    return whole
  }

  /// The messages of a stream; `nil` while the last of them is not whole.
  static func split(_ stream: [UInt8]) -> [[UInt8]]? {
    var (rest, messages) = (stream[...], [[UInt8]]())
    while !rest.isEmpty {
      guard let message = rest.firstMessage else { return nil }
      messages.append(message)
      rest = rest.dropFirst(message.count)
    }
    return messages
  }
}
