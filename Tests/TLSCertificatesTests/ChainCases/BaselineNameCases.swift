@testable import TLSCertificates

/// Names that the Baseline Requirements allow and forbid.
extension ChainTopic {
  /// A case about the names of a leaf: a name, a sentence, the requirement, and the leaf.
  private typealias NameCase = (String, String, BaselineRequirement, Party)

  mutating func addBaselineNames(_ cast: BaselineCast) throws {
    for (name, about, requirement, leaf) in try Self.nameForms(cast) + Self.hostNames(cast) {
      add("names-\(name)", about, requirement, leaf, cast)
    }
  }

  /// Which kinds of names a leaf has, and where.
  private static func nameForms(_ cast: BaselineCast) throws -> [NameCase] {
    let host = NameDER.dns("example.com")
    func names(_ more: [[UInt8]] = [], isCritical: Bool = false) throws -> Party {
      try cast.leaf { $0.extraExtensions = [.names([host] + more, isCritical: isCritical)] }
    }
    return [
      ("none", "The leaf has no alternative names.", .alternativeNames, try cast.leaf([])),
      (
        "critical", "The alternative names are critical beside a subject.",
        .alternativeNamesCriticality, try names(isCritical: true)
      ),
      (
        "email", "An alternative name is an e-mail address.", .alternativeNameForms,
        try names([NameDER.email("a@example.com")])
      ),
      (
        "uri", "An alternative name is a URI.", .alternativeNameForms,
        try names([NameDER.uri("https://example.com/")])
      ),
      (
        "common-name", "The common name is none of the alternative names.", .commonName,
        try cast.leaf(commonName: "Leaf")
      ),
    ]
  }

  /// DNS names and addresses that nobody may have, beside one that somebody may.
  private static func hostNames(_ cast: BaselineCast) throws -> [NameCase] {
    func leaf(_ name: [UInt8]) throws -> Party {
      let names = [NameDER.dns("example.com"), name]
      return try cast.leaf { $0.extraExtensions = [.names(names, isCritical: false)] }
    }
    return [
      (
        "underscore", "A DNS name has an underscore.", .dnsName,
        try leaf(NameDER.dns("a_b.example.com"))
      ),
      (
        "address-as-dns-name", "An address stands as a DNS name.", .dnsName,
        try leaf(NameDER.dns("1.1.1.1"))
      ),
      (
        "wildcard-inner", "An asterisk is not the first label.", .dnsName,
        try leaf(NameDER.dns("www.*.com"))
      ),
      (
        "internal", "A DNS name ends in a domain that nobody has.", .internalName,
        try leaf(NameDER.dns("server.local"))
      ),
      (
        "single-label", "A DNS name is a single label.", .internalName,
        try leaf(NameDER.dns("server"))
      ),
      (
        "reverse", "A DNS name stands for an address.", .reverseZone,
        try leaf(NameDER.dns("1.1.1.1.in-addr.arpa"))
      ),
      (
        "private-address", "An address is one of a private network.", .reservedAddress,
        try leaf(NameDER.ip([192, 168, 0, 1]))
      ),
      (
        "documentation-address", "An address is one for documentation.", .reservedAddress,
        try leaf(NameDER.ip([192, 0, 2, 1]))
      ),
    ]
  }
}
