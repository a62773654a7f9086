import TLSCrypto

@testable import TLSCertificates

/// Who may issue, and how many may follow.
extension ChainTopic {
  /// basicConstraints (RFC 5280 sections 4.2.1.9 and 6.1.4 (k)).
  static func basicConstraints() throws -> ChainTopic {
    var topic = ChainTopic("basic-constraints")
    topic.rule = "RFC 5280 6.1.4 (k)"
    try topic.addIntermediates()
    try topic.addRoots()
    try topic.addLeaves()
    return topic
  }

  private static let identifier = "2.5.29.19"

  private mutating func addIntermediates() throws {
    let root = try Party.anchor()
    func add(
      _ name: String, _ about: String, _ expected: ChainAnswer, openSSL: PeerAnswer? = nil,
      certtool: PeerAnswer? = nil, _ change: (inout CertificateBuilder) -> Void
    ) throws {
      let middle = try root.issuer { change(&$0) }
      self.add(
        name, about, expected, [try middle.server(), middle], [root], openSSL: openSSL,
        certtool: certtool)
    }
    try add("authority", "The one in the middle is an authority.", .accepted) { _ in }
    try add(
      "no-extension", "The one in the middle has no basicConstraints.",
      .refused("notACertificateAuthority", at: 1)
    ) { $0.omittedExtensions = [Self.identifier] }
    try add(
      "not-an-authority", "The one in the middle says that it is no authority.",
      .refused("notACertificateAuthority", at: 1)
    ) { $0.isCertificateAuthority = false }
    try add(
      "not-critical", "The authority's basicConstraints are not critical, as they MUST be.",
      .accepted, openSSL: .differs("-x509_strict refuses what RFC 5280 demands of issuers alone")
    ) {
      $0.extraExtensions = [
        .init(identifier: Self.identifier, isCritical: false, der: TLV.sequence(TLV.true))
      ]
    }
    try add(
      "version-1-intermediate", "The one in the middle is of version 1, which cannot say it.",
      .refused("notACertificateAuthority", at: 1)
    ) { $0.version = .v1 }
    let server = try root.server(commonName: "Server", key: Party.key("Server")) {
      $0.keyUsage = [.digitalSignature, .keyCertSign]
    }
    self.add(
      "server-as-issuer", "A server's certificate issued another, with keyCertSign.",
      .refused("notACertificateAuthority", at: 1),
      [try server.server(["www.example.com"]), server],
      [root]
    ) { $0.name = "www.example.com" }
  }

  private mutating func addRoots() throws {
    func add(
      _ name: String, _ about: String, _ expected: ChainAnswer, openSSL: PeerAnswer? = nil,
      certtool: PeerAnswer? = nil, _ change: (inout CertificateBuilder) -> Void
    ) throws {
      let root = try Party.anchor { change(&$0) }
      self.add(
        name, about, expected, [try root.server()], [root], openSSL: openSSL, certtool: certtool)
    }
    try add(
      "version-1-root", "The root is of version 1, as the oldest are.", .accepted,
      openSSL: .differs("-x509_strict takes no authority of version 1")
    ) {
      $0.version = .v1
    }
    try add(
      "root-without-extension", "A root of version 3 has no basicConstraints.",
      .refused("notACertificateAuthority", at: .root),
      certtool: .differs("a trusted root need not say that it is an authority")
    ) { $0.omittedExtensions = [Self.identifier] }
    try add(
      "root-not-an-authority", "A trusted server's own certificate issued another.",
      .refused("notACertificateAuthority", at: .root)
    ) { $0.isCertificateAuthority = false }
  }

  private mutating func addLeaves() throws {
    let root = try Party.anchor()
    add(
      "leaf-without-extension", "The leaf has no basicConstraints.", .accepted,
      [try root.server { $0.omittedExtensions = [Self.identifier] }], [root])
    let own = try Party.anchor("Own") {
      $0.isCertificateAuthority = false
      $0.keyUsage = .digitalSignature
      $0.names = ["example.com"]
    }
    add(
      "leaf-is-root", "The leaf signed itself, and is trusted.", .accepted, [own], [own],
      certtool: .differs("what is trusted must be an authority"))
    let issued = try root.server()
    add(
      "leaf-is-anchor", "The leaf is trusted, and who issued it is not there.", .accepted, [issued],
      [issued], certtool: .differs("what is trusted must be an authority"))
  }

  /// pathLenConstraint (RFC 5280 sections 4.2.1.9 and 6.1.4 (l) and (m)).
  static func pathLength() throws -> ChainTopic {
    var topic = ChainTopic("path-length")
    topic.rule = "RFC 5280 6.1.4 (m)"
    /// Adds a chain of authorities with these limits, the root's first.
    func add(
      _ name: String, _ about: String, _ limits: [Int?], _ expected: ChainAnswer,
      openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil
    ) throws {
      var parties = [try Party.anchor { $0.pathLength = limits[0] }]
      for (number, limit) in limits.enumerated().dropFirst() {
        let next = try parties[0].issuer("Middle \(number)") { $0.pathLength = limit }
        parties.insert(next, at: 0)
      }
      let leaf = try parties[0].server()
      topic.add(
        name, about, expected, [leaf] + parties.dropLast(), [parties[parties.count - 1]],
        openSSL: openSSL, certtool: certtool)
    }
    try add(
      "unlimited", "Four authorities below a root, no limit.", [nil, nil, nil, nil, nil], .accepted)
    try add("zero", "An authority with the limit 0 issued a leaf.", [nil, 0], .accepted)
    try add("root-zero", "A root with the limit 0 issued a leaf.", [0], .accepted)
    try add(
      "zero-exceeded", "An authority with the limit 0 issued another.", [nil, 0, nil],
      .refused("pathTooLong", at: 2))
    try add(
      "root-zero-exceeded", "A root with the limit 0 issued an authority.", [0, nil],
      .refused("pathTooLong", at: .root))
    try add("one", "An authority with the limit 1 issued one more.", [nil, 1, nil], .accepted)
    try add(
      "one-exceeded", "Two follow an authority with the limit 1.", [nil, 1, nil, nil],
      .refused("pathTooLong", at: 3))
    try add("falling", "The limits fall by one in each step.", [3, 2, 1, 0], .accepted)
    try add(
      "widened", "An authority with the limit 0 issued one with the limit 5.", [nil, 0, 5],
      .refused("pathTooLong", at: 2))
    try add(
      "narrowed", "The limit below is narrower than that above, and exceeded.", [5, 0, nil],
      .refused("pathTooLong", at: 2))
    try add(
      "large", "The limit is the largest number of 31 bits.", [2_147_483_647, nil], .accepted)
    try topic.addSelfIssuedLengths()
    return topic
  }

  private mutating func addSelfIssuedLengths() throws {
    let root = try Party.anchor { $0.pathLength = 0 }
    let renewed = try root.issuer("Root", key: Party.key("new"))
    add(
      "self-issued-does-not-count", "A root with the limit 0 certified its own new key.", .accepted,
      [try renewed.server(), renewed], [root],
      certtool: .differs("it counts self-issued authorities, which RFC 5280 4.2.1.9 does not"))
    let next = try renewed.issuer("Next")
    add(
      "self-issued-and-another", "An authority follows a self-issued one below the limit 0.",
      .refused("pathTooLong", at: .root), [try next.server(), next, renewed], [root])
    let leaf = try root.server { builder in
      builder.isCertificateAuthority = true
      builder.omittedExtensions = []
      builder.keyUsage = [.digitalSignature, .keyCertSign]
    }
    add(
      "leaf-does-not-count", "A leaf that is an authority too is issued below the limit 0.",
      .accepted, [leaf], [root])
  }
}
