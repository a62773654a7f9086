import TLSCrypto
import Testing

@testable import TLSCertificates

/// Every truncation and every flip of one bit of what comes from outside gives a value or a typed
/// error: a trap would end the test run.
@Suite("Damaged files")
struct MutationTests {
  private static func tally<Failure: Error>(
    _ original: [UInt8], _ read: ([UInt8]) throws(Failure) -> Void
  ) -> Tally {
    var tally = Tally()
    for bytes in Mutations(original: original) {
      do throws(Failure) {
        try read(bytes)
        tally.values += 1
      } catch {
        tally.errors += 1
      }
    }
    return tally
  }

  private static let certificates = [
    OpenSSLChain.issuing, OpenSSLChain.leafP256, OpenSSLOddities.sanKinds,
    OpenSSLEverything.certificate,
  ]

  @Test("certificates", arguments: certificates)
  func certificate(_ fixture: String) throws {
    let original = try Certificate(fixture: fixture)
    let tally = Self.tally(original.der) { (bytes) throws(CertificateError) in
      let certificate = try Certificate(der: bytes)
      // What was read can be shown and compared, too.
      _ = certificate.description
      _ = certificate.subjectAlternativeNames?.texts
      _ = certificate.subjectAlternativeNames?.names.description
      _ = certificate.extendedKeyUsage?.description
      _ = certificate.cRLDistributionPoints.map(\.uniformResourceIdentifiers)
      _ = certificate.extensions.map { $0.identifier.name ?? $0.identifier.text }
    }
    #expect(tally.total == original.der.count * 9)
    // No truncation is a certificate; what is flipped within a signature or a name is one.
    #expect(tally.errors > original.der.count)
    #expect(tally.values > original.der.count)
  }

  @Test("no truncation of a certificate is one")
  func truncations() throws {
    for bytes in Mutations(original: try Certificate(fixture: OpenSSLChain.leafP256).der)
      .truncations
    {
      #expect(throws: CertificateError.self) { try Certificate(der: bytes) }
    }
  }

  @Test("no flipped bit of a signed certificate passes for the original")
  func signatures() throws {
    let original = try Certificate(fixture: OpenSSLChain.leafP256)
    let issuer = try Certificate(fixture: OpenSSLChain.issuing)
    var readable = 0
    for bytes in Mutations(original: original.der).bitFlips {
      guard let certificate = try? Certificate(der: bytes) else { continue }
      readable += 1
      #expect(!certificate.verifySignature(by: issuer.publicKey))
    }
    #expect(readable > 1000)
  }

  @Test("That one key signed a certificate, asked again or not, says nothing of another key")
  func signer() throws {
    let certificate = try Certificate(fixture: OpenSSLChain.leafP256)
    let issuer = try Certificate(fixture: OpenSSLChain.issuing)
    for _ in 0..<3 {
      #expect(!certificate.verifySignature(by: certificate.publicKey))
      #expect(certificate.verifySignature(by: issuer.publicKey))
      #expect(try Certificate(der: certificate.der).verifySignature(by: issuer.publicKey))
    }
  }

  private static let keys = [
    OpenSSLKeys.p256PKCS8, OpenSSLKeys.p256SEC1,
    OpenSSLKeys.ed25519PKCS8, OpenSSLKeys.ed25519VersionTwo, OpenSSLKeys.encryptedPKCS8,
  ]

  @Test("private keys in PKCS#8 and SEC 1", arguments: keys)
  func privateKey(_ fixture: String) throws {
    let document = try #require(try PEM.documents(in: Array(fixture.utf8)).last)
    let tally = Self.tally(document.contents) { (bytes) throws(PrivateKeyError) in
      _ = try PrivateKey(der: bytes)
    }
    #expect(tally.total == document.contents.count * 9)
    #expect(tally.errors > document.contents.count)
  }

  @Test("an RSA key in PKCS#1")
  func rsaKey() throws {
    // Where it stands in PKCS#8: after the version, the algorithm, and two octets of headers.
    let document = try #require(
      try PEM.documents(in: Array(OpenSSLKeys.rsa1024PKCS8.utf8)).first)
    let start = try #require(
      document.contents.firstRange(of: [0x02, 0x01, 0x00, 0x02, 0x81, 0x81]))
    let contents = Array(document.contents[(start.lowerBound - 4)...])
    let inner = contents.first == 0x30 ? contents : Array(contents.dropFirst())
    #expect(try PrivateKey(der: inner).publicKey.kind == .rsa(bits: 1024))
    let tally = Self.tally(inner) { (bytes) throws(PrivateKeyError) in
      _ = try PrivateKey(der: bytes)
    }
    #expect(tally.errors > inner.count)
  }

  @Test("PEM text, of certificates and of keys")
  func text() throws {
    let certificate = Array(OpenSSLOddities.selfEd25519.utf8)
    let certificates = Self.tally(certificate) { (bytes) throws(CertificateFileError) in
      _ = try Certificate.chain(pem: bytes)
    }
    #expect(certificates.total == certificate.count * 9)
    #expect(certificates.errors > certificate.count)
    for fixture in [OpenSSLKeys.ed25519PKCS8, OpenSSLKeys.encryptedSEC1] {
      let key = Array(fixture.utf8)
      let keys = Self.tally(key) { (bytes) throws(PrivateKeyError) in
        _ = try PrivateKey(pem: bytes)
      }
      #expect(keys.total == key.count * 9)
      #expect(keys.errors > key.count)
    }
  }

  @Test("a chain with a flipped bit is never verified")
  func chain() throws {
    let root = try Certificate(fixture: OpenSSLChain.root)
    let issuing = try Certificate(fixture: OpenSSLChain.issuing)
    let leaf = try Certificate(fixture: OpenSSLChain.leafP256)
    #expect(try verify([leaf, issuing], trusting: [root]).certificates == [leaf, issuing, root])
    for (number, bytes) in Mutations(original: issuing.der).bitFlips.enumerated() {
      // Each costs a signature's check: one bit of every byte is enough.
      guard number % 8 == number / 8 % 8, let spoilt = try? Certificate(der: bytes) else {
        continue
      }
      #expect(try refusal(of: [leaf, spoilt], trusting: [root]) != nil)
    }
  }
}
