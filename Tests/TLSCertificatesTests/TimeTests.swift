import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Times in certificates (RFC 5280 section 4.1.2.5)")
struct TimeTests {
  private static let times: [([UInt8], String)] = [
    (TLV.utcTime("500101000000Z"), "1950-01-01T00:00:00Z"),
    (TLV.utcTime("991231235959Z"), "1999-12-31T23:59:59Z"),
    (TLV.utcTime("000229120000Z"), "2000-02-29T12:00:00Z"),
    (TLV.utcTime("491231235959Z"), "2049-12-31T23:59:59Z"),
    (TLV.generalizedTime("20500101000000Z"), "2050-01-01T00:00:00Z"),
    (TLV.generalizedTime("99991231235959Z"), "9999-12-31T23:59:59Z"),
    // Authorities must write UTCTime before 2050, and applications must read either form: a root
    // of Debian's has this, and so has a valid certificate of NIST's path validation suite.
    (TLV.generalizedTime("20300101000000Z"), "2030-01-01T00:00:00Z"),
    (TLV.generalizedTime("19500101000000Z"), "1950-01-01T00:00:00Z"),
    (TLV.generalizedTime("00000101000000Z"), "0000-01-01T00:00:00Z"),
  ]

  @Test("a time is read to the second, with the century that its form has", arguments: times)
  func reads(_ time: [UInt8], _ description: String) throws {
    let certificate = try RawCertificate.parse {
      $0.notBefore = time
      $0.notAfter = time
    }
    #expect(certificate.notBefore == certificate.notAfter)
    #expect(certificate.notAfter.description == description)
  }

  private static let noTimes: [([UInt8], String)] = [
    (TLV.utcTime("2601010000Z"), "is not a time"),
    (TLV.utcTime("260101000000"), "is not a time"),
    (TLV.utcTime("260101000000+0000"), "is not a time"),
    (TLV.utcTime("260101000000z"), "is not a time"),
    (TLV.utcTime("260101000000ZZ"), "is not a time"),
    (TLV.utcTime("260101000000.5Z"), "is not a time"),
    (TLV.utcTime("20260101000000Z"), "is not a time"),
    (TLV.utcTime("26010100000 Z"), "is not a time"),
    (TLV.utcTime("-60101000000Z"), "is not a time"),
    (TLV.utcTime(""), "is not a time"),
    (TLV.utcTime("260001000000Z"), "is not a time"),
    (TLV.utcTime("261301000000Z"), "is not a time"),
    (TLV.utcTime("260100000000Z"), "is not a time"),
    (TLV.utcTime("260132000000Z"), "is not a time"),
    (TLV.utcTime("260229000000Z"), "is not a time"),
    (TLV.utcTime("260101240000Z"), "is not a time"),
    (TLV.utcTime("260101006000Z"), "is not a time"),
    (TLV.utcTime("260101000060Z"), "is a date that there is not"),
    (TLV.utcTime("260101000061Z"), "is a date that there is not"),
    (TLV.utcTime("260101000062Z"), "is not a time"),
    (TLV.generalizedTime("20500101000000"), "is not a time"),
    (TLV.generalizedTime("205001010000Z"), "is not a time"),
    (TLV.generalizedTime("20500101000000+0100"), "is not a time"),
    (TLV.generalizedTime("20500101000000.5Z"), "has a fraction of a second"),
    (TLV.generalizedTime("20500101000000.Z"), "is not a time"),
    (TLV.generalizedTime("20500101000000.50Z"), "is not a time"),
    (TLV.generalizedTime("500101000000Z"), "is not a time"),
    (TLV.generalizedTime("20500229000000Z"), "is not a time"),
    (TLV.generalizedTime("20500101000060Z"), "is a date that there is not"),
    (TLV.text(0x0c, "260101000000Z"), "is not a time"),
    (TLV.integer(1), "is not a time"),
    (TLV.element(0x37, TLV.utcTime("260101000000Z")), "is not a time"),
  ]

  @Test("what is no time in UTC with seconds is refused", arguments: noTimes)
  func refuses(_ time: [UInt8], _ problem: String) {
    #expect(throws: CertificateError("notAfter", problem)) {
      try RawCertificate.parse { $0.notAfter = time }
    }
    #expect(throws: CertificateError("notBefore", problem)) {
      try RawCertificate.parse { $0.notBefore = time }
    }
  }

  @Test("what ends before it begins is refused, and what ends when it begins is not")
  func order() throws {
    #expect(throws: CertificateError("validity", "ends before it begins")) {
      try RawCertificate.parse { $0.notAfter = TLV.utcTime("251231235959Z") }
    }
    let moment = try RawCertificate.parse { $0.notAfter = $0.notBefore }
    #expect(moment.notBefore == moment.notAfter)
  }

  @Test(
    "the builder writes UTCTime through 2049 and GeneralizedTime elsewhere",
    arguments: [
      ("1949-12-31T23:59:59Z", 0x18), ("1950-01-01T00:00:00Z", 0x17),
      ("2049-12-31T23:59:59Z", 0x17), ("2050-01-01T00:00:00Z", 0x18),
      ("9999-12-31T23:59:59Z", 0x18),
    ] as [(String, UInt8)])
  func writes(_ text: String, _ tag: UInt8) throws {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    let time = try #require(
      Timestamp(
        year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
        minute: numbers[4], second: numbers[5]))
    let certificate = try Party.root("Times") {
      $0.notBefore = time
      $0.notAfter = time
    }.certificate
    #expect(certificate.notAfter == time)
    #expect(certificate.notAfter.description == text)
    let digits = (tag == 0x17 ? String(text.dropFirst(2)) : text).filter(\.isNumber) + "Z"
    let expected = TLV.text(tag, digits)
    #expect(certificate.der.firstRange(of: TLV.sequence(expected, expected)) != nil)
  }
}
