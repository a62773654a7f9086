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

  /// A finite field and a key in it, which go out instead of `group` and `point`.
  var field: Field?

  /// The hint for pre-shared keys: then there is neither a certificate nor a signature.
  var hint: [UInt8]?

  /// Messages between Certificate and ServerKeyExchange.
  var afterCertificate: [[UInt8]] = []

  /// The scheme that ServerKeyExchange names.
  var scheme: SignatureScheme

  /// How it is really signed, if not as `scheme` says.
  var signing: SignatureAlgorithm?

  /// The signature, if it is not to be the right one.
  var signature: [UInt8]?

  /// Messages between ServerKeyExchange and ServerHelloDone.
  var beforeDone: [[UInt8]] = []

  /// `ServerDHParams` (RFC 5246 section 7.4.3).
  struct Field {
    var prime: [UInt8]
    var generator: [UInt8] = [2]
    var publicKey: [UInt8]
  }

  /// The group and the key as they stand on the wire.
  var parameters: [UInt8] {
    guard let field else { return [curveType] + .number(group, 2) + point.vector(1) }
    return field.prime.vector(2) + field.generator.vector(2) + field.publicKey.vector(2)
  }

  /// The flight's messages, signed for the client that drew `random`.
  func messages(signedWith key: PrivateKey, for random: [UInt8]) throws -> [[UInt8]] {
    if let hint {
      return [hello.message, (hint.vector(2) + parameters).message(12)] + beforeDone + [
        [UInt8]().message(14)
      ]
    }
    let algorithm = try #require(signing ?? scheme.algorithm)
    let content = random + hello.random + parameters
    var source = SystemRandomSource()
    let signature =
      try signature ?? key.sign(content.rawSpan, using: algorithm, random: &source)
    let exchange = parameters + .number(Int(scheme.rawValue), 2) + signature.vector(2)
    return [
      hello.message, certificates.flatMap { $0.vector(3) }.vector(3).message(11),
    ] + afterCertificate + [exchange.message(12)] + beforeDone + [[UInt8]().message(14)]
  }
}

/// A server that does as it is told, right or wrong, and keeps the keys of the connection.
struct HandDrivenServer: ~Copyable {
  let clientHello: WireHello
  var flight: ServerFlight

  private let key: PrivateKey

  /// What hashes, and protects the records.
  var suite: CipherSuite

  /// The key that both sides have, for suites that want one.
  var preSharedKey: [UInt8]?

  private var ephemeral: EphemeralPrivateKey?
  private var transcript: [UInt8]

  /// The keys, once the client's second flight has come.
  var keys: TestKeys?

  /// The messages of the client's second flight that are not protected.
  private(set) var clientMessages: [[UInt8]] = []

  /// Those that are, up to Finished.
  private(set) var protectedMessages: [[UInt8]] = []

  /// The identity that the client names, where there is a pre-shared key.
  private(set) var preSharedKeyIdentity: [UInt8]?

  /// What a CertificateVerify of the client's has to sign: every message before it.
  private(set) var signedByClient: [UInt8] = []

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

  /// The first flight, in one record if it fits.
  mutating func firstFlight() throws -> [UInt8] {
    let messages = try messages().flatMap { $0 }
    transcript += messages
    return WireRecord.stream(ofHandshake: messages)
  }

  /// Answers with a suite of ephemeral Diffie-Hellman in `field` instead.
  mutating func use(_ field: FiniteFieldGroup) throws {
    var random = SystemRandomSource()
    let ephemeral = try EphemeralPrivateKey(.finiteField(field), using: &random)
    suite = .dheRSAWithAES128GCMSHA256
    flight.hello.cipherSuites = [Int(suite.rawValue)]
    flight.field = .init(prime: field.prime, publicKey: ephemeral.publicKey)
    self.ephemeral = consume ephemeral
  }

  /// Reads the client's second flight, and checks its Finished.
  mutating func receive(_ stream: [UInt8]) throws {
    let records = WireRecord.split(stream)
    clientMessages = WireRecord.messages(Array(records.prefix { $0.type == 22 }))
    let exchange = try #require(clientMessages.first { $0.first == 16 })
    let verify = clientMessages.filter { $0.first == 15 }
    let before = clientMessages.filter { $0.first != 15 }
    transcript += before.flatMap { $0 }
    signedByClient = transcript
    let isExtended = flight.hello.body(of: WireHello.extendedMasterSecret) != nil
    let premaster = try premaster(exchange)
    var keys = try TestKeys(
      premaster: premaster, client: clientHello.random, server: flight.hello.random, suite: suite,
      transcript: isExtended ? transcript : nil)
    transcript += verify.flatMap { $0 }
    let protected = Array(records.drop { $0.type == 22 })
    #expect(protected.first == .changeCipherSpec)
    var bytes: [UInt8] = []
    for record in protected.dropFirst() {
      #expect(record.type == 22)
      bytes += try keys.client.opened(record)
    }
    let messages = WireRecord.messages([.handshake(bytes)])
    transcript += messages.dropLast().flatMap { $0 }
    #expect(messages.last == (try keys.finished("client finished", transcript)))
    transcript += messages.last ?? []
    protectedMessages = messages
    self.keys = consume keys
  }

  /// The premaster secret, from the client's key exchange.
  private mutating func premaster(_ exchange: [UInt8]) throws -> [UInt8] {
    var cursor = WireCursor(exchange.dropFirst(4))
    if preSharedKey != nil { preSharedKeyIdentity = try cursor.vector(2) }
    let point = try cursor.vector(flight.field == nil ? 1 : 2)
    #expect(cursor.isEmpty)
    let secret = try secret(with: point)
    // RFC 5489 section 2.
    guard let preSharedKey else { return secret }
    return secret.vector(2) + preSharedKey.vector(2)
  }

  /// The secret shared with the owner of a public key; the server's own is used up.
  private mutating func secret(with publicKey: [UInt8]) throws -> [UInt8] {
    if let field = flight.field, field.publicKey == field.generator {
      // The server's key is the generator: then the secret is the client's key, without its leading
      // zeros (RFC 5246 section 8.1.2).
      #expect(publicKey.count == field.prime.count)
      return Array(publicKey.drop { $0 == 0 })
    }
    guard let own = ephemeral.take() else { throw WireCursor.TooShort() }
    let secret = try own.sharedSecret(with: publicKey.rawSpan)
    return [UInt8](secret.bytes)
  }

  /// One more message that is not protected.
  mutating func clear(_ message: [UInt8]) -> [UInt8] {
    transcript += message
    return WireRecord.handshake(message).bytes
  }

  /// A message that is not protected, between the client's Finished and ChangeCipherSpec.
  mutating func plainRecord(_ message: [UInt8]) -> [UInt8] {
    transcript += message
    return message.chunks(of: 16_384).flatMap { WireRecord(type: 22, body: $0).bytes }
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
