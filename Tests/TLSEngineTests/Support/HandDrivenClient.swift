import TLSCrypto
import Testing

@testable import TLSEngine

/// A client that does as it is told, right or wrong, and keeps the keys of the connection.
struct HandDrivenClient: ~Copyable {
  /// The ClientHello, which a test may change before it goes out.
  var hello: WireHello

  /// The server's messages that are not protected.
  private(set) var serverMessages: [[UInt8]] = []

  private var transcript: [UInt8] = []

  /// The keys, once the server's first flight has come.
  var keys: TestKeys?

  private var clientKeyExchange: [UInt8] = []

  /// Begins with what our own client says.
  init(_ change: (inout ClientConfiguration) -> Void = { _ in }) throws {
    var configuration = try TestIdentities.clientConfiguration()
    change(&configuration)
    var client = try ClientConnection(to: "example.com", configuration: configuration)
    try client.start()
    hello = try WireHello(ofStream: client.takeOutgoing())
  }

  /// The ClientHello in a record.
  var helloRecord: [UInt8] { WireRecord.handshake(hello.message).bytes }

  /// The ServerHello.
  func serverHello() throws -> WireHello { try WireHello(serverMessages.first ?? []) }

  /// Reads the server's first flight and agrees on keys.
  mutating func receive(_ stream: [UInt8]) throws {
    serverMessages = WireRecord.messages(WireRecord.split(stream))
    let serverHello = try serverHello()
    let exchange = try #require(serverMessages.first { $0.first == 12 })
    var cursor = WireCursor(exchange.dropFirst(5))
    let group = NamedGroup(rawValue: UInt16(try cursor.number(2)))
    let point = try cursor.vector(1)
    var random = SystemRandomSource()
    let ephemeral = try EphemeralPrivateKey(try #require(group.keyAgreement), using: &random)
    clientKeyExchange = ephemeral.publicKey.vector(1).message(16)
    transcript = hello.message + serverMessages.flatMap { $0 } + clientKeyExchange
    let suite = CipherSuite(rawValue: UInt16(serverHello.cipherSuites.first ?? 0))
    let isExtended = serverHello.body(of: WireHello.extendedMasterSecret) != nil
    keys = try TestKeys(
      premaster: try ephemeral.sharedSecret(with: point.rawSpan), client: hello.random,
      server: serverHello.random, suite: suite, transcript: isExtended ? transcript : nil)
  }

  /// ClientKeyExchange and ChangeCipherSpec: what follows is protected.
  var keyExchange: [UInt8] {
    WireRecord.handshake(clientKeyExchange).bytes + WireRecord.changeCipherSpec.bytes
  }

  /// ``keyExchange`` and this message under the client's keys; the right Finished unless said
  /// otherwise.
  mutating func secondFlight(_ message: [UInt8]? = nil) throws -> [UInt8] {
    let message = try message ?? finished()
    let sealed = try record(.handshake, message)
    transcript += message
    return keyExchange + sealed
  }

  /// The right Finished.
  func finished() throws -> [UInt8] {
    switch keys {
    case .some(let keys): try keys.finished("client finished", transcript)
    case .none: throw WireCursor.TooShort()
    }
  }

  /// The next record under the client's keys.
  mutating func record(_ type: ContentType, _ plaintext: [UInt8]) throws -> [UInt8] {
    try #require(try keys?.client.record(type, plaintext))
  }

  /// Checks the server's ChangeCipherSpec and Finished.
  mutating func finish(_ stream: [UInt8]) throws {
    let records = WireRecord.split(stream)
    let types = records.map(\.type)
    #expect(types == [20, 22])
    let finished = try keys?.server.opened(try #require(records.last))
    #expect(finished == (try expectedServerFinished()))
  }

  private func expectedServerFinished() throws -> [UInt8]? {
    switch keys {
    case .some(let keys): try keys.finished("server finished", transcript)
    case .none: nil
    }
  }
}
