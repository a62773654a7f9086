import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// A server's first flight in parts, each of which a test may change before it goes out.
struct ServerFlight {
  var hello: WireHello

  /// In DER.
  var certificates: [[UInt8]]

  var curveType: UInt8 = 3
  var group: Int
  var point: [UInt8]

  /// The scheme that ServerKeyExchange names.
  var scheme: SignatureScheme

  /// How it is really signed, if not as `scheme` says.
  var signing: SignatureAlgorithm?

  /// The signature, if it is not to be the right one.
  var signature: [UInt8]?

  /// Messages between ServerKeyExchange and ServerHelloDone.
  var beforeDone: [[UInt8]] = []

  /// The flight's messages, signed for the client that drew `random`.
  func messages(signedWith key: PrivateKey, for random: [UInt8]) throws -> [[UInt8]] {
    let parameters = [curveType] + .number(group, 2) + point.vector(1)
    let algorithm = try #require(signing ?? scheme.algorithm)
    let content = random + hello.random + parameters
    var source = SystemRandomSource()
    let signature =
      try signature ?? key.sign(content.rawSpan, using: algorithm, random: &source)
    let exchange = parameters + .number(Int(scheme.rawValue), 2) + signature.vector(2)
    return [
      hello.message, certificates.flatMap { $0.vector(3) }.vector(3).message(11),
      exchange.message(12),
    ] + beforeDone + [[UInt8]().message(14)]
  }
}

/// A server that does as it is told, right or wrong, and keeps the keys of the connection.
struct HandDrivenServer: ~Copyable {
  let clientHello: WireHello
  var flight: ServerFlight

  private let key: PrivateKey
  private let suite: CipherSuite
  private var ephemeral: EphemeralPrivateKey?
  private var transcript: [UInt8]

  /// The keys, once the client's second flight has come.
  var keys: TestKeys?

  /// The messages of the client's second flight that are not protected.
  private(set) var clientMessages: [[UInt8]] = []

  /// Takes the ClientHello of a client that has started, and makes ready to answer it well.
  init(
    answering client: inout ClientConnection, as kind: TestIdentities.Kind = .ed25519,
    in group: NamedGroup = .x25519
  ) throws {
    try self.init(
      answering: try WireHello(ofStream: client.takeOutgoing()), as: kind, in: group)
  }

  /// Makes ready to answer this ClientHello well.
  init(
    answering hello: WireHello, as kind: TestIdentities.Kind = .ed25519,
    in group: NamedGroup = .x25519
  ) throws {
    let material = try TestIdentities.material(kind)
    let suite: CipherSuite =
      kind == .rsa ? .ecdheRSAWithAES128GCMSHA256 : .ecdheECDSAWithAES128GCMSHA256
    let scheme = try #require(SignatureScheme.supported.first { kind.signs(with: $0) })
    let agreement = try #require(group.keyAgreement)
    var random = SystemRandomSource()
    let ephemeral = try EphemeralPrivateKey(agreement, using: &random)
    clientHello = hello
    transcript = hello.message
    key = material.key
    self.suite = suite
    flight = ServerFlight(
      hello: WireHello(
        choosing: Int(suite.rawValue),
        answering: [
          .init(type: WireHello.extendedMasterSecret, body: []),
          .init(type: WireHello.renegotiationInfo, body: [0]),
        ]),
      certificates: material.certificates.map(\.der), group: Int(group.rawValue),
      point: ephemeral.publicKey, scheme: scheme)
    self.ephemeral = consume ephemeral
  }

  /// The messages of the first flight, as the test has changed it.
  func messages() throws -> [[UInt8]] {
    try flight.messages(signedWith: key, for: clientHello.random)
  }

  /// The first flight in one record.
  mutating func firstFlight() throws -> [UInt8] {
    let messages = try messages().flatMap { $0 }
    transcript += messages
    return WireRecord.handshake(messages).bytes
  }

  /// Reads the client's second flight, and checks its Finished.
  mutating func receive(_ stream: [UInt8]) throws {
    let records = WireRecord.split(stream)
    clientMessages = WireRecord.messages(Array(records.prefix { $0.type == 22 }))
    transcript += clientMessages.flatMap { $0 }
    let point = try #require(clientMessages.last).dropFirst(5)
    guard let own = ephemeral.take() else { throw WireCursor.TooShort() }
    let secret = try own.sharedSecret(with: Array(point).rawSpan)
    let isExtended = flight.hello.body(of: WireHello.extendedMasterSecret) != nil
    var keys = try TestKeys(
      premaster: secret, client: clientHello.random, server: flight.hello.random, suite: suite,
      transcript: isExtended ? transcript : nil)
    let types = records.map(\.type)
    #expect(types == [22, 20, 22])
    let finished = try keys.client.opened(try #require(records.last))
    #expect(finished == (try keys.finished("client finished", transcript)))
    transcript += finished
    self.keys = consume keys
  }

  /// ChangeCipherSpec and these messages under the server's keys; the right Finished unless said
  /// otherwise.
  mutating func secondFlight(_ message: [UInt8]? = nil) throws -> [UInt8] {
    let message = try message ?? finished()
    return WireRecord.changeCipherSpec.bytes + (try record(.handshake, message))
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
}

/// A client that has had everything but the server's ChangeCipherSpec and Finished, and its server.
func withAnsweringClient(
  _ body: (inout ClientConnection, inout HandDrivenServer) throws -> Void
) throws {
  var client = try TestIdentities.startedClient()
  var peer = try HandDrivenServer(answering: &client)
  _ = try client.receive(try peer.firstFlight())
  try peer.receive(client.takeOutgoing())
  try body(&client, &peer)
}
