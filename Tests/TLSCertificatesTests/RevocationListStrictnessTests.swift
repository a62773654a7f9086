import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("What is no revocation list")
struct RevocationListStrictnessTests {
  private static func refusal(
    _ change: (inout RawRevocationList) -> Void
  ) -> String? {
    do throws(RevocationListError) {
      _ = try RawRevocationList.parse(change)
      return nil
    } catch {
      return error.description.replacing("the revocation list's ", with: "")
    }
  }

  private static func refusal(
    extension identifier: String, critical: Bool = false, _ value: [UInt8]
  ) -> String? {
    refusal {
      $0.extensions?.append(TLV.certificateExtension(identifier, critical: critical, value))
    }
  }

  private static func refusal(entry: [UInt8]) -> String? {
    refusal { $0.entries = [entry] }
  }

  private static func refusal(
    entryExtension identifier: String, critical: Bool = false, _ value: [UInt8]
  ) -> String? {
    refusal(
      entry: RawRevocationList.entry(extensions: [
        TLV.certificateExtension(identifier, critical: critical, value)
      ]))
  }

  @Test("the list that the others are made of is read")
  func good() throws {
    #expect(try RawRevocationList.parse().count == 0)
    let list = try RawRevocationList.parse {
      $0.entries = [
        RawRevocationList.entry(extensions: [TLV.certificateExtension("2.5.29.21", [0x0a, 1, 4])])
      ]
    }
    #expect(list.entry(for: [5])?.reason == .superseded)
  }

  @Test("what is made a tree of is short, however long the list is")
  func trees() {
    let nulls = TLV.sequence([[UInt8]](repeating: TLV.null, count: 40_000).flatMap(\.self))
    #expect(
      Self.refusal { $0.outerAlgorithm = nulls }
        == "signatureAlgorithm has 80005 bytes, more than 1024")
    #expect(Self.refusal { $0.issuer = nulls } == "issuer has 80005 bytes, more than 65536")
    #expect(
      Self.refusal { $0.signature = TLV.bits([UInt8](repeating: 1, count: 70_000)) }
        == "signatureValue has 70006 bytes, more than 65536")
    let value = TLV.certificateExtension("1.2.3", critical: false, nulls)
    #expect(
      Self.refusal { $0.extensions?.append(value) }?.hasSuffix("bytes, more than 65536") == true)
    let indirect = TLV.certificateExtension(
      "2.5.29.28", critical: true, TLV.sequence(TLV.element(0x84, [0xff])))
    func issuer(_ value: [UInt8]) -> [UInt8] {
      RawRevocationList.entry(extensions: [
        TLV.certificateExtension("2.5.29.29", critical: true, value)
      ])
    }
    #expect(
      Self.refusal {
        $0.extensions?.append(indirect)
        $0.entries = [issuer(nulls)]
      } == "certificateIssuer has 80005 bytes, more than 65536")
    // Nor are many made one after the other and kept.
    let long = String(repeating: "x", count: 60_000)
    #expect(
      Self.refusal {
        $0.extensions?.append(indirect)
        $0.entries = (100..<180).map { number in
          issuer(TLV.sequence(TLV.tagged(4, TLV.commonName("\(number) \(long)"))))
        }
      } == "certificateIssuer is one of several of more than 4194304 bytes together")
  }

  @Test("a delta list is refused as one")
  func delta() {
    let found = Self.refusal(extension: "2.5.29.27", critical: true, TLV.integer(1))
    #expect(
      found == "deltaCRLIndicator says that this is a delta list, which tells changes alone; a "
        + "complete list is needed")
  }

  @Test("the outside of a list is as RFC 5280 has it")
  func outside() {
    #expect(Self.refusal { $0.trailer = [0] } == "encoding has more fields than it may")
    #expect(Self.refusal { $0.moreFields = TLV.null } == "encoding has more fields than it may")
    #expect(
      Self.refusal { $0.signature = TLV.bits([2], unused: 1) }
        == "signatureValue is not a BIT STRING of whole bytes")
    #expect(
      Self.refusal { $0.signature = TLV.octets([1]) } == "signatureValue has the tag 4, not 3")
    #expect(
      Self.refusal { $0.outerAlgorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.3")) }
        == "signature is not the same as its signatureAlgorithm")
  }

  @Test("the fields of a list are as RFC 5280 has them")
  func fields() {
    #expect(Self.refusal { $0.version = TLV.integer(0) }?.hasPrefix("version is not 2") == true)
    #expect(Self.refusal { $0.version = TLV.integer(2) }?.hasPrefix("version is not 2") == true)
    #expect(Self.refusal { $0.version = [] } == "version is 1, which has no extensions")
    #expect(Self.refusal { $0.issuer = TLV.sequence() } == "issuer is empty")
    #expect(
      Self.refusal { $0.nextUpdate = [] }
        == "nextUpdate is missing, so that nobody can say when it ends")
    #expect(
      Self.refusal { $0.nextUpdate = TLV.utcTime("261230000000Z") }
        == "nextUpdate is 2026-12-30T00:00:00Z, before thisUpdate, 2026-12-31T00:00:00Z")
    #expect(
      Self.refusal { $0.moreBodyFields = TLV.null } == "tbsCertList has more fields than it may")
    for text in [
      "2612310000Z", "261231000000+0000", "261331000000Z", "26123100000 Z", "26123100000",
    ] {
      #expect(
        Self.refusal { $0.thisUpdate = TLV.utcTime(text) } == "thisUpdate is not a time", "\(text)")
    }
    for text in ["20261231000000.5Z", "20261231000000", "99991331000000Z"] {
      #expect(
        Self.refusal { $0.thisUpdate = TLV.generalizedTime(text) } == "thisUpdate is not a time",
        "\(text)")
    }
    #expect(Self.refusal { $0.thisUpdate = TLV.integer(1) } == "thisUpdate is not a time")
  }

  @Test("times before 1950 and after 2049 are GeneralizedTime, two digits mean 1950 to 2049")
  func times() throws {
    let list = try RawRevocationList.parse {
      $0.thisUpdate = TLV.utcTime("500101000000Z")
      $0.nextUpdate = TLV.utcTime("491231235959Z")
    }
    #expect(list.thisUpdate.description == "1950-01-01T00:00:00Z")
    #expect(list.nextUpdate.description == "2049-12-31T23:59:59Z")
    let later = try RawRevocationList.parse {
      $0.nextUpdate = TLV.generalizedTime("20500101000000Z")
    }
    #expect(later.nextUpdate.description == "2050-01-01T00:00:00Z")
  }

  @Test("the extensions of a list are as RFC 5280 has them")
  func extensions() {
    #expect(Self.refusal { $0.extensions = [] } == "crlExtensions are empty")
    #expect(
      Self.refusal { $0.extensions = nil }
        == "cRLNumber is missing, and a list of version 2 must have one")
    #expect(
      Self.refusal(extension: "2.5.29.20", TLV.integer(1)) == "crlExtensions have 2.5.29.20 twice")
    #expect(
      Self.refusal {
        $0.extensions = [
          TLV.certificateExtension("2.5.29.20", critical: true, TLV.integer(1))
        ]
      } == "cRLNumber is critical, and must not be")
    #expect(
      Self.refusal {
        $0.extensions = [
          TLV.certificateExtension(
            "2.5.29.20", TLV.element(2, [1] + [UInt8](repeating: 0, count: 20)))
        ]
      } == "cRLNumber has 21 bytes, more than 20")
    #expect(
      Self.refusal(extension: "1.2.3", critical: true, TLV.null)
        == "crlExtensions have the critical 1.2.3, which is not understood")
    #expect(Self.refusal(extension: "1.2.3", TLV.null) == nil)
    #expect(Self.refusal(extension: "2.5.29.46", TLV.null) == nil)
  }

  @Test("the scope of a list is as RFC 5280 has it")
  func scope() {
    let identifier = "2.5.29.28"
    func refusal(_ fields: [UInt8]...) -> String? {
      Self.refusal(extension: identifier, critical: true, TLV.sequence(fields.flatMap(\.self)))
    }
    let field = "issuingDistributionPoint"
    #expect(refusal() == "\(field) is empty")
    #expect(
      refusal(TLV.field(1, [0xff]), TLV.field(2, [0xff]))
        == "\(field) limits the list to more than one sort of certificates")
    #expect(refusal(TLV.field(1, [0])) != nil)
    #expect(refusal(TLV.field(1, [1])) != nil)
    #expect(refusal(TLV.field(2, [0xff]), TLV.field(1, [0xff])) != nil)
    #expect(refusal(TLV.field(6, [0xff])) != nil)
    #expect(refusal(TLV.field(3, [0])) != nil)
    #expect(refusal(TLV.field(5, [0xff])) == nil)
    #expect(refusal(TLV.field(4, [0xff])) == nil)
  }

  @Test("the entries of a list are as RFC 5280 has them")
  func entries() {
    typealias Raw = RawRevocationList
    #expect(
      Self.refusal(entry: TLV.integer(1)) == "revokedCertificates have one that is no SEQUENCE")
    #expect(Self.refusal(entry: TLV.sequence()) == "revokedCertificate has no userCertificate")
    #expect(Self.refusal(entry: Raw.entry([0x02, 0x00])) == "userCertificate is an empty INTEGER")
    #expect(Self.refusal(entry: Raw.entry(TLV.integer(0x80))) == "userCertificate is negative")
    #expect(
      Self.refusal(entry: Raw.entry(TLV.integer(0, 1)))
        == "userCertificate is an INTEGER with needless zeros")
    #expect(
      Self.refusal(entry: Raw.entry(TLV.element(2, [1] + [UInt8](repeating: 0, count: 20))))
        == "userCertificate has a serial number of 21 bytes, more than 20")
    #expect(Self.refusal(entry: Raw.entry(date: TLV.null)) == "revocationDate is not a time")
    #expect(Self.refusal(entry: Raw.entry(date: [])) == "revokedCertificate has no revocationDate")
    #expect(
      Self.refusal(entry: Raw.entry(more: TLV.null))
        == "revokedCertificate has more fields than it may")
    #expect(
      Self.refusal { $0.entries = [Raw.entry(), Raw.entry(TLV.integer(6)), Raw.entry()] }
        == "revokedCertificates have the serial number 05 twice")
    #expect(Self.refusal(entry: Raw.entry(extensions: [])) == "crlEntryExtensions are empty")
    #expect(
      Self.refusal {
        $0.version = []
        $0.extensions = nil
        $0.entries = [Raw.entry(extensions: [TLV.certificateExtension("1.2.3", TLV.null)])]
      } == "version is 1, whose entries have no extensions")
  }

  @Test("the extensions of an entry are as RFC 5280 has them")
  func entryExtensions() {
    let reason = TLV.certificateExtension("2.5.29.21", [0x0a, 1, 1])
    #expect(
      Self.refusal(entry: RawRevocationList.entry(extensions: [reason, reason]))
        == "reasonCode is there twice")
    for bad in [[0x0a, 1, 7], [0x0a, 1, 11], [0x0a, 2, 0, 1], [0x0a, 0]] as [[UInt8]] {
      #expect(Self.refusal(entryExtension: "2.5.29.21", bad) == "reasonCode is none that there is")
    }
    #expect(
      Self.refusal(entryExtension: "2.5.29.21", [0x0a, 1, 8])
        == "reasonCode is removeFromCRL, which delta lists alone may have")
    #expect(
      Self.refusal(entryExtension: "2.5.29.21", [0x0a, 1, 1, 0])
        == "crlEntryExtensions has more fields than it may")
    #expect(
      Self.refusal(entryExtension: "2.5.29.24", TLV.utcTime("261231000000Z"))
        == "invalidityDate is no GeneralizedTime")
    #expect(
      Self.refusal(entryExtension: "2.5.29.24", TLV.generalizedTime("20261231000000Z")) == nil)
    #expect(
      Self.refusal(entryExtension: "1.2.3", critical: true, TLV.null)
        == "crlEntryExtensions have a critical one that is not understood")
    #expect(Self.refusal(entryExtension: "1.2.3", TLV.null) == nil)
    // holdInstructionCode, which is obsolete.
    #expect(Self.refusal(entryExtension: "2.5.29.23", TLV.identifier("1.2.840.10040.2.1")) == nil)
    let issuer = TLV.sequence(TLV.tagged(4, TLV.commonName("Other")))
    #expect(
      Self.refusal(entryExtension: "2.5.29.29", critical: true, issuer)
        == "certificateIssuer is in a list that does not say that it is indirect")
  }

  @Test("an entry of an indirect list names one issuer")
  func indirectEntries() {
    func refusal(_ names: [UInt8]...) -> String? {
      Self.refusal {
        $0.extensions?.append(
          TLV.certificateExtension(
            "2.5.29.28", critical: true, TLV.sequence(TLV.field(4, [0xff]))))
        $0.entries = [
          RawRevocationList.entry(extensions: [
            TLV.certificateExtension(
              "2.5.29.29", critical: true, TLV.sequence(names.flatMap(\.self)))
          ])
        ]
      }
    }
    let name = TLV.tagged(4, TLV.commonName("Other"))
    #expect(refusal(name) == nil)
    #expect(refusal(TLV.field(2, Array("example.com".utf8)), name) == nil)
    #expect(refusal() == "certificateIssuer is empty")
    #expect(
      refusal(TLV.field(2, Array("example.com".utf8)))
        == "certificateIssuer has other than one directory name")
    #expect(refusal(name, name) == "certificateIssuer has other than one directory name")
  }

  @Test("lengths are written in the shortest form, and not beyond the end")
  func lengths() {
    for bytes in [
      [], [0x30], [0x30, 0x80], [0x30, 0x81, 0x01, 0x00], [0x30, 0x82, 0x00, 0x80],
      [0x30, 0x85, 1, 0, 0, 0, 0], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x3f, 0x01, 0x00],
      [0x31, 0x00],
    ] as [[UInt8]] {
      #expect(throws: RevocationListError.self) { try CertificateRevocationList(der: bytes) }
    }
  }
}
