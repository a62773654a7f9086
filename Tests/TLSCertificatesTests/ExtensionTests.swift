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
      "subjectAltName is the field [2], not the field [2]"
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
    (keyUsage, TLV.bits([]), "keyUsage allows nothing"),
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
    (nameConstraints, TLV.sequence(TLV.tagged(0)), "nameConstraints constrain nothing"),
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

  @Test("an unknown extension matters only if it is critical, and FALSE may be written out")
  func criticality() throws {
    let unknown = TLV.octets([1])
    #expect(
      try RawCertificate.parse(extension: "1.2.3", critical: true, unknown)
        .unknownCriticalExtensions == ["1.2.3"])
    #expect(
      try RawCertificate.parse(extension: "1.2.3", unknown).unknownCriticalExtensions.isEmpty)
    let written = TLV.sequence(
      TLV.identifier("1.2.3"), TLV.element(1, [0]), TLV.octets(unknown))
    #expect(
      try RawCertificate.parse { $0.extensions = [written] }.unknownCriticalExtensions.isEmpty)
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
        try RawCertificate.parse { $0.extensions = [one] }.unknownCriticalExtensions == [text])
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
      ("2.5.29.32", TLV.sequence([])),
    ]
    for (identifier, value) in known {
      let certificate = try RawCertificate.parse(extension: identifier, critical: true, value)
      #expect(certificate.unknownCriticalExtensions.isEmpty)
    }
  }

  @Test("policy constraints and the end of anyPolicy are unknown, and refused if critical")
  func policies() throws {
    for identifier in ["2.5.29.36", "2.5.29.54", "2.5.29.33"] {
      let certificate = try RawCertificate.parse(
        extension: identifier, critical: true, TLV.integer(0))
      #expect(certificate.unknownCriticalExtensions == [identifier])
    }
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
    #expect(try constraints(TLV.element(1, [0]))?.isAuthority == false)
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

  @Test("ten thousand names, purposes and extensions are read in a moment")
  func many() throws {
    let names = [[UInt8]](repeating: TLV.field(2, [0x61]), count: 10_000).flatMap(\.self)
    let read = try RawCertificate.parse(extension: Self.names, TLV.sequence(names))
    #expect(read.subjectAlternativeNames?.dnsNames.count == 10_000)
    let purposes = [[UInt8]](repeating: TLV.identifier("1.2.3"), count: 10_000).flatMap(\.self)
    #expect(
      try RawCertificate.parse(extension: Self.extendedKeyUsage, TLV.sequence(purposes))
        .extendedKeyUsage?.purposes.count == 10_000)
    let certificate = try RawCertificate.parse { raw in
      raw.extensions = (0..<4000).map {
        TLV.certificateExtension("1.2.\($0)", critical: true, [])
      }
    }
    #expect(certificate.unknownCriticalExtensions.count == 4000)
  }
}
