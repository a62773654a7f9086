import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Certificates of OpenSSL's")
struct CertificateFieldTests {
  @Test("a leaf's fields are what OpenSSL was told to write")
  func leaf() throws {
    let leaf = try Certificate(fixture: OpenSSLChain.leafP256)
    #expect(leaf.subject.description == "CN=leafP256, O=Fixture Authority, C=DE")
    #expect(leaf.issuer.description == "CN=Fixture Issuing, O=Fixture Authority, C=DE")
    #expect(leaf.description == leaf.subject.description)
    #expect(leaf.serialNumber == [0x20, 0x02])
    #expect(leaf.notBefore.description.hasPrefix("2026-11-24T19:52:"))
    #expect(leaf.notAfter.description.hasPrefix("2036-11-21T19:52:"))
    #expect(leaf.publicKey.kind == .ecdsa(.secp256r1))
    #expect(leaf.signature == .known(.rsaPKCS1(.sha256)))
    #expect(leaf.keyUsage == [.digitalSignature, .keyEncipherment])
    #expect(leaf.keyUsage?.description == "digitalSignature, keyEncipherment")
    #expect(leaf.basicConstraints?.isAuthority == false)
    #expect(leaf.basicConstraints?.pathLength == nil)
    #expect(leaf.extendedKeyUsage?.description == "serverAuth, clientAuth, 1.2.3.4")
    #expect(leaf.extendedKeyUsage?.allowsServerAuthentication == true)
    #expect(leaf.extendedKeyUsage?.allowsClientAuthentication == true)
    #expect(leaf.extendedKeyUsage?.allowsAnything == false)
    #expect(leaf.unknownCriticalExtensions.isEmpty)
    #expect(!leaf.isSelfIssued)
  }

  @Test("an authority's fields are what OpenSSL was told to write")
  func authority() throws {
    let issuing = try Certificate(fixture: OpenSSLChain.issuing)
    #expect(issuing.serialNumber == [0x10, 0x01])
    #expect(issuing.publicKey.kind == .rsa(bits: 2048))
    #expect(issuing.signature == .known(.ecdsa(.sha256)))
    #expect(issuing.keyUsage == [.keyCertSign, .cRLSign])
    #expect(issuing.basicConstraints?.isAuthority == true)
    #expect(issuing.basicConstraints?.pathLength == 0)
    // OpenSSL wrote this one as GeneralizedTime.
    #expect(issuing.notAfter.description.hasPrefix("2125-06-18T19:52:"))
    let constraints = try #require(issuing.nameConstraints)
    #expect(constraints.count == 8)
    #expect(constraints.excluded == [.dnsName("secret.example.com")])
    #expect(constraints.permitted.prefix(2) == [.dnsName("example.com"), .dnsName("example.org")])
    #expect(constraints.permitted.contains(.ipAddress([192, 0, 2, 0, 255, 255, 255, 0])))
    #expect(constraints.permitted.contains { if case .rfc822Name = $0 { true } else { false } })
  }

  @Test("key identifiers lead from one certificate to the next")
  func keyIdentifiers() throws {
    let root = try Certificate(fixture: OpenSSLChain.root)
    let issuing = try Certificate(fixture: OpenSSLChain.issuing)
    let leaf = try Certificate(fixture: OpenSSLChain.leafP256)
    #expect(root.subjectKeyIdentifier?.count == 20)
    #expect(issuing.authorityKeyIdentifier?.keyIdentifier == root.subjectKeyIdentifier)
    #expect(leaf.authorityKeyIdentifier?.keyIdentifier == issuing.subjectKeyIdentifier)
    #expect(root.isSelfIssued)
  }

  @Test("the names of every kind are read, and those that TLS uses are given")
  func alternativeNames() throws {
    let names = try #require(
      try Certificate(fixture: OpenSSLOddities.sanKinds).subjectAlternativeNames)
    let version6: [UInt8] = [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]
    #expect(names.dnsNames == ["Example.COM"])
    #expect(names.ipAddresses == [[192, 0, 2, 1], version6])
    #expect(names.texts == ["Example.COM", "192.0.2.1", "2001:db8::1"])
    #expect(names.emailAddresses == ["someone@example.com"])
    #expect(names.uniformResourceIdentifiers == ["https://example.com/"])
    #expect(
      names.names.map(\.description) == [
        "DNS:Example.COM", "IP:192.0.2.1", "IP:2001:db8::1", "email:someone@example.com",
        "URI:https://example.com/", "RID:1.2.3.4", "DirName:C=DE", "otherName:1.2.3.4",
      ])
    let type = try #require(OID("1.2.3.4"))
    #expect(names.names.last == .otherName(type: type, der: TLV.text(0x0c, "other")))
  }

  @Test("version 1 has no extensions, and so no names and no constraints")
  func versionOne() throws {
    let certificate = try Certificate(fixture: OpenSSLOddities.versionOne)
    #expect(certificate.subject.description == "CN=Version One")
    #expect(certificate.subjectAlternativeNames == nil)
    #expect(certificate.basicConstraints == nil)
    #expect(certificate.keyUsage == nil)
    #expect(certificate.extendedKeyUsage == nil)
  }

  @Test("a critical extension that nothing understands is kept by its identifier")
  func unknownCritical() throws {
    let certificate = try Certificate(fixture: OpenSSLOddities.criticalUnknown)
    #expect(certificate.unknownCriticalExtensions.map(\.text) == ["1.2.3.4.5"])
  }

  private static let keys: [(String, PublicKey.Kind, String)] = [
    (OpenSSLChain.leafRSA, .rsa(bits: 2048), "RSA 2048 bits"),
    (OpenSSLSignatures.leafRSA1024, .rsa(bits: 1024), "RSA 1024 bits"),
    (OpenSSLChain.leafP256, .ecdsa(.secp256r1), "ECDSA P-256"),
    (OpenSSLChain.leafP384, .ecdsa(.secp384r1), "ECDSA P-384"),
    (OpenSSLChain.leafP521, .ecdsa(.secp521r1), "ECDSA P-521"),
    (OpenSSLChain.leafEd25519, .ed25519, "Ed25519"),
  ]

  @Test("keys of every kind are read", arguments: keys)
  func publicKey(_ fixture: String, _ kind: PublicKey.Kind, _ description: String) throws {
    let key = try Certificate(fixture: fixture).publicKey
    #expect(key.kind == kind)
    #expect(key.description == description)
  }

  private static let signatures: [(String, String, CertificateSignature)] = [
    (OpenSSLChain.root, OpenSSLChain.root, .known(.ecdsa(.sha256))),
    (OpenSSLChain.issuing, OpenSSLChain.root, .known(.ecdsa(.sha256))),
    (OpenSSLChain.leafP256, OpenSSLChain.issuing, .known(.rsaPKCS1(.sha256))),
    (OpenSSLChain.leafP384, OpenSSLChain.issuing, .known(.rsaPKCS1(.sha384))),
    (OpenSSLChain.leafP521, OpenSSLChain.issuing, .known(.rsaPKCS1(.sha512))),
    (OpenSSLSignatures.leafPSS, OpenSSLChain.issuing, .known(.rsaPSS(.sha256))),
    (OpenSSLSignatures.leafPSS512, OpenSSLChain.issuing, .known(.rsaPSS(.sha512))),
    (OpenSSLOddities.selfP384, OpenSSLOddities.selfP384, .known(.ecdsa(.sha512))),
    (OpenSSLOddities.selfP521, OpenSSLOddities.selfP521, .known(.ecdsa(.sha512))),
    (OpenSSLOddities.selfEd25519, OpenSSLOddities.selfEd25519, .known(.ed25519)),
    (OpenSSLOddities.versionOne, OpenSSLOddities.versionOne, .known(.ecdsa(.sha256))),
  ]

  @Test(
    "signatures of every kind verify with the issuer's key, and no other", arguments: signatures)
  func signature(_ fixture: String, _ issuer: String, _ expected: CertificateSignature) throws {
    let certificate = try Certificate(fixture: fixture)
    #expect(certificate.signature == expected)
    #expect(certificate.verifySignature(by: try Certificate(fixture: issuer).publicKey))
    for other in [OpenSSLChain.leafRSA, OpenSSLChain.leafP256, OpenSSLChain.leafEd25519] {
      let key = try Certificate(fixture: other).publicKey
      guard key != (try Certificate(fixture: issuer).publicKey) else { continue }
      #expect(!certificate.verifySignature(by: key))
    }
  }

  private static let weakSignatures: [(String, CertificateSignature, String)] = [
    (OpenSSLSignatures.leafSHA1, .weak("SHA-1 with RSA"), "SHA-1 with RSA"),
    (OpenSSLSignatures.leafMD5, .weak("MD5 with RSA"), "MD5 with RSA"),
    (
      OpenSSLSignatures.leafPSSSHA1, .weak("RSA-PSS with other parameters than TLS uses"),
      "RSA-PSS with other parameters than TLS uses"
    ),
    (
      OpenSSLSignatures.leafPSSLongSalt, .weak("RSA-PSS with other parameters than TLS uses"),
      "RSA-PSS with other parameters than TLS uses"
    ),
  ]

  @Test("weak signatures are known by name, and never verify", arguments: weakSignatures)
  func weak(_ fixture: String, _ expected: CertificateSignature, _ description: String) throws {
    let certificate = try Certificate(fixture: fixture)
    #expect(certificate.signature == expected)
    #expect(certificate.signature.description == description)
    let issuer = try Certificate(fixture: OpenSSLChain.issuing)
    #expect(!certificate.verifySignature(by: issuer.publicKey))
  }

  @Test("a certificate equals itself read again, and no other")
  func equality() throws {
    let certificate = try Certificate(fixture: OpenSSLChain.leafP256)
    let again = try Certificate(der: certificate.der)
    #expect(certificate == again)
    #expect(Set([certificate, again]).count == 1)
    #expect(certificate != (try Certificate(fixture: OpenSSLChain.leafRSA)))
  }

  @Test("the fingerprint is the one that OpenSSL shows")
  func fingerprint() throws {
    // openssl x509 -in versionOne.pem -noout -fingerprint -sha256
    let digest = try Certificate(fixture: OpenSSLOddities.versionOne).fingerprint()
    #expect(
      digest.array
        == RawCertificate.bytes("51c35cca0c42cb422ec4ab6b6821ea60671d0fa5554503a2e07d3010afa473a2"))
  }
}
