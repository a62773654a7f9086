import AllocationCounter
import TLSCrypto
import TLSEngine
import Testing

/// On the in-place path a steady connection allocates nothing for a record.
@Suite("Allocations")
struct AllocationTests {
  private static let recordCount = 100

  /// Every suite that this server can do, but for CBC: to check its MAC in constant time hashes are
  /// copied.
  private static let suites = CipherSuite.supported.filter {
    $0.parameters?.macName == "AEAD" && $0.parameters?.authentication != .preSharedKey
  }

  @Test("Sealing and opening records in place allocates nothing", arguments: suites)
  func inPlace(suite: CipherSuite) throws {
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [suite]
    var server = ServerConfiguration(
      identities: [try TestIdentities.identity(.p256), try TestIdentities.identity(.rsa)])
    server.cipherSuites = [suite]
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    for byteCount in [1, 1_350, 16_384, 40_000] {
      let text = [UInt8](repeating: 0x61, count: byteCount)
      var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: byteCount))
      // libgcrypt may set something up for the first record.
      try roundTrip(&loopback, text, &wire)
      let before = allocation_count_of_this_thread()
      for _ in 0..<Self.recordCount { try roundTrip(&loopback, text, &wire) }
      let allocated = allocation_count_of_this_thread() - before
      #expect(allocated == 0, "\(allocated) for \(Self.recordCount) times \(byteCount) bytes")
    }
  }

  @Test("Opening several records in one call allocates nothing", arguments: suites)
  func several(suite: CipherSuite) throws {
    var loopback = try suite.loopback()
    try loopback.exchange()
    let text = [UInt8](repeating: 0x61, count: 40_000)
    var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: text.count))
    var plaintext = [UInt8](repeating: 0, count: wire.count)
    var allocated: UInt64 = 0
    for round in 0..<3 {
      var output = wire.mutableRawSpan
      var room = plaintext.mutableRawSpan
      let sealed = try loopback.client.seal(text.rawSpan, into: &output)
      let before = allocation_count_of_this_thread()
      let opened = try loopback.server.open(output.bytes, into: &room)
      // libgcrypt may set something up for the first record.
      if round > 0 { allocated += allocation_count_of_this_thread() - before }
      #expect(opened.consumed == sealed.written)
      #expect(opened.written == text.count)
    }
    #expect(allocated == 0)
    #expect(plaintext.prefix(text.count).allSatisfy { $0 == 0x61 })
  }

  @Test("The buffered path allocates the data, and the events: for whole records nothing else")
  func buffered() throws {
    var loopback = try Loopback.connected(
      { $0.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] },
      as: [try TestIdentities.identity(.p256)])
    let text = [UInt8](repeating: 0x61, count: 16_384)
    for count in [1, 16] {
      for _ in 0..<count { try loopback.client.send(text) }
      let wire = loopback.client.takeOutgoing()
      let before = allocation_count_of_this_thread()
      let events = try loopback.server.receive(wire)
      let allocated = allocation_count_of_this_thread() - before
      #expect(events.count == count)
      // The events' array doubles: 1, 2, 4, 8, 16.
      #expect(allocated <= UInt64(count + (count == 1 ? 1 : 5)), "\(allocated) for \(count)")
    }
  }

  @Test("The counter does count: the buffered path allocates")
  func counting() throws {
    var loopback = try Loopback.connected(
      { $0.cipherSuites = [.ecdheECDSAWithAES128GCMSHA256] },
      as: [try TestIdentities.identity(.p256), try TestIdentities.identity(.rsa)])
    let before = allocation_count_of_this_thread()
    for _ in 0..<Self.recordCount {
      try loopback.client.send([1, 2, 3])
      _ = try loopback.server.receive(loopback.client.takeOutgoing())
    }
    #expect(allocation_count_of_this_thread() - before >= UInt64(Self.recordCount))
  }

  /// Seals `text` into `wire` on the client, and opens all of it on the server.
  private func roundTrip(
    _ loopback: inout Loopback, _ text: [UInt8], _ wire: inout [UInt8]
  ) throws {
    var output = wire.mutableRawSpan
    let sealed = try loopback.client.seal(text.rawSpan, into: &output)
    var opened = 0
    var position = 0
    while position < sealed.written {
      var rest = output._mutatingExtracting(position..<sealed.written)
      switch try loopback.server.open(&rest) {
      case .applicationData(let plaintext, let consumed):
        opened += plaintext.count
        position += consumed
      default:
        throw Incomplete()
      }
    }
    guard opened == text.count else { throw Incomplete() }
  }

  /// Less came out than went in.
  private struct Incomplete: Error {}
}
