/// The authorities that are trusted.
///
/// A root is kept as its encoding, its name and its ``Purposes``; the rest of it is read when a chain
/// first needs it.
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

  /// A root that turned out to be unusable when all of it was read.
  public struct Unusable: Sendable, Hashable, CustomStringConvertible {
    /// Its name.
    public let subject: DistinguishedName
    /// What is wrong with it.
    public let error: CertificateError

    /// Its name and what is wrong with it.
    public var description: String { "\"\(subject)\": \(error)" }
  }

  /// The roots, each once.
  let roots: [Root]

  /// Where they came from, and what was looked for in vain.
  public let sources: [Source]

  private let indicesBySubject: [DistinguishedName: [Int]]

  /// Roots of which each is there once.
  init(roots: [Root], sources: [Source]) {
    self.roots = roots
    self.sources = sources
    var indices: [DistinguishedName: [Int]] = [:]
    indices.reserveCapacity(roots.count)
    for (index, root) in roots.enumerated() { indices[root.subject, default: []].append(index) }
    indicesBySubject = indices
  }

  /// These roots.
  ///
  /// - Parameter purposes: what they are trusted for.
  public init(certificates: [Certificate], purposes: Purposes = .all) {
    var seen: Set<Certificate> = []
    let roots = certificates.filter { seen.insert($0).inserted }
      .map { Root($0, purposes: purposes) }
    self.init(roots: roots, sources: [])
  }

  /// How many there are.
  public var count: Int { roots.count }

  /// All the certificates that can be used, in the order of the roots. This reads all of those that
  /// nothing needed so far; for their names alone there is ``subjects(for:)``.
  public var certificates: [Certificate] { roots.compactMap { try? $0.certificate() } }

  /// The roots that turn out to be unusable when all of them are read: chains that end in them are
  /// refused.
  public var unusable: [Unusable] {
    var found: [Unusable] = []
    for root in roots {
      do {
        _ = try root.certificate()
      } catch {
        found.append(Unusable(subject: root.subject, error: error))
      }
    }
    return found
  }

  /// The names of the roots that are trusted for all of these purposes, each once.
  public func subjects(for purposes: Purposes = []) -> [DistinguishedName] {
    var seen: Set<DistinguishedName> = []
    return roots.filter { $0.purposes.isSuperset(of: purposes) }.map(\.subject)
      .filter { seen.insert($0).inserted }
  }

  /// Whether this very certificate is one of them, and trusted for all of these purposes.
  public func contains(_ certificate: Certificate, for purposes: Purposes = []) -> Bool {
    root(certificate)?.purposes.isSuperset(of: purposes) ?? false
  }

  /// What this very certificate is trusted for; `nil` if it is none of them.
  public func purposes(of certificate: Certificate) -> Purposes? {
    root(certificate)?.purposes
  }

  /// The root that is this very certificate.
  func root(_ certificate: Certificate) -> Root? {
    named(certificate.subject).first { $0.der == certificate.der }
  }

  /// The roots of this name that are trusted for all of these purposes.
  func named(_ subject: DistinguishedName, for purposes: Purposes = []) -> [Root] {
    (indicesBySubject[subject] ?? []).map { roots[$0] }
      .filter { $0.purposes.isSuperset(of: purposes) }
  }

  /// These and others. A root that is in both is trusted for what either trusts it for.
  ///
  /// To add roots is the caller's own word, and counts beside what a place says: a root from which
  /// OpenSSL's settings in a file took a purpose away gets it back where it is added for that purpose.
  /// Within what is loaded at once it is the other way round: see ``init(directory:purposes:)``.
  public func adding(_ others: TrustRoots) -> TrustRoots {
    var all = roots
    var indices: [Encoding: Int] = [:]
    for (index, root) in all.enumerated() { indices[Encoding(der: root.der)] = index }
    for root in others.roots {
      if let index = indices[Encoding(der: root.der)] {
        all[index].purposes.formUnion(root.purposes)
      } else {
        all.append(root)
      }
    }
    return TrustRoots(roots: all, sources: sources + others.sources)
  }

  /// How many there are, and from where.
  public var description: String {
    let from = sources.filter { $0.count > 0 }.map(\.path).joined(separator: ", ")
    return from.isEmpty ? "\(count) roots" : "\(count) roots from \(from)"
  }
}
