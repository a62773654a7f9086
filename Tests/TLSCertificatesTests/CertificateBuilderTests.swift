import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Making certificates")
struct CertificateBuilderTests {
  private static func builder(
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) -> CertificateBuilder {
    var builder = CertificateBuilder(
      commonName: "example.com", names: ["example.com"], notBefore: Party.notBefore,
      notAfter: Party.notAfter)
    change(&builder)
    return builder
  }

  private static func build(
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Certificate {
    let key = try Party.key("builder")
    var random = DeterministicRandomSource(seed: [1])
    return try builder(change).build(selfSignedWith: key, random: &random)
  }

  @Test("what it begins with is a leaf for a server")
  func standard() throws {
    let certificate = try Self.build()
    #expect(certificate.subject.description == "CN=example.com")
    #expect(certificate.isSelfIssued)
    #expect(certificate.keyUsage == .digitalSignature)
    #expect(certificate.extendedKeyUsage?.description == "serverAuth")
    #expect(certificate.basicConstraints?.isAuthority == false)
    #expect(certificate.serialNumber.count == 16)
    #expect(certificate.subjectKeyIdentifier == certificate.authorityKeyIdentifier?.keyIdentifier)
    #expect(certificate.subjectKeyIdentifier?.count == 20)
    #expect(certificate.notBefore == Party.notBefore)
    #expect(certificate.notAfter == Party.notAfter)
    #expect(certificate.verifySignature(by: certificate.publicKey))
    #expect(try verify([certificate], trusting: [certificate]).certificates.count == 1)
  }

  @Test("names become dNSName or iPAddress, as they are written")
  func names() throws {
    let names = try #require(
      try Self.build {
        $0.names = [
          "Example.com", "*.example.org", "192.0.2.1", "2001:db8::1", "_a.b", "localhost",
        ]
      }.subjectAlternativeNames)
    #expect(names.dnsNames == ["Example.com", "*.example.org", "_a.b", "localhost"])
    #expect(names.ipAddresses.map(\.count) == [4, 16])
    #expect(names.names.contains(.ipAddress([192, 0, 2, 1])))
  }

  private static let kinds: [(PrivateKey.Generation, SignatureAlgorithm)] = [
    (.ecdsa(.secp256r1), .ecdsa(.sha256)), (.ecdsa(.secp384r1), .ecdsa(.sha384)),
    (.ecdsa(.secp521r1), .ecdsa(.sha512)), (.ed25519, .ed25519),
  ]

  @Test("a key signs with a hash that fits it", arguments: kinds)
  func algorithms(_ kind: PrivateKey.Generation, _ algorithm: SignatureAlgorithm) throws {
    let root = try Party.root(key: Party.key("kind", kind)).certificate
    #expect(root.signature == .known(algorithm))
    #expect(root.verifySignature(by: root.publicKey))
    #expect(try Certificate(der: root.der) == root)
  }

  @Test("RSA signs with PKCS#1 and SHA-256, or with what it is told")
  func rsa() throws {
    let key = try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
    #expect(try Party.root(key: key).certificate.signature == .known(.rsaPKCS1(.sha256)))
    let algorithms: [SignatureAlgorithm] = [
      .rsaPKCS1(.sha384), .rsaPKCS1(.sha512), .rsaPSS(.sha256), .rsaPSS(.sha384),
      .rsaPSS(.sha512),
    ]
    for algorithm in algorithms {
      let root = try Party.root(key: key) { $0.signature = .algorithm(algorithm) }.certificate
      #expect(root.signature == .known(algorithm))
      #expect(root.verifySignature(by: key.publicKey))
    }
  }

  @Test("the same builder, key and randomness make the same bytes, and another randomness others")
  func deterministic() throws {
    let first = try Self.build()
    #expect(try Self.build().der == first.der)
    var random = DeterministicRandomSource(seed: [2])
    let other = try Self.builder().build(
      selfSignedWith: try Party.key("builder"), random: &random)
    #expect(other.der != first.der)
    #expect(other.publicKey == first.publicKey)
    #expect(other.serialNumber != first.serialNumber)
  }

  @Test("serial numbers are positive and of at most 20 bytes")
  func serialNumbers() throws {
    let long = [0x7f] + [UInt8](repeating: 0xff, count: 19)
    for number: [UInt8] in [[1], [0x80], [0xff, 0xff], long] {
      #expect(try Self.build { $0.serialNumber = number }.serialNumber == number)
    }
    #expect(try Self.build { $0.serialNumber = [0, 0, 5] }.serialNumber == [5])
  }

  /// A change, the error that comes of it, and how it reads.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let error: CertificateBuilderError
    let sentence: String
    let change: @Sendable (inout CertificateBuilder) -> Void

    init(
      _ error: CertificateBuilderError, _ sentence: String,
      _ change: @escaping @Sendable (inout CertificateBuilder) -> Void
    ) {
      self.error = error
      self.sentence = sentence
      self.change = change
    }

    var testDescription: String { sentence }
  }

  private static func invalidName(_ name: String, _ reason: String) -> Mistake {
    Mistake(
      .invalidName(name, reason: reason),
      "\(name.quoted) is no name for a certificate: \(reason)"
    ) { $0.names = ["example.com", name] }
  }

  private static let label64 = String(repeating: "a", count: 64)
  private static let before = Party.notBefore.adding(seconds: -1)
  private static let year10000 = Timestamp(secondsSince1970: 253_402_300_800)

  private static let mistakes = [
    Mistake(
      .nothingToName, "a certificate needs a common name or at least one subject alternative name"
    ) {
      $0.commonName = nil
      $0.names = []
    },
    Mistake(.invalidSubject(""), "a subject's name has 1 to 64 characters, and \"\" has 0") {
      $0.commonName = ""
    },
    Mistake(
      .invalidSubject(label64 + "a"),
      "a subject's name has 1 to 64 characters, and \"\(label64)a\" has 65"
    ) { $0.organization = label64 + "a" },
    invalidName("", "it is empty"), invalidName("*.", "it is empty"),
    invalidName("a..b", "it has an empty label"), invalidName(".a", "it has an empty label"),
    invalidName("a.", "it ends in a dot"),
    invalidName("bücher.example", "it is not ASCII; give the A-label (xn--…)"),
    invalidName("-a.b", "it has a label that begins or ends with a hyphen"),
    invalidName("a-.b", "it has a label that begins or ends with a hyphen"),
    invalidName(label64, "it has a label longer than 63 bytes"),
    invalidName(String(repeating: "a.", count: 127) + "b", "it is longer than 253 bytes"),
    invalidName("*", "a wildcard is a whole label, and the first"),
    invalidName("a.*.b", "a wildcard is a whole label, and the first"),
    invalidName("*.*.b", "a wildcard is a whole label, and the first"),
    invalidName("w*.b", "a wildcard is a whole label, and the first"),
    invalidName("a b", "it holds the byte 32, which is no letter, digit, hyphen or underscore"),
    invalidName("192.0.2.256", "it ends in a number and is no IP address"),
    invalidName("*.0.2.1", "it ends in a number and is no IP address"),
    Mistake(
      .endsBeforeItBegins(notBefore: Party.notBefore, notAfter: before),
      "a certificate cannot be valid from 2026-12-31T00:00:00Z until 2026-12-30T23:59:59Z: that "
        + "ends before it begins"
    ) { $0.notAfter = before },
    Mistake(
      .invalidDate(year10000),
      "a certificate cannot hold the date 253402300800 s since 1970-01-01T00:00:00Z: years are 0 "
        + "to 9999"
    ) { $0.notAfter = year10000 },
    Mistake(
      .invalidSerialNumber([0, 0]),
      "a serial number is positive and has at most 20 bytes; 2 were given, all zero"
    ) { $0.serialNumber = [0, 0] },
    Mistake(
      .invalidSerialNumber([]),
      "a serial number is positive and has at most 20 bytes; 0 were given, all zero"
    ) { $0.serialNumber = [] },
    Mistake(
      .invalidSerialNumber([UInt8](repeating: 0x80, count: 20)),
      "a serial number is positive and has at most 20 bytes; 20 were given"
    ) { $0.serialNumber = [UInt8](repeating: 0x80, count: 20) },
    Mistake(
      .invalidPathLength(0, isCertificateAuthority: false),
      "only an authority's certificate has a path length, and 0 was given"
    ) { $0.pathLength = 0 },
    Mistake(
      .invalidPathLength(-1, isCertificateAuthority: true),
      "a path length is not negative, as -1 is"
    ) {
      $0.isCertificateAuthority = true
      $0.pathLength = -1
    },
    Mistake(
      .invalidNameConstraint("192.0.2.0/33", reason: "the prefix is not from 0 to 32 bits long"),
      "\"192.0.2.0/33\" is no name constraint: the prefix is not from 0 to 32 bits long"
    ) { $0.permittedNames = ["192.0.2.0/33"] },
    Mistake(
      .invalidNameConstraint("::/x", reason: "the prefix is not from 0 to 128 bits long"),
      "\"::/x\" is no name constraint: the prefix is not from 0 to 128 bits long"
    ) { $0.excludedNames = ["::/x"] },
    Mistake(
      .invalidNameConstraint("a b", reason: spaceReason),
      "\"a b\" is no name constraint: \(spaceReason)"
    ) { $0.excludedNames = ["a b"] },
    Mistake(
      .invalidObjectIdentifier("1.2.x"),
      "\"1.2.x\" is no object identifier, such as 2.5.29.19"
    ) { $0.extendedKeyUsages = [.init(identifier: "1.2.x")] },
    Mistake(
      .invalidObjectIdentifier("3.1"), "\"3.1\" is no object identifier, such as 2.5.29.19"
    ) { $0.omittedExtensions = ["3.1"] },
    Mistake(.repeatedExtension("1.2.3"), "the extension \"1.2.3\" is given twice") {
      let one = CertificateBuilder.Extension(identifier: "1.2.3", isCritical: false, der: [])
      $0.extraExtensions = [one, one]
    },
    Mistake(
      .malformed(CertificateError("keyUsage", "is not DER")),
      "the extra extensions make no certificate: the certificate's keyUsage is not DER"
    ) { $0.extraExtensions = [.init(identifier: "2.5.29.15", isCritical: true, der: [1])] },
    Mistake(
      .crypto(.unsupported("a key of ECDSA P-256 cannot sign with RSA PKCS#1 with SHA-256")),
      "a key of ECDSA P-256 cannot sign with RSA PKCS#1 with SHA-256"
    ) { $0.signature = .algorithm(.rsaPKCS1(.sha256)) },
  ]

  private static let spaceReason =
    "it holds the byte 32, which is no letter, digit, hyphen or underscore"

  @Test("a mistake is an error that says what to give instead", arguments: mistakes)
  func refuses(_ mistake: Mistake) {
    let error = #expect(throws: CertificateBuilderError.self) {
      try Self.build(mistake.change)
    }
    #expect(error == mistake.error)
    #expect(error?.description == mistake.sentence)
  }

  @Test("an object identifier of any length of numbers is checked, never trapped on")
  func identifiers() {
    let texts = [
      "", ".", "1", "1.", ".1", "1..2", "1.40", "0.40", "-1.2", "1.2.01", "1.2.1234567890",
      "18446744073709551616.1", "1.2.3 ", "１.2",
      [String](repeating: "1", count: 33).joined(
        separator: "."),
    ]
    for text in texts {
      #expect(throws: CertificateBuilderError.invalidObjectIdentifier(text)) {
        try Self.build { $0.omittedExtensions = [text] }
      }
    }
  }

  @Test("an issuer's certificate and key must belong together")
  func issuer() throws {
    let root = try Party.root()
    let other = try Party.key("other", .ed25519)
    var random = DeterministicRandomSource(seed: [])
    let error = #expect(throws: CertificateBuilderError.self) {
      try Self.builder().build(
        publicKey: other.publicKey,
        issuedBy: .init(certificate: root.certificate, key: other), random: &random)
    }
    #expect(
      error
        == .keyOfAnotherCertificate(
          certificate: root.certificate.publicKey, key: other.publicKey))
    #expect(
      error?.description
        == "the issuer's certificate holds another key (ECDSA P-256) than the one given (Ed25519)")
  }

  @Test("a leaf bears its issuer's name and key identifier byte for byte")
  func issuerName() throws {
    let issuing = Party(
      certificate: try Certificate(fixture: OpenSSLChain.issuing),
      key: try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8)))
    let leaf = try issuing.leaf { $0.organization = "Fixture Authority" }.certificate
    #expect(leaf.issuer.der == issuing.certificate.subject.der)
    #expect(leaf.authorityKeyIdentifier?.keyIdentifier == issuing.certificate.subjectKeyIdentifier)
  }

  @Test("a subject alternative name is critical if the subject is empty")
  func emptySubject() throws {
    let certificate = try Self.build { $0.commonName = nil }
    #expect(certificate.subject.isEmpty)
    let name = TLV.sequence(TLV.field(2, Array("example.com".utf8)))
    let critical = TLV.certificateExtension("2.5.29.17", critical: true, name)
    #expect(certificate.der.firstRange(of: critical) != nil)
    #expect(try Self.build().der.firstRange(of: critical) == nil)
  }
}
