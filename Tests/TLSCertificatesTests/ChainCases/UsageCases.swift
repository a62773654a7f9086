import TLSCrypto

@testable import TLSCertificates

/// What keys and certificates are for.
extension ChainTopic {
  /// keyUsage (RFC 5280 sections 4.2.1.3 and 6.1.4 (n)).
  static func keyUsage() throws -> ChainTopic {
    var topic = ChainTopic("key-usage")
    topic.rule = "RFC 5280 4.2.1.3"
    try topic.addLeafKeyUsages()
    topic.rule = "RFC 5280 6.1.4 (n)"
    try topic.addAuthorityKeyUsages()
    return topic
  }

  private mutating func addLeafKeyUsages() throws {
    let root = try Party.anchor()
    let refused = ChainAnswer.refused("keyUsage", at: 0)
    let keyExchange = PeerAnswer.differs(
      "it takes any key usage of TLS; ECDHE servers sign and do nothing else (RFC 8422 5.3)")
    let anyUsage = PeerAnswer.differs(
      "certtool does not look at the leaf's key usage; ECDHE servers sign (RFC 8422 5.3)")
    let cases: [(String, String, KeyUsage, ChainAnswer, PeerAnswer?, PeerAnswer?)] = [
      ("digital-signature", "The leaf may sign.", .digitalSignature, .accepted, nil, nil),
      ("none", "The leaf has no keyUsage.", [], .accepted, nil, nil),
      (
        "signature-and-encipherment", "The leaf may sign and encipher keys, as is usual for RSA.",
        [.digitalSignature, .keyEncipherment], .accepted, nil, nil
      ),
      (
        "key-encipherment", "The leaf may only encipher keys.", .keyEncipherment, refused,
        keyExchange, anyUsage
      ),
      (
        "key-agreement", "The leaf may only agree on keys.", .keyAgreement, refused, keyExchange,
        anyUsage
      ),
      (
        "non-repudiation", "The leaf may only sign what one must be held to.", .nonRepudiation,
        refused, nil, anyUsage
      ),
      (
        "data-encipherment", "The leaf may only encipher data.", .dataEncipherment, refused, nil,
        anyUsage
      ),
      ("crl-sign", "The leaf may only sign revocation lists.", .cRLSign, refused, nil, anyUsage),
      (
        "nine-bits", "The leaf may do all but what authorities do, in two bytes of bits.",
        KeyUsage(rawValue: 0x19f), .accepted, nil, nil
      ),
    ]
    for (name, about, usage, expected, openSSL, certtool) in cases {
      add(
        "leaf-\(name)", about, expected, [try root.server { $0.keyUsage = usage }], [root],
        openSSL: openSSL, certtool: certtool)
    }
    let client = try root.server {
      $0.keyUsage = .keyAgreement
      $0.extendedKeyUsages = [.clientAuth]
    }
    add(
      "client-key-agreement", "A client's leaf may only agree on keys.", refused, [client], [root],
      openSSL: keyExchange, certtool: anyUsage
    ) {
      $0.usage = .client
      $0.name = nil
    }
  }

  private mutating func addAuthorityKeyUsages() throws {
    let root = try Party.anchor()
    let noExtension = PeerAnswer.differs(
      "-x509_strict wants the extension; without it every usage is allowed (6.1.4 (n))")
    let cases: [(String, String, KeyUsage, ChainAnswer, PeerAnswer?)] = [
      ("sign-only", "may only sign certificates", .keyCertSign, .accepted, nil),
      ("crl-only", "may only sign revocation lists", .cRLSign, .refused("keyUsage", at: 1), nil),
      (
        "signature-only", "may only sign handshakes", .digitalSignature,
        .refused("keyUsage", at: 1), nil
      ),
      ("without", "has no keyUsage", [], .accepted, noExtension),
    ]
    for (name, about, usage, expected, openSSL) in cases {
      let middle = try root.issuer { $0.keyUsage = usage }
      add(
        "intermediate-\(name)", "The authority in the middle \(about).", expected,
        [try middle.server(), middle], [root], openSSL: openSSL)
      let anchor = try Party.anchor { $0.keyUsage = usage }
      let answer: ChainAnswer = expected.isAccepted ? .accepted : .refused("keyUsage", at: .root)
      add(
        "root-\(name)", "The root \(about).", answer, [try anchor.server()], [anchor],
        openSSL: openSSL)
    }
  }

  /// extKeyUsage (RFC 5280 section 4.2.1.12), along the chain as browsers and OpenSSL apply it.
  static func extendedKeyUsage() throws -> ChainTopic {
    var topic = ChainTopic("extended-key-usage")
    topic.rule = "RFC 5280 4.2.1.12"
    try topic.addLeafPurposes()
    try topic.addAuthorityPurposes()
    return topic
  }

  private typealias Purposes = [CertificateBuilder.KeyPurpose]

  private mutating func addLeafPurposes() throws {
    let root = try Party.anchor()
    let refused = ChainAnswer.refused("extendedKeyUsage", at: 0)
    let cases: [(String, Purposes, server: Bool, client: Bool)] = [
      ("none", [], true, true), ("server", [.serverAuth], true, false),
      ("client", [.clientAuth], false, true),
      ("both", [.clientAuth, .serverAuth], true, true),
      ("code-signing", [.codeSigning], false, false),
      ("server-and-code-signing", [.codeSigning, .serverAuth], true, false),
      ("unknown", [.init(identifier: "1.3.6.1.4.1.32473.2")], false, false),
      ("any", [.anyExtendedKeyUsage], false, false),
    ]
    for (name, purposes, server, client) in cases {
      let leaf = try root.server { $0.extendedKeyUsages = purposes }
      let certtool: PeerAnswer? =
        name == "any"
        ? .differs("it takes anyExtendedKeyUsage in a leaf, which the Baseline Requirements forbid")
        : nil
      add(
        "leaf-\(name)-as-server", "The leaf's purposes are: \(name).",
        server ? .accepted : refused, [leaf], [root], certtool: certtool)
      add(
        "leaf-\(name)-as-client", "The leaf's purposes are: \(name).",
        client ? .accepted : refused, [leaf], [root], certtool: certtool
      ) {
        $0.usage = .client
        $0.name = nil
      }
    }
    let value = TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.3.1"))
    add(
      "leaf-critical", "The leaf's extKeyUsage is critical.", .accepted,
      [
        try root.server {
          $0.extraExtensions = [.init(identifier: "2.5.29.37", isCritical: true, der: value)]
        }
      ], [root])
  }

  private mutating func addAuthorityPurposes() throws {
    let root = try Party.anchor()
    let any = PeerAnswer.differs(
      "it wants the purpose itself of authorities; anyExtendedKeyUsage stands for all of them")
    let cases: [(String, Purposes, Bool, PeerAnswer?)] = [
      ("server", [.serverAuth], true, nil), ("both", [.serverAuth, .clientAuth], true, nil),
      ("any", [.anyExtendedKeyUsage], true, any), ("client", [.clientAuth], false, nil),
      ("code-signing", [.codeSigning], false, nil),
    ]
    for (name, purposes, isGood, openSSL) in cases {
      let middle = try root.issuer { $0.extendedKeyUsages = purposes }
      add(
        "intermediate-\(name)", "The purposes of the authority in the middle are: \(name).",
        isGood ? .accepted : .refused("extendedKeyUsage", at: 1), [try middle.server(), middle],
        [root], openSSL: openSSL, certtool: openSSL)
      let anchor = try Party.anchor { $0.extendedKeyUsages = purposes }
      add(
        "root-\(name)", "The root's purposes are: \(name).",
        isGood ? .accepted : .refused("extendedKeyUsage", at: .root), [try anchor.server()],
        [anchor], openSSL: openSSL,
        certtool: isGood ? nil : .differs("it does not look at what a root is for"))
    }
    let upper = try root.issuer("Upper") { $0.extendedKeyUsages = [.clientAuth] }
    let lower = try upper.issuer("Lower") { $0.extendedKeyUsages = [.serverAuth] }
    add(
      "widened-below", "An authority for clients issued one for servers.",
      .refused("extendedKeyUsage", at: 2), [try lower.server(), lower, upper], [root])
    let client = try lower.server { $0.extendedKeyUsages = [.clientAuth] }
    add(
      "client-below-server", "A client's leaf was issued by an authority for servers.",
      .refused("extendedKeyUsage", at: 1), [client, lower], [upper]
    ) {
      $0.usage = .client
      $0.name = nil
    }
  }
}
