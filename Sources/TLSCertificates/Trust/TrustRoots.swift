/// The authorities that are trusted.
public struct TrustRoots: Sendable, CustomStringConvertible {
  /// A place where roots were looked for.
  public struct Source: Sendable, Hashable, CustomStringConvertible {
    /// The file or directory.
    public let path: String
    /// How many roots came from there.
    public let count: Int
    /// What could not be used there, a sentence each.
    public let problems: [String]

    /// The path, the number, and what could not be used.
    public var description: String {
      "\(path): \(count) roots"
        + (problems.isEmpty ? "" : ", " + problems.joined(separator: ", "))
    }
  }

  /// The certificates, each once.
  public let certificates: [Certificate]

  /// Where they came from, and what was looked for in vain.
  public let sources: [Source]

  private let indicesBySubject: [DistinguishedName: [Int]]

  /// These roots.
  public init(certificates: [Certificate]) {
    self.init(certificates: certificates, sources: [])
  }

  init(certificates: [Certificate], sources: [Source]) {
    var seen: Set<Certificate> = []
    self.certificates = certificates.filter { seen.insert($0).inserted }
    self.sources = sources
    var indices: [DistinguishedName: [Int]] = [:]
    for (index, certificate) in self.certificates.enumerated() {
      indices[certificate.subject, default: []].append(index)
    }
    indicesBySubject = indices
  }

  /// The roots of a PEM text, every one of which must be readable.
  ///
  /// - Throws: ``TrustRootsError``.
  public init(pem text: [UInt8]) throws(TrustRootsError) {
    do {
      self.init(certificates: try Certificate.chain(pem: text))
    } catch {
      throw .unreadable(path: nil, problem: "\(error)")
    }
  }

  /// The roots of a PEM file, every one of which must be readable.
  ///
  /// - Throws: ``TrustRootsError``.
  public init(file path: String) throws(TrustRootsError) {
    let file = try RootFile(path)
    do {
      let roots = try Certificate.chain(pem: file.text)
      self.init(
        certificates: roots, sources: [Source(path: path, count: roots.count, problems: [])])
    } catch {
      throw .unreadable(path: path, problem: "\(error)")
    }
  }

  /// How many there are.
  public var count: Int { certificates.count }

  /// Whether this very certificate is one of them.
  public func contains(_ certificate: Certificate) -> Bool {
    named(certificate.subject).contains(certificate)
  }

  /// The roots of this name.
  func named(_ subject: DistinguishedName) -> [Certificate] {
    (indicesBySubject[subject] ?? []).map { certificates[$0] }
  }

  /// How many there are, and from where.
  public var description: String {
    let from = sources.filter { $0.count > 0 }.map(\.path).joined(separator: ", ")
    return from.isEmpty ? "\(count) roots" : "\(count) roots from \(from)"
  }
}

/// Why there are no roots.
public enum TrustRootsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A file or a text cannot be read.
  case unreadable(path: String?, problem: String)
  /// The machine has none where they were looked for.
  case notFound(lookedIn: [TrustRoots.Source])

  /// What is wrong, in a sentence without its full stop.
  public var description: String {
    switch self {
    case .unreadable(let path?, let problem): "\(path): \(problem)"
    case .unreadable(nil, let problem): problem
    case .notFound(let sources):
      "this machine has no trust roots (on Debian, install ca-certificates); looked in "
        + sources.map(\.description).joined(separator: "; ")
    }
  }
}
