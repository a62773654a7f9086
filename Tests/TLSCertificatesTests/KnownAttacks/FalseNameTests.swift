import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// The null prefix (Marlinspike and Kaminsky 2009, CVE-2009-2408): an authority that asked the owner of
  /// `evil.example` signed `example.com\0.evil.example`, and clients read up to the zero. With it go the
  /// common name, which nobody constrains, and wildcards that stand for more than one label.
  @Suite("False names: null prefixes, common names, wide wildcards")
  struct FalseNameTests {
    /// What a client that wants `name` says to a certificate of its own authority.
    private func refusal(
      for name: String, _ change: (inout SpoiltCertificate) -> Void
    ) throws -> VerificationRule? {
      let root = try Party.root()
      let leaf = try Certificate(der: try SpoiltCertificate.make(below: root, change))
      return try TLSCertificatesTests.refusal(
        of: [leaf], trusting: [root.certificate], for: name)?.rule
    }

    private func isMismatch(_ rule: VerificationRule?) -> Bool {
      if case .nameMismatch = rule { true } else { false }
    }

    @Test("The certificate that the others are spoilt from is good")
    func good() throws {
      #expect(try refusal(for: "example.com") { _ in } == nil)
    }

    @Test(
      "A zero in an alternative name ends nothing",
      arguments: [
        "example.com\u{0}.evil.example", "example.com\u{0}", "\u{0}example.com",
        "*\u{0}.evil.example", "*.com\u{0}.evil.example",
      ])
    func nullInName(text: String) throws {
      #expect(
        isMismatch(
          try refusal(for: "example.com") {
            $0.set("2.5.29.17", TLV.sequence(NameDER.dns(text)))
          }))
    }

    @Test("A zero in the common name ends nothing, and the common name counts for nothing anyway")
    func nullInCommonName() throws {
      for text in ["example.com\u{0}.evil.example", "example.com"] {
        for names in [nil, TLV.sequence(NameDER.dns("evil.example"))] {
          #expect(
            isMismatch(
              try refusal(for: "example.com") {
                $0.raw.subject = TLV.commonName(text)
                if let names { $0.set("2.5.29.17", names) } else { $0.remove("2.5.29.17") }
              }), "\(text)")
        }
      }
    }

    @Test("A name that a client is to look for cannot have a zero either")
    func nullInReference() {
      #expect(throws: (any Error).self) { try ServerName("example.com\u{0}.evil.example") }
    }

    @Test(
      "A wildcard stands for one whole label, the leftmost, and for no address",
      arguments: [
        ("*", "example.com"), ("*.com", "example.com"), ("*.example.com", "a.b.example.com"),
        ("*.example.com", "example.com"), ("*.*.com", "www.example.com"),
        ("w*.example.com", "www.example.com"), ("www.*.com", "www.example.com"),
        ("*.0.2.1", "192.0.2.1"), ("xn--*.example.com", "xn--bcher-kva.example.com"),
      ])
    func wildcards(presented: String, wanted: String) throws {
      #expect(
        isMismatch(
          try refusal(for: wanted) {
            $0.set("2.5.29.17", TLV.sequence(NameDER.dns(presented)))
          }))
    }

    @Test("The name of an email address, a URI or another form is no host's")
    func otherForms() throws {
      let names = [
        NameDER.email("example.com"), NameDER.uri("example.com"),
        NameDER.uri("https://example.com"),
        NameDER.other("1.2.3", TLV.text(0x16, "example.com")),
        NameDER.directory([("2.5.4.3", "example.com")]),
      ]
      for name in names {
        #expect(
          isMismatch(
            try refusal(for: "example.com") { $0.set("2.5.29.17", TLV.sequence(name)) }))
      }
    }
  }
}
