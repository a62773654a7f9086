import SwiftASN1

/// Which lists speak of a certificate (RFC 5280 section 6.3.3 (b) to (d)).
struct RevocationListScope {
  let certificate: Certificate

  /// The reasons for which a list speaks of it; `nil` if it does not at all.
  func reasons(of list: CertificateRevocationList) -> ReasonFlags? {
    let point = list.issuingDistributionPoint
    let isAuthority = certificate.basicConstraints?.isAuthority ?? false
    switch point?.certificates {
    case nil, .all: break
    case .ofUsers: if isAuthority { return nil }
    case .ofAuthorities: if !isAuthority { return nil }
    case .attributes: return nil
    }
    let told = (point?.onlySomeReasons ?? .all).intersection(.all)
    var reasons: ReasonFlags = []
    for candidate in certificate.cRLDistributionPoints where isAt(candidate, list) {
      reasons.formUnion(told.intersection(candidate.reasons ?? .all))
    }
    // Lists that the certificate does not tell of count, too, if they are its issuer's.
    if isImplied(list) { reasons.formUnion(told) }
    return reasons.isEmpty ? nil : reasons
  }

  /// Whether a list is one that a distribution point leads to.
  private func isAt(_ point: DistributionPoint, _ list: CertificateRevocationList) -> Bool {
    let own = list.issuingDistributionPoint
    if point.cRLIssuer.isEmpty {
      guard list.issuer == certificate.issuer else { return false }
    } else {
      guard own?.isIndirect == true, point.cRLIssuer.contains(.directoryName(list.issuer)) else {
        return false
      }
    }
    guard let name = own?.distributionPoint else { return true }
    let names = name.fullNames(below: list.issuer)
    guard let candidate = point.distributionPoint else {
      return point.cRLIssuer.contains(where: names.contains)
    }
    let base = point.cRLIssuer.isEmpty ? certificate.issuer : list.issuer
    return candidate.fullNames(below: base).contains(where: names.contains)
  }

  /// Whether a list is for all that the certificate's issuer has issued: as if there were a
  /// distribution point with the issuer's name.
  private func isImplied(_ list: CertificateRevocationList) -> Bool {
    guard list.issuer == certificate.issuer else { return false }
    guard let name = list.issuingDistributionPoint?.distributionPoint else { return true }
    return name.fullNames(below: list.issuer).contains(.directoryName(certificate.issuer))
  }
}

extension DistributionPointName {
  /// The names in full; none if one cannot be made up.
  ///
  /// - Parameter issuer: whose name a relative one is put behind.
  fileprivate func fullNames(below issuer: DistinguishedName) -> Set<GeneralName> {
    switch self {
    case .fullName(let names): return Set(names)
    case .nameRelativeToCRLIssuer(let der):
      guard let parent = try? FieldReader.parse(issuer.der[...], "issuer"),
        case .constructed(let nodes) = parent.content
      else { return [] }
      let encoding = DER.Serializer.bytes { serializer in
        serializer.sequence { serializer in
          for node in nodes { serializer.serializeRawBytes(node.encodedBytes) }
          serializer.serializeRawBytes(der)
        }
      }
      return (try? DistinguishedName(der: encoding)).map { [.directoryName($0)] } ?? []
    }
  }
}
