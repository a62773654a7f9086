/// What is wrong with a path: which certificate, which rule, and the values that were compared.
public struct VerificationFailure: Sendable, Hashable {
  /// The rule that is broken.
  public let rule: VerificationRule

  /// The certificate that breaks it; `nil` where it is no single one.
  public let certificate: Certificate?

  /// Where that stands among those that were given, from 0; `nil` if it is not among them, as a root.
  public let position: Int?

  init(_ rule: VerificationRule, _ certificate: Certificate?, in chain: [Certificate]) {
    self.rule = rule
    self.certificate = certificate
    position = certificate.flatMap(chain.firstIndex)
  }
}
