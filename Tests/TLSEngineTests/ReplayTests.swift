import TLSCrypto
import TLSEngine
import Testing

/// One handshake whose every byte is known: the engine draws what it draws in a fixed order, and the
/// same inputs give the same bytes on every machine and in every build.
@Suite("A handshake replayed")
struct ReplayTests {
  /// Everything that a default may one day change is said.
  private func run(_ suite: CipherSuite) throws -> (client: [UInt8], server: [UInt8]) {
    var server = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
    server.randomness = DeterministicRandomSource(seed: Array("server".utf8))
    server.cipherSuites = [suite]
    server.supportedGroups = [.x25519]
    server.signatureSchemes = [.ed25519]
    server.applicationProtocols = ["h2"]
    var loopback = try Loopback(
      try TestIdentities.client {
        $0.randomness = DeterministicRandomSource(seed: Array("client".utf8))
        $0.cipherSuites = [suite]
        $0.supportedGroups = [.x25519, .secp256r1]
        $0.signatureSchemes = [.ed25519, .ecdsaSecp256r1SHA256]
        $0.applicationProtocols = ["h2", "http/1.1"]
      }, server)
    try loopback.exchange()
    try loopback.client.send(Array("a question".utf8))
    try loopback.exchange()
    try loopback.server.send(Array("an answer".utf8))
    loopback.server.close()
    try loopback.exchange()
    return (loopback.sentByClient, loopback.sentByServer)
  }

  private func fingerprint(_ stream: [UInt8]) throws -> String {
    try Hash.digest(of: stream.rawSpan, using: .sha256).description
  }

  // Recorded from this engine, so they say that nothing has changed, not that it is right: that is
  // what the tests with peers driven by hand and with other implementations say. A new extension in
  // the hellos, or a change in how the tests make certificates, changes them for a good reason; a
  // change in the order of draws, of extensions or of records should be meant.
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
    let streams = try run(suite)
    let sentByClient = try fingerprint(streams.client)
    let sentByServer = try fingerprint(streams.server)
    #expect(sentByClient == client)
    #expect(sentByServer == server)
  }
}
