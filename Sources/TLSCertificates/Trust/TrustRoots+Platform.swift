import TLSCrypto

extension TrustRoots {
  /// The roots that this machine trusts.
  ///
  /// Where `SSL_CERT_FILE` or `SSL_CERT_DIR` say something, nothing else counts (OpenSSL would still
  /// look at its own place for the one that is not set);
  /// without them, the bundle of the distribution, or else its directory. They are loaded once in
  /// the life of the process.
  ///
  /// - Throws: ``TrustRootsError/notFound(lookedIn:)``, which says where it looked.
  public static var platform: TrustRoots {
    get throws(TrustRootsError) { try loaded.get() }
  }

  private static let loaded = Result { () throws(TrustRootsError) in
    try find(
      file: Platform.environment("SSL_CERT_FILE"),
      directories: Platform.environment("SSL_CERT_DIR"))
  }

  /// Where distributions keep all roots in one file.
  private static let bundles = [
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Gentoo, NixOS
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, RHEL, Amazon Linux
    "/etc/pki/tls/certs/ca-bundle.crt",  // older Fedora and RHEL
    "/etc/ssl/ca-bundle.pem",  // SUSE
    "/etc/ssl/cert.pem",  // Alpine
  ]

  /// Where they keep each root in a file.
  private static let directories = ["/etc/ssl/certs", "/etc/pki/tls/certs"]

  /// Looks for roots.
  ///
  /// - Parameters:
  ///   - file: what `SSL_CERT_FILE` says; nothing if it is empty.
  ///   - directories: what `SSL_CERT_DIR` says, with colons between several.
  static func find(file: String?, directories: String?) throws(TrustRootsError) -> TrustRoots {
    var search = Search()
    let chosen = (directories ?? "").split(separator: ":").map { String($0) }
    if let file, !file.isEmpty { search.lookInFile(file) }
    for directory in chosen { search.lookInDirectory(directory) }
    if search.sources.isEmpty {
      for path in bundles where search.certificates.isEmpty { search.lookInFile(path) }
      for path in Self.directories where search.certificates.isEmpty {
        search.lookInDirectory(path)
      }
    }
    guard !search.certificates.isEmpty else { throw .notFound(lookedIn: search.sources) }
    return TrustRoots(certificates: search.certificates, sources: search.sources)
  }

  /// What was found so far, and where.
  private struct Search {
    /// More files than any directory of roots has.
    private static let maximumFileCount = 4096

    var certificates: [Certificate] = []
    var sources: [Source] = []

    mutating func lookInFile(_ path: String) {
      do {
        let (found, problems) = try RootFile(path).certificates()
        sources.append(Source(path: path, count: found.count, problems: problems))
        certificates += found
      } catch {
        let problem = if case .unreadable(_, let problem) = error { problem } else { "\(error)" }
        sources.append(Source(path: path, count: 0, problems: [problem]))
      }
    }

    mutating func lookInDirectory(_ path: String) {
      let names: [String]
      do {
        names = try Platform.listDirectory(path)
      } catch {
        sources.append(Source(path: path, count: 0, problems: [error.message]))
        return
      }
      var found: [Certificate] = []
      var problems: [String] = []
      for name in names.prefix(Self.maximumFileCount) {
        // What is no file of roots, such as a README or another directory, is no problem either.
        guard let file = try? RootFile("\(path)/\(name)") else { continue }
        let (certificates, fileProblems) = file.certificates()
        found += certificates
        problems += fileProblems.map { "\(name): \($0)" }
      }
      if names.count > Self.maximumFileCount {
        problems.append("read only \(Self.maximumFileCount) of \(names.count) files")
      }
      sources.append(Source(path: path, count: Set(found).count, problems: problems))
      certificates += found
    }
  }
}
