/// What is wrong with the encoding of a certificate.
public struct CertificateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field that is wrong, by RFC 5280's name of it.
  public let field: String
  /// What is wrong with it.
  public let problem: String
  /// Whether nothing is wrong, and the field is of a kind that is not supported here.
  public let isUnsupported: Bool

  init(_ field: String, _ problem: String, isUnsupported: Bool = false) {
    self.field = field
    self.problem = problem
    self.isUnsupported = isUnsupported
  }

  /// The field and what is wrong with it.
  public var description: String { "the certificate's \(field) \(problem)" }
}
