import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

@Suite("Which signatures a key can make")
struct SignatureSchemeTests {
  private static let key = Result {
    var random = DeterministicRandomSource(seed: [1])
    return try PrivateKey.generate(.rsa(bits: 1024), using: &random)
  }

  @Test(
    "A key for RSA suits RSA-PSS where hash and salt fit its modulus (RFC 8017 9.1.1)",
    arguments: [HashFunction.sha256, .sha384, .sha512])
  func room(hash: HashFunction) throws {
    let scheme = try #require(
      SignatureScheme.supported.first { $0.algorithm == .rsaPSS(hash) })
    let key = try Self.key.get()
    var random = DeterministicRandomSource(seed: [2])
    let message: [UInt8] = [1, 2, 3]
    // What the arithmetic can do is what the scheme says.
    let signature = try? key.sign(message.rawSpan, using: .rsaPSS(hash), random: &random)
    #expect(scheme.suits(.rsa(bits: 1024)) == (signature != nil))
    #expect((signature != nil) == (hash != .sha512))
    #expect(scheme.suits(.rsa(bits: 2048)))
  }

  @Test("The fewest bits for SHA-512 are 1034; PKCS #1 needs no salt")
  func edge() {
    #expect(!SignatureScheme.rsaPSSRSAESHA512.suits(.rsa(bits: 1033)))
    #expect(SignatureScheme.rsaPSSRSAESHA512.suits(.rsa(bits: 1034)))
    #expect(SignatureScheme.rsaPKCS1SHA512.suits(.rsa(bits: 1024)))
  }

  @Test("A server whose key has no room for what the client wants says so, and does not try")
  func refused() throws {
    let key = try Self.key.get()
    let identity = try Identity(
      certificates: [try TestIdentities.certificate(for: key.publicKey)], privateKey: key)
    let client = try TestIdentities.client { $0.signatureSchemes = [.rsaPSSRSAESHA512] }
    var loopback = try Loopback(client, ServerConfiguration(identities: [identity]))
    #expect(throws: TLSError.self) { try loopback.exchange() }
    let error = loopback.server.failure
    #expect(error?.alert == .handshakeFailure)
    #expect(error?.description.hasPrefix("no signature scheme in common") == true)
  }
}
