import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// Frankencerts (Brubaker and others 2014), CVE-2014-8275 (certificates with another fingerprint and the
  /// same signature) and BERserk's encodings: a certificate that two readers read in two ways. Each of
  /// these is signed as it should be, so that nothing but its form refuses it.
  @Suite("Ambiguous encodings: a certificate that can be read in two ways is refused")
  struct AmbiguousEncodingTests {
    struct Trick: Sendable, CustomTestStringConvertible {
      let name: String
      let signed: @Sendable (inout SpoiltCertificate) -> Void
      let unsigned: @Sendable (inout RawCertificate) -> Void

      init(
        _ name: String, _ signed: @escaping @Sendable (inout SpoiltCertificate) -> Void = { _ in },
        unsigned: @escaping @Sendable (inout RawCertificate) -> Void = { _ in }
      ) {
        self.name = name
        self.signed = signed
        self.unsigned = unsigned
      }

      var testDescription: String { name }
    }

    private static let sha384 = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.3"))

    private static let tricks = [
      Trick("another algorithm outside than inside", unsigned: { $0.outerAlgorithm = sha384 }),
      Trick("another algorithm inside than outside", { $0.raw.innerAlgorithm = sha384 }),
      Trick(
        "parameters outside alone",
        unsigned: {
          $0.outerAlgorithm = TLV.sequence(TLV.identifier("1.2.840.10045.4.3.2"), TLV.null)
        }),
      Trick("a byte behind the certificate", unsigned: { $0.trailer = [0] }),
      Trick("a second certificate behind it", unsigned: { $0.trailer = RawCertificate().der }),
      Trick("a field behind the signature", unsigned: { $0.moreFields = TLV.null }),
      Trick("a field behind the extensions", { $0.raw.moreBodyFields = TLV.null }),
      Trick(
        "bits of the signature's last byte unused",
        unsigned: { $0.signature[$0.signature.startIndex + 2] = 1 }),
      Trick("a negative serial number", { $0.raw.serialNumber = TLV.integer(0x80) }),
      Trick("a serial number with a needless zero", { $0.raw.serialNumber = TLV.integer(0, 1) }),
      Trick("no serial number", { $0.raw.serialNumber = TLV.integer() }),
      Trick(
        "a serial number of 21 bytes",
        { $0.raw.serialNumber = TLV.element(2, [UInt8](repeating: 1, count: 21)) }),
      Trick(
        "alternative names twice",
        { $0.append("2.5.29.17", TLV.sequence(NameDER.dns("victim.example"))) }),
      Trick(
        "basic constraints twice",
        { $0.append("2.5.29.19", critical: true, TLV.sequence(TLV.true)) }),
      Trick(
        "a criticality of 0x01, which is TRUE in BER",
        {
          $0.setEncoded(
            "2.5.29.37",
            TLV.sequence(
              TLV.identifier("2.5.29.37"), [1, 1, 1],
              TLV.octets(TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.3.1")))))
        }),
      Trick(
        "an authority by a BER TRUE",
        { $0.set("2.5.29.19", critical: true, TLV.sequence([1, 1, 1])) }),
      Trick(
        "a length that is not the shortest",
        {
          $0.setEncoded(
            "2.5.29.17",
            [0x30, 0x81, 0x16] + TLV.identifier("2.5.29.17")
              + TLV.octets(TLV.sequence(NameDER.dns("example.com"))))
        }),
      Trick(
        "a sequence of indefinite length",
        {
          $0.set("2.5.29.17", [0x30, 0x80] + NameDER.dns("example.com") + [0, 0])
        }),
      Trick(
        "bytes behind the value of an extension",
        { $0.set("2.5.29.17", TLV.sequence(NameDER.dns("example.com")) + TLV.null) }),
    ]

    @Test("Signed as it should be, and refused all the same", arguments: tricks)
    func trick(_ trick: Trick) throws {
      let root = try Party.root()
      let der = try SpoiltCertificate.make(below: root, trick.signed, finish: trick.unsigned)
      #expect(throws: CertificateError.self) { try Certificate(der: der) }
    }

    @Test("The one that they are made from is good")
    func good() throws {
      let root = try Party.root()
      let leaf = try Certificate(der: try SpoiltCertificate.make(below: root) { _ in })
      #expect(try refusal(of: [leaf], trusting: [root.certificate]) == nil)
    }

    @Test("A certificate with another signature is another certificate, and is refused")
    func otherSignature() throws {
      let root = try Party.root()
      let der = try SpoiltCertificate.make(below: root) { _ in }
      var changed = der
      changed[changed.count - 1] ^= 1
      let (one, other) = (try Certificate(der: der), try Certificate(der: changed))
      #expect(one != other)
      #expect(one.der != other.der)
      #expect(
        try refusal(of: [other], trusting: [root.certificate])?.rule
          == .badSignature(issuer: "CN=Root"))
    }
  }
}
