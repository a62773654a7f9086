import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// Whom a leaf is for (RFC 9525 section 6).
  static func names() throws -> ChainTopic {
    var topic = ChainTopic("names")
    topic.rule = "RFC 9525 6"
    try topic.addMatches()
    try topic.addOddNames()
    return topic
  }

  private static let mismatch = ChainAnswer.refused("nameMismatch", at: 0)

  private mutating func addMatches() throws {
    let root = try Party.anchor()
    let cases: [(String, [String], String, Bool)] = [
      ("exact", ["example.com"], "example.com", true),
      ("case", ["EXAMPLE.com"], "example.COM", true),
      ("second-of-two", ["example.org", "example.com"], "example.com", true),
      ("other", ["example.org"], "example.com", false),
      ("parent", ["example.com"], "www.example.com", false),
      ("child", ["www.example.com"], "example.com", false),
      ("suffix", ["example.com"], "badexample.com", false),
      ("wildcard", ["*.example.com"], "www.example.com", true),
      ("wildcard-two-labels", ["*.example.com"], "a.b.example.com", false),
      ("wildcard-none", ["*.example.com"], "example.com", false),
      ("a-label", ["xn--mller-kva.example"], "xn--mller-kva.example", true),
      ("ipv4", ["192.0.2.1"], "192.0.2.1", true),
      ("ipv4-other", ["192.0.2.1"], "192.0.2.2", false),
      ("ipv6", ["2001:db8::1"], "2001:db8::1", true),
      ("ipv6-other", ["2001:db8::1"], "2001:db8::2", false),
      ("ip-beside-dns", ["example.com", "192.0.2.1"], "192.0.2.1", true),
      ("address-for-a-name", ["192.0.2.1"], "example.com", false),
    ]
    for (name, presented, wanted, isGood) in cases {
      add(
        name, "The leaf is for \(presented.joined(separator: ", ")).",
        isGood ? .accepted : Self.mismatch, [try root.server(presented)], [root]
      ) { $0.name = wanted }
    }
    add(
      "anybody", "The leaf is for another name, and nobody asks for one.", .accepted,
      [try root.server(["example.org"])], [root]
    ) { $0.name = nil }
  }

  private mutating func addOddNames() throws {
    let root = try Party.anchor()
    func add(
      _ name: String, _ about: String, _ presented: [[UInt8]], for wanted: String, _ isGood: Bool,
      openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil
    ) throws {
      let leaf = try root.server { $0.extraExtensions = [.names(presented)] }
      self.add(
        name, about, isGood ? .accepted : Self.mismatch, [leaf], [root], openSSL: openSSL,
        certtool: certtool
      ) { $0.name = wanted }
    }
    try add(
      "wildcard-top-level", "The wildcard stands for everything below a top-level domain.",
      [NameDER.dns("*.com")], for: "example.com", false)
    try add(
      "wildcard-inner", "The asterisk is not the first label.", [NameDER.dns("www.*.com")],
      for: "www.example.com", false)
    try add(
      "wildcard-partial", "The asterisk is a part of a label.", [NameDER.dns("w*.example.com")],
      for: "www.example.com", false,
      openSSL: .differs("it takes partial wildcards unless told not to; RFC 9525 6.3 does not"))
    try add(
      "wildcard-bare", "The name is an asterisk alone.", [NameDER.dns("*")], for: "localhost",
      false)
    try add(
      "address-as-dns-name", "The address stands as a DNS name.", [NameDER.dns("192.0.2.1")],
      for: "192.0.2.1", false)
    try add(
      "email-only", "The leaf is for an e-mail address.", [NameDER.email("example.com")],
      for: "example.com", false)
    try add(
      "uri-only", "The leaf is for a URI of the host.", [NameDER.uri("https://example.com/")],
      for: "example.com", false)
    let zero = TLV.field(2, Array("example.com\0.example.org".utf8))
    try add(
      "zero-byte", "The name has a zero byte behind the one that is wanted.", [zero],
      for: "example.com", false)
    let commonName = try root.server([], commonName: "example.com")
    self.add(
      "common-name-only", "The name stands in the subject's common name alone.", Self.mismatch,
      [commonName], [root],
      openSSL: .differs("it takes a common name where there are no alternative names"),
      certtool: .differs("it takes a common name where there are no alternative names"))
    let beside = try root.server(["example.org"], commonName: "example.com")
    self.add(
      "common-name-beside", "The common name is the one that is wanted, the others are not.",
      Self.mismatch, [beside], [root])
  }
}
