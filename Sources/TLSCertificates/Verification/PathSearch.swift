import TLSCrypto

/// Looks for a path from a leaf to a root, by names and key identifiers first. Signatures are
/// checked when a path is whole, and each once; the work is bounded, whatever a peer sends.
struct PathSearch {
  private let chain: [Certificate]
  private let roots: TrustRoots
  private let rules: CertificateRules
  private var candidateCount = 0
  private var checkedSignatures: [Signature: Bool] = [:]
  private var bestFailure: VerificationError?

  /// A certificate and the key that is to have signed it.
  private struct Signature: Hashable {
    let certificate: Certificate
    let key: PublicKey
  }

  init(chain: [Certificate], roots: TrustRoots, rules: CertificateRules) {
    self.chain = chain
    self.roots = roots
    self.rules = rules
  }

  /// The first path that is good.
  mutating func findPath() throws(VerificationError) -> [Certificate] {
    let start = Array(chain.prefix(1))
    if let path = try extend(start) { return path }
    if let bestFailure { throw bestFailure }
    throw deadEnd(start)
  }

  /// Goes on from the last certificate of a path that is good so far.
  ///
  /// - Returns: the whole path, or `nil` if none goes on from here.
  /// - Throws: only what ends the search as a whole.
  private mutating func extend(_ path: [Certificate]) throws(VerificationError) -> [Certificate]? {
    guard let last = path.last else { return nil }
    // Only a leaf can be a root by itself: others are recognised when they are tried.
    if path.count == 1, roots.contains(last, for: rules.usage.purpose) { return path }
    guard path.count < rules.policy.maximumPathLength else {
      note(VerificationError(.tooManyPaths, last, in: chain))
      return nil
    }
    let anchors = roots.named(last.issuer, for: rules.usage.purpose)
      .compactMap { try? $0.certificate() }.map { ($0, true) }
    let others = chain.filter { $0.subject == last.issuer && !path.contains($0) }.map {
      ($0, false)
    }
    let candidates = (anchors + others).filter { Self.mayHaveIssued($0.0, last) }
    if candidates.isEmpty { note(deadEnd(path)) }
    for (candidate, isRoot) in candidates {
      candidateCount += 1
      guard candidateCount <= rules.policy.maximumCandidateCount else {
        throw VerificationError(.tooManyPaths, last, in: chain)
      }
      if let whole = try step(path, to: candidate, isRoot: isRoot) { return whole }
    }
    return nil
  }

  /// Tries one issuer.
  private mutating func step(
    _ path: [Certificate], to candidate: Certificate, isRoot: Bool
  ) throws(VerificationError) -> [Certificate]? {
    let extended = path + [candidate]
    do {
      if let last = path.last { try rules.checkSignatureAlgorithm(last) }
      try rules.checkAuthority(candidate, isRoot: isRoot, below: path)
      if isRoot {
        try checkSignatures(extended)
        // After the signatures, so that nobody but an authority can make us compare many names.
        try rules.checkNameConstraints(extended)
        return extended
      }
    } catch {
      if case .tooManyPaths = error.rule { throw error }
      note(error)
      return nil
    }
    return try extend(extended)
  }

  /// Different key identifiers say that it was another key (RFC 5280 section 4.2.1.1).
  private static func mayHaveIssued(_ issuer: Certificate, _ certificate: Certificate) -> Bool {
    guard let wanted = certificate.authorityKeyIdentifier?.keyIdentifier,
      let found = issuer.subjectKeyIdentifier
    else { return true }
    return wanted == found
  }

  /// Checks the signatures of a path, from the root down.
  private mutating func checkSignatures(_ path: [Certificate]) throws(VerificationError) {
    for index in path.indices.dropLast().reversed() {
      let certificate = path[index]
      let issuer = path[index + 1]
      let signature = Signature(certificate: certificate, key: issuer.publicKey)
      let isGood: Bool
      if let known = checkedSignatures[signature] {
        isGood = known
      } else {
        guard checkedSignatures.count < rules.policy.maximumSignatureCount else {
          throw VerificationError(.tooManyPaths, certificate, in: chain)
        }
        isGood = certificate.verifySignature(by: issuer.publicKey)
        checkedSignatures[signature] = isGood
      }
      guard isGood else {
        throw VerificationError(
          .badSignature(issuer: issuer.description), certificate, in: chain)
      }
    }
  }

  /// What to say where nothing goes on.
  private func deadEnd(_ path: [Certificate]) -> VerificationError {
    guard let last = path.last else { return VerificationError(.emptyChain, nil, in: chain) }
    if path.count == 1, last.isSelfIssued { return VerificationError(.selfSigned, last, in: chain) }
    return VerificationError(
      .untrustedRoot(issuer: last.issuer.description), last, in: chain)
  }

  /// Keeps the failure that says the most: the first that is more than a missing issuer.
  private mutating func note(_ failure: VerificationError) {
    switch (bestFailure?.rule, failure.rule) {
    case (nil, _): bestFailure = failure
    case (.untrustedRoot, .untrustedRoot), (.untrustedRoot, .selfSigned): break
    case (.untrustedRoot, _), (.selfSigned, _): bestFailure = failure
    default: break
    }
  }
}
