import Testing

@testable import TLSCertificates

@Suite("Names of servers")
struct ServerNameTests {
  private static let label63 = String(repeating: "a", count: 63)
  private static let longest =
    [label63, label63, label63, String(repeating: "a", count: 61)].joined(separator: ".")

  private static let good: [(String, ServerName.Kind, String)] = [
    ("example.com", .dns("example.com"), "example.com"),
    ("Example.COM.", .dns("example.com"), "example.com"),
    ("localhost", .dns("localhost"), "localhost"),
    ("_a.b_c.example", .dns("_a.b_c.example"), "_a.b_c.example"),
    ("xn--bcher-kva.example", .dns("xn--bcher-kva.example"), "xn--bcher-kva.example"),
    ("1.2.3.example", .dns("1.2.3.example"), "1.2.3.example"),
    ("a--b.c", .dns("a--b.c"), "a--b.c"),
    ("0x1.example", .dns("0x1.example"), "0x1.example"), ("a.0xg", .dns("a.0xg"), "a.0xg"),
    ("1a.2b", .dns("1a.2b"), "1a.2b"),
    (longest, .dns(longest), longest), (longest + ".", .dns(longest), longest),
    ("192.0.2.1", .ip([192, 0, 2, 1]), "192.0.2.1"),
    ("255.255.255.255", .ip([255, 255, 255, 255]), "255.255.255.255"),
    ("::", .ip([UInt8](repeating: 0, count: 16)), "::"),
    ("[::1]", .ip([UInt8](repeating: 0, count: 15) + [1]), "::1"),
  ]

  @Test("case changes neither a name nor whether it is one: the short look and the long one agree")
  func anyCase() throws {
    let vectors = try HostnameCase.files.flatMap(HostnameCase.read).map {
      String(decoding: $0.reference, as: UTF8.self)
    }
    #expect(vectors.count > 100)
    for text in vectors + Self.good.map(\.0) + Self.bad.map(\.0) {
      // Of ASCII's letters alone: others change into ASCII's.
      let upper = String(
        decoding: text.utf8.map { (0x61...0x7a).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
      #expect((try? ServerName(text)) == (try? ServerName(upper)), "\(text.quoted)")
    }
  }

  @Test("a host name or an address is read, and shown in its usual form", arguments: good)
  func reads(_ text: String, _ kind: ServerName.Kind, _ description: String) throws {
    let name = try ServerName(text)
    #expect(name.kind == kind)
    #expect(name.description == description)
  }

  @Test(
    "addresses of version 6 are shown as RFC 5952 wants them",
    arguments: [
      ("2001:DB8::0001", "2001:db8::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
      ("1::", "1::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("0:0:1::", "0:0:1::"),
      ("fe80::1:0:0:0", "fe80::1:0:0:0"),
    ])
  func version6(_ text: String, _ canonical: String) throws {
    #expect(try ServerName(text).description == canonical)
    #expect(try ServerName(canonical) == ServerName(text))
  }

  private static func badLabel(_ label: String, _ name: String) -> (String, ServerNameError, String)
  {
    (
      name, .invalidLabel(label, name: name),
      "\(name.quoted) is no host name: its label \(label.quoted) is not 1 to 63 letters, digits "
        + "and hyphens"
    )
  }

  private static let bad: [(String, ServerNameError, String)] = [
    ("", .empty, "the server's name is empty"), (".", .empty, "the server's name is empty"),
    (
      longest + "a", .tooLong(byteCount: 254), "the server's name has 254 bytes, more than 253"
    ),
    (
      "bücher.example", .notASCII("bücher.example"),
      "\"bücher.example\" is not ASCII: give its A-label, xn--…, instead"
    ),
    (
      "example。com", .notASCII("example。com"),
      "\"example。com\" is not ASCII: give its A-label, xn--…, instead"
    ),
    badLabel("", "a..b"), badLabel("", ".example.com"), badLabel("", "example.com.."),
    badLabel("-a", "-a.example"), badLabel("a-", "a-.example"), badLabel("a b", "a b.example"),
    badLabel(label63 + "a", label63 + "a.example"), badLabel("*", "*.example.com"),
    badLabel("a/b", "a/b"), badLabel("a:443", "a:443"), badLabel("a\u{0}b", "a\u{0}b"),
    badLabel("com\n", "example.com\n"), badLabel("https://example", "https://example.com"),
    badLabel("[192", "[192.0.2.1]"), badLabel("[::1", "[::1"),
    badLabel("fe80::1%eth0", "fe80::1%eth0"),
    badLabel("2001:db8:::1", "2001:db8:::1"), badLabel("[]", "[]"),
    (
      "192.0.2.256", .invalidAddress("192.0.2.256"),
      "\"192.0.2.256\" is no IP address and no host name"
    ),
    ("192.0.2", .invalidAddress("192.0.2"), "\"192.0.2\" is no IP address and no host name"),
    (
      "192.0.2.01", .invalidAddress("192.0.2.01"),
      "\"192.0.2.01\" is no IP address and no host name"
    ),
    (
      "0x7f000001", .invalidAddress("0x7f000001"),
      "\"0x7f000001\" is no IP address and no host name"
    ),
    (
      "192.0.2.0XFF", .invalidAddress("192.0.2.0XFF"),
      "\"192.0.2.0XFF\" is no IP address and no host name"
    ),
    ("127.1", .invalidAddress("127.1"), "\"127.1\" is no IP address and no host name"),
    ("1", .invalidAddress("1"), "\"1\" is no IP address and no host name"),
    ("example.1", .invalidAddress("example.1"), "\"example.1\" is no IP address and no host name"),
    (
      "192.0.2.1.", .invalidAddress("192.0.2.1."),
      "\"192.0.2.1.\" is no IP address and no host name"
    ),
  ]

  @Test("what is neither is an error that says why", arguments: bad)
  func refuses(_ text: String, _ expected: ServerNameError, _ sentence: String) {
    let error = #expect(throws: ServerNameError.self) { try ServerName(text) }
    #expect(error == expected)
    #expect(error?.description == sentence)
  }
}
