import TLSCrypto

@testable import TLSCertificates

extension ChainTopic {
  /// The CA/Browser Forum's Baseline Requirements, by the numbers of version 2.2.6.
  static func baseline() throws -> ChainTopic {
    var topic = ChainTopic("baseline-requirements")
    let own = PeerAnswer.notAsked("it does not know the Baseline Requirements")
    topic.openSSL = own
    topic.certtool = own
    let cast = try BaselineCast()
    try topic.addGood(cast)
    try topic.addLifetimes(cast)
    try topic.addLeaves(cast)
    try topic.addBaselineNames(cast)
    try topic.addSpoilt(cast)
    try topic.addAuthorities(cast)
    return topic
  }

  /// An authority that keeps the requirements, and a builder of leaves that do.
  struct BaselineCast {
    let root: Party
    let middle: Party

    init() throws {
      root = try Party.anchor()
      middle = try root.issuer { $0.extendedKeyUsages = [.serverAuth] }
    }

    /// A leaf of 90 days.
    func leaf(
      _ names: [String] = ["example.com"], commonName: String? = "example.com",
      key: PrivateKey? = nil, by issuer: Party? = nil,
      _ change: (inout CertificateBuilder) -> Void = { _ in }
    ) throws -> Party {
      try (issuer ?? middle).server(names, commonName: commonName, key: key) {
        $0.notBefore = ChainTopic.issued
        $0.notAfter = ChainTopic.issued.adding(seconds: 90 * ChainTopic.day - 1)
        change(&$0)
      }
    }
  }

  private static let day: Int64 = 86_400
  private static let issued = Timestamp(secondsSince1970: 1_796_083_200)  // 2026-12-01T00:00:00Z

  /// Adds a leaf below the authority.
  ///
  /// - Parameter requirement: the one that it breaks, if any.
  mutating func add(
    _ name: String, _ about: String, _ requirement: BaselineRequirement?, _ leaf: Party,
    _ cast: BaselineCast, for host: String? = "example.com"
  ) {
    add(
      name, about, requirement.map { .refused("baselineRequirement \($0)", at: 0) } ?? .accepted,
      [leaf, cast.middle], [cast.root], requirement
    ) { $0.name = host }
  }

  private mutating func add(
    _ name: String, _ about: String, _ expected: ChainAnswer, _ chain: [any EncodedCertificate],
    _ roots: [any EncodedCertificate], _ requirement: BaselineRequirement?,
    _ change: (inout ChainQuestion) -> Void = { _ in }
  ) {
    rule = "BR " + (requirement?.section ?? "7.1.2.7")
    add(name, about, expected, chain, roots) {
      $0.more["profile"] = "baseline-requirements"
      change(&$0)
    }
  }

  private mutating func addGood(_ cast: BaselineCast) throws {
    add("good", "A leaf as the requirements want it.", nil, try cast.leaf(), cast)
    add(
      "good-without-subject", "A leaf without a subject, its names critical.", nil,
      try cast.leaf(commonName: nil), cast)
    add(
      "good-address", "A leaf for an address that everybody reaches.", nil,
      try cast.leaf(["1.1.1.1"], commonName: nil), cast, for: "1.1.1.1")
    add(
      "good-wildcard", "A leaf for all hosts of a domain.", nil,
      try cast.leaf(["*.example.com"], commonName: "*.example.com"), cast, for: "www.example.com")
    let rsa = try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
    add(
      "good-rsa", "A leaf with an RSA key of 2048 bits.", nil,
      try cast.leaf(key: rsa) { $0.keyUsage = [.digitalSignature, .keyEncipherment] }, cast)
  }

  private mutating func addLifetimes(_ cast: BaselineCast) throws {
    let cases: [(String, Timestamp, Int64, Bool)] = [
      ("200-days", Self.issued, 200, true), ("201-days", Self.issued, 201, false),
      // Issued on the last day before the limit was 200 days, and asked about on that day.
      ("398-days-until-2026-03-14", Timestamp(secondsSince1970: 1_773_446_400), 398, true),
      ("399-days-until-2026-03-14", Timestamp(secondsSince1970: 1_773_446_400), 399, false),
      ("100-days-from-2027-03-15", Timestamp(secondsSince1970: 1_805_068_800), 100, true),
      ("101-days-from-2027-03-15", Timestamp(secondsSince1970: 1_805_068_800), 101, false),
      ("47-days-from-2029-03-15", Timestamp(secondsSince1970: 1_868_227_200), 47, true),
      ("48-days-from-2029-03-15", Timestamp(secondsSince1970: 1_868_227_200), 48, false),
    ]
    for (name, issued, days, isGood) in cases {
      let leaf = try cast.leaf {
        $0.notBefore = issued
        $0.notAfter = issued.adding(seconds: days * Self.day - 1)
      }
      add(
        "lifetime-\(name)", "The leaf is valid for \(days) days from \(issued) on.",
        isGood ? .accepted : .refused("baselineRequirement lifetime", at: 0),
        [leaf, cast.middle], [cast.root], .lifetime
      ) { $0.time = issued }
    }
  }

  private mutating func addLeaves(_ cast: BaselineCast) throws {
    let mail = CertificateBuilder.KeyPurpose(identifier: "1.3.6.1.5.5.7.3.4")
    let cases: [(String, String, BaselineRequirement, Party)] = [
      (
        "no-purposes", "The leaf has no extKeyUsage.", .serverAuthentication,
        try cast.leaf { $0.extendedKeyUsages = [] }
      ),
      (
        "purpose-email", "The leaf is for e-mail too.", .purposes,
        try cast.leaf { $0.extendedKeyUsages = [.serverAuth, mail] }
      ),
      (
        "purpose-any", "The leaf is for any purpose too.", .purposes,
        try cast.leaf { $0.extendedKeyUsages = [.serverAuth, .anyExtendedKeyUsage] }
      ),
      (
        "key-usage", "The leaf's key may sign what one must be held to.", .keyUsage,
        try cast.leaf { $0.keyUsage = [.digitalSignature, .nonRepudiation] }
      ),
      (
        "authority", "The leaf is an authority.", .notAnAuthority,
        try cast.leaf {
          $0.isCertificateAuthority = true
          $0.keyUsage = [.digitalSignature, .keyCertSign]
        }
      ),
      (
        "name-constraints", "The leaf has name constraints.", .noNameConstraints,
        try cast.leaf { $0.permittedNames = ["example.com"] }
      ),
      (
        "ed25519", "The leaf's key is Ed25519.", .key,
        try cast.leaf(key: Party.key("Leaf ed25519", .ed25519))
      ),
      (
        "another-hash", "A P-256 key signed the leaf with SHA-384.", .signature,
        try cast.leaf { $0.signature = .algorithm(.ecdsa(.sha384)) }
      ),
      (
        "no-authority-key-identifier", "The leaf does not name its issuer's key.",
        .authorityKeyIdentifier, try cast.leaf { $0.omittedExtensions = ["2.5.29.35"] }
      ),
      ("version-1", "The leaf is of version 1.", .version, try cast.leaf { $0.version = .v1 }),
    ]
    for (name, about, requirement, leaf) in cases { add(name, about, requirement, leaf, cast) }
  }

  /// What the builder does not make.
  private mutating func addSpoilt(_ cast: BaselineCast) throws {
    func spoilt(_ change: @escaping (inout RawCertificate) -> Void) throws -> [UInt8] {
      try SpoiltCertificate.make(below: cast.middle) {
        $0.raw.subject = TLV.commonName("example.com")
        $0.raw.notBefore = TLV.utcTime("261201000000Z")
        $0.raw.notAfter = TLV.utcTime("270228235959Z")
        change(&$0.raw)
      }
    }
    let name = TLV.sequence(TLV.relativeName("2.5.4.3", TLV.text(0x13, "MIDDLE")))
    let cases: [(String, String, BaselineRequirement, [UInt8])] = [
      (
        "serial-zero", "The leaf's serial number is zero.", .serialNumber,
        try spoilt { $0.serialNumber = TLV.integer(0) }
      ),
      (
        "unique-identifiers", "The leaf has a unique identifier.", .noUniqueIdentifiers,
        try spoilt { $0.uniqueIdentifiers = TLV.field(1, [0, 1]) }
      ),
      (
        "issuer-name", "The leaf has its issuer's name in capitals.", .issuerName,
        try spoilt { $0.issuer = name }
      ),
    ]
    for (name, about, requirement, leaf) in cases {
      add(
        name, about, .refused("baselineRequirement \(requirement)", at: 0), [leaf, cast.middle],
        [cast.root], requirement)
    }
    add(
      "unspoilt", "The leaf from which the others are spoilt.", .accepted,
      [try spoilt { _ in }, cast.middle], [cast.root], nil)
  }

  private mutating func addAuthorities(_ cast: BaselineCast) throws {
    let constraints = CertificateBuilder.Extension(
      identifier: "2.5.29.19", isCritical: false, der: TLV.sequence(TLV.true))
    let cases: [(String, String, BaselineRequirement, Party)] = [
      (
        "no-subject-key-identifier", "does not name its key", .subjectKeyIdentifier,
        try cast.root.issuer { $0.omittedExtensions = ["2.5.29.14"] }
      ),
      (
        "not-critical", "has basicConstraints that are not critical", .basicConstraints,
        try cast.root.issuer { $0.extraExtensions = [constraints] }
      ),
      (
        "no-crl-sign", "may not sign revocation lists", .authorityKeyUsage,
        try cast.root.issuer { $0.keyUsage = .keyCertSign }
      ),
      (
        "no-purposes", "was issued after 2020-09-30 without extKeyUsage", .serverAuthentication,
        try cast.root.issuer { $0.notBefore = Self.issued }
      ),
    ]
    for (name, about, requirement, authority) in cases {
      add(
        "authority-\(name)", "The authority \(about).",
        .refused("baselineRequirement \(requirement)", at: 1),
        [try cast.leaf(by: authority), authority], [cast.root], requirement)
    }
    let old = try cast.root.issuer()
    add(
      "authority-old-without-purposes", "The authority is of early 2020, and has no extKeyUsage.",
      .accepted, [try cast.leaf(by: old), old], [cast.root], .serverAuthentication)
  }
}
