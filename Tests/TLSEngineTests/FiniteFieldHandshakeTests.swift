import TLSCrypto
import Testing

@testable import TLSEngine

/// Handshakes in finite fields (RFC 5246 section 8.1.2, RFC 7919), and which field is taken.
@Suite("Finite fields")
struct FiniteFieldHandshakeTests {
  private static let suite = CipherSuite.dheRSAWithAES128GCMSHA256

  private func client(
    _ groups: [NamedGroup], _ suites: [CipherSuite] = [suite]
  ) throws -> ClientConfiguration {
    try TestIdentities.client {
      $0.cipherSuites = suites
      $0.supportedGroups = groups
    }
  }

  private func server(
    _ groups: [NamedGroup], _ suites: [CipherSuite] = [suite],
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> ServerConfiguration {
    try TestIdentities.serverConfiguration(as: .rsa) {
      $0.cipherSuites = suites
      $0.supportedGroups = groups
      change(&$0)
    }
  }

  /// The field that a server took: the length of its prime in bits, and its public key.
  private func field(_ messages: [[UInt8]]) throws -> (bits: Int, publicKey: [UInt8]) {
    let exchange = try #require(messages.first { $0.first == 12 })
    var cursor = WireCursor(exchange.dropFirst(4))
    let prime = try cursor.vector(2)
    let generator = try cursor.vector(2)
    #expect(generator == [2])
    return (8 * prime.count, try cursor.vector(2))
  }

  @Test(
    "Each group of RFC 7919 carries a connection, with keys as long as the prime",
    arguments: [
      (NamedGroup.ffdhe2048, 2048), (.ffdhe3072, 3072), (.ffdhe4096, 4096), (.ffdhe6144, 6144),
      (.ffdhe8192, 8192),
    ])
  func eachGroup(group: NamedGroup, bits: Int) throws {
    var loopback = try Loopback(
      try client([.x25519, group]), try server([.x25519, group]))
    try loopback.exchange()
    #expect(loopback.client.summary?.group == group)
    #expect(loopback.server.summary?.group == group)
    #expect(loopback.client.summary?.cipherSuite == Self.suite)
    let received = WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }
    let field = try field(WireRecord.messages(Array(received)))
    #expect(field.bits == bits)
    #expect(field.publicKey.count == bits / 8)
    let sent = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
    let exchange = try #require(WireRecord.messages(Array(sent)).last)
    #expect(exchange.count == 4 + 2 + bits / 8)
    try loopback.client.send([1, 2, 3])
    try loopback.server.send([4])
    try loopback.exchange()
    #expect(loopback.receivedByServer == [1, 2, 3])
    #expect(loopback.receivedByClient == [4])
  }

  @Test("The server's order of fields decides, or the client's where that is asked for")
  func order() throws {
    for (prefersClientOrder, expected) in [(false, NamedGroup.ffdhe3072), (true, .ffdhe2048)] {
      var loopback = try Loopback(
        try client([.x25519, .ffdhe2048, .ffdhe3072]),
        try server([.x25519, .ffdhe4096, .ffdhe3072, .ffdhe2048]) {
          $0.prefersClientOrder = prefersClientOrder
        })
      try loopback.exchange()
      #expect(loopback.client.summary?.group == expected)
    }
  }

  @Test("Where suites of DHE are on and no field is named, three are meant")
  func defaults() throws {
    let peer = try HandDrivenClient { $0.cipherSuites = .intermediate }
    #expect(
      peer.hello.body(of: WireHello.supportedGroups)
        == [UInt8]([0, 29, 0, 23, 0, 24, 1, 0, 1, 1, 1, 2]).vector(2))
    var server = try ServerConnection(configuration: try server([.x25519]))
    _ = try server.receive(peer.helloRecord)
    let messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
    #expect(try field(messages).bits == 2048)
  }

  @Test("A client of DHE alone offers no curve, and no form of their points (RFC 8422 5.1)")
  func noCurves() throws {
    let peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
    #expect(
      peer.hello.body(of: WireHello.supportedGroups) == [UInt8]([1, 0, 1, 1, 1, 2]).vector(2))
    #expect(peer.hello.body(of: WireHello.ecPointFormats) == nil)
    var server = try ServerConnection(configuration: try server([.x25519, .ffdhe3072]))
    _ = try server.receive(peer.helloRecord)
    let hello = try WireHello(ofStream: server.takeOutgoing())
    #expect(hello.body(of: WireHello.ecPointFormats) == nil)
  }

  @Test("A client that names no field leaves it to the server (RFC 7919 4)")
  func clientWithoutFields() throws {
    for groups in [nil, [0, 29, 0, 23]] as [[UInt8]?] {
      var peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
      peer.hello.remove(WireHello.supportedGroups)
      if let groups { peer.hello.set(WireHello.supportedGroups, groups.vector(2)) }
      var server = try ServerConnection(
        configuration: try server([.x25519, .ffdhe3072, .ffdhe2048]))
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      #expect(try field(peer.serverMessages).bits == 3072)
      let events = try server.receive(try peer.secondFlight())
      #expect(events.first?.summary?.group == .ffdhe3072)
      try peer.finish(server.takeOutgoing())
    }
  }

  @Test("Without a field in common the next suite is taken (RFC 7919 4)")
  func nextSuite() throws {
    let suites: [CipherSuite] = [Self.suite, .ecdheRSAWithAES128GCMSHA256]
    var loopback = try Loopback(
      try client([.x25519, .ffdhe4096], suites), try server([.x25519, .ffdhe2048], suites))
    try loopback.exchange()
    #expect(loopback.client.summary?.cipherSuite == .ecdheRSAWithAES128GCMSHA256)
    #expect(loopback.client.summary?.group == .x25519)
  }

  @Test("Without a field and without a suite in common it is insufficient_security (RFC 7919 4)")
  func nothingShared() throws {
    let reason = TLSError.Reason.noSharedGroup(offered: [.ffdhe4096], allowed: [.ffdhe2048])
    var loopback = try Loopback(
      try client([.x25519, .ffdhe4096]), try server([.x25519, .ffdhe2048]))
    var error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .insufficientSecurity)
    #expect(error?.reason == reason)
    #expect(loopback.client.failure?.reason == .peerAlert(.insufficientSecurity))

    // The favourite lacks a curve, and the other a field: RFC 7919 wins.
    let suites: [CipherSuite] = [.ecdheRSAWithAES128GCMSHA256, Self.suite]
    loopback = try Loopback(
      try client([.x25519, .ffdhe4096], suites), try server([.secp256r1, .ffdhe2048], suites))
    error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .insufficientSecurity)
    #expect(error?.reason == reason)

    // A field that nobody knows yet is a field all the same.
    var peer = try HandDrivenClient { $0.cipherSuites = [Self.suite] }
    peer.hello.set(WireHello.supportedGroups, [UInt8]([0, 29, 1, 0xff]).vector(2))
    var server = try ServerConnection(configuration: try server([.x25519]))
    expectRefused(
      &server, receiving: peer.helloRecord, with: .insufficientSecurity,
      saying: "no group in common: offered 0x01ff; allowed here ffdhe2048, ffdhe3072")
  }

  @Test("A key for ECDSA cannot sign for DHE_RSA")
  func unsuitableKey() throws {
    var configuration = try server([.x25519])
    configuration.identities = [try TestIdentities.identity(.p256)]
    var loopback = try Loopback(try client([.x25519]), configuration)
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(error?.reason == .noSharedCipherSuite(offered: [Self.suite], allowed: []))
  }
}
