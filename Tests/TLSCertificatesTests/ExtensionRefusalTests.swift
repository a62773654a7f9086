import Testing

@testable import TLSCertificates

@Suite("Malformed extensions, one field at a time")
struct ExtensionRefusalTests {
  private static let all: [(String, String)] = [
    ("2.5.29.14", "subjectKeyIdentifier"), ("2.5.29.15", "keyUsage"),
    ("2.5.29.17", "subjectAltName"), ("2.5.29.18", "issuerAltName"),
    ("2.5.29.19", "basicConstraints"), ("2.5.29.30", "nameConstraints"),
    ("2.5.29.31", "cRLDistributionPoints"), ("2.5.29.32", "certificatePolicies"),
    ("2.5.29.33", "policyMappings"), ("2.5.29.35", "authorityKeyIdentifier"),
    ("2.5.29.36", "policyConstraints"), ("2.5.29.37", "extKeyUsage"),
    ("2.5.29.46", "freshestCRL"), ("2.5.29.54", "inhibitAnyPolicy"),
    ("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"), ("1.3.6.1.5.5.7.1.11", "subjectInfoAccess"),
    ("1.3.6.1.5.5.7.1.24", "tlsFeature"), ("1.3.6.1.5.5.7.48.1.5", "ocsp-nocheck"),
    ("1.3.6.1.4.1.11129.2.4.2", "signedCertificateTimestampList"),
  ]

  @Test("what is empty, cut off, or followed by something is refused by name", arguments: all)
  func notDER(_ identifier: String, _ name: String) throws {
    let everything = try Certificate(fixture: OpenSSLEverything.certificate)
    let type = try #require(OID(identifier))
    let good = try #require(everything.extension(type)).der
    #expect(MalformedExtension(identifier, good, "").found == ["(it is read)", "(it is read)"])
    for value in [[], Array(good.dropLast()), good + [0], good + TLV.null, [0x30, 0x80, 0, 0]] {
      let malformed = MalformedExtension(identifier, value, "\(name) is not DER")
      #expect(malformed.found == [malformed.sentence, malformed.sentence])
    }
    let wrong = MalformedExtension(identifier, TLV.element(0x0a, [1]), "")
    #expect(wrong.found.allSatisfy { $0.hasPrefix("\(name) is ") })
  }

  @Test("an empty list is refused by name, where a list is what it is", arguments: all)
  func empty(_ identifier: String, _ name: String) {
    let isOther = ["2.5.29.14", "2.5.29.15", "2.5.29.54"].contains(identifier)
    guard !isOther, !identifier.hasPrefix("1.3.6.1.5.5.7.48"), !identifier.hasSuffix(".2.4.2")
    else { return }
    let found = MalformedExtension(identifier, TLV.sequence([]), "").found
    switch identifier {
    // Neither field of these need be there: OpenSSL writes the second without any.
    case "2.5.29.19", "2.5.29.35": #expect(found == ["(it is read)", "(it is read)"])
    case "2.5.29.30", "2.5.29.36":
      #expect(found == ["\(name) constrain nothing", "\(name) constrain nothing"])
    default: #expect(found == ["\(name) is empty", "\(name) is empty"])
    }
  }

  private static let names = "2.5.29.17"

  private static let generalNames: [MalformedExtension] = [
    .init(
      names, TLV.sequence(TLV.field(1, [0x80])),
      "subjectAltName has an email address that is not ASCII"),
    .init(names, TLV.sequence(TLV.field(6, [0xff])), "subjectAltName has a URI that is not ASCII"),
    .init(
      names, TLV.sequence(TLV.tagged(1, TLV.octets([1]))),
      "subjectAltName is the field [1] in constructed form"),
    .init(
      names, TLV.sequence(TLV.field(0, [1])),
      "subjectAltName is the field [0] in primitive form"),
    .init(names, TLV.sequence(TLV.tagged(0)), "subjectAltName has no type-id"),
    .init(
      names, TLV.sequence(TLV.tagged(0, TLV.identifier("1.2.3"))),
      "subjectAltName has no value"),
    .init(
      names, TLV.sequence(TLV.tagged(0, TLV.identifier("1.2.3"), TLV.null)),
      "subjectAltName has an otherName without a value"),
    .init(
      names, TLV.sequence(TLV.tagged(0, TLV.identifier("1.2.3"), TLV.tagged(0))),
      "subjectAltName has a tag around other than one element"),
    .init(
      names,
      TLV.sequence(
        TLV.tagged(0, TLV.identifier("1.2.3"), TLV.tagged(0, TLV.null), TLV.null)),
      "subjectAltName has more fields than it may"),
    .init(
      names, TLV.sequence(TLV.field(3, [1])),
      "subjectAltName is the field [3] in primitive form"),
    .init(
      names, TLV.sequence(TLV.field(5, [1])),
      "subjectAltName is the field [5] in primitive form"),
    .init(
      names, TLV.sequence(TLV.field(8, [])),
      "subjectAltName is not an OBJECT IDENTIFIER"),
    .init(
      names, TLV.sequence(TLV.field(8, [0x2a, 0x80, 0x01])),
      "subjectAltName is not an OBJECT IDENTIFIER"),
    .init(
      names, TLV.sequence(TLV.field(8, [UInt8](repeating: 1, count: 65))),
      "subjectAltName is an OBJECT IDENTIFIER of 65 bytes, more than 64"),
    .init(
      names, TLV.sequence(TLV.tagged(4, TLV.sequence(TLV.null))),
      "subjectAltName is an element of tag 5, not a SET"),
    .init(
      names,
      TLV.sequence([[UInt8]](repeating: TLV.field(2, [0x61]), count: 2_049).flatMap(\.self)),
      "subjectAltName has more than 2048 names"),
  ]

  private static let keys = "2.5.29.35"

  private static let keyIdentifiers: [MalformedExtension] = [
    .init(keys, TLV.sequence(TLV.field(0, [])), "authorityKeyIdentifier is empty"),
    .init(
      keys, TLV.sequence(TLV.tagged(1, TLV.field(2, [0x61]))),
      "authorityKeyIdentifier has one of authorityCertIssuer and authorityCertSerialNumber alone"),
    .init(
      keys, TLV.sequence(TLV.field(2, [1])),
      "authorityKeyIdentifier has one of authorityCertIssuer and authorityCertSerialNumber alone"),
    .init(
      keys, TLV.sequence(TLV.tagged(1), TLV.field(2, [1])),
      "authorityKeyIdentifier is empty"),
    .init(
      keys, TLV.sequence(TLV.tagged(1, TLV.field(2, [0x61])), TLV.field(2, [0x80])),
      "authorityKeyIdentifier is negative"),
    .init(
      keys, TLV.sequence(TLV.tagged(1, TLV.field(2, [0x61])), TLV.field(2, [])),
      "authorityKeyIdentifier is an empty INTEGER"),
    .init(
      keys,
      TLV.sequence(
        TLV.tagged(1, TLV.field(2, [0x61])), TLV.field(2, [UInt8](repeating: 1, count: 21))),
      "authorityKeyIdentifier has 21 bytes, more than 20"),
    .init(
      keys, TLV.sequence(TLV.field(0, [1]), TLV.field(0, [1])),
      "authorityKeyIdentifier has more fields than it may"),
    .init(
      keys, TLV.sequence(TLV.field(3, [1])),
      "authorityKeyIdentifier has more fields than it may"),
  ]

  private static let points = "2.5.29.31"

  private static func point(_ fields: [UInt8]...) -> [UInt8] {
    TLV.sequence(TLV.sequence(fields.flatMap(\.self)))
  }

  private static let uri = TLV.tagged(0, TLV.tagged(0, TLV.field(6, Array("http://a/".utf8))))

  private static let distributionPoints: [MalformedExtension] = [
    .init(
      points, point(),
      "cRLDistributionPoints has a distribution point without a name and an issuer"),
    .init(
      points, point(TLV.field(1, [6, 0x40])),
      "cRLDistributionPoints has a distribution point without a name and an issuer"),
    .init(
      points, point(TLV.tagged(0)),
      "cRLDistributionPoints has a tag around other than one element"),
    .init(points, point(TLV.tagged(0, TLV.tagged(0))), "cRLDistributionPoints is empty"),
    .init(
      points, point(TLV.tagged(0, TLV.tagged(2))),
      "cRLDistributionPoints has a distribution point's name of no known form"),
    .init(
      points, point(TLV.tagged(0, TLV.tagged(1))),
      "cRLDistributionPoints has an empty relative name"),
    .init(points, point(uri, TLV.field(1, [0])), "cRLDistributionPoints has no reason"),
    .init(
      points, point(uri, TLV.field(1, [0, 0x40])),
      "cRLDistributionPoints has zero bits at its end"),
    .init(
      points, point(uri, TLV.field(1, [6, 0x41])),
      "cRLDistributionPoints is not a BIT STRING"),
    .init(
      points, point(uri, TLV.field(1, [0, 1, 1, 1])),
      "cRLDistributionPoints has more bits than there are names for"),
    .init(points, point(uri, TLV.tagged(2)), "cRLDistributionPoints is empty"),
    .init(
      points, point(TLV.field(1, [6, 0x40]), uri),
      "cRLDistributionPoints has more fields than it may"),
    .init(
      points, TLV.sequence([[UInt8]](repeating: TLV.sequence(uri), count: 65).flatMap(\.self)),
      "cRLDistributionPoints has more than 64 distribution points"),
    .init(
      "2.5.29.46", point(),
      "freshestCRL has a distribution point without a name and an issuer"),
  ]

  private static let timestamps = "1.3.6.1.4.1.11129.2.4.2"
  private static let logs = "signedCertificateTimestampList"

  private static func list(_ bytes: [UInt8]) -> [UInt8] {
    TLV.octets([UInt8(bytes.count / 256), UInt8(bytes.count % 256)] + bytes)
  }

  /// One of version 1, as far as this many bytes of its 48.
  private static func timestamp(_ count: Int = 48, trailer: [UInt8] = []) -> [UInt8] {
    let whole = [0] + [UInt8](repeating: 7, count: 40) + [0, 0, 4, 3, 0, 1, 9]
    let bytes = Array(whole.prefix(count)) + trailer
    return list([0, UInt8(bytes.count)] + bytes)
  }

  private static let services: [MalformedExtension] = [
    .init(
      "1.3.6.1.5.5.7.1.1", TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"))),
      "authorityInfoAccess has no accessLocation"),
    .init(
      "1.3.6.1.5.5.7.1.1",
      TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.text(0x16, "http://a/"))),
      "authorityInfoAccess has a name of no known form"),
    .init(
      "1.3.6.1.5.5.7.1.11",
      TLV.sequence(TLV.sequence(TLV.identifier("1.2.3"), TLV.field(6, [0x61]), TLV.null)),
      "subjectInfoAccess has more fields than it may"),
    .init("1.3.6.1.5.5.7.1.24", TLV.sequence(TLV.integer(0xff)), "tlsFeature is negative"),
    .init(
      "1.3.6.1.5.5.7.1.24", TLV.sequence(TLV.integer(1, 0, 0)),
      "tlsFeature has a feature that is no extension of TLS"),
    .init(
      "1.3.6.1.5.5.7.1.24",
      TLV.sequence([[UInt8]](repeating: TLV.integer(5), count: 65).flatMap(\.self)),
      "tlsFeature has more than 64 features"),
    .init(
      "1.3.6.1.5.5.7.48.1.5", TLV.element(5, [0]),
      "ocsp-nocheck is a NULL with something in it"),
    .init(
      "1.3.6.1.5.5.7.48.1.5", TLV.sequence([]),
      "ocsp-nocheck is a SEQUENCE, not an element of tag 5"),
    .init(timestamps, TLV.octets([]), "\(logs) ends too early"),
    .init(timestamps, TLV.octets([0]), "\(logs) ends too early"),
    .init(timestamps, TLV.octets([0, 0]), "\(logs) is empty"),
    .init(timestamps, TLV.octets([0, 0, 0]), "\(logs) has bytes after its end"),
    .init(timestamps, list([0, 0]), "\(logs) ends too early"),
    .init(timestamps, list([0, 2, 1]), "\(logs) ends too early"),
    .init(timestamps, timestamp(trailer: [0]), "\(logs) has bytes after its end"),
    .init(
      timestamps,
      list(
        [UInt8](repeating: 1, count: 3 * 65).enumerated().map {
          $0.offset % 3 == 0 ? 0 : $0.element
        }), "\(logs) has more than 64 timestamps"),
  ]

  @Test(
    "names, key identifiers, distribution points and services",
    arguments: generalNames + keyIdentifiers + distributionPoints + services)
  func refuses(_ malformed: MalformedExtension) {
    #expect(malformed.found == [malformed.sentence, malformed.sentence])
  }

  @Test("a timestamp that ends anywhere but at its end is refused", arguments: 1..<48)
  func cutTimestamp(_ count: Int) {
    let found = MalformedExtension(Self.timestamps, Self.timestamp(count), "").found
    #expect(found == ["\(Self.logs) ends too early", "\(Self.logs) ends too early"])
    #expect(
      MalformedExtension(Self.timestamps, Self.timestamp(), "").found
        == ["(it is read)", "(it is read)"])
  }

  @Test("names that nothing reads are kept, and so is a zero in the midst of a name")
  func kept() throws {
    let x400 = TLV.tagged(3, TLV.sequence())
    let edi = TLV.tagged(5, TLV.tagged(1, TLV.text(0x0c, "a")))
    let names = try RawCertificate.parse(
      extension: Self.names,
      TLV.sequence(x400, edi, TLV.field(2, Array("a.example\u{0}.b".utf8)), TLV.field(2, []))
    ).subjectAlternativeNames
    #expect(
      names?.names == [
        .x400Address(der: x400), .ediPartyName(der: edi), .dnsName("a.example\u{0}.b"),
        .dnsName(""),
      ])
    #expect(
      names?.names.map(\.description)
        == ["x400Address", "ediPartyName", "DNS:a.example\\u{0}.b", "DNS:"])
  }
}
