import TLSCrypto
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// FREAK (Beurdouche et al. 2015; CVE-2015-0204, CVE-2015-1637): a man in the middle had the server
  /// choose RSA_EXPORT, and the client took its temporary RSA key of 512 bits although it had offered
  /// only strong suites.
  @Suite("Suites that were not offered, and export keys")
  struct FREAKTests {
    /// RSA_EXPORT_WITH_RC4_40_MD5, RSA_EXPORT_WITH_DES40_CBC_SHA, RSA_WITH_AES_128_CBC_SHA and
    /// RSA_WITH_AES_128_GCM_SHA256.
    private static let suites = [0x0003, 0x0008, 0x002f, 0x009c]

    @Test(
      "A man in the middle gets no exchange by RSA of the server, nor past the client",
      arguments: suites)
    func middle(suite: Int) throws {
      var client = try TestIdentities.startedClient()
      var hello = try WireHello(ofStream: client.takeOutgoing())
      #expect(!hello.cipherSuites.contains(suite))
      var peer = try HandDrivenServer(answering: hello, as: .rsa)
      hello.cipherSuites = [suite]
      var server = try TestIdentities.server(as: .rsa)
      expectRefused(
        &server, receiving: WireRecord.handshake(hello.message).bytes, with: .handshakeFailure,
        saying: "no cipher suite")
      // And if the server had gone along with it:
      peer.flight.hello.cipherSuites = [suite]
      expectRefused(
        &client, receiving: try peer.firstFlight(), with: .illegalParameter,
        saying: "the server chose \(CipherSuite(rawValue: UInt16(suite))), which was not offered")
    }

    @Test("A temporary RSA key instead of a Diffie-Hellman one is refused, before its signature")
    func temporaryKey() throws {
      // ServerRSAParams (RFC 2246 section 7.4.3): a modulus of 512 bits and an exponent.
      let modulus = [UInt8](repeating: 0xc5, count: 64)
      let export =
        (modulus.vector(2) + [UInt8]([1, 0, 1]).vector(2)
        + [8, 4] + [UInt8](repeating: 1, count: 256).vector(2)).message(12)
      try expectClientRefuses(
        with: .illegalParameter, saying: "curve_type is 0; only named curves (3) are allowed",
        as: .rsa
      ) { $0.afterCertificate = [export] }
      // In finite fields the modulus would be a prime, the exponent a generator, and the key is missing.
      var client = try TestIdentities.startedClient(
        try TestIdentities.client { $0.cipherSuites = [.dheRSAWithAES128GCMSHA256] })
      var peer = try HandDrivenServer(answering: &client, as: .rsa)
      try peer.use(.ffdhe2048)
      peer.flight.afterCertificate = [export]
      expectRefused(
        &client, receiving: try peer.firstFlight(), with: .decodeError, saying: "dh_Ys needs 2052")
    }
  }
}
