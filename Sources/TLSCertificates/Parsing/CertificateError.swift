/// What is wrong with the encoding of a certificate.
public struct CertificateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field that is wrong, by RFC 5280's name of it.
  public let field: String
  /// What is wrong with it.
  public let problem: String

  init(_ field: String, _ problem: String) {
    self.field = field
    self.problem = problem
  }

  /// The field and what is wrong with it.
  public var description: String { "the certificate's \(field) \(problem)" }
}
