import TLSCrypto

/// The rules for one certificate of a path (RFC 5280 sections 6.1.3 and 6.1.4), without signatures.
struct CertificateRules {
  let chain: [Certificate]
  let usage: ChainVerifier.Usage
  let time: Timestamp
  let policy: ChainVerifier.Policy

  private func failure(
    _ rule: VerificationError.Rule, _ certificate: Certificate
  ) -> VerificationError {
    VerificationError(rule, certificate, in: chain)
  }

  /// What a leaf must be.
  func checkLeaf(_ leaf: Certificate) throws(VerificationError) {
    try checkAny(leaf)
    // ECDHE suites sign with the leaf's key, and do nothing else with it (RFC 8422 section 5.3).
    if let found = leaf.keyUsage, !found.contains(.digitalSignature) {
      throw failure(.keyUsage(missing: .digitalSignature, found: found), leaf)
    }
    try checkPurpose(leaf, acceptsAnything: false)
  }

  /// What an authority must be that issued another certificate of the path.
  ///
  /// - Parameters:
  ///   - isRoot: whether it is one of the trusted roots.
  ///   - below: the path from the leaf to the certificate that it issued.
  func checkAuthority(
    _ authority: Certificate, isRoot: Bool, below: [Certificate]
  ) throws(VerificationError) {
    try checkAny(authority)
    // Trust in a root is not by its extensions (RFC 5280 section 6.1.1 (d)): the oldest can have none.
    // A later one without them is a server's own certificate that somebody trusts, and no authority.
    let isOldRoot = isRoot && authority.version < 3
    if !isOldRoot {
      guard authority.basicConstraints?.isAuthority == true else {
        throw failure(.notACertificateAuthority, authority)
      }
      if let found = authority.keyUsage, !found.contains(.keyCertSign) {
        throw failure(.keyUsage(missing: .keyCertSign, found: found), authority)
      }
    }
    if let limit = authority.basicConstraints?.pathLength {
      // Self-issued authorities do not count (RFC 5280 section 4.2.1.9).
      let found = below.dropFirst().count { !$0.isSelfIssued }
      guard found <= limit else {
        throw failure(.pathTooLong(limit: limit, found: found), authority)
      }
    }
    try checkPurpose(authority, acceptsAnything: true)
  }

  /// What every certificate must be.
  private func checkAny(_ certificate: Certificate) throws(VerificationError) {
    guard time >= certificate.notBefore else {
      throw failure(.notYetValid(notBefore: certificate.notBefore, now: time), certificate)
    }
    guard time <= certificate.notAfter else {
      throw failure(.expired(notAfter: certificate.notAfter, now: time), certificate)
    }
    if let identifier = certificate.unknownCriticalExtensions.first {
      throw failure(.unknownCriticalExtension(identifier), certificate)
    }
    if case .rsa(let bits) = certificate.publicKey.kind, bits < policy.minimumRSABitCount {
      let rule = VerificationError.Rule.weakKey(
        certificate.publicKey.description, minimumBitCount: policy.minimumRSABitCount)
      throw failure(rule, certificate)
    }
  }

  private func checkPurpose(
    _ certificate: Certificate, acceptsAnything: Bool
  ) throws(VerificationError) {
    guard let found = certificate.extendedKeyUsage else { return }
    if acceptsAnything, found.allowsAnything { return }
    let isAllowed =
      usage == .server ? found.allowsServerAuthentication : found.allowsClientAuthentication
    guard isAllowed else {
      let required = usage == .server ? "serverAuth" : "clientAuth"
      throw failure(
        .extendedKeyUsage(required: required, found: found.description), certificate)
    }
  }

  /// How a certificate may be signed. A root's own signature does not matter.
  func checkSignatureAlgorithm(_ certificate: Certificate) throws(VerificationError) {
    guard case .known = certificate.signature else {
      throw failure(.weakSignature(certificate.signature.description), certificate)
    }
  }

  /// The names that the authorities of a path allow those below them (RFC 5280 section 6.1.4 (g)).
  ///
  /// - Parameter path: leaf first.
  func checkNameConstraints(_ path: [Certificate]) throws(VerificationError) {
    var comparisonCount = 0
    for (index, authority) in path.enumerated() {
      guard let constraints = authority.nameConstraints else { continue }
      for (position, certificate) in path[..<index].enumerated() {
        // A self-issued authority is exempt, a leaf never (RFC 5280 section 6.1.3 (b)).
        if position > 0, certificate.isSelfIssued { continue }
        let names = certificate.constrainedNames
        comparisonCount += names.count * constraints.count
        guard comparisonCount <= policy.maximumNameComparisonCount else {
          throw failure(.tooManyNames(limit: policy.maximumNameComparisonCount), certificate)
        }
        for name in names {
          guard let problem = constraints.objection(to: name) else { continue }
          throw failure(
            .nameConstraints(authority: authority.description, problem: problem), certificate)
        }
      }
    }
  }
}

extension Certificate {
  /// What name constraints are about (RFC 5280 section 4.2.1.10).
  var constrainedNames: [GeneralName] {
    var names = subjectAlternativeNames?.names ?? []
    // An address in the subject counts where there are no alternative names at all.
    if subjectAlternativeNames == nil {
      names += subject.emailAddresses.map { .rfc822Name($0) }
    }
    if !subject.isEmpty { names.append(.directoryName(subject)) }
    return names
  }
}
