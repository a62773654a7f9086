/// A path that is being built, leaf first.
struct CandidatePath {
  /// One certificate of it.
  struct Step {
    let certificate: Certificate
    /// Where it stands in the heap; `nil` for a root.
    let position: Int?
    let isRoot: Bool
  }

  private(set) var steps: [Step] = []

  /// For each step, how many authorities there are up to it that count against a path length: neither
  /// the leaf, nor what is self-issued (RFC 5280 section 4.2.1.9).
  private var authorityCounts: [Int] = []

  /// The certificates.
  var certificates: [Certificate] { steps.map(\.certificate) }

  /// How many certificates there are.
  var count: Int { steps.count }

  /// The last.
  var last: Step? { steps.last }

  /// How many of the authorities count against a path length.
  var authorityCount: Int { authorityCounts.last ?? 0 }

  mutating func append(_ step: Step) {
    let counts = !steps.isEmpty && !step.certificate.isSelfIssued
    authorityCounts.append(authorityCount + (counts ? 1 : 0))
    steps.append(step)
  }

  mutating func removeLast() {
    guard !steps.isEmpty else { return }
    steps.removeLast()
    authorityCounts.removeLast()
  }

  /// Whether a certificate would lead the path in a circle.
  func leadsBack(to certificate: Certificate) -> Bool {
    steps.contains { $0.certificate.isSameEntity(as: certificate) }
  }
}
