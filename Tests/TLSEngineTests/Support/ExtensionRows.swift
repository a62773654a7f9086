import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

// The rows of the tables in Extensions/: the wire form of an extension in both roles, byte by byte,
// and what each role refuses, with its alert. No body means that the extension is not there.

/// What a client of one configuration offers.
struct OfferRow: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let body: [UInt8]?
  let name: String
  let configure: @Sendable (inout ClientConfiguration) -> Void

  init(
    _ description: String, _ body: [UInt8]?, to name: String = "example.com",
    _ configure: @escaping @Sendable (inout ClientConfiguration) -> Void = { _ in }
  ) {
    testDescription = description
    self.body = body
    self.name = name
    self.configure = configure
  }

  func check(_ type: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var client = try ClientConnection(to: name, configuration: try TestIdentities.client(configure))
    try client.start()
    let hello = try WireHello(ofStream: client.takeOutgoing())
    #expect(hello.body(of: type) == body, sourceLocation: sourceLocation)
  }
}

/// What a server of one configuration answers to one offer.
struct AnswerRow: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let offer: [UInt8]?
  let body: [UInt8]?
  let kind: TestIdentities.Kind
  let configure: @Sendable (inout ServerConfiguration) -> Void

  /// The suites and further extensions of the ClientHello; no suites are the usual ones.
  let suites: [Int]
  let others: [WireHello.Extension]

  init(
    _ description: String, to offer: [UInt8]?, _ body: [UInt8]?,
    as kind: TestIdentities.Kind = .ed25519,
    suites: [Int] = [], beside others: [WireHello.Extension] = [],
    _ configure: @escaping @Sendable (inout ServerConfiguration) -> Void = { _ in }
  ) {
    testDescription = description
    self.offer = offer
    self.body = body
    self.kind = kind
    self.suites = suites
    self.others = others
    self.configure = configure
  }

  func check(_ type: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var peer = try HandDrivenClient()
    peer.hello.put(type, offer)
    if !suites.isEmpty { peer.hello.cipherSuites = suites }
    for other in others { peer.hello.set(other.type, other.body) }
    var server = try TestIdentities.server(as: kind, configure)
    let events = try server.receive(peer.helloRecord)
    #expect(events.isEmpty, sourceLocation: sourceLocation)
    let answer = try WireHello(ofStream: server.takeOutgoing())
    #expect(answer.body(of: type) == body, sourceLocation: sourceLocation)
  }
}

/// An offer that a server refuses.
struct RefusedOffer: Sendable, CustomTestStringConvertible {
  let body: [UInt8]?
  let alert: AlertDescription
  let sentence: String
  let configure: @Sendable (inout ServerConfiguration) -> Void

  init(
    _ body: [UInt8]?, _ alert: AlertDescription, _ sentence: String,
    _ configure: @escaping @Sendable (inout ServerConfiguration) -> Void = { _ in }
  ) {
    self.body = body
    self.alert = alert
    self.sentence = sentence
    self.configure = configure
  }

  var testDescription: String { describe(body, alert) }

  func check(_ type: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var peer = try HandDrivenClient()
    peer.hello.put(type, body)
    var server = try TestIdentities.server(configure)
    expectRefused(
      &server, receiving: peer.helloRecord, with: alert, saying: sentence,
      sourceLocation: sourceLocation)
  }
}

/// An answer that a client refuses, or takes.
struct ClientRow: Sendable, CustomTestStringConvertible {
  let body: [UInt8]?

  /// What it is refused with, or `nil` if it is taken.
  let alert: AlertDescription?
  let sentence: String
  let name: String
  let configure: @Sendable (inout ClientConfiguration) -> Void

  /// Further extensions of the ServerHello.
  let others: [WireHello.Extension]

  static func refused(
    _ body: [UInt8]?, _ alert: AlertDescription, _ sentence: String,
    to name: String = "example.com",
    beside others: [WireHello.Extension] = [],
    _ configure: @escaping @Sendable (inout ClientConfiguration) -> Void = { _ in }
  ) -> ClientRow {
    ClientRow(
      body: body, alert: alert, sentence: sentence, name: name, configure: configure,
      others: others)
  }

  static func taken(
    _ body: [UInt8]?,
    _ configure: @escaping @Sendable (inout ClientConfiguration) -> Void = { _ in }
  ) -> ClientRow {
    ClientRow(
      body: body, alert: nil, sentence: "", name: "example.com", configure: configure,
      others: [])
  }

  var testDescription: String { describe(body, alert) }

  func check(_ type: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var client = try ClientConnection(to: name, configuration: try TestIdentities.client(configure))
    try client.start()
    var peer = try HandDrivenServer(answering: &client)
    peer.flight.hello.put(type, body)
    for other in others { peer.flight.hello.set(other.type, other.body) }
    let flight = try peer.firstFlight()
    guard let alert else {
      let events = try client.receive(flight)
      #expect(events.isEmpty, sourceLocation: sourceLocation)
      // It went on to its second flight.
      let types = WireRecord.split(client.takeOutgoing()).map(\.type)
      #expect(types == [22, 20, 22], sourceLocation: sourceLocation)
      return
    }
    expectRefused(
      &client, receiving: flight, with: alert, saying: sentence, sourceLocation: sourceLocation)
  }
}

private func describe(_ body: [UInt8]?, _ alert: AlertDescription?) -> String {
  let what = body.map { "\($0.count < 32 ? "\($0)" : "\($0.count) bytes")" } ?? "nothing"
  return "\(what): \(alert.map(\.description) ?? "taken")"
}

extension WireHello {
  /// Gives an extension this body, or takes it away.
  fileprivate mutating func put(_ type: Int, _ body: [UInt8]?) {
    guard let body else { return remove(type) }
    set(type, body)
  }
}

/// Hellos of extensions alone, decoded without a connection around them.
enum DecodedHello {
  /// A suite with a MAC, to which every extension may be answered.
  static let suiteWithMAC = CipherSuiteParameters(
    keyExchange: .ecdhe, authentication: .ecdsa, cipher: .cbc(.aes128CBC, .hmacSHA1), hash: .sha256)

  /// A ClientHello that has these.
  static func offers(_ extensions: [WireHello.Extension]) throws -> ExtensionOffers {
    var hello = WireHello(choosing: 0xc02b, answering: extensions)
    hello.type = 1
    let message = HandshakeMessage(type: .clientHello, bytes: hello.message)
    return try message.decode(ClientHello.self).extensions
  }

  /// A ServerHello that has these, as a client takes it that offers those.
  static func answers(
    _ extensions: [WireHello.Extension], to offers: ExtensionOffers,
    choosing suite: CipherSuiteParameters = suiteWithMAC
  ) throws -> ExtensionAnswers {
    let hello = WireHello(choosing: 0xc02b, answering: extensions)
    let message = HandshakeMessage(type: .serverHello, bytes: hello.message)
    let configuration = try TestIdentities.client {
      $0.applicationProtocols = ["h2"]
      $0.allowsServersWithoutSecureRenegotiation = true
    }
    let setup = try ClientSetup(to: try ServerName("example.com"), configuration)
    return try ExtensionAnswers(
      decoding: try message.decode(ServerHello.self).extensions, to: offers, setup,
      choosing: .ecdheECDSAWithAES128GCMSHA256, suite)
  }
}
