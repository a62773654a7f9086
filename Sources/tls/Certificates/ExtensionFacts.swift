import TLSCertificates
import TLSCrypto

/// What an extension says.
struct ExtensionFacts {
  let certificate: Certificate
  let `extension`: Certificate.Extension

  private typealias Known = OID.Extensions

  var facts: [Fact] {
    constraintFacts ?? nameFacts ?? serviceFacts ?? [
      Fact("value", "value", .bytes(self.extension.der))
    ]
  }

  /// What says what a certificate may do, and under which policies.
  private var constraintFacts: [Fact]? {
    switch self.extension.identifier {
    case Known.basicConstraints: certificate.basicConstraints.map(Self.facts)
    case Known.keyUsage:
      certificate.keyUsage.map {
        [
          Fact("", nil, .text("\($0)")),
          Fact(nil, "usages", .list("\($0)".split(separator: ", ").map(String.init))),
        ]
      }
    case Known.extKeyUsage:
      certificate.extendedKeyUsage.map { [Self.list("purposes", $0.purposes.map(Self.text))] }
    case Known.nameConstraints:
      certificate.nameConstraints.map {
        [
          Fact("permitted", "permitted", .list($0.permitted.map(Self.text))),
          Fact("excluded", "excluded", .list($0.excluded.map(Self.text))),
        ]
      }
    case Known.certificatePolicies:
      certificate.certificatePolicies.map {
        [Fact("", "policies", .groups($0.policies.map(Self.group)))]
      }
    case Known.policyMappings:
      certificate.policyMappings.map {
        [
          Self.list(
            "mappings", $0.mappings.map { "\($0.issuerDomainPolicy) is \($0.subjectDomainPolicy)" })
        ]
      }
    case Known.policyConstraints:
      certificate.policyConstraints.map {
        [
          Self.skip("explicit policy", "requireExplicitPolicy", $0.requireExplicitPolicy),
          Self.skip("no mapping", "inhibitPolicyMapping", $0.inhibitPolicyMapping),
        ].compactMap(\.self)
      }
    case Known.inhibitAnyPolicy:
      certificate.inhibitAnyPolicy.map {
        [Self.skip("no anyPolicy", "inhibitAnyPolicy", $0)].compactMap(\.self)
      }
    default: nil
    }
  }

  /// What says whom a certificate is for, and which keys belong to it.
  private var nameFacts: [Fact]? {
    switch self.extension.identifier {
    case Known.subjectAltName:
      certificate.subjectAlternativeNames.map { [Self.list("names", $0.names.map(Self.text))] }
    case Known.issuerAltName:
      [Self.list("names", certificate.issuerAlternativeNames.map(Self.text))]
    case Known.subjectKeyIdentifier:
      certificate.subjectKeyIdentifier.map { [Fact("", "keyIdentifier", .bytes($0))] }
    case Known.authorityKeyIdentifier: certificate.authorityKeyIdentifier.map(Self.facts)
    default: nil
    }
  }

  /// What says where to learn more about a certificate.
  private var serviceFacts: [Fact]? {
    switch self.extension.identifier {
    case Known.cRLDistributionPoints:
      [Fact("", "points", .groups(certificate.cRLDistributionPoints.map(Self.group)))]
    case Known.freshestCRL:
      [Fact("", "points", .groups(certificate.freshestCRL.map(Self.group)))]
    case Known.authorityInfoAccess:
      certificate.authorityInformationAccess.map { Self.facts($0.descriptions) }
    case Known.subjectInfoAccess:
      certificate.subjectInformationAccess.map { Self.facts($0.descriptions) }
    case Known.tlsFeature:
      certificate.tlsFeature.map { [Self.list("features", $0.features.map(Self.feature))] }
    case Known.ocspNoCheck:
      [Fact("", "meaning", .text("the revocation of this responder is not to be looked for"))]
    case Known.precertificatePoison:
      [Fact("", "meaning", .text("the promise of a certificate, and none itself"))]
    case Known.signedCertificateTimestamps:
      [
        Fact(
          "", "timestamps",
          .groups(certificate.signedCertificateTimestamps.map(Self.group)))
      ]
    default: nil
    }
  }
}

extension ExtensionFacts {
  private static func list(_ key: String, _ texts: [String]) -> Fact { Fact("", key, .list(texts)) }

  /// An identifier, and its name where it has one.
  private static func text(_ identifier: OID) -> String {
    identifier.name.map { "\($0) (\(identifier.text))" } ?? identifier.text
  }

  /// A name; with its value where its form is not read.
  static func text(_ name: GeneralName) -> String {
    switch name {
    case .otherName(_, let der), .x400Address(let der), .ediPartyName(let der):
      "\(name) \(Hexadecimal.text(der))"
    default: "\(name)"
    }
  }

  private static func facts(_ constraints: BasicConstraints) -> [Fact] {
    let limit = constraints.pathLength.map { "\($0)" } ?? "no limit"
    return [
      Fact("authority", "authority", .flag(constraints.isAuthority)),
      constraints.isAuthority ? Fact("path length", nil, .text(limit)) : nil,
      constraints.pathLength.map { Fact(nil, "pathLength", .number($0)) },
    ].compactMap(\.self)
  }

  private static func facts(_ identifier: AuthorityKeyIdentifier) -> [Fact] {
    let issuer = identifier.authorityCertIssuer
    return [
      identifier.keyIdentifier.map { Fact("key", "keyIdentifier", .bytes($0)) },
      issuer.isEmpty ? nil : Fact("issued by", "issuer", .list(issuer.map(text))),
      identifier.authorityCertSerialNumber.map { Fact("serial", "serialNumber", .bytes($0)) },
    ].compactMap(\.self)
  }

  private static func facts(_ descriptions: [AccessDescription]) -> [Fact] {
    descriptions.map { one in
      let method = one.accessMethod.name ?? one.accessMethod.text
      return Fact(method, nil, .text(text(one.accessLocation)))
    } + [
      Fact(
        nil, "descriptions",
        .groups(
          descriptions.map { one in
            Fact.Group(
              heading: "",
              facts: [
                Fact(nil, "method", .text(one.accessMethod.name ?? one.accessMethod.text)),
                Fact(nil, "location", .text(text(one.accessLocation))),
              ])
          }))
    ]
  }

  private static func group(_ policy: CertificatePolicies.PolicyInformation) -> Fact.Group {
    let notices = policy.userNotices.map { notice in
      let reference = notice.reference.map { reference in
        "\(reference.organization) "
          + reference.noticeNumbers.map { "\($0)" }.joined(separator: ", ")
      }
      return [notice.explicitText, reference].compactMap(\.self).joined(separator: " / ")
    }
    return Fact.Group(
      heading: text(policy.identifier),
      facts: [
        Fact(nil, "identifier", .text(policy.identifier.text)),
        policy.cpsURIs.isEmpty ? nil : Fact("practice", "cps", .list(policy.cpsURIs)),
        notices.isEmpty ? nil : Fact("notice", "notices", .list(notices)),
      ].compactMap(\.self))
  }

  private static func group(_ point: DistributionPoint) -> Fact.Group {
    let names: [String] =
      switch point.distributionPoint {
      case .fullName(let names): names.map(text)
      case .nameRelativeToCRLIssuer(let der):
        ["relative to the issuer: \(Hexadecimal.text(der))"]
      case nil: []
      }
    let issuer = point.cRLIssuer.map(text)
    return Fact.Group(
      heading: names.first ?? "without a name",
      facts: [
        Fact(nil, "names", .list(names)),
        names.count > 1 ? Fact("or", nil, .list(Array(names.dropFirst()))) : nil,
        point.reasons.map { Fact("reasons", "reasons", .text("\($0)")) },
        issuer.isEmpty ? nil : Fact("issuer", "issuer", .list(issuer)),
      ].compactMap(\.self))
  }

  private static func group(_ timestamp: SignedCertificateTimestamp) -> Fact.Group {
    guard let one = timestamp.versionOne else {
      return Fact.Group(
        heading: "a timestamp of version \(Int(timestamp.version) + 1), which is not read",
        facts: [Fact("value", "value", .bytes(timestamp.encoded))])
    }
    let time = Timestamp(secondsSince1970: Int64(clamping: one.timestamp / 1000))
    return Fact.Group(
      heading: "\(time)",
      facts: [
        Fact(nil, "time", .text("\(time)")),
        Fact(nil, "milliseconds", .number(Int(clamping: one.timestamp))),
        Fact("log", "log", .bytes(one.logID)),
        one.extensions.isEmpty ? nil : Fact("extensions", "extensions", .bytes(one.extensions)),
        Fact(
          "signed by", "algorithm",
          .text(TimestampSignature.name(one.hashAlgorithm, one.signatureAlgorithm))),
        Fact("signature", "signature", .bytes(one.signature)),
      ].compactMap(\.self))
  }

  private static func feature(_ number: Int) -> String {
    switch number {
    case 5: "status_request (5): it must come with an OCSP response (must-staple)"
    case 17: "status_request_v2 (17)"
    default: "\(number)"
    }
  }

  /// After how many certificates something holds.
  private static func skip(_ label: String, _ key: String, _ count: Int?) -> Fact? {
    count.map { Fact(label, key, .number($0)) }
  }
}

/// How a timestamp is signed.
private enum TimestampSignature {
  /// The numbers of RFC 5246 section 7.4.1.4.1 in words.
  static func name(_ hash: UInt8, _ signature: UInt8) -> String {
    let hashes: [UInt8: String] = [4: "SHA-256", 5: "SHA-384", 6: "SHA-512"]
    let signatures: [UInt8: String] = [1: "RSA", 3: "ECDSA"]
    guard let hash = hashes[hash], let signature = signatures[signature] else {
      return "algorithm \(hash), \(signature)"
    }
    return "\(signature) with \(hash)"
  }
}
