/// The rules for a path as a whole, once its signatures are known to be good.
///
/// Not before: how many names and policies there are to be compared is then an authority's choice,
/// and not that of anybody who can connect.
struct PathRules {
  /// The first rule that is broken, and by which certificate of the path.
  func problem(
    with path: CandidatePath, work: inout VerificationWork
  ) -> (VerificationRule, Int)? {
    nameConstraintProblem(with: path, work: &work)
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
