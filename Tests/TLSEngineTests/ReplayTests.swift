import TLSCrypto
import TLSEngine
import Testing

/// One handshake whose every byte is known: the engine draws what it draws in a fixed order, and the
/// same inputs give the same bytes on every machine and in every build.
@Suite("A handshake replayed")
struct ReplayTests {
  /// Everything that a default may one day change is said.
  private func configurations(
    _ suite: CipherSuite
  ) throws -> (client: ClientConfiguration, server: ServerConfiguration) {
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
    server.randomness = DeterministicRandomSource(seed: Array("server".utf8))
    server.cipherSuites = [suite]
    server.supportedGroups = [.x25519]
    server.signatureSchemes = [.ed25519]
    server.applicationProtocols = ["h2"]
    server.time = FixedTimeSource(TestIdentities.now)
    let client = try TestIdentities.client {
      $0.randomness = DeterministicRandomSource(seed: Array("client".utf8))
      $0.cipherSuites = [suite]
      $0.supportedGroups = [.x25519, .secp256r1]
      $0.signatureSchemes = [.ed25519, .ecdsaSecp256r1SHA256]
      $0.applicationProtocols = ["h2", "http/1.1"]
      $0.usesSessionTickets = false
      $0.requestsCertificateStatus = false
      $0.requestsSignedCertificateTimestamps = false
    }
    return (client, server)
  }

  private func run(
    _ client: ClientConfiguration, _ server: ServerConfiguration
  ) throws -> Loopback {
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    try loopback.client.send(Array("a question".utf8))
    try loopback.exchange()
    try loopback.server.send(Array("an answer".utf8))
    loopback.server.close()
    try loopback.exchange()
    return loopback
  }

  /// A full handshake that hands out a ticket, and one that goes on with its session.
  private func runResumed(_ suite: CipherSuite) throws -> Loopback {
    var (client, server) = try configurations(suite)
    let secret = [UInt8](repeating: 1, count: 32)
    client.usesSessionTickets = true
    server.ticketKeys = try TicketKeys(sharedSecret: secret.rawSpan)
    let first = try run(client, server)
    client.session = try first.newClientSession()
    client.randomness = DeterministicRandomSource(seed: Array("client again".utf8))
    server.randomness = DeterministicRandomSource(seed: Array("server again".utf8))
    return try run(client, server)
  }

  private func fingerprint(_ stream: [UInt8]) throws -> String {
    try Hash.digest(of: stream.rawSpan, using: .sha256).description
  }

  // Recorded from this engine, so they say that nothing has changed, not that it is right: that is
  // what the tests with peers driven by hand and with other implementations say. A new extension in
  // the hellos, another field in a ticket, or a change in how the tests make certificates, changes them
  // for a good reason; a change in the order of draws, of extensions or of records should be meant.
  @Test(
    "Both streams are the ones that were recorded",
    arguments: [
      (
        CipherSuite.ecdheECDSAWithAES128GCMSHA256,
        "cd46d05b4cf42a1d0c0f433f161497a6e30f540af06737e7c15b0077274ecf0b",
        "f6ebb8d5e59acd1bcbb0fd4bcd06b9091a4ac836312438d0ef07b8b629addaba"
      ),
      (
        .ecdheECDSAWithAES256GCMSHA384,
        "fff686176f911606b72a20f62b338d855a2ab06def606a4ff69687a56b8ed0b3",
        "f50cc1231a56529654468866986c0910683bdc2c9b50865c380d5b15b6788aad"
      ),
      (
        .ecdheECDSAWithChaCha20Poly1305SHA256,
        "3521e90876d7bd52af5728c8da29a63f04225211aa0275cc970c3598da1cf092",
        "260f75406cda421960c244c52ce68565e703e40d9665809d5d328e5743ed6ef3"
      ),
    ])
  func streams(suite: CipherSuite, client: String, server: String) throws {
    let configurations = try configurations(suite)
    let streams = try run(configurations.client, configurations.server)
    let sentByClient = try fingerprint(streams.sentByClient)
    let sentByServer = try fingerprint(streams.sentByServer)
    #expect(sentByClient == client)
    #expect(sentByServer == server)
  }

  @Test(
    "Both streams of a resumed handshake are the ones that were recorded",
    arguments: [
      (
        CipherSuite.ecdheECDSAWithAES128GCMSHA256,
        "bec638f012ce71265abb762db4c7d4ba05fb7384e65333d150f9fb23fb6f18f4",
        "d74f98722f1eec6ec8cbd234e5b7dd1ab75d79821d518382a43ba88eebb030ca"
      ),
      (
        .ecdheECDSAWithAES256GCMSHA384,
        "f79c3f69080902256150e43e615b302bb2b17efb760d2dbd368bb38e9e0a7309",
        "41ad87c8ba34f4d76d35e174daa910dca64afa18040ba16d779f46e1529fa420"
      ),
    ])
  func resumedStreams(suite: CipherSuite, client: String, server: String) throws {
    let streams = try runResumed(suite)
    #expect(streams.client.summary?.isResumed == true)
    let sentByClient = try fingerprint(streams.sentByClient)
    let sentByServer = try fingerprint(streams.sentByServer)
    #expect(sentByClient == client)
    #expect(sentByServer == server)
  }
}
