import Testing

@testable import TLSCertificates

@Suite("Hostnames (RFC 9525 section 6)")
struct HostnameTests {
  /// A certificate whose DNS names are any bytes at all.
  private static func certificate(
    dns: [String] = [], ips: [[UInt8]] = [], commonName: String = "Subject"
  ) throws -> Certificate {
    let names = dns.map { TLV.field(2, Array($0.utf8)) } + ips.map { TLV.field(7, $0) }
    return try RawCertificate.parse { raw in
      raw.subject = TLV.commonName(commonName)
      if !names.isEmpty {
        raw.extensions = [
          TLV.certificateExtension("2.5.29.17", TLV.sequence(names.flatMap(\.self)))
        ]
      }
    }
  }

  private static let label63 = String(repeating: "a", count: 63)
  /// 253 bytes.
  private static let longest =
    [label63, label63, label63, String(repeating: "a", count: 61)].joined(separator: ".")

  private static let cases: [(String, String, Bool)] = [
    // The same name, whatever its case, with or without the dot of the root.
    ("example.com", "example.com", true), ("EXAMPLE.com", "example.com", true),
    ("example.com", "eXample.COM", true), ("example.com", "example.com.", true),
    ("example.com.", "example.com", false), ("example.com.", "example.com.", false),
    ("localhost", "localhost", true), ("a", "a", true), ("a.b.c.d.e", "a.b.c.d.e", true),
    (longest, longest, true), ("1.example.com", "1.example.com", true),
    // Other names.
    ("example.com", "example.org", false), ("example.com", "www.example.com", false),
    ("www.example.com", "example.com", false), ("example.com", "xample.com", false),
    ("example.com", "badexample.com", false), ("example.com", "example.com.evil.org", false),
    ("example.com", "com", false), ("com", "example.com", false), ("", "example.com", false),
    (".", "example.com", false), (".example.com", "example.com", false),
    (".example.com", "www.example.com", false), (" example.com", "example.com", false),
    ("example.com ", "example.com", false), ("example.com\n", "example.com", false),
    // An embedded zero ends nothing.
    ("example.com\u{0}.evil.org", "example.com", false), ("example.com\u{0}", "example.com", false),
    ("\u{0}example.com", "example.com", false), ("*.example.com\u{0}", "www.example.com", false),
    // A wildcard is one whole label, the leftmost.
    ("*.example.com", "www.example.com", true), ("*.EXAMPLE.com", "www.example.com", true),
    ("*.example.com", "WWW.Example.com.", true), ("*.example.com", "a.example.com", true),
    ("*.a.b.example.com", "x.a.b.example.com", true), ("*.co.uk", "example.co.uk", true),
    ("*.example.com", "example.com", false), ("*.example.com", "a.b.example.com", false),
    ("*.example.com", "www.example.org", false), ("*.example.com", "wwwexample.com", false),
    ("*.example.com", "www.badexample.com", false), ("*.example.com.", "www.example.com", false),
    ("*.example.com", "www-example.com", false),
    // No more of them, nowhere else, and no part of a label.
    ("*", "example", false), ("*", "example.com", false), ("*.", "example", false),
    ("*.com", "example.com", false), ("*.localhost", "www.localhost", false),
    ("*.*.example.com", "a.b.example.com", false), ("**.example.com", "a.example.com", false),
    ("www.*.com", "www.example.com", false), ("example.*", "example.com", false),
    ("w*.example.com", "www.example.com", false), ("*w.example.com", "www.example.com", false),
    ("w*w.example.com", "www.example.com", false), ("*www.example.com", "www.example.com", false),
    ("f*.com", "foo.com", false), ("*..com", "a.b.com", false), ("*.*", "example.com", false),
    (".*.example.com", "a.example.com", false), ("*example.com", "www.example.com", false),
    // A-labels are labels like others; a wildcard stands for a whole one, never for part of one.
    ("xn--bcher-kva.example", "xn--bcher-kva.example", true),
    ("XN--BCHER-KVA.example", "xn--bcher-kva.example", true),
    ("*.example.com", "xn--bcher-kva.example.com", true),
    ("xn--*.example.com", "xn--bcher-kva.example.com", false),
    ("*.xn--bcher-kva.example", "www.xn--bcher-kva.example", true),
    // Underscores are in use.
    ("_sip.example.com", "_sip.example.com", true), ("a_b.example.com", "a_b.example.com", true),
    ("*.example.com", "a_b.example.com", true),
    // An address in a dNSName is none.
    ("192.0.2.1", "192.0.2.1", false), ("*.0.2.1", "192.0.2.1", false),
    ("2001:db8::1", "2001:db8::1", false), ("*", "192.0.2.1", false),
    ("0x7f000001", "127.0.0.1", false),
  ]

  @Test("a dNSName stands for a host or does not", arguments: cases)
  func host(_ presented: String, _ wanted: String, _ isMatch: Bool) throws {
    #expect(
      try Self.certificate(dns: [presented]).matches(try ServerName(wanted)) == isMatch)
    // Another name beside it changes nothing.
    #expect(
      try Self.certificate(dns: ["other.invalid", presented]).matches(try ServerName(wanted))
        == isMatch)
  }

  private static let version6: [UInt8] =
    [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]
  private static let mapped =
    [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 192, 0, 2, 1]

  private static let addresses: [([UInt8], String, Bool)] = [
    ([192, 0, 2, 1], "192.0.2.1", true), ([192, 0, 2, 1], "192.0.2.2", false),
    ([192, 0, 2, 1], "example.com", false), (version6, "2001:db8::1", true),
    (version6, "[2001:db8::1]", true), (version6, "2001:0DB8:0:0:0:0:0:1", true),
    (version6, "2001:db8::2", false), (version6, "192.0.2.1", false),
    // Four bytes and sixteen are never the same address.
    (mapped, "192.0.2.1", false), (mapped, "::ffff:192.0.2.1", true),
    ([192, 0, 2, 1], "::ffff:192.0.2.1", false), ([UInt8](repeating: 0, count: 16), "::", true),
    ([0, 0, 0, 0], "0.0.0.0", true), ([0, 0, 0, 0], "::", false),
  ]

  @Test("an iPAddress stands for the same bytes and nothing else", arguments: addresses)
  func address(_ presented: [UInt8], _ wanted: String, _ isMatch: Bool) throws {
    #expect(
      try Self.certificate(ips: [presented]).matches(try ServerName(wanted)) == isMatch)
  }

  @Test("a common name stands for nothing, with or without alternative names")
  func commonName() throws {
    let name = try ServerName("example.com")
    #expect(!(try Self.certificate(commonName: "example.com").matches(name)))
    #expect(
      !(try Self.certificate(dns: ["example.org"], commonName: "example.com").matches(name)))
    #expect(
      !(try Self.certificate(ips: [[192, 0, 2, 1]], commonName: "example.com").matches(name)))
    #expect(!(try Self.certificate(commonName: "192.0.2.1").matches(ServerName("192.0.2.1"))))
  }

  @Test("names of other kinds stand for nothing")
  func otherKinds() throws {
    let other = TLV.tagged(
      0, TLV.identifier("1.2.3"), TLV.tagged(0, TLV.text(0x16, "example.com")))
    let names = ([1, 6, 8] as [UInt8]).map { TLV.field($0, Array("example.com".utf8)) }
    for name in names + [other] {
      let certificate = try RawCertificate.parse(extension: "2.5.29.17", TLV.sequence(name))
      #expect(!certificate.matches(try ServerName("example.com")))
    }
  }
}
