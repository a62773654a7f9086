import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Distinguished names")
struct DistinguishedNameTests {
  private static func name(_ relativeNames: [UInt8]...) throws -> DistinguishedName {
    try RawCertificate.parse { $0.subject = TLV.sequence(relativeNames.flatMap(\.self)) }.subject
  }

  private static func commonName(_ tag: UInt8, _ bytes: [UInt8]) throws -> DistinguishedName {
    try name(TLV.relativeName("2.5.4.3", TLV.element(tag, bytes)))
  }

  @Test("every attribute has its short name, or its number, the most particular first")
  func openSSL() throws {
    let subject = try Certificate(fixture: OpenSSLOddities.names).subject
    #expect(
      subject.description
        == "2.5.4.97=X, serialNumber=7, emailAddress=a@example.org, STREET=Gasse 1, OU=A+CN=both, "
        + "O=Müller / Söhne\\, \\\"GmbH\\\", L=München, ST=Bayern, C=DE, DC=example, DC=org")
    #expect(subject.commonName == "both")
    #expect(subject.emailAddresses == ["a@example.org"])
    #expect(!subject.isEmpty)
  }

  @Test("an empty name says so")
  func empty() throws {
    let name = try Self.name()
    #expect(name.isEmpty)
    #expect(name.description == "(empty name)")
    #expect(name.commonName == nil)
  }

  private static let texts: [(UInt8, [UInt8], String)] = [
    (0x0c, Array("Ünïcode".utf8), "CN=Ünïcode"),
    (0x13, Array("Printable".utf8), "CN=Printable"),
    (0x16, Array("a@b".utf8), "CN=a@b"),
    (0x12, Array("123".utf8), "CN=123"),
    // TeletexString is read as Latin-1, as nearly everybody writes it.
    (0x14, [0x4d, 0xfc, 0x6c], "CN=Mül"),
    (0x1e, [0x00, 0x41, 0x20, 0xac], "CN=A€"),
    (0x1e, [], "CN="),
    (0x1c, [0x00, 0x00, 0x20, 0xac, 0x00, 0x01, 0xf6, 0x00], "CN=€😀"),
    (0x1a, Array("a@b~".utf8), "CN=a@b~"),
    // Two characters that no PrintableString has, and that are in use.
    (0x13, Array("*.example.com & Co".utf8), "CN=*.example.com & Co"),
    (0x13, Array(" '()+,-./:=?".utf8), "CN=\\ '()\\+\\,-./:\\=?"),
    (0x04, [0xab, 0x01], "CN=ab 1"),
    (0x0c, Array("a\u{0}b\n\u{1b}[2J".utf8), "CN=a\\u{0}b\\u{a}\\u{1b}[2J"),
    (0x0c, Array("a\u{202e}b".utf8), "CN=a\\u{202e}b"),
    (0x0c, Array("a\"b\\c".utf8), "CN=a\\\"b\\\\c"),
  ]

  @Test("text of every kind is shown, and nothing disturbs a terminal", arguments: texts)
  func shows(_ tag: UInt8, _ bytes: [UInt8], _ description: String) throws {
    #expect(try Self.commonName(tag, bytes).description == description)
  }

  @Test("what would end a value, or begin another name, has a backslash before it")
  func escapes() throws {
    let cases = [
      ("a, O=Bank", "CN=a\\, O\\=Bank"), ("#1", "CN=\\#1"), (" a ", "CN=\\ a\\ "), (" ", "CN=\\ "),
      ("a+b;c<d>e", "CN=a\\+b\\;c\\<d\\>e"), ("a#b c", "CN=a#b c"),
    ]
    for (text, shown) in cases {
      #expect(try Self.commonName(0x0c, Array(text.utf8)).description == shown)
    }
  }

  @Test("no more of a name is shown than somebody reads, whatever is in it")
  func shown() throws {
    let long = TLV.text(0x0c, String(repeating: "\u{1}", count: 300))
    let many = (0..<128).flatMap { _ in TLV.relativeName("2.5.4.3", long) }
    #expect(try Self.name(many).description.utf8.count < 4_096)
  }

  @Test("a relative name is a set: its order in DER is no matter")
  func sets() throws {
    // A change of case or of the kind of string changes the order of the encodings.
    func set(_ first: [UInt8], _ second: [UInt8]) throws -> DistinguishedName {
      let values = [first, second].map { TLV.sequence(TLV.identifier("2.5.4.3"), $0) }
        .sorted { $0.lexicographicallyPrecedes($1) }
      return try Self.name(TLV.element(0x31, values.flatMap(\.self)))
    }
    let plain = try set(TLV.text(0x0c, "a"), TLV.text(0x0c, "b"))
    let upper = try set(TLV.text(0x0c, "a"), TLV.text(0x0c, "B"))
    let printable = try set(TLV.text(0x0c, "a"), TLV.text(0x13, "b"))
    #expect(plain == upper && plain == printable)
    #expect(plain.hashValue == upper.hashValue)
    #expect(plain.isWithin(upper) && upper.isWithin(plain))
    #expect(try plain != set(TLV.text(0x0c, "a"), TLV.text(0x0c, "c")))
  }

  @Test("what is no text equals no text, though its bytes are the same")
  func kinds() throws {
    #expect(
      try Self.commonName(0x0c, [0x03, 0x02, 0x00, 0x61]) != Self.commonName(0x03, [0x00, 0x61]))
  }

  @Test("what is longer than any name is cut off")
  func long() throws {
    let text = String(repeating: "a", count: 300)
    let cut = "CN=" + String(repeating: "a", count: 256) + "…"
    #expect(try Self.commonName(0x0c, Array(text.utf8)).description == cut)
    let many = (0..<128).flatMap { _ in TLV.relativeName("2.5.4.3", TLV.text(0x0c, "a")) }
    let shown = [String](repeating: "CN=a", count: 16).joined(separator: ", ") + ", …"
    #expect(try Self.name(many).description == shown)
  }

  private static let equal: [(String, String, Bool)] = [
    ("Example", "example", true), ("Example", "EXAMPLE", true), ("a b", "a  b", true),
    ("a b", " a b ", true), ("a b", "ab", false), ("a", "b", false), ("", " ", true),
    ("a\tb", "a b", true), ("é", "É", true), ("a\u{ad}b\u{200b}", "ab", true),
    ("a\u{a0}\u{2003}b", "a b", true),
  ]

  @Test("names are compared without regard to case and to spaces", arguments: equal)
  func compares(_ a: String, _ b: String, _ isEqual: Bool) throws {
    for tags: (UInt8, UInt8) in [(0x0c, 0x0c), (0x0c, 0x13), (0x13, 0x16)] {
      // Not every text is there in every form.
      if tags != (0x0c, 0x0c), "\(a)\(b)".utf8.contains(where: { $0 < 0x20 || $0 > 0x7e }) {
        continue
      }
      let first = try Self.commonName(tags.0, Array(a.utf8))
      let second = try Self.commonName(tags.1, Array(b.utf8))
      #expect((first == second) == isEqual)
      if isEqual { #expect(first.hashValue == second.hashValue) }
    }
  }

  @Test("the same text in an old form of string is the same name, or it would evade constraints")
  func oldForms() throws {
    let name = try Self.commonName(0x0c, Array("Exampl\u{e9}".utf8))
    let teletex = try Self.commonName(0x14, Array("exampl".utf8) + [0xe9])
    let universal = try Self.commonName(
      0x1e, Array("exampl".utf8).flatMap { [0, $0] } + [0, 0xe9])
    #expect(name == teletex)
    #expect(name == universal)
    #expect(teletex.isWithin(name))
  }

  @Test("names of other types, orders or structures differ")
  func differs() throws {
    let a = TLV.relativeName("2.5.4.3", TLV.text(0x0c, "a"))
    let b = TLV.relativeName("2.5.4.10", TLV.text(0x0c, "b"))
    let names = try [
      Self.name(a), Self.name(b), Self.name(a, b), Self.name(b, a), Self.name(a, a),
      Self.name(TLV.relativeName("2.5.4.10", TLV.text(0x0c, "a"))),
      Self.name(),
    ]
    for (i, first) in names.enumerated() {
      for (j, second) in names.enumerated() { #expect((first == second) == (i == j)) }
    }
    #expect(names[2].isWithin(names[0]))
    #expect(names[0].isWithin(names[6]))
    #expect(!names[0].isWithin(names[2]))
    #expect(!names[3].isWithin(names[0]))
  }

  private static let malformed: [([UInt8], String)] = [
    (TLV.null, "subject is an element of tag 5, not a SEQUENCE"),
    (TLV.sequence(TLV.null), "subject is an element of tag 5, not a SET"),
    (TLV.sequence(TLV.element(0x31)), "subject has an empty relative name"),
    (TLV.sequence(TLV.element(0x31, TLV.null)), "subject is an element of tag 5, not a SEQUENCE"),
    (
      TLV.sequence(TLV.element(0x31, TLV.sequence(TLV.identifier("2.5.4.3")))),
      "subject has no attribute value"
    ),
    (
      TLV.sequence(TLV.element(0x31, TLV.sequence(TLV.null, TLV.null))),
      "subject is not an OBJECT IDENTIFIER"
    ),
    (
      TLV.sequence(TLV.relativeName("2.5.4.3", TLV.null + TLV.null)),
      "subject has more fields than it may"
    ),
    (
      TLV.sequence(TLV.relativeName("2.5.4.3", TLV.sequence(TLV.null))),
      "subject has an attribute that is no string"
    ),
    (
      TLV.sequence(
        TLV.element(
          0x31, TLV.sequence(TLV.identifier("2.5.4.10"), TLV.text(0x0c, "a")),
          TLV.sequence(TLV.identifier("2.5.4.3"), TLV.text(0x0c, "a")))),
      "subject has attributes in another order than DER's"
    ),
    (
      TLV.sequence(
        [[UInt8]](repeating: TLV.relativeName("2.5.4.3", TLV.text(0x0c, "a")), count: 129)
          .flatMap(\.self)),
      "subject has more than 128 attributes"
    ),
    (
      TLV.sequence(
        TLV.element(
          0x31,
          [[UInt8]](
            repeating: TLV.sequence(TLV.identifier("2.5.4.3"), TLV.text(0x0c, "a")), count: 129
          ).flatMap(\.self))),
      "subject has more than 128 attributes"
    ),
  ]

  @Test("a malformed name is refused", arguments: malformed)
  func refuses(_ name: [UInt8], _ sentence: String) {
    let error = #expect(throws: CertificateError.self) {
      try RawCertificate.parse { $0.subject = name }
    }
    #expect(error?.description == "the certificate's \(sentence)")
  }

  private static let badTexts: [(UInt8, [UInt8], String)] = [
    (0x0c, [0xff], "a UTF8String"), (0x0c, [0xc0, 0x80], "a UTF8String"),
    (0x0c, [0xed, 0xa0, 0x80], "a UTF8String"), (0x0c, [0xc3], "a UTF8String"),
    (0x13, Array("a@b".utf8), "a PrintableString"), (0x13, Array("a_b".utf8), "a PrintableString"),
    (0x13, [0x61, 0x00], "a PrintableString"), (0x13, [0xe9], "a PrintableString"),
    (0x16, [0x80], "an IA5String"), (0x16, [0xc3, 0xa9], "an IA5String"),
    (0x12, Array("1a".utf8), "a NumericString"), (0x12, Array("1.2".utf8), "a NumericString"),
    (0x1a, [0x0a], "a VisibleString"), (0x1a, [0x7f], "a VisibleString"),
    (0x1e, [0x41], "a BMPString"), (0x1e, [0x00, 0x41, 0x20], "a BMPString"),
    (0x1e, [0xd8, 0x00], "a BMPString"), (0x1e, [0xd8, 0x3d, 0xde, 0x00], "a BMPString"),
    (0x1c, [0x00, 0x00, 0x20], "a UniversalString"),
    (0x1c, [0x00, 0x11, 0x00, 0x00], "a UniversalString"),
  ]

  @Test("a string with characters that its type has not is refused", arguments: badTexts)
  func badText(_ tag: UInt8, _ bytes: [UInt8], _ type: String) {
    let error = #expect(throws: CertificateError.self) { try Self.commonName(tag, bytes) }
    #expect(error?.description == "the certificate's subject has \(type) that is none")
  }
}
