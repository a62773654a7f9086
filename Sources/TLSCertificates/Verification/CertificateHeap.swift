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

  /// Where the certificates stand that may have issued one, by their names, key identifiers and kinds
  /// of key: the best first. One that comes twice is given once.
  ///
  /// - Parameters:
  ///   - time: those that are valid then come before those that are not.
  ///   - limit: how many are given at most.
  mutating func issuers(of certificate: Certificate, at time: Timestamp, limit: Int) -> [Int] {
    var ranked: [[Int]] = [[], [], [], []]
    for position in named(certificate.issuer) {
      let candidate = certificates[position]
      guard certificate.mayBeIssued(by: candidate) else { continue }
      let rank = certificate.rank(ofIssuer: candidate, at: time)
      guard ranked[rank].count < limit,
        !ranked[rank].contains(where: { certificates[$0] == candidate })
      else { continue }
      ranked[rank].append(position)
    }
    return Array(ranked.joined().prefix(limit))
  }

  /// Where the certificates of a name stand, in their order.
  private mutating func named(_ subject: DistinguishedName) -> [Int] {
    guard certificates.count <= Self.unindexedCount else { return indexed()[subject] ?? [] }
    return certificates.indices.filter { certificates[$0].subject == subject }
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

  /// How late an issuer is to be tried, from 0 to 3: those whose key has the name that is looked for
  /// come first, and of these the ones that are valid (RFC 4158 section 3.5).
  func rank(ofIssuer issuer: Certificate, at time: Timestamp) -> Int {
    let isNamed = authorityKeyIdentifier?.keyIdentifier != nil && issuer.subjectKeyIdentifier != nil
    let isInTime = issuer.notBefore <= time && time <= issuer.notAfter
    return (isNamed ? 0 : 2) + (isInTime ? 0 : 1)
  }

  /// Whether this is the same entity as another: a path that comes by one twice goes in a circle,
  /// even where the certificates differ (RFC 4158 section 5.2).
  func isSameEntity(as other: Certificate) -> Bool {
    publicKey == other.publicKey && subject == other.subject
      && subjectAlternativeNames == other.subjectAlternativeNames
  }
}
