/// A record on the wire, for tests that look at or change what goes over it.
struct WireRecord: Equatable {
  var type: UInt8
  var body: [UInt8]

  var bytes: [UInt8] {
    [type, 3, 3, UInt8(truncatingIfNeeded: body.count >> 8), UInt8(truncatingIfNeeded: body.count)]
      + body
  }

  /// Cuts a stream of whole records.
  static func split(_ stream: [UInt8]) -> [WireRecord] {
    var records: [WireRecord] = []
    var rest = stream[...]
    while rest.count >= 5 {
      let start = rest.startIndex
      let length = Int(rest[start + 3]) << 8 | Int(rest[start + 4])
      guard rest.count >= 5 + length else { break }
      records.append(
        WireRecord(type: rest[start], body: Array(rest[(start + 5)..<(start + 5 + length)])))
      rest = rest.dropFirst(5 + length)
    }
    return records
  }

  /// The handshake messages of unprotected records, header and body each.
  static func messages(_ records: [WireRecord]) -> [[UInt8]] {
    var stream = records.filter { $0.type == 22 }.flatMap(\.body)[...]
    var messages: [[UInt8]] = []
    while stream.count >= 4 {
      let start = stream.startIndex
      let length =
        Int(stream[start + 1]) << 16 | Int(stream[start + 2]) << 8 | Int(stream[start + 3])
      messages.append(Array(stream.prefix(4 + length)))
      stream = stream.dropFirst(4 + length)
    }
    return messages
  }

  static func handshake(_ messages: [UInt8]...) -> WireRecord {
    WireRecord(type: 22, body: messages.flatMap { $0 })
  }

  /// Handshake messages in as few records as they fit into, one after the other.
  static func stream(ofHandshake messages: [UInt8]) -> [UInt8] {
    stride(from: 0, to: messages.count, by: 16_384).flatMap {
      handshake(Array(messages[$0..<min(messages.count, $0 + 16_384)])).bytes
    }
  }

  static let changeCipherSpec = WireRecord(type: 20, body: [1])

  static func alert(_ level: UInt8, _ description: UInt8) -> WireRecord {
    WireRecord(type: 21, body: [level, description])
  }
}

extension WireRecord {
  /// A CertificateRequest (RFC 5246 section 7.4.4): two types of certificate, two schemes, and the
  /// name of one authority, `CN=ca`.
  static let certificateRequest: [UInt8] =
    ([UInt8]([64, 1]).vector(1) + [UInt8]([4, 3, 8, 4]).vector(2)
    + [UInt8]([
      0x30, 0x0d, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x02, 0x63, 0x61,
    ]).vector(2).vector(2)).message(13)
}
