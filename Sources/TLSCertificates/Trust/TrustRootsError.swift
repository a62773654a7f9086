/// Why there are no roots.
public enum TrustRootsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A file or a text cannot be read.
  case unreadable(path: String?, problem: String)
  /// There are none where they were looked for.
  case notFound(lookedIn: [TrustRoots.Source])
  /// `SSL_CERT_FILE` or `SSL_CERT_DIR` say where roots are, and there are none.
  case notFoundWhereTold(lookedIn: [TrustRoots.Source])

  /// What is wrong, without the path.
  var problem: String {
    switch self {
    case .unreadable(_, let problem): problem
    case .notFound, .notFoundWhereTold: description
    }
  }

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .unreadable(let path?, let problem): "\(path): \(problem)"
    case .unreadable(nil, let problem): problem
    case .notFound(let sources):
      "this machine has no trust roots (on Debian, install ca-certificates); looked in "
        + sources.map(\.description).joined(separator: "; ")
    case .notFoundWhereTold(let sources):
      "SSL_CERT_FILE and SSL_CERT_DIR give no trust roots: "
        + sources.map(\.description).joined(separator: "; ")
    }
  }
}
