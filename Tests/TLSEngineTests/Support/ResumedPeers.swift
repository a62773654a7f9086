import TLSCrypto
import Testing

@testable import TLSEngine

/// A server that goes on with the session that a client offers, right or wrong, as it is told.
struct ResumingServer: ~Copyable {
  let clientHello: WireHello

  /// The ServerHello, which a test may change before it goes out.
  var hello: WireHello

  /// Messages between ServerHello and ChangeCipherSpec.
  var afterHello: [[UInt8]] = []

  private let master: [UInt8]
  private let suite: CipherSuite
  private var transcript: [UInt8] = []

  /// The keys, once the ServerHello is out.
  var keys: TestKeys?

  /// Takes the ClientHello of a client that has started and offers the session of `acquaintances`.
  init(
    answering client: inout ClientConnection, of acquaintances: Acquaintances
  ) throws {
    let offer = try WireHello(ofStream: client.takeOutgoing())
    let suite = try acquaintances.suite
    clientHello = offer
    master = acquaintances.master
    self.suite = suite
    hello = WireHello(
      choosing: Int(suite.rawValue),
      answering: [
        .init(type: WireHello.extendedMasterSecret, body: []),
        .init(type: WireHello.renegotiationInfo, body: [0]),
      ])
    hello.sessionID = offer.sessionID
  }

  /// ServerHello and what follows it in the clear, in one record.
  mutating func opening() throws -> [UInt8] {
    let messages = hello.message + afterHello.flatMap { $0 }
    transcript = clientHello.message + messages
    keys = try TestKeys(
      master: master, client: clientHello.random, server: hello.random, suite: suite)
    return WireRecord.handshake(messages).bytes
  }

  /// The whole flight; with the right Finished unless said otherwise.
  mutating func flight(_ message: [UInt8]? = nil) throws -> [UInt8] {
    let opening = try opening()
    let message = try message ?? finished()
    transcript += message
    return opening + WireRecord.changeCipherSpec.bytes + (try record(.handshake, message))
  }

  /// The right Finished.
  func finished() throws -> [UInt8] {
    switch keys {
    case .some(let keys): try keys.finished("server finished", transcript)
    case .none: throw WireCursor.TooShort()
    }
  }

  /// The next record under the server's keys.
  mutating func record(_ type: ContentType, _ plaintext: [UInt8]) throws -> [UInt8] {
    try #require(try keys?.server.record(type, plaintext))
  }

  /// Checks the client's ChangeCipherSpec and Finished.
  mutating func finish(_ stream: [UInt8]) throws {
    let records = WireRecord.split(stream)
    let types = records.map(\.type)
    #expect(types == [20, 22])
    let finished = try keys?.client.opened(try #require(records.last))
    #expect(finished == (try expectedClientFinished()))
  }

  private func expectedClientFinished() throws -> [UInt8]? {
    switch keys {
    case .some(let keys): try keys.finished("client finished", transcript)
    case .none: nil
    }
  }
}

/// A client that offers a session and goes on with it, right or wrong, as it is told.
struct ResumingClient: ~Copyable {
  /// The ClientHello, which a test may change before it goes out.
  var hello: WireHello

  private let master: [UInt8]
  private let suite: CipherSuite
  private var transcript: [UInt8] = []

  /// The server's messages that are not protected.
  private(set) var serverMessages: [[UInt8]] = []

  /// The keys, once the server's flight has come.
  var keys: TestKeys?

  /// Begins with what our own client says, which offers the session of `acquaintances`.
  init(_ acquaintances: Acquaintances) throws {
    let hello = try acquaintances.clientHello()
    let suite = try acquaintances.suite
    self.hello = hello
    self.suite = suite
    master = acquaintances.master
  }

  /// The ClientHello in a record.
  var helloRecord: [UInt8] { WireRecord.handshake(hello.message).bytes }

  /// Reads the server's flight, and checks its Finished.
  mutating func receive(_ stream: [UInt8]) throws {
    let records = WireRecord.split(stream)
    let types = records.map(\.type)
    #expect(types == [22, 20, 22])
    serverMessages = WireRecord.messages(Array(records.prefix { $0.type == 22 }))
    transcript = hello.message + serverMessages.flatMap { $0 }
    let serverHello = try WireHello(serverMessages.first ?? [])
    var keys = try TestKeys(
      master: master, client: hello.random, server: serverHello.random, suite: suite)
    let finished = try keys.server.opened(try #require(records.last))
    #expect(finished == (try keys.finished("server finished", transcript)))
    transcript += finished
    self.keys = consume keys
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

  /// ChangeCipherSpec and this message under the client's keys; the right Finished unless said
  /// otherwise.
  mutating func flight(_ message: [UInt8]? = nil) throws -> [UInt8] {
    let message = try message ?? finished()
    return WireRecord.changeCipherSpec.bytes + (try record(.handshake, message))
  }
}

/// Checks that a connection that has changed its keys fails with an alert and a sentence, and sends
/// that alert under its keys and nothing else.
///
/// - Parameter open: opens the record under the keys of the connection.
func expectRefusedUnderKeys<Role>(
  _ connection: inout Connection<Role>, receiving bytes: [UInt8], with alert: AlertDescription,
  saying sentence: String, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, open: (WireRecord) throws -> [UInt8]?
) throws {
  let error = #expect(throws: TLSError.self, comment, sourceLocation: sourceLocation) {
    _ = try connection.receive(bytes)
  }
  #expect(error?.alert == alert, comment, sourceLocation: sourceLocation)
  let said = error?.description ?? "nothing"
  #expect(
    said.hasPrefix(sentence), "\(said)\nand not\n\(sentence)", sourceLocation: sourceLocation)
  #expect(connection.summary == nil, comment, sourceLocation: sourceLocation)
  let records = WireRecord.split(connection.takeOutgoing())
  #expect(records.map(\.type) == [21], comment, sourceLocation: sourceLocation)
  let sent = try records.last.flatMap(open)
  #expect(sent == [2, alert.rawValue], comment, sourceLocation: sourceLocation)
}

/// A client that offers a session, and a server driven by hand that goes on with it.
func withResumingServer(
  _ memory: Acquaintances.Memory,
  _ body: (inout ClientConnection, inout ResumingServer) throws -> Void
) throws {
  var pair = try Acquaintances(memory)
  try pair.getAcquainted()
  var client = try ClientConnection(to: pair.name, configuration: pair.client)
  try client.start()
  var peer = try ResumingServer(answering: &client, of: pair)
  try body(&client, &peer)
}

/// A server that goes on with a session, and a client driven by hand that has had its flight.
func withResumingClient(
  _ memory: Acquaintances.Memory, _ change: (inout Acquaintances) -> Void = { _ in },
  _ body: (inout ServerConnection, inout ResumingClient) throws -> Void
) throws {
  var pair = try Acquaintances(memory)
  change(&pair)
  try pair.getAcquainted()
  var server = try ServerConnection(configuration: pair.server)
  var peer = try ResumingClient(pair)
  _ = try server.receive(peer.helloRecord)
  try peer.receive(server.takeOutgoing())
  try body(&server, &peer)
}

/// A client that was promised a ticket in a full handshake, and has had everything that comes
/// before it.
func withTicketPromise(
  isPromised: Bool = true,
  _ change: (inout ClientConnection, inout HandDrivenServer) throws -> Void = { _, _ in },
  body: (inout ClientConnection, inout HandDrivenServer) throws -> Void
) throws {
  var client = try TestIdentities.startedClient()
  var peer = try HandDrivenServer(answering: &client)
  if isPromised { peer.flight.hello.set(WireHello.sessionTicket, []) }
  try change(&client, &peer)
  _ = try client.receive(try peer.firstFlight())
  try peer.receive(client.takeOutgoing())
  try body(&client, &peer)
}

extension WireRecord {
  /// A NewSessionTicket of 4 bytes, good for an hour.
  static let newSessionTicket: [UInt8] =
    (.number(3600, 4) + [UInt8]([1, 2, 3, 4]).vector(2)).message(4)
}
