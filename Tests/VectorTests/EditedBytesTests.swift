import Testing

@testable import tls

/// What edits make of bytes, to the byte: lengths, order and records.
struct EditedBytesTests {
  /// A ServerHello with renegotiation_info and session_ticket.
  private static let hello: [UInt8] =
    [2, 0, 0, 0x31, 3, 3] + [UInt8](repeating: 0x5a, count: 32)
    + [0, 0xc0, 0x2f, 0, 0, 9, 0xff, 1, 0, 1, 0, 0, 0x23, 0, 0]
  private static let done: [UInt8] = [14, 0, 0, 0]

  /// The records of a flight with these edits.
  private func edited(_ records: [WireRecord], _ edits: String...) throws -> [UInt8] {
    var tamperer = Tamperer(try edits.map { line in try Edit(line) })
    let result = tamperer.change(records.flatMap(\.bytes)) { nil }
    #expect(tamperer.unused.isEmpty)
    return result
  }

  private func handshake(_ content: [UInt8]) -> WireRecord { WireRecord(type: 22, body: content) }

  /// The hello with other bytes from `place` on, and the lengths of the message and the extensions.
  private func hello(
    from place: Int, _ bytes: [UInt8], length: UInt8, extensions: UInt8?
  ) -> [UInt8] {
    var result = Self.hello.prefix(place) + bytes
    result[3] = length
    if let extensions { result[43] = extensions }
    return handshake(Array(result)).bytes
  }

  @Test func putsLengthsRight() throws {
    let records = [handshake(Self.hello)]
    #expect(
      try edited(records, "drop ServerHello.extension renegotiation_info")
        == hello(from: 44, [0, 0x23, 0, 0], length: 0x2c, extensions: 4))
    #expect(
      try edited(records, "drop ServerHello.session_ticket")
        == hello(from: 49, [], length: 0x2d, extensions: 5))
    #expect(
      try edited(records, "ServerHello.renegotiation_info.renegotiated_connection: 0102")
        == hello(
          from: 44, [0xff, 1, 0, 3, 2, 1, 2, 0, 0x23, 0, 0], length: 0x33, extensions: 11))
    #expect(
      try edited(records, "append to ServerHello.extensions: 00160000")
        == hello(from: 53, [0, 0x16, 0, 0], length: 0x35, extensions: 13))
    #expect(
      try edited(records, "append to ServerHello: ff")
        == hello(from: 53, [0xff], length: 0x32, extensions: nil))
  }

  @Test func leavesLengthsWhereTold() throws {
    let records = [handshake(Self.hello)]
    #expect(
      try edited(records, "exactly ServerHello.extensions: empty")
        == hello(from: 44, [], length: 0x31, extensions: nil))
    #expect(
      try edited(records, "exactly ServerHello.extensions length: ffff")
        == hello(
          from: 42, [0xff, 0xff] + Self.hello.dropFirst(44), length: 0x31, extensions: nil))
  }

  @Test func changesTheOrder() throws {
    let records = [handshake(Self.hello), handshake(Self.done)]
    #expect(
      try edited(records, "move ServerHello after ServerHelloDone")
        == handshake(Self.done + Self.hello).bytes)
    #expect(try edited(records, "drop ServerHello") == handshake(Self.done).bytes)
    #expect(
      try edited(records, "repeat ServerHelloDone")
        == handshake(Self.hello).bytes + handshake(Self.done + Self.done).bytes)
  }

  @Test func splitsMessages() throws {
    let alert = WireRecord(type: 21, body: [1, 90])
    #expect(
      try edited([handshake(Self.done)], "split ServerHelloDone at 1: alert 015a")
        == handshake([14]).bytes + alert.bytes + handshake([0, 0, 0]).bytes)
    // A message that came in parts is one, and goes on in one record if it is changed.
    #expect(
      try edited([handshake([14, 0]), handshake([0, 0])], "append to ServerHelloDone: ff")
        == handshake([14, 0, 0, 1, 0xff]).bytes)
    #expect(
      try edited([handshake([14, 0]), handshake([0, 0])], "flip record 1")
        == handshake([14, 0]).bytes + handshake([0, 1]).bytes)
  }

  @Test func cutsLongMessagesIntoRecords() throws {
    let result = try edited([handshake(Self.done)], "append to ServerHelloDone: 16384 of 00")
    #expect(result.count == 4 + 16_384 + 2 * 5)
    #expect(WireRecord(atStartOf: result[...])?.body.count == 16_384)
    let whole = try edited([handshake(Self.done)], "before ServerHelloDone: handshake 16385 of 00")
    #expect(WireRecord(atStartOf: whole[...])?.body.count == 16_385)
  }

  @Test func changesRecords() throws {
    let (first, second) = (handshake(Self.hello), handshake(Self.done))
    let records = [first, second]
    #expect(try edited(records, "drop record 0") == second.bytes)
    #expect(try edited(records, "repeat record 1") == first.bytes + second.bytes + second.bytes)
    #expect(
      try edited(records, "record 1.type: 17", "record 1.version: 0301", "record 1.length: 0002")
        == first.bytes + [23, 3, 1, 0, 2] + Self.done)
    #expect(
      try edited(records, "record of ServerHelloDone.body: ff")
        == first.bytes + handshake([0xff]).bytes)
    #expect(
      try edited(records, "before record 1: record ff, alert 0100")
        == first.bytes + [0xff, 21, 3, 3, 0, 2, 1, 0] + second.bytes)
    #expect(try edited(records, "record 1: 474554") == first.bytes + [0x47, 0x45, 0x54])
  }

  @Test func doesNotChangeWhatIsNotThere() throws {
    let lines = [
      "ServerHello.server_name.host_name: 00", "flip ServerHello.random at 32",
      "shorten ServerHello.random by 33", "split ServerHello at 60", "flip record 0 at 99",
      "drop record 1", "move ServerHello after Finished",
    ]
    for line in lines.dropLast() {
      var tamperer = Tamperer([try Edit(line)])
      let bytes = handshake(Self.hello).bytes
      #expect(tamperer.change(bytes) { nil } == bytes)
      #expect(tamperer.unused.map(\.line) == [line])
    }
    var tamperer = Tamperer([try Edit(lines[6])])
    #expect(tamperer.change(handshake(Self.hello).bytes) { nil }.isEmpty)
    #expect(tamperer.unused.map(\.line) == [lines[6]])
  }
}
