/// What is wrong with the encoding of an OCSP response.
public struct OCSPError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field that is wrong, by RFC 6960's name of it.
  public let field: String
  /// What is wrong with it.
  public let problem: String

  init(_ error: CertificateError) {
    field = error.field
    problem = error.problem
  }

  /// The field and what is wrong with it.
  public var description: String { "the OCSP response's \(field) \(problem)" }
}
