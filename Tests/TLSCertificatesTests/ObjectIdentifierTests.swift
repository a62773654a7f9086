import Testing

@testable import TLSCertificates

@Suite("Object identifiers")
struct ObjectIdentifierTests {
  @Test(
    "a text means an identifier and is given back",
    arguments: [
      "0.0", "0.39", "1.0", "1.39", "2.0", "2.48", "2.999.3", "2.5.29.19", "1.2.840.113549.1",
    ])
  func reads(_ text: String) throws {
    let identifier = try #require(OID(text))
    #expect(identifier.text == text)
    #expect("\(identifier)" == text)
    #expect(identifier == OID(text))
    let read = try RawCertificate.parse(
      extension: "2.5.29.37", TLV.sequence(TLV.element(6, identifier.asn1.content)))
    #expect(read.extendedKeyUsage?.purposes == [identifier])
    #expect(read.extendedKeyUsage?.purposes.first?.hashValue == identifier.hashValue)
  }

  @Test(
    "a text that means none gives none",
    arguments: ["", "1", "1.", ".1", "3.1", "1.40", "1.2.x", "1.02", "1.-2", "1.2.9999999999"])
  func refuses(_ text: String) {
    #expect(OID(text) == nil)
  }

  @Test("what is known has its name, and nothing else has one")
  func names() {
    #expect(OID.serverAuth.name == "serverAuth")
    #expect(OID.anyPolicy.text == "2.5.29.32.0")
    #expect(OID.Extensions.tlsFeature.text == "1.3.6.1.5.5.7.1.24")
    #expect(OID.Extensions.precertificatePoison.name == "precertificate poison")
    #expect(OID("1.2.3")?.name == nil)
  }

  @Test("numbers that fit into 63 bits are read, and larger ones are not")
  func large() throws {
    let most: [UInt8] = [0x2a] + [UInt8](repeating: 0xff, count: 8) + [0x7f]
    let read = try RawCertificate.parse(
      extension: "2.5.29.37", TLV.sequence(TLV.element(6, most)))
    #expect(read.extendedKeyUsage?.description == "1.2.9223372036854775807")
    let first = try RawCertificate.parse(
      extension: "2.5.29.37", TLV.sequence(TLV.element(6, Array(most.dropFirst()))))
    #expect(first.extendedKeyUsage?.description == "2.9223372036854775727")
    let more: [UInt8] = [0x2a, 0x81] + [UInt8](repeating: 0x80, count: 8) + [0x00]
    #expect(throws: CertificateError("extKeyUsage", "is not an OBJECT IDENTIFIER")) {
      try RawCertificate.parse(extension: "2.5.29.37", TLV.sequence(TLV.element(6, more)))
    }
  }
}
