import TLSCrypto

/// The rules for one certificate of a path (RFC 5280 sections 6.1.3 and 6.1.4) that cost next to
/// nothing: they are asked while a path is built. Each gives the first rule that is broken, if any.
struct CertificateRules {
  let usage: ChainVerifier.Usage
  let time: Timestamp
  let policy: ChainVerifier.Policy

  /// What is wrong with a leaf.
  ///
  /// - Parameter isRoot: whether it is trusted itself.
  func problem(withLeaf leaf: Certificate, isRoot: Bool) -> VerificationRule? {
    if let problem = problem(withAny: leaf) { return problem }
    // ECDHE suites sign with the leaf's key, and do nothing else with it (RFC 8422 section 5.3).
    if let found = leaf.keyUsage, !found.contains(.digitalSignature) {
      return .keyUsage(missing: .digitalSignature, found: found)
    }
    // A leaf for everything is for nothing in particular.
    if let problem = purposeProblem(with: leaf, acceptsAnything: false) { return problem }
    if asksBaseline, let problem = BaselineRules.problem(withSubscriber: leaf) {
      return rule(problem)
    }
    // What somebody makes and trusts without an authority is not RFC 5280's (RFC 6818 section 2).
    return isRoot ? nil : profileProblem(with: leaf)
  }

  /// The Baseline Requirements are about servers: a client's chain has nothing to do with them.
  var asksBaseline: Bool { policy.profile == .baselineRequirements && usage == .server }

  private func rule(_ problem: BaselineRules.Problem) -> VerificationRule {
    .baselineRequirement(problem.requirement, found: problem.found)
  }

  private func baselineProblem(
    with authority: Certificate, isRoot: Bool, below path: CandidatePath
  ) -> BaselineRules.Problem? {
    isRoot
      ? BaselineRules.keyProblem(with: authority)
      : BaselineRules.problem(withAuthority: authority, issuesLeaf: path.count == 1)
  }

  /// What is wrong with an authority that is to have issued the last certificate of a path.
  func problem(
    withAuthority authority: Certificate, isRoot: Bool, below path: CandidatePath
  ) -> VerificationRule? {
    if let problem = problem(withAny: authority) { return problem }
    // Trust in a root is not by its extensions (RFC 5280 section 6.1.1 (d)): the oldest can have none.
    // A later one without them is a server's own certificate that somebody trusts, and no authority.
    let isOldRoot = isRoot && authority.version < 3
    if !isOldRoot {
      guard authority.basicConstraints?.isAuthority == true else {
        return .notACertificateAuthority
      }
      if let found = authority.keyUsage, !found.contains(.keyCertSign) {
        return .keyUsage(missing: .keyCertSign, found: found)
      }
    }
    // What has no name cannot be held to the constraints on names, nor be told from another
    // (RFC 5280 section 4.1.2.6).
    if !isRoot, authority.subject.isEmpty {
      return .certificateProfile(.subject, found: "an empty one")
    }
    if let limit = authority.basicConstraints?.pathLength, path.authorityCount > limit {
      return .pathTooLong(limit: limit, found: path.authorityCount)
    }
    if let problem = purposeProblem(with: authority, acceptsAnything: true) { return problem }
    if asksBaseline, let problem = baselineProblem(with: authority, isRoot: isRoot, below: path) {
      return rule(problem)
    }
    return isRoot ? profileProblem(withRoot: authority) : profileProblem(with: authority)
  }

  /// What is wrong with any certificate.
  private func problem(withAny certificate: Certificate) -> VerificationRule? {
    guard time >= certificate.notBefore else {
      return .notYetValid(notBefore: certificate.notBefore, now: time)
    }
    guard time <= certificate.notAfter else {
      return .expired(notAfter: certificate.notAfter, now: time)
    }
    if let identifier = certificate.unknownCriticalExtensions.first {
      return .unknownCriticalExtension(identifier)
    }
    return policy.algorithms.problem(with: certificate.publicKey)
  }

  /// The purposes of an authority hold for all below it, as everybody has it, though RFC 5280
  /// section 4.2.1.12 speaks of a certificate's own key alone.
  private func purposeProblem(
    with certificate: Certificate, acceptsAnything: Bool
  ) -> VerificationRule? {
    guard let found = certificate.extendedKeyUsage else { return nil }
    if acceptsAnything, found.allowsAnything { return nil }
    switch usage {
    case .server where found.allowsServerAuthentication,
      .client where found.allowsClientAuthentication:
      return nil
    case .server: return .extendedKeyUsage(required: .serverAuth, found: found)
    case .client: return .extendedKeyUsage(required: .clientAuth, found: found)
    }
  }
}
