import TLSCrypto
import Testing

@testable import TLSEngine

/// Feeds every parser every truncation and every flipped bit of real messages: the answer is a
/// value or a typed error, and never a trap.
@Suite("Parsers")
struct CodecTests {
  /// The handshake messages of a real handshake, as both sides sent them in the clear.
  private func messages() throws -> [[UInt8]] {
    var client = try TestIdentities.clientConfiguration()
    client.applicationProtocols = ["h2", "http/1.1"]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.applicationProtocols = ["h2"]
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    let sent = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
    let received = WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }
    return WireRecord.messages(Array(sent)) + WireRecord.messages(Array(received))
  }

  /// Decodes the body of a message as what its type says.
  private func decode(_ bytes: [UInt8]) throws(TLSError) {
    let message = HandshakeMessage(type: HandshakeType(rawValue: bytes[0]), bytes: bytes)
    switch message.type {
    case .clientHello: _ = try message.decode(ClientHello.self)
    case .serverHello: try decodeServerHello(message)
    case .certificate: _ = try message.decode(CertificateMessage.self)
    case .serverKeyExchange: _ = try message.decode(ServerKeyExchange.self)
    case .certificateRequest: _ = try message.decode(CertificateRequest.self)
    case .serverHelloDone: _ = try message.decode(ServerHelloDone.self)
    case .clientKeyExchange: _ = try message.decode(ClientKeyExchange.self)
    case .finished: _ = try message.decode(Finished.self)
    case .helloRequest: _ = try message.decode(HelloRequest.self)
    default: throw .unexpected(message.type, expected: "a known message")
    }
  }

  private func decodeServerHello(_ message: HandshakeMessage) throws(TLSError) {
    let hello = try message.decode(ServerHello.self)
    for each in hello.extensions {
      guard let known = HelloExtensions.known(each.type) else { continue }
      try decodeAnswer(known, each.body)
    }
  }

  private func decodeAnswer<E: HelloExtension>(
    _ known: E.Type, _ body: [UInt8]
  ) throws(TLSError) {
    var reader = Reader(body.rawSpan)
    _ = try known.decodeAnswer(&reader)
    try reader.expectEnd(of: "the extension")
  }

  @Test("Every message of a handshake decodes")
  func whole() throws {
    let messages = try messages()
    #expect(messages.map { $0[0] } == [1, 16, 2, 11, 12, 14])
    for message in messages { try decode(message) }
  }

  /// Where a hello would end if it had no extensions.
  private func endWithoutExtensions(_ message: [UInt8]) -> Int? {
    guard message[0] <= 2 else { return nil }
    // Type, length, version, random, and the session's id behind its length.
    let afterSession = 38 + 1 + Int(message[38])
    switch message[0] {
    case 1:
      let suites = Int(message[afterSession]) << 8 | Int(message[afterSession + 1])
      let methods = afterSession + 2 + suites
      return methods + 1 + Int(message[methods])
    case 2: return afterSession + 3
    default: return nil
    }
  }

  @Test("Every truncation is refused with decode_error")
  func truncations() throws {
    for message in try messages() {
      // RFC 5246 section 7.4.1.2: a hello may end where its extensions begin.
      let complete = endWithoutExtensions(message)
      for count in 4..<message.count where count != complete {
        let error = #expect(throws: TLSError.self, "\(message[0]) cut to \(count)") {
          try decode(Array(message.prefix(count)))
        }
        #expect(error?.alert == .decodeError || error?.alert == .illegalParameter)
      }
    }
  }

  @Test("Trailing bytes are refused with decode_error")
  func trailing() throws {
    for message in try messages() where message[0] != 1 {
      let error = #expect(throws: TLSError.self) { try decode(message + [0]) }
      #expect(error?.alert == .decodeError)
    }
  }

  @Test("No flipped bit traps")
  func flippedBits() throws {
    var refused = 0
    for message in try messages() {
      for index in message.indices.dropFirst(4) {
        for bit in 0..<8 {
          var changed = message
          changed[index] ^= 1 << bit
          do {
            try decode(changed)
          } catch {
            #expect(error.alert != nil)
            refused += 1
          }
        }
      }
    }
    #expect(refused > 100)
  }

  @Test("A whole server survives every flipped bit of a ClientHello")
  func flippedClientHello() throws {
    let server = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    let hello = client.takeOutgoing()
    for index in hello.indices {
      var changed = hello
      changed[index] ^= UInt8(1 << (index % 8))
      var connection = try ServerConnection(configuration: server)
      do {
        _ = try connection.receive(changed)
      } catch {
        #expect(error.alert != nil)
        #expect(connection.hasOutgoing == true)
      }
    }
  }

  @Test("A whole client survives every flipped bit of a server's flight, and never believes it")
  func flippedServerFlight() throws {
    var configuration = try TestIdentities.clientConfiguration()
    configuration.randomness = DeterministicRandomSource(seed: [1])
    var loopback = try Loopback(
      configuration, ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)]))
    _ = try loopback.server.receive(loopback.client.takeOutgoing())
    let flight = loopback.server.takeOutgoing()
    for index in flight.indices {
      var changed = flight
      changed[index] ^= UInt8(1 << (index % 8))
      var client = try ClientConnection(to: "example.com", configuration: configuration)
      try client.start()
      _ = client.takeOutgoing()
      let events = (try? client.receive(changed)) ?? []
      #expect(events.isEmpty)
      #expect(client.summary == nil)
    }
  }
}
