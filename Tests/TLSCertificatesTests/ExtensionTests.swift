import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Extensions (RFC 5280 section 4.2)")
struct ExtensionTests {
  private static let names = "2.5.29.17"
  private static let basicConstraints = "2.5.29.19"
  private static let keyUsage = "2.5.29.15"
  private static let extendedKeyUsage = "2.5.29.37"
  private static let nameConstraints = "2.5.29.30"
  private static let serverAuth = TLV.identifier("1.3.6.1.5.5.7.3.1")

  private static let malformed: [(String, [UInt8], String)] = [
    (names, TLV.sequence([]), "subjectAltName is empty"),
    (names, [], "subjectAltName is not DER"),
    (names, TLV.sequence(TLV.field(2, [0x61])) + [0], "subjectAltName is not DER"),
    (names, TLV.field(2, [0x61]), "subjectAltName is the field [2], not a SEQUENCE"),
    (names, TLV.sequence(TLV.octets([1])), "subjectAltName has a name of no known form"),
    (names, TLV.sequence(TLV.field(9, [1])), "subjectAltName has a name of no known form"),
    (
      names, TLV.sequence(TLV.field(2, [0xc3, 0xa9])),
      "subjectAltName has a DNS name that is not ASCII"
    ),
    (
      names, TLV.sequence(TLV.tagged(2, TLV.octets([1]))),
      "subjectAltName is the field [2] in constructed form"
    ),
    (names, TLV.sequence(TLV.field(7, [])), "subjectAltName has an IP address of 0 bytes"),
    (names, TLV.sequence(TLV.field(7, [1, 2, 3])), "subjectAltName has an IP address of 3 bytes"),
    (
      names, TLV.sequence(TLV.field(7, [UInt8](repeating: 1, count: 8))),
      "subjectAltName has an IP address of 8 bytes"
    ),
    (names, TLV.sequence(TLV.field(4, [1])), "subjectAltName has an empty tag"),
    (basicConstraints, TLV.null, "basicConstraints is an element of tag 5, not a SEQUENCE"),
    (
      basicConstraints, TLV.sequence(TLV.element(1, [1])),
      "basicConstraints is a BOOLEAN that is neither 0 nor 255"
    ),
    (
      basicConstraints, TLV.sequence(TLV.integer(0)),
      "basicConstraints limits the path below what is no authority"
    ),
    (
      basicConstraints, TLV.sequence(TLV.true, TLV.integer(0xff)), "basicConstraints is negative"
    ),
    (
      basicConstraints, TLV.sequence(TLV.true, TLV.integer(0, 0xff, 0xff, 0xff, 0xff)),
      "basicConstraints is too large"
    ),
    (
      basicConstraints, TLV.sequence(TLV.true, TLV.integer(0), TLV.integer(0)),
      "basicConstraints has more fields than it may"
    ),
    (
      basicConstraints, TLV.sequence(TLV.integer(0), TLV.true),
      "basicConstraints has more fields than it may"
    ),
    (
      basicConstraints, TLV.sequence(TLV.element(1, [0])),
      "basicConstraints writes out the FALSE that it has without"
    ),
    (basicConstraints, TLV.element(0x10), "basicConstraints is a SEQUENCE in primitive form"),
    (basicConstraints, TLV.sequence() + TLV.null, "basicConstraints is not DER"),
    (keyUsage, TLV.bits([]), "keyUsage allows nothing"),
    (
      keyUsage, TLV.bits([0x80, 0x80, 0x80], unused: 7),
      "keyUsage has more bits than there are names for"
    ),
    (keyUsage, TLV.bits([0x81], unused: 7), "keyUsage is not a BIT STRING"),
    (keyUsage, TLV.bits([], unused: 1), "keyUsage is not a BIT STRING"),
    (keyUsage, TLV.bits([0]), "keyUsage allows nothing"),
    (keyUsage, TLV.octets([0x80]), "keyUsage is not a BIT STRING"),
    (keyUsage, TLV.bits([0x80], unused: 8), "keyUsage is not a BIT STRING"),
    (keyUsage, TLV.element(3), "keyUsage is not a BIT STRING"),
    (extendedKeyUsage, TLV.sequence([]), "extKeyUsage is empty"),
    (extendedKeyUsage, serverAuth, "extKeyUsage is an element of tag 6, not a SEQUENCE"),
    (
      extendedKeyUsage, TLV.sequence(serverAuth, TLV.null),
      "extKeyUsage is not an OBJECT IDENTIFIER"
    ),
    (nameConstraints, TLV.sequence([]), "nameConstraints constrain nothing"),
    (
      extendedKeyUsage, TLV.sequence(TLV.element(6, [UInt8](repeating: 1, count: 65))),
      "extKeyUsage is an OBJECT IDENTIFIER of 65 bytes, more than 64"
    ),
    (nameConstraints, TLV.sequence(TLV.tagged(0)), "nameConstraints is empty"),
    (
      nameConstraints,
      TLV.sequence(TLV.tagged(0, TLV.sequence(TLV.field(7, [1, 2, 3, 4, 255, 0, 255, 0])))),
      "nameConstraints has an IP range whose mask has a gap"
    ),
    (
      nameConstraints,
      TLV.sequence(TLV.tagged(0, TLV.sequence(TLV.field(7, [1, 2, 3, 4, 255, 0xa0, 0, 0])))),
      "nameConstraints has an IP range whose mask has a gap"
    ),
    (
      nameConstraints, TLV.sequence(TLV.tagged(1, subtree), TLV.tagged(0, subtree)),
      "nameConstraints has more fields than it may"
    ),
    (
      nameConstraints,
      TLV.sequence(TLV.tagged(0, TLV.sequence(TLV.field(2, [0x61]), TLV.field(0, [1])))),
      "nameConstraints has more fields than it may"
    ),
    (
      nameConstraints, TLV.sequence(TLV.tagged(0, TLV.sequence(TLV.field(7, [1, 2, 3, 4])))),
      "nameConstraints has an IP range of 4 bytes"
    ),
    ("2.5.29.14", TLV.octets([]), "subjectKeyIdentifier is empty"),
    ("2.5.29.14", TLV.null, "subjectKeyIdentifier is an element of tag 5, not an OCTET STRING"),
    ("2.5.29.35", TLV.octets([1]), "authorityKeyIdentifier is an OCTET STRING, not a SEQUENCE"),
  ]

  private static let subtree = TLV.sequence(TLV.field(2, [0x61]))

  @Test("a malformed extension is refused, critical or not", arguments: malformed)
  func refuses(_ identifier: String, _ value: [UInt8], _ sentence: String) {
    for critical in [true, false] {
      let error = #expect(throws: CertificateError.self) {
        try RawCertificate.parse(extension: identifier, critical: critical, value)
      }
      #expect(error?.description == "the certificate's \(sentence)")
    }
  }

  @Test("an extension that stands there twice is refused")
  func duplicate() {
    for identifier in ["1.2.3.4", Self.keyUsage] {
      let one = TLV.certificateExtension(identifier, TLV.bits([0x80], unused: 7))
      let error = #expect(throws: CertificateError.self) {
        try RawCertificate.parse { $0.extensions = [one, one] }
      }
      #expect(error?.description == "the certificate's extensions have \(identifier) twice")
    }
  }

  private static let lists: [([UInt8]?, String)] = [
    (nil, "extensions are empty"),
    (TLV.sequence(TLV.identifier("1.2.3")), "extension has no extnValue"),
    (
      TLV.sequence(TLV.identifier("1.2.3"), TLV.null),
      "extnValue is an element of tag 5, not an OCTET STRING"
    ),
    (
      TLV.sequence(TLV.identifier("1.2.3"), TLV.octets([]), TLV.null),
      "extension has more fields than it may"
    ),
    (
      TLV.sequence(TLV.identifier("1.2.3"), TLV.element(1, [2]), TLV.octets([])),
      "critical is a BOOLEAN that is neither 0 nor 255"
    ),
    (
      TLV.sequence(TLV.identifier("1.2.3"), TLV.element(1, [0]), TLV.octets([])),
      "critical writes out the FALSE that it has without"
    ),
    (TLV.sequence(TLV.octets([1]), TLV.octets([])), "extnID is not an OBJECT IDENTIFIER"),
    (TLV.null, "extension is an element of tag 5, not a SEQUENCE"),
  ]

  @Test("a malformed list of extensions is refused", arguments: lists)
  func list(_ one: [UInt8]?, _ sentence: String) {
    let error = #expect(throws: CertificateError.self) {
      try RawCertificate.parse { $0.extensions = one.map { [$0] } ?? [] }
    }
    #expect(error?.description == "the certificate's \(sentence)")
  }

  @Test("an unknown extension matters only if it is critical")
  func criticality() throws {
    let unknown = TLV.octets([1])
    #expect(
      try RawCertificate.parse(extension: "1.2.3", critical: true, unknown)
        .unknownCriticalExtensions.map(\.text) == ["1.2.3"])
    #expect(
      try RawCertificate.parse(extension: "1.2.3", unknown).unknownCriticalExtensions.isEmpty)
  }

  @Test("identifiers below 2 are shown as they are, however large")
  func largeIdentifiers() throws {
    let cases: [([UInt8], String)] = [
      ([0x00], "0.0"), ([0x27], "0.39"), ([0x28], "1.0"), ([0x4f], "1.39"), ([0x50], "2.0"),
      ([0x77], "2.39"), ([0x78], "2.40"), ([0x81, 0x00], "2.48"), ([0x88, 0x37, 0x03], "2.999.3"),
    ]
    for (contents, text) in cases {
      let one = TLV.sequence(TLV.element(6, contents), TLV.true, TLV.octets([]))
      #expect(
        try RawCertificate.parse { $0.extensions = [one] }.unknownCriticalExtensions.map(\.text)
          == [text])
    }
  }

  @Test("extensions that are understood are not unknown when they are critical")
  func understood() throws {
    let known: [(String, [UInt8])] = [
      (Self.names, TLV.sequence(TLV.field(2, [0x61]))),
      (Self.basicConstraints, TLV.sequence([])), (Self.keyUsage, TLV.bits([0x80], unused: 7)),
      (Self.extendedKeyUsage, TLV.sequence(Self.serverAuth)),
      (Self.nameConstraints, TLV.sequence(TLV.tagged(0, Self.subtree))),
      ("2.5.29.14", TLV.octets([1])), ("2.5.29.35", TLV.sequence(TLV.field(0, [1]))),
      ("2.5.29.18", TLV.sequence(TLV.field(2, [0x61]))),
      ("2.5.29.31", TLV.sequence(TLV.sequence(TLV.tagged(0, TLV.tagged(0, TLV.field(6, [0x61])))))),
      ("2.5.29.32", TLV.sequence(TLV.sequence(TLV.identifier("1.2.3")))),
      ("2.5.29.33", TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.identifier("1.2.4")))),
      ("2.5.29.36", TLV.sequence(TLV.field(0, [0]))), ("2.5.29.54", TLV.integer(0)),
      ("1.3.6.1.5.5.7.1.1", Self.access), ("1.3.6.1.5.5.7.1.11", Self.access),
      ("1.3.6.1.5.5.7.1.24", TLV.sequence(TLV.integer(5))), ("1.3.6.1.5.5.7.48.1.5", TLV.null),
    ]
    for (identifier, value) in known {
      let certificate = try RawCertificate.parse(extension: identifier, critical: true, value)
      #expect(certificate.unknownCriticalExtensions.isEmpty)
      let type = try #require(OID(identifier))
      #expect(certificate.isCritical(type))
    }
  }

  private static let access = TLV.sequence(
    TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.48.1"), TLV.field(6, [0x61])))

  @Test("what is read but never processed is unknown where it is critical")
  func notProcessed() throws {
    let point = TLV.sequence(TLV.tagged(0, TLV.tagged(0, TLV.field(6, [0x61]))))
    let timestamps = TLV.octets([0, 3, 0, 1, 9])
    let cases: [(String, [UInt8])] = [
      ("2.5.29.46", TLV.sequence(point)), ("1.3.6.1.4.1.11129.2.4.2", timestamps),
      ("1.3.6.1.4.1.11129.2.4.3", TLV.null),
    ]
    for (identifier, value) in cases {
      let certificate = try RawCertificate.parse(extension: identifier, critical: true, value)
      #expect(certificate.unknownCriticalExtensions.map(\.text) == [identifier])
      #expect(certificate.isPrecertificate == identifier.hasSuffix(".3"))
      let plain = try RawCertificate.parse(extension: identifier, value)
      #expect(plain.unknownCriticalExtensions.isEmpty)
    }
  }

  @Test("roots in use have zeros at the end of a key usage, and are read")
  func trailingZeros() throws {
    let usage = try RawCertificate.parse(
      extension: Self.keyUsage, TLV.bits([0x06, 0x00], unused: 7)
    ).keyUsage
    #expect(usage == [.keyCertSign, .cRLSign])
  }

  @Test("every bit of a key usage has its name")
  func keyUsages() throws {
    let names = [
      "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
      "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
    ]
    for (bit, name) in names.enumerated() {
      var bytes = [UInt8](repeating: 0, count: bit / 8 + 1)
      bytes[bit / 8] = 0x80 >> UInt8(bit % 8)
      let usage = try RawCertificate.parse(
        extension: Self.keyUsage, TLV.bits(bytes, unused: UInt8(7 - bit % 8))
      ).keyUsage
      #expect(usage?.description == name)
      #expect(usage == KeyUsage(rawValue: 1 << UInt16(bit)))
    }
  }

  @Test("a path length is what it says, and cA is FALSE where nothing is said")
  func pathLengths() throws {
    func constraints(_ contents: [UInt8]...) throws -> BasicConstraints? {
      try RawCertificate.parse(
        extension: Self.basicConstraints, TLV.sequence(contents.flatMap(\.self))
      ).basicConstraints
    }
    #expect(try constraints()?.isAuthority == false)
    #expect(try constraints(TLV.true)?.isAuthority == true)
    #expect(try constraints(TLV.true)?.pathLength == nil)
    #expect(try constraints(TLV.true, TLV.integer(0))?.pathLength == 0)
    #expect(
      try constraints(TLV.true, TLV.integer(0x7f, 0xff, 0xff, 0xff))?.pathLength == 2_147_483_647)
  }

  @Test("purposes are named or numbered, and no more are shown than a line holds")
  func purposes() throws {
    let many = (1...20).flatMap { TLV.identifier("1.2.\($0)") }
    let usage = try RawCertificate.parse(extension: Self.extendedKeyUsage, TLV.sequence(many))
      .extendedKeyUsage
    #expect(
      usage?.description
        == "1.2.1, 1.2.2, 1.2.3, 1.2.4, 1.2.5, 1.2.6, 1.2.7, 1.2.8 and 12 more")
    let any = try RawCertificate.parse(
      extension: Self.extendedKeyUsage, TLV.sequence(TLV.identifier("2.5.29.37.0"))
    ).extendedKeyUsage
    #expect(any?.description == "anyExtendedKeyUsage")
    #expect(any?.allowsAnything == true)
    #expect(any?.allowsServerAuthentication == false)
  }
}
