import Foundation
import Testing

@testable import TLSCertificates

@Suite("Bounds of parsing: nothing makes it slow")
struct ParsingBoundTests {
  @Test("as many names, purposes and extensions as there may be are read, and no more")
  func counts() throws {
    func names(_ count: Int) -> [UInt8] {
      TLV.sequence([[UInt8]](repeating: TLV.field(2, [0x61]), count: count).flatMap(\.self))
    }
    #expect(
      try RawCertificate.parse(extension: "2.5.29.17", names(2_048)).subjectAlternativeNames?
        .dnsNames.count == 2_048)
    func subtrees(_ count: Int) -> [UInt8] {
      let one = TLV.sequence(TLV.field(2, [0x61]))
      return TLV.sequence(TLV.tagged(0, [[UInt8]](repeating: one, count: count).flatMap(\.self)))
    }
    #expect(
      try RawCertificate.parse(extension: "2.5.29.30", subtrees(2_048)).nameConstraints?.count
        == 2_048)
    #expect(throws: CertificateError("nameConstraints", "has more than 2048 subtrees")) {
      try RawCertificate.parse(extension: "2.5.29.30", subtrees(2_049))
    }
    func purposes(_ count: Int) -> [UInt8] {
      TLV.sequence([[UInt8]](repeating: TLV.identifier("1.2.3"), count: count).flatMap(\.self))
    }
    #expect(
      try RawCertificate.parse(extension: "2.5.29.37", purposes(256)).extendedKeyUsage?.purposes
        .count == 256)
    #expect(throws: CertificateError("extKeyUsage", "has more than 256 purposes")) {
      try RawCertificate.parse(extension: "2.5.29.37", purposes(257))
    }
    func extensions(_ count: Int) -> [[UInt8]] {
      (0..<count).map { TLV.certificateExtension("1.2.\($0)", critical: true, []) }
    }
    #expect(
      try RawCertificate.parse { $0.extensions = extensions(64) }.unknownCriticalExtensions.count
        == 64)
    #expect(throws: CertificateError("extensions", "are more than 64")) {
      try RawCertificate.parse { $0.extensions = extensions(65) }
    }
  }

  /// An extension that nothing reads, but which is part of the certificate.
  private static func nested(_ depth: Int) -> [UInt8] {
    (0..<depth).reduce(TLV.null) { (inner, _) in TLV.sequence(inner) }
  }

  @Test("nesting is followed fifty deep, in what is read")
  func nesting() {
    func found(_ depth: Int) -> [String] {
      MalformedExtension(
        "2.5.29.17",
        TLV.sequence(
          TLV.tagged(0, TLV.identifier("1.2.3"), TLV.tagged(0, Self.nested(depth)))), ""
      ).found
    }
    #expect(found(46) == ["(it is read)", "(it is read)"])
    #expect(found(47) == ["subjectAltName is not DER", "subjectAltName is not DER"])
    #expect(found(5_000) == ["subjectAltName is not DER", "subjectAltName is not DER"])
  }

  /// Certificates of nearly the largest size that are made of the smallest elements.
  private static let worst: [String: @Sendable (Int) -> [UInt8]] = [
    "nulls where the name is": { count in
      var raw = RawCertificate()
      raw.subject = TLV.sequence([[UInt8]](repeating: TLV.null, count: count).flatMap(\.self))
      return raw.der
    },
    "empty relative names' tags, fifty deep and wide": { count in
      var raw = RawCertificate()
      let deep = nested(40)
      raw.subject = TLV.sequence(
        [[UInt8]](repeating: deep, count: 2 * count / deep.count).flatMap(\.self))
      return raw.der
    },
    "extensions": { count in
      var raw = RawCertificate()
      raw.extensions = (0..<count / 5).map {
        TLV.certificateExtension("1.2.\($0 % 100)", TLV.null)
      }
      return raw.der
    },
    "names within an extension": { count in
      var raw = RawCertificate()
      raw.extensions = [
        TLV.certificateExtension(
          "2.5.29.17",
          TLV.sequence([[UInt8]](repeating: TLV.field(2, []), count: count).flatMap(\.self)))
      ]
      return raw.der
    },
    "numbers of one object identifier": { count in
      var raw = RawCertificate()
      raw.extensions = [
        TLV.sequence(
          TLV.element(6, [UInt8](repeating: 1, count: 2 * count)), TLV.octets(TLV.null))
      ]
      return raw.der
    },
  ]

  /// The generous limit is there for the slowest machine: what is quadratic in 32,000 elements takes
  /// far longer.
  @Test("the largest certificate of the smallest elements is refused soon", arguments: worst.keys)
  func worstCase(_ name: String) throws {
    let make = try #require(Self.worst[name])
    let der = make(32_000)
    #expect((60_000...Certificate.maximumByteCount).contains(der.count))
    let start = ContinuousClock.now
    #expect(throws: CertificateError.self) { try Certificate(der: der) }
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test("the largest certificate that is read is read soon")
  func largest() throws {
    var raw = RawCertificate()
    let name = TLV.field(2, [UInt8](repeating: 0x61, count: 26))
    raw.extensions = [
      TLV.certificateExtension(
        "2.5.29.17", TLV.sequence([[UInt8]](repeating: name, count: 2_048).flatMap(\.self)))
    ]
    let der = raw.der
    #expect(der.count > 57_000)
    let start = ContinuousClock.now
    let certificate = try Certificate(der: der)
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(certificate.subjectAlternativeNames?.names.count == 2_048)
  }
}
