import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// Suites with pre-shared keys (RFC 4279, RFC 5489, RFC 8442): who is found, and who is refused.
@Suite("Pre-shared keys")
struct PreSharedKeyTests {
  typealias Keys = TestPreSharedKeys

  private static let mixed: [CipherSuite] = CipherSuite.defaults + Keys.suites

  @Test("The key proves who is there: no certificate is shown, asked for or judged")
  func noCertificates() throws {
    var loopback = try Loopback(
      try Keys.client(),
      try Keys.server {
        $0.clientAuthentication = .required
        $0.clientVerification = .roots(try TestIdentities.roots())
        $0.sessionStore = .cache(try SessionCache(capacity: 10))
        $0.ticketKeys = TicketKeys()
      })
    try loopback.exchange()
    let sent = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
    let received = WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }
    let types = (
      client: WireRecord.messages(Array(sent)).map { $0[0] },
      server: WireRecord.messages(Array(received)).map { $0[0] }
    )
    #expect(types.client == [1, 16])
    // Neither Certificate nor CertificateRequest, and no NewSessionTicket.
    #expect(types.server == [2, 12, 14])
    let (ours, theirs) = (loopback.clientSummary, loopback.serverSummary)
    for summary in [ours, theirs] {
      #expect(summary?.preSharedKeyIdentity == Keys.identity)
      #expect(summary?.signatureScheme == nil)
      #expect(summary?.peerCertificates?.isEmpty == true)
      #expect(summary?.serverName == "example.com")
    }
  }

  @Test("No session is made of it, whatever the server could keep")
  func noSession() throws {
    let cache = try SessionCache(capacity: 10)
    for store in [ServerConfiguration.SessionStore.cache(cache), .ask] {
      var loopback = try Loopback(
        try Keys.client(),
        try Keys.server {
          $0.sessionStore = store
          $0.ticketKeys = TicketKeys()
        })
      try loopback.exchange()
      let hello = try WireHello(ofStream: loopback.sentByServer)
      #expect(hello.sessionID.isEmpty)
      #expect(hello.body(of: WireHello.sessionTicket) == nil)
      let (ours, theirs) = (loopback.clientEvents, loopback.serverEvents)
      #expect(ours.count == 1)
      #expect(theirs.count == 1)
      #expect(ours.first?.summary != nil)
      #expect(theirs.first?.summary != nil)
    }
  }

  @Test("An identity that the server does not know is unknown_psk_identity")
  func unknownIdentity() throws {
    let stranger = try Keys.preSharedKey([UInt8]("somebody".utf8))
    var loopback = try Loopback(
      try Keys.client { $0.preSharedKey = .keys([stranger]) }, try Keys.server())
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .unknownPSKIdentity)
    #expect(
      error?.description
        == "there is no pre-shared key here for \"somebody\" (while looking for a pre-shared key); "
        + "alert sent: unknown_psk_identity")
    #expect(loopback.client.failure?.reason == .peerAlert(.unknownPSKIdentity))
  }

  @Test("Of a long identity the error shows the beginning, and of a strange one its bytes")
  func identitiesInErrors() throws {
    let cases: [(identity: [UInt8], shown: String)] = [
      ([UInt8](repeating: 0x61, count: 64), String(repeating: "a", count: 64)),
      ([UInt8](repeating: 0x61, count: 30_000), String(repeating: "a", count: 64) + "…"),
      ([0x0a, 0x1b, 0x61], "0x a 1b 61"), ([], ""),
    ]
    for (identity, shown) in cases {
      let stranger = try Keys.preSharedKey(identity)
      var loopback = try Loopback(
        try Keys.client { $0.preSharedKey = .keys([stranger]) }, try Keys.server())
      let error = #expect(throws: TLSError.self) { try loopback.exchange() }
      #expect(
        error?.description.hasPrefix("there is no pre-shared key here for \"\(shown)\" (") == true,
        "\(String(describing: error))")
    }
  }

  @Test("A wrong key shows in the first protected record", arguments: TestPreSharedKeys.suites)
  func wrongKey(suite: CipherSuite) throws {
    let wrong = try Keys.preSharedKey(Keys.identity, [UInt8](repeating: 0, count: 32))
    var loopback = try Loopback(
      try Keys.client {
        $0.cipherSuites = [suite]
        $0.preSharedKey = .keys([wrong])
      }, try Keys.server())
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .badRecordMAC)
    #expect(error?.reason == .badRecordMAC(sequenceNumber: 0))
    #expect(loopback.client.failure?.reason == .peerAlert(.badRecordMAC))
    #expect(loopback.server.summary == nil)
    #expect(loopback.client.summary == nil)
  }

  @Test("The client uses the first of its keys, the server finds any of its own")
  func firstKey() throws {
    let keys = try (1...3).map { try Keys.preSharedKey([$0], [UInt8](repeating: $0, count: 16)) }
    for (index, key) in keys.enumerated() {
      var loopback = try Loopback(
        try Keys.client { $0.preSharedKey = .keys([key] + keys) },
        try Keys.server { $0.preSharedKeys = .keys(keys) })
      try loopback.exchange()
      #expect(loopback.server.summary?.preSharedKeyIdentity == [UInt8(index + 1)])
    }
  }

  // MARK: Bounds

  @Test("Identities and keys of every length that is allowed")
  func lengths() throws {
    for (identityCount, keyCount) in [(0, 16), (1, 17), (128, 64), (65_535, 65_535)] {
      let key = try Keys.preSharedKey(
        [UInt8](repeating: 0x62, count: identityCount), [UInt8](repeating: 7, count: keyCount))
      var loopback = try Loopback(
        try Keys.client { $0.preSharedKey = .keys([key]) },
        try Keys.server {
          $0.preSharedKeys = .keys([key])
          $0.limits.handshakeMessageByteCount = 70_000
        })
      try loopback.exchange()
      #expect(loopback.server.summary?.preSharedKeyIdentity?.count == identityCount)
      try loopback.expectDataBothWays()
    }
  }

  @Test("Others are a misuse, and the key is not in the sentence")
  func wrongLengths() throws {
    let cases: [(identity: Int, key: Int, sentence: String)] = [
      (65_536, 16, "an identity of 65536 bytes is too long for a pre-shared key"),
      (1, 15, "a pre-shared key has 16 to 65535 bytes, not 15"),
      (1, 0, "a pre-shared key has 16 to 65535 bytes, not 0"),
      (1, 65_536, "a pre-shared key has 16 to 65535 bytes, not 65536"),
    ]
    for (identity, key, sentence) in cases {
      let error = #expect(throws: TLSError.self) {
        _ = try Keys.preSharedKey(
          [UInt8](repeating: 1, count: identity), [UInt8](repeating: 2, count: key))
      }
      #expect(error?.reason == .misuse(sentence))
    }
    let key = try Keys.preSharedKey()
    #expect(key.description == "pre-shared key \"Client_identity\"")
    let bytes = Keys.key
    let named = try PreSharedKey(identity: "Client_identity", key: bytes.rawSpan)
    #expect(named.identity == Keys.identity)
  }

  // MARK: Configurations

  @Test("Suites without a key, and a hint that is too long, are a misuse")
  func configurations() throws {
    let sentence =
      "the configuration allows \(Keys.suites[0]), and has no pre-shared key"
    for source in [PreSharedKeySource.none, .keys([])] {
      var error = #expect(throws: TLSError.self) {
        _ = try ClientConnection(
          to: "example.com", configuration: try Keys.client { $0.preSharedKey = source })
      }
      #expect(error?.reason == .misuse(sentence))
      error = #expect(throws: TLSError.self) {
        _ = try ServerConnection(configuration: try Keys.server { $0.preSharedKeys = source })
      }
      #expect(error?.reason == .misuse(sentence))
    }
    let error = #expect(throws: TLSError.self) {
      _ = try ServerConnection(
        configuration: try Keys.server {
          $0.preSharedKeyHint = [UInt8](repeating: 1, count: 65_536)
        })
    }
    #expect(error?.reason == .misuse("the hint for pre-shared keys is too long for the wire"))
  }

  // MARK: With certificates

  @Test("A server with both takes what the client has, certificates first")
  func mixedServer() throws {
    let server = try Keys.server {
      $0.cipherSuites = Self.mixed
      $0.identities = [
        try TestIdentities.identity(.p256), try TestIdentities.identity(.rsa),
      ]
    }
    var loopback = try Loopback(try Keys.client(), server)
    try loopback.exchange()
    #expect(loopback.server.summary?.preSharedKeyIdentity == Keys.identity)

    loopback = try Loopback(try TestIdentities.clientConfiguration(), server)
    try loopback.exchange()
    #expect(loopback.client.summary?.preSharedKeyIdentity == nil)
    #expect(loopback.clientSummary?.peerCertificates?.count == 1)

    // A client with both, which can only check RSA: the first identity is of no use to it, and the
    // second goes before the pre-shared key.
    let rsa = CipherSuite.ecdheRSAWithAES128GCMSHA256
    loopback = try Loopback(
      try Keys.client { $0.cipherSuites = Keys.suites + [rsa] }, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.cipherSuite == rsa)
    #expect(loopback.client.summary?.preSharedKeyIdentity == nil)
  }

  @Test("A server that puts pre-shared keys first takes them")
  func preSharedKeysFirst() throws {
    var loopback = try Loopback(
      try Keys.client { $0.cipherSuites = Self.mixed },
      try Keys.server {
        $0.cipherSuites = Keys.suites + CipherSuite.defaults
        $0.identities = [try TestIdentities.identity(.p256)]
      })
    try loopback.exchange()
    #expect(loopback.client.summary?.preSharedKeyIdentity == Keys.identity)
    #expect(loopback.clientSummary?.peerCertificates?.isEmpty == true)
  }

  @Test("A server without identities has nothing for a client without a key")
  func serverWithoutIdentities() throws {
    var loopback = try Loopback(try TestIdentities.clientConfiguration(), try Keys.server())
    let error = #expect(throws: TLSError.self) { try loopback.exchange() }
    #expect(error?.alert == .handshakeFailure)
    #expect(
      error?.reason == .noSharedCipherSuite(offered: CipherSuite.defaults, allowed: Keys.suites))
  }
}
