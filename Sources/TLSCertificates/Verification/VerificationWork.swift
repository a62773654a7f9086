/// What one verification may still cost. Everything that a peer can make us do over and over is
/// counted here, over all paths together.
struct VerificationWork {
  let candidateLimit: Int
  private(set) var candidateCount = 0

  let nameComparisonLimit: Int
  private(set) var nameComparisonCount = 0

  /// The signatures of certificates, lists and responses.
  var signatures: SignatureBudget

  init(policy: ChainVerifier.Policy) {
    candidateLimit = policy.maximumCandidateCount
    nameComparisonLimit = policy.maximumNameComparisonCount
    signatures = SignatureBudget(limit: policy.maximumSignatureCount)
  }

  /// How many candidates may still be tried.
  var candidatesLeft: Int { max(0, candidateLimit - candidateCount) }

  /// Counts a candidate for an issuer.
  ///
  /// - Returns: whether it may be tried.
  mutating func takeCandidate() -> Bool {
    guard candidateCount < candidateLimit else { return false }
    candidateCount += 1
    return true
  }

  /// Counts comparisons of names with constraints, before they are made.
  ///
  /// - Returns: whether they may be made.
  mutating func takeNameComparisons(_ names: Int, _ constraints: Int) -> Bool {
    let (count, overflow) = names.multipliedReportingOverflow(by: constraints)
    guard !overflow, count <= nameComparisonLimit - nameComparisonCount else { return false }
    nameComparisonCount += count
    return true
  }
}
