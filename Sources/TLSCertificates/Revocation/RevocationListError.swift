/// What is wrong with the encoding of a revocation list.
public struct RevocationListError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field that is wrong, by RFC 5280's name of it.
  public let field: String
  /// What is wrong with it.
  public let problem: String

  init(_ error: CertificateError) {
    field = error.field
    problem = error.problem
  }

  /// The field and what is wrong with it.
  public var description: String { "the revocation list's \(field) \(problem)" }
}

/// Why a text gives no revocation lists.
public enum RevocationListFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text is not PEM.
  case malformedText(PEMError)
  /// There is none in it; these are the labels of what there is.
  case noList(found: [String])
  /// One of them is malformed, counted from 1.
  case malformedList(number: Int, RevocationListError)

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .malformedText(let error): error.description
    case .noList(let found):
      found.isEmpty
        ? "there is no revocation list in the text"
        : "there is no revocation list in the text, but "
          + found.prefix(5).map(\.quoted).joined(separator: ", ")
    case .malformedList(let number, let error): "revocation list \(number): \(error)"
    }
  }
}
