import TLSCertificates
import TLSCrypto

/// What is worth knowing of a revocation list.
struct RevocationListFacts {
  let list: CertificateRevocationList
  let now: Timestamp
  /// Whether all entries are wanted, for programs.
  let isComplete: Bool

  /// How many entries people are shown: lists can have a million.
  private static let shownCount = 20

  var facts: [Fact] { head + key + scope + entries }

  private var head: [Fact] {
    [
      .text("issuer", "issuer", "\(list.issuer)"),
      Fact("version", "version", .number(list.version)),
    ] + (list.number.map { [Fact("number", "number", .bytes($0))] } ?? []) + [
      .text("this update", "thisUpdate", "\(list.thisUpdate)"),
      .text("next update", "nextUpdate", "\(list.nextUpdate)"),
      .text("now", "validity", TimeWords.validity(list.thisUpdate, list.nextUpdate, at: now)),
    ]
  }

  private var key: [Fact] {
    let identifier = list.authorityKeyIdentifier?.keyIdentifier
    return (identifier.map { [Fact("key", "keyIdentifier", .bytes($0))] } ?? []) + [
      .text("signed by", "signatureAlgorithm", "\(list.signature)")
    ]
  }

  /// Which certificates it speaks of: what it does not, it does not say to be good.
  private var scope: [Fact] {
    guard let point = list.issuingDistributionPoint else {
      return [Fact("speaks of", nil, .text("all that its issuer has issued"))]
    }
    let names: [String] =
      switch point.distributionPoint {
      case .fullName(let names): names.map(ExtensionFacts.text)
      case .nameRelativeToCRLIssuer(let der): ["relative to the issuer: \(Hexadecimal.text(der))"]
      case nil: []
      }
    return [
      Fact(
        "speaks of", "issuingDistributionPoint",
        .facts(
          [
            .text("certificates", "certificates", point.certificates.text),
            point.onlySomeReasons.map { .text("only for", "onlySomeReasons", "\($0)") },
            Fact("indirect", "indirect", .flag(point.isIndirect)),
            names.isEmpty ? nil : Fact("name", "distributionPoint", .list(names)),
          ].compactMap(\.self)))
    ]
  }

  private var entries: [Fact] {
    let count = Fact("revoked", "revokedCount", .number(list.count))
    if isComplete { return [count, Fact(nil, "revoked", .groups(list.entries.map(group)))] }
    return list.entries.isEmpty ? [count] : [count, Fact("", nil, .groups(shown))]
  }

  private var shown: [Fact.Group] {
    let lines = list.entries.prefix(Self.shownCount).map(line)
    let more = list.count - lines.count
    let rest = more > 0 ? ["and \(more) more; --json has all"] : []
    return (lines + rest).map { Fact.Group(heading: $0, facts: []) }
  }

  private func line(_ entry: CertificateRevocationList.Entry) -> String {
    "\(entry.revocationDate)  \(Hexadecimal.text(entry.serialNumber))"
      + (entry.reason.map { "  \($0)" } ?? "")
      // An indirect list speaks of other issuers' certificates too.
      + (entry.certificateIssuer == list.issuer ? "" : "  of \(entry.certificateIssuer)")
  }

  private func group(_ entry: CertificateRevocationList.Entry) -> Fact.Group {
    Fact.Group(
      heading: line(entry),
      facts: [
        Fact(nil, "serialNumber", .bytes(entry.serialNumber)),
        Fact(nil, "issuer", .text("\(entry.certificateIssuer)")),
        Fact(nil, "revokedAt", .text("\(entry.revocationDate)")),
        entry.reason.map { Fact(nil, "reason", .text("\($0)")) },
      ].compactMap(\.self))
  }
}

extension IssuingDistributionPoint.Certificates {
  /// In words, with RFC 5280's name for it.
  fileprivate var text: String {
    switch self {
    case .all: "all"
    case .ofUsers: "of servers, clients and people (onlyContainsUserCerts)"
    case .ofAuthorities: "of authorities (onlyContainsCACerts)"
    case .attributes: "attribute certificates (onlyContainsAttributeCerts)"
    }
  }
}

/// What is worth knowing of an OCSP response.
struct OCSPFacts {
  let response: OCSPResponse
  let now: Timestamp

  var facts: [Fact] {
    guard let basic = response.basic else {
      return [.text("status", "status", "\(response.status)")]
    }
    return [
      .text("status", "status", "\(response.status)"),
      .text("signed by", "responder", "\(basic.responder)"),
      .text("signed with", "signatureAlgorithm", "\(basic.signature)"),
      .text("made at", "producedAt", "\(basic.producedAt)"),
      Fact("says of", "responses", .groups(basic.responses.map(group))),
      Fact(
        basic.certificates.isEmpty ? nil : "brings", "certificates",
        .list(basic.certificates.map { "\($0.subject)" })),
    ]
  }

  private func group(_ one: OCSPSingleResponse) -> Fact.Group {
    Fact.Group(
      heading: "\(Hexadecimal.text(one.certificate.serialNumber)): \(one.status)",
      facts: [
        Fact(nil, "serialNumber", .bytes(one.certificate.serialNumber)),
        Fact(nil, "status", .text("\(one.status)")),
        .text("issuer hash", "hashAlgorithm", "\(one.certificate.hashAlgorithm)"),
        Fact("of its name", "issuerNameHash", .bytes(one.certificate.issuerNameHash)),
        Fact("of its key", "issuerKeyHash", .bytes(one.certificate.issuerKeyHash)),
        .text("this update", "thisUpdate", "\(one.thisUpdate)"),
        one.nextUpdate.map { .text("next update", "nextUpdate", "\($0)") },
        one.nextUpdate.map {
          .text("now", "validity", TimeWords.validity(one.thisUpdate, $0, at: now))
        },
      ].compactMap(\.self))
  }
}
