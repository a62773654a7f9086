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
        $0.requestsSignedCertificateTimestamps = false
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
        "0f92f75728e911ae7d6d8a49baefdf0f04f1acd882357a6934cd9d25e3f206aa",
        "a3d9d5243fa66278788c4a630a09c0235e4bb438c94c52a74ff6101e74a26cc6"
      ),
      (
        .ecdheECDSAWithAES256GCMSHA384,
        "c30ede53d72b2607582e95bcc7f95ddded78433ffd9b2536d2e37b72c9e28079",
        "6c88640fde042177e01c521ed99cb4596655ae013219f6ae819b6f915aed2e88"
      ),
      (
        .ecdheECDSAWithChaCha20Poly1305SHA256,
        "5af5e99c8b52cc15581418d0976becf43936b703974877e83c0fdafa13e222f1",
        "2a41874fad7975b78cacdf284f713b6a6751a5248822d000329b542a09368529"
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
