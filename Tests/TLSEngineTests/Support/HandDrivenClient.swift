import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// A client that does as it is told, right or wrong, and keeps the keys of the connection.
struct HandDrivenClient: ~Copyable {
  /// The ClientHello, which a test may change before it goes out.
  var hello: WireHello

  /// What the client shows of itself if it is asked, right or wrong.
  var credential: ClientCredential?

  /// The key that both sides have, for suites that want one.
  var preSharedKey: (identity: [UInt8], key: [UInt8])?

  /// The public key that it sends in finite fields: a small power of the generator, or whatever.
  var finiteFieldKey: [UInt8]?

  /// The server's messages that are not protected.
  private(set) var serverMessages: [[UInt8]] = []

  /// Every message so far.
  private var transcript: [UInt8] = []

  /// The keys, once the server's first flight has come.
  var keys: TestKeys?

  /// Certificate, ClientKeyExchange and CertificateVerify, or what there is of them.
  private var clearMessages: [[UInt8]] = []

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
    let suite = CipherSuite(rawValue: UInt16(serverHello.cipherSuites.first ?? 0))
    let exchange = try #require(serverMessages.first { $0.first == 12 })
    let (publicKey, secret) = try agree(exchange, try #require(suite.parameters))
    var premaster = secret
    var clientKeyExchange = publicKey
    if let preSharedKey {
      // RFC 5489 section 2.
      premaster = secret.vector(2) + preSharedKey.key.vector(2)
      clientKeyExchange = preSharedKey.identity.vector(2) + publicKey
    }
    let certificate = credential?.certificates.map { $0.flatMap { $0.vector(3) }.vector(3) }
    if let certificate { clearMessages.append(certificate.message(11)) }
    clearMessages.append(clientKeyExchange.message(16))
    transcript = hello.message + serverMessages.flatMap { $0 } + clearMessages.flatMap { $0 }
    let isExtended = serverHello.body(of: WireHello.extendedMasterSecret) != nil
    keys = try TestKeys(
      premaster: premaster, client: hello.random,
      server: serverHello.random, suite: suite, transcript: isExtended ? transcript : nil)
    if let verify = try credential?.certificateVerify(transcript) {
      clearMessages.append(verify)
      transcript += verify
    }
  }

  /// A public key as it stands on the wire, and the secret shared with the server's.
  private func agree(
    _ exchange: [UInt8], _ suite: CipherSuiteParameters
  ) throws -> (publicKey: [UInt8], secret: [UInt8]) {
    var cursor = WireCursor(exchange.dropFirst(4))
    if suite.authentication == .preSharedKey { _ = try cursor.vector(2) }
    var random = SystemRandomSource()
    guard suite.keyExchange == .dhe else {
      _ = try cursor.number(1)
      let group = NamedGroup(rawValue: UInt16(try cursor.number(2)))
      let point = try cursor.vector(1)
      let own = try EphemeralPrivateKey(try #require(group.keyAgreement), using: &random)
      let publicKey = own.publicKey.vector(1)
      let secret = try own.sharedSecret(with: point.rawSpan)
      return (publicKey, [UInt8](secret.bytes))
    }
    let (prime, generator) = (try cursor.vector(2), try cursor.vector(2))
    let key = try cursor.vector(2)
    if let finiteFieldKey {
      // Only the generator itself is a key whose secret is known without any arithmetic: it is the
      // server's own key, without its leading zeros (RFC 5246 section 8.1.2).
      return (finiteFieldKey.vector(2), Array(key.drop { $0 == 0 }))
    }
    let field = FiniteFieldGroup(prime: prime.rawSpan, generator: generator.rawSpan)
    let own = try EphemeralPrivateKey(.finiteField(try #require(field)), using: &random)
    let publicKey = own.publicKey.vector(2)
    let secret = try own.sharedSecret(with: key.rawSpan)
    return (publicKey, [UInt8](secret.bytes))
  }

  /// Everything up to ChangeCipherSpec: what follows is protected.
  var keyExchange: [UInt8] {
    WireRecord.handshake(clearMessages.flatMap { $0 }).bytes + WireRecord.changeCipherSpec.bytes
  }

  /// ``keyExchange`` and this message under the client's keys; the right Finished unless said
  /// otherwise.
  mutating func secondFlight(_ message: [UInt8]? = nil) throws -> [UInt8] {
    let message = try message ?? finished()
    return keyExchange + (try send(message))
  }

  /// One more message under the client's keys.
  mutating func send(_ message: [UInt8]) throws -> [UInt8] {
    let sealed = try record(.handshake, message)
    transcript += message
    return sealed
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

/// What a client driven by hand shows of itself.
struct ClientCredential {
  /// In DER; `nil` for no Certificate message at all.
  var certificates: [[UInt8]]?

  var key: PrivateKey

  /// The scheme that CertificateVerify names, or `nil` to leave that message out.
  var scheme: SignatureScheme?

  /// How it is really signed, if not as `scheme` says.
  var signing: SignatureAlgorithm?

  /// What is signed, if not the handshake.
  var content: [UInt8]?

  /// The signature, if it is not to be the right one.
  var signature: [UInt8]?

  /// A good one.
  init(_ kind: TestIdentities.Kind) throws {
    let material = try TestIdentities.clientMaterial(kind)
    certificates = material.certificates.map(\.der)
    key = material.key
    scheme = SignatureScheme.supported.first { kind.signs(with: $0) }
  }

  fileprivate func certificateVerify(_ transcript: [UInt8]) throws -> [UInt8]? {
    guard let scheme else { return nil }
    let algorithm = try #require(signing ?? scheme.algorithm)
    var random = SystemRandomSource()
    let content = content ?? transcript
    let signature =
      try signature ?? key.sign(content.rawSpan, using: algorithm, random: &random)
    return (.number(Int(scheme.rawValue), 2) + signature.vector(2)).message(15)
  }
}
