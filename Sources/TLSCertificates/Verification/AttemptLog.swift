/// The paths that fell, of which it keeps the first few, and the failure that says the most.
struct AttemptLog {
  /// How much a failure says: see ``VerificationError/failure``.
  enum Weight: Int {
    case noIssuer, length, ruleWithoutRoot, signature, rule, ruleOfProvenPath, final
  }

  private static let listedCount = 32

  private var attempts: [VerificationError.Attempt] = []
  private var unlistedCount = 0
  private var best: (weight: Weight, failure: VerificationFailure)?

  /// How many failures were noted.
  var count: Int { attempts.count + unlistedCount }

  mutating func note(_ failure: VerificationFailure, of path: [Certificate], _ weight: Weight) {
    if attempts.count < Self.listedCount {
      attempts.append(VerificationError.Attempt(path: path, failure: failure))
    } else {
      unlistedCount += 1
    }
    if let best, best.weight.rawValue >= weight.rawValue { return }
    best = (weight, failure)
  }

  /// What there is to say; `otherwise` where nothing was noted.
  func error(otherwise: VerificationFailure) -> VerificationError {
    VerificationError(
      best?.failure ?? otherwise, attempts: attempts, unlistedAttemptCount: unlistedCount)
  }
}
