/// A path that was found good: leaf first, root last.
public struct VerifiedChain: Sendable, Hashable {
  /// The certificates.
  public let certificates: [Certificate]

  private let processing: PolicyProcessing

  init(certificates: [Certificate], processing: PolicyProcessing) {
    self.certificates = certificates
    self.processing = processing
  }

  /// The policies that the path is valid for and that are acceptable to the caller (the
  /// user-constrained-policy-set of RFC 9618 section 5.6): empty for none, anyPolicy among them for
  /// all. They are found anew each time.
  public var policies: Set<OID> {
    guard case .valid(let policies) = processing.outcome(for: certificates) else { return [] }
    return policies
  }
}
