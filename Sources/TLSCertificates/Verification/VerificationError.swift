/// Why a chain is refused: what is wrong with it, and what became of every path that was tried.
///
/// One chain can give many paths, and all of them fall, each by a rule of its own. ``failure`` is
/// that of the path which came the furthest: see ``VerificationError/attempts``.
public struct VerificationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A path that was tried, and why it fell.
  public struct Attempt: Sendable, Hashable, CustomStringConvertible {
    /// The path, leaf first, as far as it came; the certificate that broke a rule is in it.
    public let path: [Certificate]

    /// Why it fell.
    public let failure: VerificationFailure

    /// The path, and why it fell: one line.
    public var description: String {
      path.map { "\"\($0)\"" }.joined(separator: " < ") + ": \(failure)"
    }
  }

  /// The failure that says the most, in this order:
  ///
  /// 1. a bound that was reached, since then nothing is known of the paths that were not tried;
  /// 2. a rule that fell a path which leads to a root and whose signatures are good: had it been
  ///    kept, the path would have been good;
  /// 3. a rule that one certificate breaks, where something leads on from there to a root;
  /// 4. a signature that is not the issuer's: most often another key of the same name;
  /// 5. a rule that one certificate breaks, where nothing leads on to a root;
  /// 6. a path that is longer than paths may be;
  /// 7. an issuer that is not there.
  ///
  /// Of several of one sort it is the first: what stands in a better order is tried earlier.
  public let failure: VerificationFailure

  /// The paths that were tried, in the order in which they were given up; the first 32 of them.
  public let attempts: [Attempt]

  /// How many more there were.
  public let unlistedAttemptCount: Int

  init(_ failure: VerificationFailure, attempts: [Attempt] = [], unlistedAttemptCount: Int = 0) {
    self.failure = failure
    self.attempts = attempts
    self.unlistedAttemptCount = unlistedAttemptCount
  }

  /// The rule that is broken.
  public var rule: VerificationRule { failure.rule }

  /// The certificate that breaks it; `nil` where it is no single one.
  public var certificate: Certificate? { failure.certificate }

  /// Where that stands among those that were given, from 0; `nil` if it is not among them.
  public var position: Int? { failure.position }

  /// Where the rule stands.
  public var section: String { failure.section }

  /// A sentence without its full stop that names the certificate and the values.
  public var description: String { failure.description }

  /// All that is known: the failure's ``VerificationFailure/report``, and a line for each path.
  public var report: String {
    var lines = [failure.report]
    for (index, attempt) in attempts.enumerated() { lines.append("path \(index + 1): \(attempt)") }
    if unlistedAttemptCount > 0 { lines.append("and \(unlistedAttemptCount) more") }
    return lines.joined(separator: "\n")
  }
}
