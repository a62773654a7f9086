import TLSCrypto

/// The certificates that came with a leaf, in no order: what may have issued another is found by name.
///
/// A few are looked through one by one. Of many an index is made when the first issuer is asked for,
/// so that a heap costs work with its size, and not with its size times the length of a path.
struct CertificateHeap {
  let certificates: [Certificate]
  private var positions: [DistinguishedName: [Int]]?

  /// Up to here a comparison of each name takes less than an index.
  private static let unindexedCount = 16

  init(_ certificates: [Certificate]) {
    self.certificates = certificates
  }

  /// Where the certificates stand, in their order, which may have issued one, by their names, key
  /// identifiers and kinds of key. One that comes twice is given once.
  ///
  /// - Parameter limit: how many are given at most.
  mutating func issuers(of certificate: Certificate, limit: Int) -> [Int] {
    var found: [Int] = []
    func take(_ position: Int) -> Bool {
      let candidate = certificates[position]
      guard certificate.mayBeIssued(by: candidate),
        !found.contains(where: { certificates[$0] == candidate })
      else { return found.count < limit }
      found.append(position)
      return found.count < limit
    }
    if certificates.count <= Self.unindexedCount {
      for position in certificates.indices
      where certificates[position].subject == certificate.issuer {
        guard take(position) else { break }
      }
    } else {
      for position in indexed()[certificate.issuer] ?? [] {
        guard take(position) else { break }
      }
    }
    return found
  }

  /// Where a certificate stands, if it is one of these.
  mutating func position(of certificate: Certificate) -> Int? {
    guard certificates.count > Self.unindexedCount else {
      return certificates.firstIndex(of: certificate)
    }
    return indexed()[certificate.subject]?.first { certificates[$0] == certificate }
  }

  private mutating func indexed() -> [DistinguishedName: [Int]] {
    if let positions { return positions }
    var index: [DistinguishedName: [Int]] = [:]
    for (position, certificate) in certificates.enumerated() {
      index[certificate.subject, default: []].append(position)
    }
    positions = index
    return index
  }
}

extension Certificate {
  /// Whether another certificate, which has the name of this one's issuer, may be that issuer's:
  /// different key identifiers say that it was another key (RFC 5280 section 4.2.1.1), and no key
  /// signs in the way of another kind of key.
  func mayBeIssued(by issuer: Certificate) -> Bool {
    if let wanted = authorityKeyIdentifier?.keyIdentifier, let found = issuer.subjectKeyIdentifier,
      wanted != found
    {
      return false
    }
    guard case .known(let algorithm) = signature else { return true }
    return switch (algorithm, issuer.publicKey.kind) {
    case (.rsaPKCS1, .rsa), (.rsaPSS, .rsa), (.ecdsa, .ecdsa), (.ed25519, .ed25519): true
    default: false
    }
  }

  /// Whether this is the same entity as another: a path that comes by one twice goes in a circle,
  /// even where the certificates differ (RFC 4158 section 5.2).
  func isSameEntity(as other: Certificate) -> Bool {
    publicKey == other.publicKey && subject == other.subject
      && subjectAlternativeNames == other.subjectAlternativeNames
  }
}
