import TLSCrypto

@testable import TLSCertificates

/// What a list is for, and who issues it for whom (RFC 5280 sections 5.2.5 and 6.3.3 (b)).
extension ChainTopic {
  /// A case about a list's scope: a name, a sentence, whom the list is asked about, the list, and
  /// whether it says anything of them.
  private typealias ScopeCase = (String, String, Party, [UInt8], Bool)

  mutating func addListScopes(_ cast: RevocationListCast) throws {
    for (name, about, leaf, list, isKnown) in try Self.kindScopes(cast) + Self.pointScopes(cast) {
      add(
        "scope-\(name)", about, isKnown ? .accepted : Self.revocationUnknown, [leaf, cast.middle],
        [cast.root], lists: [list], Self.lists("leaf"))
    }
    let authorities = try Self.scoped(cast.root) { $0.certificates = .ofAuthorities }
    add(
      "scope-authorities-for-authority", "The root's list is for authorities' certificates.",
      .accepted, cast.chain, [cast.root], lists: [cast.middleList, authorities],
      Self.lists("chain"))
    let someRevoked = try cast.middle.list {
      var scope = RevocationListBuilder.Scope()
      scope.onlySomeReasons = .keyCompromise
      $0.scope = scope
      $0.revoke(cast.leaf, .keyCompromise)
    }
    add(
      "scope-some-reasons-revoked",
      "A list for compromised keys alone says that the leaf is revoked.",
      .refused("revoked", at: 0), cast.chain, [cast.root], lists: [someRevoked],
      Self.lists("leaf"))
  }

  /// A list of nothing for some certificates.
  private static func scoped(
    _ party: Party, _ change: (inout RevocationListBuilder.Scope) -> Void
  ) throws -> [UInt8] {
    var scope = RevocationListBuilder.Scope()
    change(&scope)
    return try party.list { $0.scope = scope }
  }

  /// Lists for kinds of certificates and of reasons.
  private static func kindScopes(_ cast: RevocationListCast) throws -> [ScopeCase] {
    [
      (
        "users", "The list is for users' certificates.", cast.leaf,
        try scoped(cast.middle) { $0.certificates = .ofUsers }, true
      ),
      (
        "authorities", "The list is for authorities' certificates.", cast.leaf,
        try scoped(cast.middle) { $0.certificates = .ofAuthorities }, false
      ),
      (
        "attributes", "The list is for attribute certificates.", cast.leaf,
        try scoped(cast.middle) { $0.certificates = .attributes }, false
      ),
      (
        "some-reasons", "The list is for compromised keys alone.", cast.leaf,
        try scoped(cast.middle) { $0.onlySomeReasons = .keyCompromise }, false
      ),
    ]
  }

  /// Lists that are found at some place.
  private static func pointScopes(_ cast: RevocationListCast) throws -> [ScopeCase] {
    let uri = "http://example.com/list"
    let named = try scoped(cast.middle) { $0.uniformResourceIdentifiers = [uri] }
    let point = CertificateBuilder.Extension.distributionPoint(uri: uri)
    let pointed = try cast.middle.server { $0.extraExtensions = [point] }
    let elsewhere = try cast.middle.server {
      $0.extraExtensions = [.distributionPoint(uri: "http://example.org/list")]
    }
    return [
      (
        "distribution-point", "The list has the name where the leaf is to be looked up.", pointed,
        named, true
      ),
      (
        "distribution-point-other", "The list has another name than the leaf's.", elsewhere, named,
        false
      ),
      (
        "distribution-point-without", "The list has no name, and the leaf has one to look up.",
        pointed, cast.middleList, true
      ),
      (
        "distribution-point-of-leaf-without", "The list has a name, and the leaf none to look up.",
        cast.leaf, named, false
      ),
    ]
  }

  mutating func addIndirectLists(_ cast: RevocationListCast) throws {
    let signer = try cast.root.issuer("List issuer") { $0.keyUsage = .cRLSign }
    let point = CertificateBuilder.Extension.distributionPoint(
      uri: nil, issuer: signer.certificate.subject.der)
    let leaf = try cast.middle.server { $0.extraExtensions = [point] }
    var scope = RevocationListBuilder.Scope()
    scope.isIndirect = true
    let good = try signer.list { $0.scope = scope }
    let revoked = try signer.list {
      $0.scope = scope
      $0.entries = [
        .init(
          serialNumber: leaf.certificate.serialNumber, revocationDate: Party.since,
          certificateIssuer: cast.middle.certificate.subject)
      ]
    }
    let ofAnother = try signer.list {
      $0.scope = scope
      $0.revoke(leaf)
    }
    let direct = try signer.list()
    let chain = [leaf, cast.middle, signer]
    let cases: [(String, String, [UInt8], ChainAnswer)] = [
      ("good", "The leaf is looked up in an indirect list, which is empty.", good, .accepted),
      (
        "revoked", "An indirect list says that the leaf is revoked.", revoked,
        .refused("revoked", at: 0)
      ),
      (
        "number-of-another-issuer",
        "An indirect list revokes the same number of the list's own issuer.", ofAnother, .accepted
      ),
      (
        "not-indirect", "The list does not say that it is indirect.", direct, Self.revocationUnknown
      ),
    ]
    for (name, about, list, answer) in cases {
      add(
        "indirect-\(name)", about, answer, chain, [cast.root], lists: [list],
        certtool: name == "revoked" ? .differs("it knows no indirect lists") : nil,
        Self.listsForAnybody)
    }
    add(
      "indirect-not-asked-for", "An indirect list is not where the leaf is to be looked up.",
      Self.revocationUnknown, [cast.leaf, cast.middle, signer], [cast.root], lists: [good],
      Self.listsForAnybody)
  }
}
