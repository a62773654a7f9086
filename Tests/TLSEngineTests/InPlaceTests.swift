import TLSCrypto
import TLSEngine
import Testing

@Suite("The level in place")
struct InPlaceTests {
  @Test("Data goes through the caller's own buffers")
  func dataInPlace() throws {
    var loopback = try Loopback.connected()
    let text = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: text.count))
    var output = wire.mutableRawSpan
    let sealed = try loopback.client.seal(text.rawSpan, into: &output)
    #expect(sealed.consumed == text.count)
    #expect(sealed.written == output.byteCount)

    var received: [UInt8] = []
    var position = 0
    while position < wire.count {
      var all = wire.mutableRawSpan
      var rest = all._mutatingExtracting(position..<all.byteCount)
      guard case .applicationData(let range, let consumed) = try loopback.server.open(&rest) else {
        Issue.record("no application data at \(position)")
        return
      }
      received += [UInt8](rest.bytes.extracting(range))
      position += consumed
    }
    #expect(received == text)
  }

  @Test("A whole handshake works in place too")
  func handshakeInPlace() throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    var server = try ServerConnection(
      configuration: ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    try client.start()
    while client.hasOutgoing || server.hasOutgoing {
      try open(client.takeOutgoing(), &server)
      try open(server.takeOutgoing(), &client)
    }
    #expect(client.summary != nil)
    #expect(server.summary != nil)
  }

  private func open<Role>(_ bytes: [UInt8], _ connection: inout Connection<Role>) throws {
    var bytes = bytes
    var position = 0
    while position < bytes.count {
      var all = bytes.mutableRawSpan
      var rest = all._mutatingExtracting(position..<all.byteCount)
      guard case .handled(let consumed, _) = try connection.open(&rest) else {
        Issue.record("nothing was handled at \(position)")
        return
      }
      position += consumed
    }
  }

  @Test("A buffer that holds only part of a record is left alone, and says how much is missing")
  func partialRecord() throws {
    var loopback = try Loopback.connected()
    try loopback.client.send([1, 2, 3])
    let record = loopback.client.takeOutgoing()
    for count in 0..<record.count {
      var part = Array(record.prefix(count))
      var buffer = part.mutableRawSpan
      guard case .needsMoreBytes(let needed) = try loopback.server.open(&buffer) else {
        Issue.record("a record was opened of which only \(count) bytes were there")
        return
      }
      #expect(needed == (count < 5 ? 5 : record.count))
      #expect(Array(record.prefix(count)) == part)
    }
  }

  @Test("Output without room for a whole record stays empty")
  func noRoom() throws {
    var loopback = try Loopback.connected()
    var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: 100) - 1)
    var output = wire.mutableRawSpan
    let text = [UInt8](repeating: 1, count: 100)
    let sealed = try loopback.client.seal(text.rawSpan, into: &output)
    #expect(sealed.consumed == 0)
    #expect(sealed.written == 0)
  }

  @Test("What waits to be sent goes first")
  func waitingBytesFirst() throws {
    var loopback = try Loopback.connected()
    try loopback.client.send([1])
    var wire = [UInt8](repeating: 0, count: loopback.client.sealedByteCount(of: 1))
    var output = wire.mutableRawSpan
    let text: [UInt8] = [2]
    let sealed = try loopback.client.seal(text.rawSpan, into: &output)
    #expect(sealed.written == output.byteCount)
    #expect(loopback.client.hasOutgoing == false)
    #expect(try loopback.server.receive(wire).flatMap(\.data) == [1, 2])
  }

  @Test("Sealing before the handshake is complete is a misuse")
  func tooEarly() throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    var wire = [UInt8](repeating: 0, count: 100)
    var output = wire.mutableRawSpan
    let text: [UInt8] = [2]
    #expect(throws: TLSError.self) { _ = try client.seal(text.rawSpan, into: &output) }
    #expect(client.failure == nil)
  }
}
