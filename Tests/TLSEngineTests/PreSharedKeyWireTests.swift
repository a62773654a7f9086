import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// ECDHE_PSK on the wire (RFC 5489 section 2), against a peer that works out the secret by itself.
@Suite("Pre-shared keys on the wire")
struct PreSharedKeyWireTests {
  typealias Keys = TestPreSharedKeys

  /// A client driven by hand that offers `suite` alone.
  private func client(_ suite: CipherSuite) throws -> HandDrivenClient {
    let key = try Keys.preSharedKey()
    var peer = try HandDrivenClient {
      $0.cipherSuites = [suite]
      $0.preSharedKey = .keys([key])
    }
    peer.preSharedKey = (Keys.identity, Keys.key)
    return peer
  }

  /// A server driven by hand that answers `client` with `suite`.
  private func server(
    answering client: inout ClientConnection, _ suite: CipherSuite, hint: [UInt8] = []
  ) throws -> HandDrivenServer {
    var peer = try HandDrivenServer(answering: &client)
    peer.suite = suite
    peer.flight.hello.cipherSuites = [Int(suite.rawValue)]
    peer.flight.hint = hint
    peer.preSharedKey = Keys.key
    return peer
  }

  @Test(
    "A server agrees with a client that knows the RFC, in every suite",
    arguments: TestPreSharedKeys.suites)
  func ofServer(suite: CipherSuite) throws {
    for isExtended in [true, false] {
      var peer = try client(suite)
      if !isExtended { peer.hello.remove(WireHello.extendedMasterSecret) }
      var server = try ServerConnection(
        configuration: try Keys.server { $0.preSharedKeyHint = [0x68, 0x69] })
      _ = try server.receive(peer.helloRecord)
      try peer.receive(server.takeOutgoing())
      let exchange = try #require(peer.serverMessages.first { $0.first == 12 })
      // The hint, a named curve, its number, and its key; no signature behind it.
      #expect(exchange[4..<12].elementsEqual([0, 2, 0x68, 0x69, 3, 0, 29, 32]))
      #expect(exchange.count == 12 + 32)
      let events = try server.receive(try peer.secondFlight())
      #expect(events.first?.summary?.preSharedKeyIdentity == Keys.identity)
      #expect(events.first?.summary?.usesExtendedMasterSecret == isExtended)
      try peer.finish(server.takeOutgoing())
      #expect(
        try server.receive(try peer.record(.applicationData, [5])).flatMap(\.data) == [5])
    }
  }

  @Test("A hello without extensions is answered with one without (RFC 5246 7.4.1.3)")
  func withoutExtensions() throws {
    var peer = try client(Keys.suites[0])
    peer.hello.extensions = []
    var server = try ServerConnection(configuration: try Keys.server())
    _ = try server.receive(peer.helloRecord)
    let messages = WireRecord.messages(WireRecord.split(server.takeOutgoing()))
    let hello = try #require(messages.first)
    // Version, random, no session_id, suite and compression method, and nothing behind them.
    #expect(hello.prefix(4) == [2, 0, 0, 38])
    #expect(hello.count == 4 + 38 && hello[38] == 0)
  }

  @Test(
    "A client agrees with a server that knows the RFC, in every suite",
    arguments: TestPreSharedKeys.suites)
  func ofClient(suite: CipherSuite) throws {
    for isExtended in [true, false] {
      var client = try TestIdentities.startedClient(try Keys.client())
      var peer = try server(answering: &client, suite)
      if !isExtended { peer.flight.hello.remove(WireHello.extendedMasterSecret) }
      #expect(try client.receive(try peer.firstFlight()).isEmpty)
      try peer.receive(client.takeOutgoing())
      #expect(peer.clientMessages.map { $0[0] } == [16])
      #expect(peer.preSharedKeyIdentity == Keys.identity)
      let events = try client.receive(try peer.secondFlight())
      #expect(events.first?.summary?.cipherSuite == suite)
      #expect(events.first?.summary?.preSharedKeyIdentity == Keys.identity)
      #expect(
        try client.receive(try peer.record(.applicationData, [6])).flatMap(\.data) == [6])
    }
  }

  @Test("Whoever has another key fails at the first protected record")
  func wrongKey() throws {
    var peer = try client(Keys.suites[0])
    peer.preSharedKey?.key[31] ^= 1
    var server = try ServerConnection(configuration: try Keys.server())
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    expectRefused(
      &server, receiving: try peer.secondFlight(), with: .badRecordMAC,
      saying: "record 0 does not authenticate (while expecting Finished")
  }

  @Test("A wrong Finished under the right keys is decrypt_error")
  func wrongFinished() throws {
    var peer = try client(Keys.suites[0])
    var server = try ServerConnection(configuration: try Keys.server())
    _ = try server.receive(peer.helloRecord)
    try peer.receive(server.takeOutgoing())
    var finished = try peer.finished()
    finished[15] ^= 1
    expectRefused(
      &server, receiving: try peer.secondFlight(finished), with: .decryptError,
      saying: "the peer's Finished does not match")
  }

  @Test("A malformed ClientKeyExchange is decode_error, and a wrong key illegal_parameter")
  func malformedClientKeyExchange() throws {
    let key = [UInt8](repeating: 9, count: 32).vector(1)
    let cases: [(body: [UInt8], alert: AlertDescription, sentence: String)] = [
      ([], .decodeError, "psk_identity needs 2 bytes where only 0 are left"),
      ([0, 9, 1], .decodeError, "psk_identity needs 9 bytes where only 1 are left"),
      (Keys.identity.vector(2), .decodeError, "ecdh_Yc needs 1 bytes where only 0 are left"),
      (Keys.identity.vector(2) + [0], .decodeError, "ecdh_Yc is 0 bytes long"),
      (Keys.identity.vector(2) + key + [0], .decodeError, "the message is followed by 1 bytes"),
      (
        Keys.identity.vector(2) + [UInt8](repeating: 0, count: 32).vector(1), .illegalParameter,
        "the arithmetic failed: a public key of X25519 is a point of small order"
      ),
    ]
    for (body, alert, sentence) in cases {
      let peer = try client(Keys.suites[0])
      var server = try ServerConnection(configuration: try Keys.server())
      _ = try server.receive(peer.helloRecord)
      _ = server.takeOutgoing()
      expectRefused(
        &server, receiving: WireRecord.handshake(body.message(16)).bytes, with: alert,
        saying: sentence)
    }
  }

  @Test("A malformed ServerKeyExchange is decode_error, and a wrong one illegal_parameter")
  func malformedServerKeyExchange() throws {
    let parameters = [3, 0, 29] + [UInt8](repeating: 9, count: 32).vector(1)
    let cases: [(body: [UInt8], alert: AlertDescription, sentence: String)] = [
      ([], .decodeError, "psk_identity_hint needs 2 bytes where only 0 are left"),
      ([0, 3, 1], .decodeError, "psk_identity_hint needs 3 bytes where only 1 are left"),
      ([0, 0], .decodeError, "curve_type needs 1 bytes where only 0 are left"),
      // A signature, which only a certificate could have made.
      (
        [0, 0] + parameters + [8, 7, 0, 1, 1], .decodeError, "the message is followed by 5 bytes"
      ),
      (
        [0, 0, 3, 0, 30] + [UInt8](repeating: 9, count: 56).vector(1), .illegalParameter,
        "the server chose the group X448, which was not offered"
      ),
      ([0, 0, 1] + parameters, .illegalParameter, "curve_type is 1"),
    ]
    for (body, alert, sentence) in cases {
      var client = try TestIdentities.startedClient(try Keys.client())
      let peer = try server(answering: &client, Keys.suites[0])
      expectRefused(
        &client,
        receiving: WireRecord.handshake(peer.flight.hello.message, body.message(12)).bytes,
        with: alert, saying: sentence)
    }
  }

  @Test("A server's key that is none is illegal_parameter")
  func wrongServerKey() throws {
    var client = try TestIdentities.startedClient(try Keys.client())
    var peer = try server(answering: &client, Keys.suites[0])
    peer.flight.point = [UInt8](repeating: 0, count: 32)
    expectRefused(
      &client, receiving: try peer.firstFlight(), with: .illegalParameter,
      saying: "the arithmetic failed: a public key of X25519 is a point of small order")
  }

  @Test("Certificate and CertificateRequest have no place in it (RFC 4279 2)")
  func noCertificates() throws {
    var client = try TestIdentities.startedClient(try Keys.client())
    var peer = try server(answering: &client, Keys.suites[0])
    peer.flight.beforeDone = [WireRecord.certificateRequest]
    expectRefused(
      &client, receiving: try peer.firstFlight(), with: .unexpectedMessage,
      saying: "CertificateRequest came where ServerHelloDone was expected")

    client = try TestIdentities.startedClient(try Keys.client())
    peer = try server(answering: &client, Keys.suites[0])
    let certificate = try TestIdentities.material(.p256).certificates[0].der
    let message = certificate.vector(3).vector(3).message(11)
    expectRefused(
      &client, receiving: WireRecord.handshake(peer.flight.hello.message, message).bytes,
      with: .unexpectedMessage,
      saying: "Certificate came where ServerKeyExchange was expected")
  }

  @Test("A ticket that some server gives all the same is no session of ours")
  func ticket() throws {
    var client = try TestIdentities.startedClient(try Keys.client())
    var peer = try server(answering: &client, Keys.suites[0])
    peer.flight.hello.set(WireHello.sessionTicket, [])
    peer.flight.hello.sessionID = [UInt8](repeating: 4, count: 32)
    _ = try client.receive(try peer.firstFlight())
    try peer.receive(client.takeOutgoing())
    let message = ([0, 0, 1, 0] + [UInt8](repeating: 8, count: 100).vector(2)).message(4)
    #expect(try client.receive(peer.clear(message)).isEmpty)
    let events = try client.receive(try peer.secondFlight())
    #expect(events.count == 1)
    #expect(events.first?.summary?.preSharedKeyIdentity == Keys.identity)
  }
}
