import TLSCertificates
import TLSCrypto

/// All that a certificate holds.
struct CertificateFacts {
  let certificate: Certificate
  let now: Timestamp

  /// How many names stand in the first lines; all of them are among the extensions.
  private static let shownNameCount = 4

  var facts: [Fact] {
    [
      .text("subject", "subject", "\(certificate.subject)"),
      .text("issuer", "issuer", "\(certificate.issuer)"),
      Fact("names", nil, .text(names)),
      Fact(nil, "names", .list(certificate.subjectAlternativeNames?.texts ?? [])),
      Fact(nil, "selfIssued", .flag(certificate.isSelfIssued)),
      Fact("serial", "serialNumber", .bytes(certificate.serialNumber)),
      Fact("version", "version", .number(certificate.version)),
    ] + validity + fingerprints + [
      Fact("key", nil, .text("\(certificate.publicKey)")),
      Fact("", "publicKey", .facts(Self.facts(of: certificate.publicKey))),
      Fact("extensions", "extensions", .groups(extensions)),
      Fact("signed by", nil, .text("\(certificate.signature)")),
      Fact(
        "", "signature",
        .facts([
          Fact(nil, "algorithm", .text("\(certificate.signature)")),
          Fact("value", "value", .bytes(certificate.signatureBytes)),
        ])),
    ]
  }

  private var names: String {
    let texts = certificate.subjectAlternativeNames?.texts ?? []
    guard !texts.isEmpty else { return "none" }
    let shown = texts.prefix(Self.shownNameCount).joined(separator: ", ")
    let more = texts.count - min(texts.count, Self.shownNameCount)
    return more > 0 ? "\(shown) and \(more) more" : shown
  }

  private var validity: [Fact] {
    let (start, end) = (certificate.notBefore, certificate.notAfter)
    return [
      .text("not before", "notBefore", "\(start)"),
      Fact("not after", nil, .text("\(end), \(TimeWords.length(from: start, to: end)) later")),
      Fact(nil, "notAfter", .text("\(end)")),
      .text("now", "validity", TimeWords.validity(start, end, at: now)),
      Fact(nil, "validNow", .flag(start <= now && now <= end)),
    ]
  }

  private static func facts(of key: PublicKey) -> [Fact] {
    let kind = Fact(nil, "kind", .text("\(key)"))
    switch key.kind {
    case .rsa(let bits):
      return [
        kind, Fact(nil, "bits", .number(bits)),
        Fact("modulus", "modulus", .bytes(key.rsaModulus ?? [])),
        Fact("exponent", nil, .text(exponent(key.rsaExponent ?? []))),
        Fact(nil, "exponent", .bytes(key.rsaExponent ?? [])),
      ]
    case .ecdsa(let curve):
      return [
        kind, Fact(nil, "curve", .text("\(curve)")),
        Fact("point", "point", .bytes(key.point ?? [])),
      ]
    case .ed25519:
      return [kind, Fact("point", "point", .bytes(key.ed25519Bytes ?? []))]
    }
  }

  /// In decimal: it has 64 bits at most.
  private static func exponent(_ bytes: [UInt8]) -> String {
    "\(bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })"
  }

  private var extensions: [Fact.Group] {
    certificate.extensions.map { one in
      let name = one.identifier.name
      let heading =
        (name.map { "\($0) (\(one.identifier.text))" } ?? one.identifier.text)
        + (one.isCritical ? ", critical" : "")
      let head = [
        Fact(nil, "identifier", .text(one.identifier.text)),
        name.map { Fact(nil, "name", .text($0)) },
        Fact(nil, "critical", .flag(one.isCritical)),
      ].compactMap(\.self)
      return Fact.Group(
        heading: heading,
        facts: head + ExtensionFacts(certificate: certificate, extension: one).facts)
    }
  }

  private var fingerprints: [Fact] {
    [
      Fact("SHA-256", "sha256", .text((try? certificate.fingerprint().description) ?? "unknown")),
      Fact(
        "SHA-1", "sha1",
        .text((try? certificate.sha1Fingerprint().description) ?? "unknown")),
      Fact(
        "pin", "publicKeyPin",
        .text((try? PublicKeyPin(of: certificate).description) ?? "unknown")),
    ]
  }
}
