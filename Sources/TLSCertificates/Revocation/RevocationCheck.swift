import TLSCrypto

/// Whether a certificate of a path was revoked, as far as lists and a stapled response say.
struct RevocationCheck {
  /// Leaf first, root last. Its signatures are good.
  let path: [Certificate]
  /// What was given with the leaf: the certificate of who signs lists may be among it.
  let chain: [Certificate]
  let time: Timestamp
  let policy: RevocationPolicy
  let algorithms: AlgorithmPolicy
  let status: StapledStatus

  /// The rule that refuses the path, if one does, and by which certificate of it.
  func problem(_ budget: inout SignatureBudget) -> (VerificationRule, Int)? {
    // A leaf that is a root has nobody above it who could revoke it.
    guard path.count > 1 else { return nil }
    do {
      let stapled = try stapledAnswer(&budget)
      if case .revoked(let rule) = stapled { return (rule, 0) }
      // A response that was looked at because the leaf must come with one does nothing else where the
      // policy looks at none.
      let isLeafGood = stapled == .good && policy.staplingChecking != .off
      if let found = try listProblem(isLeafGood: isLeafGood, &budget) { return found }
      return stapledProblem(stapled).map { ($0, 0) }
    } catch {
      return (.tooManySignatures(limit: error.limit), 0)
    }
  }
}

/// The stapled response.
extension RevocationCheck {
  /// Whether the leaf must come with a good response. An authority's features are those that all
  /// below it must have (RFC 7633 section 4.2.2), so that its word is enough.
  private var mustStaple: Bool {
    policy.enforcesMustStaple && path.contains(where: \.mustStaple)
  }

  private func stapledAnswer(
    _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> StapledAnswer {
    if policy.staplingChecking == .off, !mustStaple { return .none }
    switch status {
    case .alreadyJudged: return .none
    case .notRequested: return .notRequested
    case .absent: return .absent
    case .response(let der):
      guard let leaf = path.first, let issuer = path.dropFirst().first else { return .none }
      let check = StapledStatusCheck(
        leaf: leaf, issuer: issuer, authorities: Array(path.dropFirst()), listSigners: listSigners,
        time: time, policy: policy, algorithms: algorithms)
      return try check.answer(of: der, &budget)
    }
  }

  private func stapledProblem(_ answer: StapledAnswer) -> VerificationRule? {
    switch answer {
    case .none, .good: return nil
    case .revoked(let rule): return rule
    case .absent where mustStaple: return .missingStapledStatus
    case .absent, .notRequested:
      // Who refuses a leaf without a response has to ask for one: that nobody did is no excuse.
      guard case .on(_, whenAbsent: .refuse) = policy.staplingChecking else { return nil }
      return .missingStapledStatus
    case .unusable(let problem):
      // What proves nothing has not come.
      if mustStaple { return .badStapledStatus(problem) }
      guard case .on(whenUnusable: .refuse, _) = policy.staplingChecking else { return nil }
      return .badStapledStatus(problem)
    }
  }
}

/// The lists.
extension RevocationCheck {
  /// Where others than the path's authorities may be found who sign lists.
  private var listSigners: [Certificate] { policy.listIssuers + chain }

  /// - Parameter isLeafGood: whether a response says that the leaf is not revoked.
  private func listProblem(
    isLeafGood: Bool, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> (VerificationRule, Int)? {
    guard case .on(_, let scope, let whenUnknown) = policy.listChecking else { return nil }
    var firstUnknown: (VerificationRule, Int)?
    for index in scope == .leaf ? 0..<1 : 0..<(path.count - 1) {
      let certificate = path[index]
      let lookup = RevocationListLookup(
        certificate: certificate, authorities: Array(path[(index + 1)...]),
        others: listSigners, time: time, policy: policy, algorithms: algorithms)
      switch try lookup.answer(&budget) {
      case .notRevoked: break
      case .revoked(let rule): return (rule, index)
      case .unknown(let problem):
        if index == 0, isLeafGood { break }
        firstUnknown = firstUnknown ?? (.revocationUnknown(problem), index)
      }
    }
    // Not before all have been looked up: "revoked" says more than "unknown".
    return whenUnknown == .refuse ? firstUnknown : nil
  }
}

/// What a stapled response says of the leaf.
enum StapledAnswer: Equatable {
  /// Nobody looked.
  case none
  /// Nobody asked.
  case notRequested
  /// None came.
  case absent
  case good
  case revoked(VerificationRule)
  /// It proves nothing, for this reason.
  case unusable(String)
}
