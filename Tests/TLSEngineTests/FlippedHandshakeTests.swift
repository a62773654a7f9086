import TLSCrypto
import TLSEngine
import Testing

/// One bit flipped on its way in every byte of a handshake: neither side ever believes it.
///
/// One byte of each first flight is the exception, which RFC 5246 leaves to nobody: the low byte of
/// the version in a record's header before a version is agreed on. The header of a record in the
/// clear is no part of the transcript (section 7.4.9), and its version has to be put up with then
/// (appendix E.1). The other bytes of the header are not authenticated either, but a record of
/// another type or length is another record.
@Suite("Flipped bits in a whole handshake")
struct FlippedHandshakeTests {
  private static let minorVersion = 2

  /// The same every time, so that flights fit each other.
  private func loopback() throws -> Loopback {
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
    server.randomness = DeterministicRandomSource(seed: [2])
    server.applicationProtocols = ["h2"]
    return try Loopback(
      try TestIdentities.client {
        $0.randomness = DeterministicRandomSource(seed: [1])
        $0.applicationProtocols = ["h2"]
      }, server)
  }

  /// The three flights that a handshake hangs on.
  private enum Flight: CaseIterable {
    case clientHello
    case serverFlight
    case clientFinished
  }

  /// Runs a handshake with one bit of one flight flipped, and says who believes that it is complete.
  ///
  /// - Returns: `nil` if the flight has no byte at `index`.
  private func run(
    _ flipped: Flight, at index: Int
  ) throws -> (client: Bool, server: Bool)? {
    var loopback = try loopback()
    for flight in Flight.allCases {
      var bytes =
        flight == .serverFlight ? loopback.server.takeOutgoing() : loopback.client.takeOutgoing()
      if flight == flipped {
        guard index < bytes.count else { return nil }
        bytes[index] ^= 1 << (index % 8)
      }
      do {
        let events =
          flight == .serverFlight
          ? try loopback.client.receive(bytes) : try loopback.server.receive(bytes)
        loopback.serverEvents += events
      } catch {
        #expect(error.alert != nil, "byte \(index)")
        break
      }
    }
    try? loopback.exchange()
    #expect(
      loopback.serverEvents.allSatisfy { $0.data.isEmpty }, "data came of byte \(index)")
    return (loopback.client.summary != nil, loopback.server.summary != nil)
  }

  @Test("A flipped bit in every byte of a ClientHello")
  func clientHello() throws {
    var index = 0
    while let believed = try run(.clientHello, at: index) {
      #expect(believed.client == (index == Self.minorVersion), "byte \(index)")
      #expect(believed.server == (index == Self.minorVersion), "byte \(index)")
      index += 1
    }
    #expect(index > 100)
  }

  @Test("A flipped bit in every byte of the server's first flight")
  func serverFlight() throws {
    var index = 0
    while let believed = try run(.serverFlight, at: index) {
      #expect(believed.client == (index == Self.minorVersion), "byte \(index)")
      #expect(believed.server == (index == Self.minorVersion), "byte \(index)")
      index += 1
    }
    #expect(index > 400)
  }

  @Test("A flipped bit in every byte of the client's second flight")
  func clientFinished() throws {
    var index = 0
    // By now the version is agreed on, so there is no exception.
    while let believed = try run(.clientFinished, at: index) {
      #expect(!believed.client, "byte \(index)")
      #expect(!believed.server, "byte \(index)")
      index += 1
    }
    #expect(index > 60)
  }

  @Test("A flipped bit in every byte of the server's Finished")
  func serverFinished() throws {
    var index = 0
    var count = Int.max
    while index < count {
      var loopback = try loopback()
      _ = try loopback.server.receive(loopback.client.takeOutgoing())
      _ = try loopback.client.receive(loopback.server.takeOutgoing())
      // The server has had all it needs.
      #expect(
        try loopback.server.receive(loopback.client.takeOutgoing()).first?.summary != nil)
      var bytes = loopback.server.takeOutgoing()
      count = bytes.count
      bytes[index] ^= 1 << (index % 8)
      let events = (try? loopback.client.receive(bytes)) ?? []
      #expect(events.isEmpty, "byte \(index)")
      #expect(loopback.client.summary == nil, "byte \(index)")
      index += 1
    }
    #expect(count > 40)
  }

  @Test("A ClientHello cut into two records at any byte is the same ClientHello")
  func recut() throws {
    var loopback = try loopback()
    let hello = WireRecord.messages(WireRecord.split(loopback.client.takeOutgoing()))
    let message = try #require(hello.first)
    loopback = try self.loopback()
    _ = try loopback.server.receive(WireRecord.handshake(message).bytes)
    let answer = loopback.server.takeOutgoing()
    for count in 1..<message.count {
      loopback = try self.loopback()
      let first = WireRecord.handshake(Array(message.prefix(count)))
      let second = WireRecord.handshake(Array(message.dropFirst(count)))
      #expect(try loopback.server.receive(first.bytes).isEmpty)
      #expect(loopback.server.hasOutgoing == false)
      #expect(try loopback.server.receive(second.bytes).isEmpty)
      #expect(loopback.server.takeOutgoing() == answer, "cut at \(count)")
    }
  }

  @Test("A server's flight cut into records of any length is the same flight")
  func recutFlight() throws {
    for length in [1, 2, 3, 4, 5, 37, 100, 333] {
      var loopback = try loopback()
      _ = try loopback.server.receive(loopback.client.takeOutgoing())
      let flight = WireRecord.split(loopback.server.takeOutgoing()).flatMap(\.body)
      for part in flight.chunks(of: length) {
        _ = try loopback.client.receive(WireRecord.handshake(part).bytes)
      }
      try loopback.exchange()
      #expect(loopback.client.summary != nil, "records of \(length) bytes")
      #expect(loopback.server.summary != nil, "records of \(length) bytes")
    }
  }
}
