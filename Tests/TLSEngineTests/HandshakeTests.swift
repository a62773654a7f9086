import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

@Suite("Handshake, our client with our server")
struct HandshakeTests {
  @Test(
    "Every suite, with every kind of key that can sign for it",
    arguments: CipherSuite.defaults, TestIdentities.Kind.allCases)
  func everySuite(suite: CipherSuite, kind: TestIdentities.Kind) throws {
    var client = try TestIdentities.clientConfiguration()
    client.cipherSuites = [suite]
    // A client that takes a key on P-521 says so in its groups.
    client.supportedGroups = NamedGroup.supported
    let server = ServerConfiguration(identities: [try TestIdentities.identity(kind)])
    var loopback = try Loopback(client, server)
    let isRSASuite = suite.description.contains("_RSA_")
    guard isRSASuite == (kind == .rsa) else {
      let error = #expect(throws: TLSError.self) { try loopback.exchange() }
      #expect(error?.alert == .handshakeFailure)
      guard case .noSharedCipherSuite(let offered, _) = error?.reason else {
        Issue.record("the wrong reason: \(String(describing: error))")
        return
      }
      #expect(offered == [suite])
      return
    }
    try loopback.exchange()
    let clientSummary = loopback.client.summary
    let summary = try #require(clientSummary)
    #expect(summary.cipherSuite == suite)
    #expect(loopback.server.summary?.cipherSuite == suite)
    #expect(summary.usesExtendedMasterSecret)
    #expect(summary.group == .x25519)
    try loopback.expectDataBothWays()
  }

  @Test("Every curve", arguments: NamedGroup.supported.filter { !$0.isFiniteField })
  func everyCurve(group: NamedGroup) throws {
    var client = try TestIdentities.clientConfiguration()
    client.supportedGroups = [group]
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.rsa)])
    server.supportedGroups = NamedGroup.supported
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.client.summary?.group == group)
    #expect(loopback.server.summary?.group == group)
    try loopback.expectDataBothWays()
  }

  @Test("Every signature scheme", arguments: SignatureScheme.supported)
  func everyScheme(scheme: SignatureScheme) throws {
    let kind = try #require(TestIdentities.Kind.allCases.first { $0.signs(with: scheme) })
    var client = try TestIdentities.clientConfiguration()
    client.signatureSchemes = [scheme]
    client.supportedGroups = NamedGroup.supported
    var loopback = try Loopback(
      client, ServerConfiguration(identities: [try TestIdentities.identity(kind)]))
    try loopback.exchange()
    #expect(loopback.client.summary?.signatureScheme == scheme)
    try loopback.expectDataBothWays()
  }

  @Test("The handshake survives being cut into single bytes")
  func oneByteAtATime() throws {
    var loopback = try Loopback(
      try TestIdentities.clientConfiguration(),
      ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    try loopback.exchange(bytesAtATime: 1)
    try loopback.expectDataBothWays()
  }

  @Test("Both sides can require extended_master_secret of each other")
  func requiringExtendedMasterSecretIsMet() throws {
    var client = try TestIdentities.clientConfiguration()
    client.requiresExtendedMasterSecret = true
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    server.requiresExtendedMasterSecret = true
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    #expect(loopback.server.summary?.usesExtendedMasterSecret == true)
  }

  @Test("A client without extended_master_secret is served, or refused where it is required")
  func clientWithoutExtendedMasterSecret() throws {
    var client = try ClientConnection(
      to: "example.com", configuration: try TestIdentities.clientConfiguration())
    try client.start()
    // The extension is four bytes without content; three lengths shrink with it.
    var hello = client.takeOutgoing()
    let place = try #require(hello.firstRange(of: [0, 23, 0, 0]))
    hello.removeSubrange(place)
    let afterSession = 5 + 38 + 1
    let suites = Int(hello[afterSession]) << 8 | Int(hello[afterSession + 1])
    let extensions = afterSession + 2 + suites + 2
    for low in [4, 8, extensions + 1] {
      let length = (Int(hello[low - 1]) << 8 | Int(hello[low])) - 4
      hello[low - 1] = UInt8(length >> 8)
      hello[low] = UInt8(length & 0xff)
    }
    var configuration = ServerConfiguration(identities: [try TestIdentities.identity(.p256)])
    var server = try ServerConnection(configuration: configuration)
    #expect(try server.receive(hello).isEmpty)
    #expect(server.hasOutgoing == true)
    configuration.requiresExtendedMasterSecret = true
    server = try ServerConnection(configuration: configuration)
    let error = #expect(throws: TLSError.self) { _ = try server.receive(hello) }
    #expect(error?.alert == .handshakeFailure)
    #expect(error?.description.contains("lacks extended_master_secret") == true)
  }

  @Test("The same randomness, time and keys give the same bytes")
  func deterministic() throws {
    func run() throws -> (client: [UInt8], server: [UInt8]) {
      var client = try TestIdentities.clientConfiguration()
      client.randomness = DeterministicRandomSource(seed: [1, 2, 3])
      var server = ServerConfiguration(identities: [try TestIdentities.identity(.rsa)])
      server.randomness = DeterministicRandomSource(seed: [4, 5, 6])
      var loopback = try Loopback(client, server)
      try loopback.exchange()
      try loopback.client.send([UInt8]("hello".utf8))
      loopback.client.close()
      try loopback.exchange()
      return (loopback.sentByClient, loopback.sentByServer)
    }
    let first = try run()
    let second = try run()
    #expect(first.client == second.client)
    #expect(first.server == second.server)
    let types = WireRecord.split(first.client).map(\.type)
    #expect(types == [22, 22, 20, 22, 23, 21])
  }

  @Test("Other randomness gives other bytes")
  func randomnessMatters() throws {
    func hello(seed: UInt8) throws -> [UInt8] {
      var configuration = try TestIdentities.clientConfiguration()
      configuration.randomness = DeterministicRandomSource(seed: [seed])
      var client = try ClientConnection(to: "example.com", configuration: configuration)
      try client.start()
      return client.takeOutgoing()
    }
    #expect(try hello(seed: 1) != hello(seed: 2))
  }

  @Test("A second start is a misuse that changes nothing")
  func startingTwice() throws {
    var loopback = try Loopback(
      try TestIdentities.clientConfiguration(),
      ServerConfiguration(identities: [try TestIdentities.identity(.p256)]))
    let error = #expect(throws: TLSError.self) { try loopback.client.start() }
    guard case .misuse = error?.reason else {
      Issue.record("the wrong reason: \(String(describing: error))")
      return
    }
    try loopback.exchange()
    #expect(loopback.client.summary != nil)
  }
}
