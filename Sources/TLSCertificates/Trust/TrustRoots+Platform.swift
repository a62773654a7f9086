import TLSCrypto

extension TrustRoots {
  /// The roots that this machine trusts.
  ///
  /// Where `SSL_CERT_FILE` or `SSL_CERT_DIR` say something, nothing else counts (OpenSSL would still
  /// look at its own place for the one that is not set); `SSL_CERT_DIR` may name several directories
  /// with colons between them. Without them, the bundle of the distribution, or else its directory:
  /// Debian, Ubuntu, Fedora and RHEL, SUSE, Alpine, Arch, Amazon Linux, NixOS, FreeBSD, OpenBSD and
  /// Android are known. On macOS the anchors of the system's keychain: that branch is written and was
  /// never built, as everything here is built on Linux alone.
  ///
  /// What is broken is passed over, and stands in ``sources``. They are loaded once in the life of
  /// the process.
  ///
  /// - Throws: ``TrustRootsError/notFound(lookedIn:)`` or
  ///   ``TrustRootsError/notFoundWhereTold(lookedIn:)``, which say where it looked.
  public static var platform: TrustRoots {
    get throws(TrustRootsError) { try loaded.get() }
  }

  /// The roots that this machine trusts now, read anew: for a process that lives so long that they
  /// change. ``platform`` stays what it is.
  ///
  /// - Throws: ``TrustRootsError/notFound(lookedIn:)`` or
  ///   ``TrustRootsError/notFoundWhereTold(lookedIn:)``, which say where it looked.
  public static func loadPlatform() throws(TrustRootsError) -> TrustRoots {
    try find(
      file: Platform.environment("SSL_CERT_FILE"),
      directories: Platform.environment("SSL_CERT_DIR"))
  }

  private static let loaded = Result { () throws(TrustRootsError) in try loadPlatform() }

  /// Looks for roots.
  ///
  /// - Parameters:
  ///   - file: what `SSL_CERT_FILE` says; nothing if it is empty.
  ///   - directories: what `SSL_CERT_DIR` says, with colons between several.
  ///   - prefix: what to put in front of the paths of the systems.
  static func find(
    file: String?, directories: String?, under prefix: String = ""
  ) throws(TrustRootsError) -> TrustRoots {
    var collection = RootCollection()
    let chosen = (directories ?? "").split(separator: ":").map { String($0) }
    if let file, !file.isEmpty { collection.look(inFile: file) }
    for directory in chosen { collection.look(inDirectory: directory) }
    let isTold = collection.hasPlaces
    if !isTold { collection.lookInKeychain() }
    if !collection.hasPlaces {
      for path in TrustPlaces.allBundles where collection.isEmpty {
        collection.look(inFile: prefix + path)
      }
      for path in TrustPlaces.allDirectories where collection.isEmpty {
        collection.look(inDirectory: prefix + path)
      }
    }
    guard !collection.isEmpty else {
      throw isTold
        ? .notFoundWhereTold(lookedIn: collection.sources)
        : .notFound(lookedIn: collection.sources)
    }
    return TrustRoots(roots: collection.trusted, sources: collection.sources)
  }
}

extension RootCollection {
  /// Adds the anchors that Apple's Security framework knows of, where there is one.
  fileprivate mutating func lookInKeychain() {
    #if canImport(Security)
      begin("the system's keychain")
      do {
        for (index, der) in try Platform.anchorCertificates().enumerated() {
          do {
            add(try TrustRoots.Root(der: der, purposes: .all))
          } catch {
            report("skipped the anchor \(index + 1): \(error)")
          }
        }
      } catch {
        report(error.message)
      }
    #endif
  }
}
