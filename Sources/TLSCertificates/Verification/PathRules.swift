/// The rules for a path as a whole, once its signatures are known to be good.
///
/// Not before: how many names and policies there are to be compared is then an authority's choice,
/// and not that of anybody who can connect.
struct PathRules {
  let policy: ChainVerifier.Policy
  let asksBaseline: Bool

  /// The first rule that is broken, and by which certificate of the path.
  func problem(
    with path: CandidatePath, work: inout VerificationWork
  ) -> (VerificationRule, Int)? {
    if let problem = nameConstraintProblem(with: path, work: &work) { return problem }
    if let problem = policyProblem(with: path) { return problem }
    if asksBaseline, let problem = baselineProblem(with: path) { return problem }
    return policy.pins.isEmpty ? nil : pinProblem(with: path)
  }

  /// Whether one of the keys is pinned (RFC 7469 section 2.6).
  private func pinProblem(with path: CandidatePath) -> (VerificationRule, Int)? {
    var found: [PublicKeyPin] = []
    for certificate in path.certificates {
      // Where libgcrypt cannot be used no pin is found, and the path is refused.
      guard let pin = try? PublicKeyPin(of: certificate) else { continue }
      if policy.pins.contains(pin) { return nil }
      found.append(pin)
    }
    return (.notPinned(expected: policy.pins, found: found), 0)
  }

  /// The names that the authorities of a path allow those below them (RFC 5280 section 6.1.4 (g)).
  private func nameConstraintProblem(
    with path: CandidatePath, work: inout VerificationWork
  ) -> (VerificationRule, Int)? {
    for (index, authority) in path.steps.enumerated() {
      guard let constraints = authority.certificate.nameConstraints else { continue }
      for (position, step) in path.steps[..<index].enumerated() {
        let certificate = step.certificate
        // A self-issued authority is exempt, a leaf never (RFC 5280 section 6.1.3 (b)).
        if position > 0, certificate.isSelfIssued { continue }
        let names = certificate.constrainedNames
        guard work.takeNameComparisons(names.count, constraints.count) else {
          return (.tooManyNames(limit: work.nameComparisonLimit), position)
        }
        for name in names {
          guard let problem = constraints.objection(to: name) else { continue }
          let authority = authority.certificate.description
          return (.nameConstraints(authority: authority, problem: problem), position)
        }
      }
    }
    return nil
  }

  /// The policies, where the caller or a certificate asks for one (RFC 5280 section 6.1.5 (g)).
  private func policyProblem(with path: CandidatePath) -> (VerificationRule, Int)? {
    let processing = PolicyProcessing(policy)
    guard processing.canRefuse(path) else { return nil }
    switch processing.outcome(for: path.certificates) {
    case .valid: return nil
    case .tooMany(let index):
      return (.tooManyPolicies(limit: PolicyProcessing.maximumNodeCount), index)
    case .invalid(let index, let found):
      let required = policy.acceptablePolicies.contains(.anyPolicy) ? [] : policy.acceptablePolicies
      return (.policy(required: required.sorted { $0.text < $1.text }, found: found), index)
    }
  }

  /// What the Baseline Requirements say of a certificate and its issuer's.
  private func baselineProblem(with path: CandidatePath) -> (VerificationRule, Int)? {
    for (index, pair) in zip(path.steps, path.steps.dropFirst()).enumerated() {
      guard
        let problem = BaselineRules.problem(
          with: pair.0.certificate, issuedBy: pair.1.certificate)
      else { continue }
      return (.baselineRequirement(problem.requirement, found: problem.found), index)
    }
    return nil
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
