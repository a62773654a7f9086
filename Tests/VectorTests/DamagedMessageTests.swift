import TestSupport
import Testing

@testable import tls

@Suite("Fields of damaged messages")
struct DamagedMessageTests {
  @Test("any changed byte leaves all bytes in fields", arguments: RecordedMessages.allCases)
  func changes(_ recorded: RecordedMessages) throws {
    try damage(recorded) { message in
      message.indices.lazy.flatMap { index in
        // All bits, and the one that makes lengths wrong by one.
        [UInt8(0xff), 0x01].map { bits in
          var damaged = message
          damaged[index] ^= bits
          return damaged
        }
      }
    }
  }

  @Test("any end leaves all bytes in fields", arguments: RecordedMessages.allCases)
  func truncations(_ recorded: RecordedMessages) throws {
    try damage(recorded) { message in
      message.indices.lazy.flatMap { end in
        let cut = Array(message[..<end])
        guard end >= 4 else { return [cut] }
        // Once as a message that is not there as a whole, and once as one of that length.
        return [cut, [cut[0], 0, UInt8((end - 4) >> 8), UInt8((end - 4) & 0xff)] + cut[4...]]
      }
    }
  }

  private func damage<Damaged: Sequence<[UInt8]>>(
    _ recorded: RecordedMessages, _ variants: ([UInt8]) -> Damaged
  ) throws {
    var dissector = Dissector()
    for message in try recorded.messages {
      var count = 0
      for damaged in variants(message) {
        // Each is read as if all before it had been as they should be.
        var copy = dissector
        let fields = copy.fields(ofHandshake: damaged)
        guard !Outline.isComplete(fields, damaged) else { continue }
        count += 1
        Issue.record("\(damaged.hexadecimal) is not covered by\n\(Outline.text(fields))")
        if count == 3 { break }
      }
      _ = dissector.fields(ofHandshake: message)
    }
    #expect(dissector.clientRandom != nil || dissector.serverRandom != nil)
  }
}
