import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Malformed certificates")
struct CertificateStrictnessTests {
  @Test("the certificate that the others are spoilt from is good")
  func good() throws {
    let certificate = try RawCertificate().parse()
    #expect(certificate.subject.description == "CN=Subject")
    #expect(certificate.publicKey.kind == .ecdsa(.secp256r1))
    #expect(certificate.serialNumber == [1])
  }

  /// A change, and what is then said of the certificate.
  struct Spoiling: Sendable, CustomTestStringConvertible {
    let sentence: String
    let change: @Sendable (inout RawCertificate) -> Void

    init(_ sentence: String, _ change: @escaping @Sendable (inout RawCertificate) -> Void) {
      self.sentence = sentence
      self.change = change
    }

    var testDescription: String { sentence }
  }

  private static func check(_ spoiling: Spoiling) {
    let error = #expect(throws: CertificateError.self) {
      try RawCertificate.parse(spoiling.change)
    }
    #expect(error?.description == "the certificate's \(spoiling.sentence)")
  }

  private static let structures = [
    Spoiling("encoding is not DER") { $0.trailer = [0] },
    Spoiling("encoding is not DER") { $0.trailer = TLV.null },
    Spoiling("encoding has more fields than it may") { $0.moreFields = TLV.null },
    Spoiling("tbsCertificate has more fields than it may") { $0.moreBodyFields = TLV.null },
    Spoiling("signatureValue is not a BIT STRING") { $0.signature = TLV.octets([1]) },
    Spoiling("signatureValue is not a BIT STRING of whole bytes") {
      $0.signature = TLV.bits([0x80], unused: 7)
    },
    Spoiling("encoding has no signatureValue") { $0.signature = [] },
    Spoiling("tbsCertificate has no subjectPublicKeyInfo") { certificate in
      certificate.subject = []
      certificate.publicKey = []
      certificate.moreBodyFields = TLV.commonName("Subject")
    },
    Spoiling("validity has more fields than it may") {
      $0.notAfter += TLV.utcTime("280101000000Z")
    },
    Spoiling("validity has no notAfter") { $0.notAfter = [] },
  ]

  @Test("what is missing or too much is named", arguments: structures)
  func structure(_ spoiling: Spoiling) { Self.check(spoiling) }

  private static let versions = [
    Spoiling("version is encoded as 0") { $0.version = TLV.tagged(0, TLV.integer(0)) },
    Spoiling("version is encoded as 3") { $0.version = TLV.tagged(0, TLV.integer(3)) },
    Spoiling("version is negative") { $0.version = TLV.tagged(0, TLV.integer(0xff)) },
    Spoiling("version is too large") { $0.version = TLV.tagged(0, TLV.integer(0x7f, 0, 0, 0, 0)) },
    Spoiling("version is too large") { $0.version = TLV.tagged(0, TLV.integer(0, 0x80, 0, 0, 0)) },
    Spoiling("version is an empty INTEGER") { $0.version = TLV.tagged(0, TLV.integer()) },
    Spoiling("version has a tag around other than one element") { $0.version = TLV.tagged(0) },
    Spoiling("version is 1, which has no such fields") { certificate in
      certificate.version = []
      certificate.extensions = [TLV.certificateExtension("1.2.3", TLV.null)]
    },
    Spoiling("version is 2, which has no such fields") { certificate in
      certificate.version = TLV.tagged(0, TLV.integer(1))
      certificate.extensions = [TLV.certificateExtension("1.2.3", TLV.null)]
    },
    Spoiling("version is 1, which has no such fields") { certificate in
      certificate.version = []
      certificate.uniqueIdentifiers = TLV.field(1, [0, 1])
    },
    Spoiling("version is 1, which has no such fields") { certificate in
      certificate.version = []
      certificate.uniqueIdentifiers = TLV.field(2, [0, 1])
    },
  ]

  @Test("a version that there is not, or that has no such fields, is refused", arguments: versions)
  func version(_ spoiling: Spoiling) { Self.check(spoiling) }

  @Test("unique identifiers are read over in versions 2 and 3")
  func uniqueIdentifiers() throws {
    for number: UInt8 in [1, 2] {
      let certificate = try RawCertificate.parse {
        $0.version = TLV.tagged(0, TLV.integer(number))
        $0.uniqueIdentifiers = TLV.field(1, [0, 1]) + TLV.field(2, [0, 1])
      }
      #expect(certificate.subject.commonName == "Subject")
      #expect(certificate.hasUniqueIdentifiers)
    }
    #expect(!(try RawCertificate().parse().hasUniqueIdentifiers))
  }

  private static let badUniqueIdentifiers = [
    Spoiling("issuerUniqueID is not a BIT STRING") { $0.uniqueIdentifiers = TLV.field(1, []) },
    Spoiling("issuerUniqueID is not a BIT STRING") {
      $0.uniqueIdentifiers = TLV.field(1, [1, 1])
    },
    Spoiling("subjectUniqueID is not a BIT STRING") {
      $0.uniqueIdentifiers = TLV.field(2, [8, 0])
    },
    Spoiling("tbsCertificate has more fields than it may") {
      $0.uniqueIdentifiers = TLV.field(2, [0, 1]) + TLV.field(1, [0, 1])
    },
    Spoiling("tbsCertificate has more fields than it may") {
      $0.uniqueIdentifiers = TLV.field(1, [0, 1]) + TLV.field(1, [0, 1])
    },
  ]

  @Test("unique identifiers are bit strings, in their order", arguments: badUniqueIdentifiers)
  func malformedUniqueIdentifiers(_ spoiling: Spoiling) { Self.check(spoiling) }

  private static let serialNumbers = [
    Spoiling("serialNumber is negative") { $0.serialNumber = TLV.integer(0x80) },
    Spoiling("serialNumber is an empty INTEGER") { $0.serialNumber = TLV.integer() },
    Spoiling("serialNumber is an INTEGER with needless zeros") {
      $0.serialNumber = TLV.integer(0, 1)
    },
    Spoiling("serialNumber has 21 bytes, more than 20") {
      $0.serialNumber = TLV.element(2, [UInt8](repeating: 1, count: 21))
    },
    Spoiling("serialNumber is an OCTET STRING, not an INTEGER") {
      $0.serialNumber = TLV.octets([1])
    },
  ]

  @Test("a serial number is an INTEGER of at most 20 bytes", arguments: serialNumbers)
  func serialNumber(_ spoiling: Spoiling) { Self.check(spoiling) }

  @Test("20 bytes of serial number are read, and zero, which old roots have")
  func longSerialNumber() throws {
    let long = [UInt8](repeating: 0x7f, count: 20)
    #expect(
      try RawCertificate.parse { $0.serialNumber = TLV.element(2, long) }.serialNumber == long)
    #expect(try RawCertificate.parse { $0.serialNumber = TLV.integer(0) }.serialNumber == [0])
  }

  private static let sha256WithRSA = TLV.identifier("1.2.840.113549.1.1.11")

  private static let algorithms = [
    Spoiling("signature is not the same as its signatureAlgorithm") {
      $0.innerAlgorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.3"))
    },
    Spoiling("signatureAlgorithm has parameters where there are none") {
      $0.outerAlgorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.2"), TLV.null)
    },
    Spoiling("signatureAlgorithm has parameters where there are none") {
      $0.outerAlgorithm = TLV.sequence(TLV.identifier("1.3.101.112"), TLV.null)
    },
    Spoiling("signatureAlgorithm has parameters that are not NULL") {
      $0.outerAlgorithm = TLV.sequence(sha256WithRSA, TLV.octets([]))
    },
    Spoiling("signatureAlgorithm has more fields than it may") {
      $0.outerAlgorithm = TLV.sequence(sha256WithRSA, TLV.null, TLV.null)
    },
    Spoiling("signatureAlgorithm has no algorithm") { $0.outerAlgorithm = TLV.sequence([]) },
    Spoiling("signatureAlgorithm is not an OBJECT IDENTIFIER") {
      $0.outerAlgorithm = TLV.sequence(TLV.null)
    },
    Spoiling("signatureAlgorithm is not an OBJECT IDENTIFIER") {
      $0.outerAlgorithm = TLV.sequence(TLV.element(6))
    },
    Spoiling("signatureAlgorithm is not an OBJECT IDENTIFIER") {
      $0.outerAlgorithm = TLV.sequence(TLV.element(6, [0x2a, 0x80, 0x01]))
    },
    Spoiling("signatureAlgorithm is not an OBJECT IDENTIFIER") {
      $0.outerAlgorithm = TLV.sequence(TLV.element(6, [0x2a, 0x81]))
    },
  ]

  @Test(
    "the two statements of the algorithm agree, with the right parameters", arguments: algorithms)
  func algorithm(_ spoiling: Spoiling) { Self.check(spoiling) }

  @Test("an algorithm that nothing knows is kept by its identifier")
  func unknownAlgorithm() throws {
    let certificate = try RawCertificate.parse {
      $0.innerAlgorithm = TLV.sequence(TLV.identifier("1.2.3.4"))
      $0.outerAlgorithm = $0.innerAlgorithm
    }
    #expect(certificate.signature == .unknown("1.2.3.4"))
    #expect(certificate.signature.description == "algorithm 1.2.3.4")
  }

  private static let ecPublicKey = TLV.identifier("1.2.840.10045.2.1")
  private static let rsaEncryption = TLV.identifier("1.2.840.113549.1.1.1")
  private static let secp256r1 = TLV.identifier("1.2.840.10045.3.1.7")

  private static func key(_ algorithm: [UInt8]..., bits: [UInt8]) -> [UInt8] {
    TLV.sequence(TLV.sequence(algorithm.flatMap(\.self)), TLV.bits(bits))
  }

  private static let publicKeys = [
    Spoiling("subjectPublicKeyInfo is a point on a curve that is not supported") {
      $0.publicKey = key(
        ecPublicKey, TLV.identifier("1.3.132.0.10"), bits: RawCertificate.basePoint)
    },
    Spoiling("subjectPublicKeyInfo is a point on a curve that is not supported") {
      $0.publicKey = key(ecPublicKey, bits: RawCertificate.basePoint)
    },
    Spoiling("subjectPublicKeyInfo is a point on a curve that is not supported") {
      $0.publicKey = key(ecPublicKey, TLV.null, bits: RawCertificate.basePoint)
    },
    Spoiling("subjectPublicKeyInfo has more fields than it may") {
      $0.publicKey = key(ecPublicKey, secp256r1, TLV.null, bits: RawCertificate.basePoint)
    },
    Spoiling("subjectPublicKeyInfo has the algorithm 1.2.3, which is not supported") {
      $0.publicKey = key(TLV.identifier("1.2.3"), bits: [1])
    },
    Spoiling("subjectPublicKeyInfo is an Ed25519 key with parameters") {
      $0.publicKey = key(
        TLV.identifier("1.3.101.112"), TLV.null, bits: [UInt8](repeating: 1, count: 32))
    },
    Spoiling(
      "subjectPublicKeyInfo cannot be used: a public key of Ed25519 has 32 bytes, not 31"
    ) {
      $0.publicKey = key(TLV.identifier("1.3.101.112"), bits: [UInt8](repeating: 1, count: 31))
    },
    Spoiling("subjectPublicKeyInfo is an RSA key without NULL parameters") {
      $0.publicKey = key(rsaEncryption, bits: TLV.sequence(TLV.integer(33), TLV.integer(3)))
    },
    Spoiling("RSAPublicKey is not DER") {
      $0.publicKey = key(rsaEncryption, TLV.null, bits: [1])
    },
    Spoiling("RSAPublicKey has no publicExponent") {
      $0.publicKey = key(rsaEncryption, TLV.null, bits: TLV.sequence(TLV.integer(33)))
    },
    Spoiling("RSA modulus is negative") {
      $0.publicKey = key(
        rsaEncryption, TLV.null, bits: TLV.sequence(TLV.integer(0x81), TLV.integer(3)))
    },
    Spoiling("subjectPublicKeyInfo cannot be used: an RSA modulus is even") {
      $0.publicKey = key(
        rsaEncryption, TLV.null, bits: TLV.sequence(TLV.integer(32), TLV.integer(3)))
    },
    Spoiling(
      "subjectPublicKeyInfo cannot be used: an RSA modulus has 8193 bits, more than 8192"
    ) {
      let modulus = [1] + [UInt8](repeating: 0xff, count: 1024)
      $0.publicKey = key(
        rsaEncryption, TLV.null, bits: TLV.sequence(TLV.element(2, modulus), TLV.integer(3)))
    },
    Spoiling(
      "subjectPublicKeyInfo cannot be used: an RSA exponent is even, one, or longer than 64 bits"
    ) {
      $0.publicKey = key(
        rsaEncryption, TLV.null,
        bits: TLV.sequence(
          TLV.element(2, [0x7f] + [UInt8](repeating: 0xff, count: 255)), TLV.integer(1)))
    },
    Spoiling("subjectPublicKeyInfo is not a BIT STRING of whole bytes") {
      $0.publicKey = TLV.sequence(
        TLV.sequence(ecPublicKey, secp256r1), TLV.bits([0x80], unused: 1))
    },
  ]

  @Test("a public key that cannot be used is refused with its reason", arguments: publicKeys)
  func publicKey(_ spoiling: Spoiling) { Self.check(spoiling) }

  @Test(
    "a point that is not on the curve, compressed, or of another length is refused",
    arguments: [
      RawCertificate.basePoint.dropLast() + [0], [0x02] + RawCertificate.basePoint[1..<33],
      RawCertificate.basePoint.dropLast(), [0], [],
    ] as [[UInt8]])
  func points(_ point: [UInt8]) {
    let error = #expect(throws: CertificateError.self) {
      try RawCertificate.parse {
        $0.publicKey = Self.key(Self.ecPublicKey, Self.secp256r1, bits: point)
      }
    }
    #expect(error?.field == "subjectPublicKeyInfo")
    #expect(error?.problem.hasPrefix("cannot be used: ") == true)
  }

  @Test("more than 65,536 bytes are not even looked at")
  func size() {
    let large = [UInt8](repeating: 0x30, count: 65_537)
    let error = #expect(throws: CertificateError.self) { try Certificate(der: large) }
    #expect(
      error?.description == "the certificate's encoding has 65537 bytes, more than 65536")
  }

  @Test("nothing, and nesting without end, are errors")
  func nesting() {
    #expect(throws: CertificateError.self) { try Certificate(der: []) }
    var nested: [UInt8] = []
    for _ in 0..<10_000 { nested = TLV.sequence(nested) }
    #expect(throws: CertificateError.self) { try Certificate(der: nested) }
    let indefinite = [UInt8](repeating: 0x30, count: 2) + [UInt8](repeating: 0x80, count: 60_000)
    #expect(throws: CertificateError.self) { try Certificate(der: indefinite) }
  }

  @Test("a length that is not the shortest is not DER")
  func longLengths() throws {
    let der = try RawCertificate().parse().der
    // The outermost length is one byte after 0x81.
    #expect(der[1] == 0x81)
    let longer = [0x30, 0x82, 0x00] + der[2...]
    let error = #expect(throws: CertificateError.self) { try Certificate(der: longer) }
    #expect(error?.description == "the certificate's encoding is not DER")
  }
}
