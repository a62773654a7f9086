import TLSCertificates
import TLSCrypto
import Testing

/// What is written is read again, here and by the real `openssl`.
@Suite("Private keys written as PKCS#8 (RFC 5958)", .serialized)
struct PrivateKeyWritingTests {
  /// The keys that OpenSSL wrote in this form.
  private static let fixtures = [
    OpenSSLKeys.rsaPKCS8, OpenSSLKeys.rsa1024PKCS8, OpenSSLKeys.p256PKCS8, OpenSSLKeys.p384PKCS8,
    OpenSSLKeys.p521PKCS8, OpenSSLKeys.ed25519PKCS8,
  ]

  private static let kinds: [PrivateKey.Generation] = [
    .rsa(bits: 2048), .rsa(bits: 3072), .ecdsa(.secp256r1), .ecdsa(.secp384r1),
    .ecdsa(.secp521r1), .ed25519,
  ]

  private static func revealed(_ secret: borrowing SecretBytes) -> [UInt8] {
    let bytes = secret.bytes
    return (0..<bytes.byteCount).map { bytes[byte: $0] }
  }

  @Test("a key of OpenSSL's is written as OpenSSL writes it, byte for byte", arguments: fixtures)
  func sameAsOpenSSL(_ fixture: String) throws {
    let text = try PrivateKey(pem: Array(fixture.utf8)).pkcs8PEM()
    let wanted = fixture.hasSuffix("\n") ? fixture : fixture + "\n"
    #expect(String(decoding: Self.revealed(text), as: UTF8.self) == wanted)
  }

  @Test("a new key of every kind is read again, here and by OpenSSL", arguments: kinds)
  func comesBack(_ kind: PrivateKey.Generation) throws {
    var random = SystemRandomSource()
    let key = try PrivateKey.generate(kind, using: &random)
    let text = key.pkcs8PEM()
    let characters = Self.revealed(text)
    #expect(try PrivateKey(pem: characters).publicKey == key.publicKey)
    let der = key.pkcs8()
    #expect(try PrivateKey(der: Self.revealed(der)).publicKey == key.publicKey)

    let directory = try TemporaryDirectory()
    let path = try directory.write("key.pem", String(decoding: characters, as: UTF8.self))
    let outcome = try OpenSSL.run(["pkey", "-in", path, "-check", "-pubout"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("Key is valid"), "\(outcome.output)")
    let blocks = try PEM.documents(in: Array(outcome.output.utf8))
    #expect(blocks.map(\.contents).contains(key.publicKey.subjectPublicKeyInfo))
  }

  @Test("small scalars keep the width of the curve's order (RFC 5915 section 3)")
  func smallScalar() throws {
    let scalar: [UInt8] = [UInt8](repeating: 0, count: 31) + [7]
    let key = try PrivateKey.ecdsa(.secp256r1, scalar: scalar.rawSpan)
    let der = key.pkcs8()
    #expect(Self.revealed(der).firstRange(of: [0x04, 0x20] + scalar) != nil)
  }
}
