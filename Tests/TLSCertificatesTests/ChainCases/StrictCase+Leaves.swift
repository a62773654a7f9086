@testable import TLSCertificates

/// What leaves must be like.
extension StrictCase {
  static let leaves = leafFields + leafNames + leafRights + access(of: "leaf")

  private static let leafFields: [StrictCase] = [
    keeps(.version, "good", "All certificates are as they must be.") { _ in },
    breaks(.serialNumber, "serial-zero", "The leaf's serial number is zero.", openSSL: unasked) {
      $0.raw.serialNumber = TLV.integer(0)
    },
    keeps(.serialNumber, "serial-20-bytes", "The leaf's serial number has 20 bytes.") {
      $0.raw.serialNumber = TLV.element(0x02, [0x7f] + [UInt8](repeating: 0xff, count: 19))
    },
    breaks(
      .noUniqueIdentifiers, "issuer-unique-identifier", "The leaf has an issuerUniqueID.",
      openSSL: unasked
    ) { $0.raw.uniqueIdentifiers = TLV.field(1, [0, 1]) },
    breaks(
      .noUniqueIdentifiers, "subject-unique-identifier", "The leaf has a subjectUniqueID.",
      openSSL: unasked
    ) { $0.raw.uniqueIdentifiers = TLV.field(2, [0, 1]) },
    breaks(
      .authorityKeyIdentifier, "without-authority-key", "The leaf has no authorityKeyIdentifier."
    ) { $0.remove("2.5.29.35") },
    breaks(
      .authorityKeyIdentifier, "authority-key-empty",
      "The leaf's authorityKeyIdentifier says nothing."
    ) { $0.set("2.5.29.35", TLV.sequence()) },
    breaks(
      .authorityKeyIdentifier, "authority-key-by-number",
      "The leaf's authorityKeyIdentifier has a name and a number in place of the key's identifier."
    ) {
      let name = TLV.tagged(1, TLV.tagged(4, TLV.commonName("Root")))
      $0.set("2.5.29.35", TLV.sequence(name, TLV.field(2, [1])))
    },
    breaks(
      .subjectKeyIdentifierCriticality, "subject-key-critical",
      "The leaf's subjectKeyIdentifier is critical."
    ) { $0.makeCritical("2.5.29.14") },
    keeps(.subjectKeyIdentifier, "without-subject-key", "The leaf's key has no name.") {
      $0.remove("2.5.29.14")
    },
    keeps(.keyUsage, "without-key-usage", "The leaf does not say what its key may do.") {
      $0.remove("2.5.29.15")
    },
    keeps(
      .basicConstraintsCriticality, "without-basic-constraints", "The leaf has no basicConstraints."
    ) { $0.remove("2.5.29.19") },
  ]

  private static let leafNames: [StrictCase] = [
    breaks(
      .subject, "authority-without-subject", "The leaf is an authority, and has no subject."
    ) {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
      $0.set("2.5.29.19", critical: true, isAuthority)
    },
    breaks(.subject, "list-issuer-without-subject", "The leaf signs lists, and has no subject.") {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
      $0.set("2.5.29.15", critical: true, signatureAndLists)
    },
    keeps(.subject, "list-issuer", "The leaf signs lists, and has a subject.") {
      $0.set("2.5.29.15", critical: true, signatureAndLists)
    },
    keeps(
      .alternativeNames, "without-subject", "The leaf has no subject, and critical names."
    ) {
      $0.raw.subject = TLV.sequence()
      $0.set("2.5.29.17", critical: true, names("example.com"))
    },
    breaks(
      .alternativeNamesCriticality, "names-not-critical",
      "The leaf has no subject, and names that are not critical."
    ) { $0.raw.subject = TLV.sequence() },
    keeps(
      .alternativeNamesCriticality, "names-critical",
      "The leaf has a subject, and its names are critical, which is not forbidden."
    ) { $0.set("2.5.29.17", critical: true, names("example.com")) },
    badName("underscore", "a_b.example.com"), badName("period-in-front", ".example.com"),
    badName("period-at-end", "example.com."), badName("space", " "), badName("empty", ""),
    badName("hyphen", "-a.example.com"), badName("address", "192.0.2.1"),
    badName("asterisk-within", "w*.example.com"), badName("asterisk-below", "www.*.example.com"),
    badName("long-label", String(repeating: "a", count: 64) + ".example.com"),
    keeps(.dnsName, "name-digits", "The leaf is for hosts of digits and hyphens, too.") {
      $0.set("2.5.29.17", names("example.com", "1.example.com", "a--b.c-1.EXAMPLE"))
    },
  ]

  private static func badName(_ name: String, _ text: String) -> StrictCase {
    breaks(
      .dnsName, "name-\(name)", "The leaf is for a host, and for \"\(text)\".",
      openSSL: unaskedText
    ) { $0.set("2.5.29.17", names("example.com", text)) }
  }

  /// What only authorities may have.
  private static let leafRights: [StrictCase] = [
    breaks(
      .keyCertSign, "signs-certificates", "The leaf's key signs certificates; it is no authority."
    ) { $0.set("2.5.29.15", critical: true, signatureAndCertificates) },
    keeps(
      .keyCertSign, "is-authority", "The leaf is an authority, whose key signs certificates."
    ) {
      $0.set("2.5.29.15", critical: true, signatureAndCertificates)
      $0.set("2.5.29.19", critical: true, isAuthority)
    },
    breaks(.pathLength, "path-length", "The leaf limits a path that its key cannot sign.") {
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.true, TLV.integer(0)))
    },
    keeps(.pathLength, "authority-path-length", "The leaf limits a path that its key signs.") {
      $0.set("2.5.29.15", critical: true, signatureAndCertificates)
      $0.set("2.5.29.19", critical: true, TLV.sequence(TLV.true, TLV.integer(0)))
    },
    keeps(
      .basicConstraintsCriticality, "authority-without-certificates",
      "The leaf is an authority whose key signs none, so that the extension need not be critical.",
      openSSL: .differs("it asks so of all authorities; see the third paragraph of 4.2.1.9")
    ) { $0.set("2.5.29.19", isAuthority) },
    breaks(
      .policyMappings, "policy-mappings", "The leaf maps policies, and is no authority.",
      openSSL: unasked
    ) { $0.set("2.5.29.33", critical: true, mappings) },
    breaks(
      .nameConstraints, "name-constraints", "The leaf constrains names, and is no authority.",
      openSSL: unasked
    ) { $0.set("2.5.29.30", critical: true, constraint("example.com")) },
  ]
}
