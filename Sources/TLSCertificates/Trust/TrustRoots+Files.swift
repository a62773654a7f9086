extension TrustRoots {
  /// The roots of a PEM text, every one of which must be readable.
  ///
  /// A block `TRUSTED CERTIFICATE`, as OpenSSL writes it, says itself what the root is trusted for,
  /// as far as `purposes` go; one that is trusted for nothing is left out.
  ///
  /// - Throws: ``TrustRootsError``.
  public init(pem text: [UInt8], purposes: Purposes = .all) throws(TrustRootsError) {
    try self.init(contents: text, path: nil, purposes: purposes)
  }

  /// The root that this is in DER.
  ///
  /// - Throws: ``TrustRootsError``.
  public init(der bytes: [UInt8], purposes: Purposes = .all) throws(TrustRootsError) {
    let certificate: Certificate
    do {
      certificate = try Certificate(der: bytes)
    } catch {
      throw .unreadable(path: nil, problem: "\(error)")
    }
    self.init(certificates: [certificate], purposes: purposes)
  }

  /// The roots of a file, every one of which must be readable: PEM, or one certificate in DER.
  ///
  /// - Throws: ``TrustRootsError``.
  public init(file path: String, purposes: Purposes = .all) throws(TrustRootsError) {
    try self.init(contents: try RootDocument.read(path), path: path, purposes: purposes)
  }

  /// The roots of all files of a directory, PEM or DER. What cannot be read there is passed over and
  /// stands in ``sources``; other directories below it are not looked into. A root that is there twice
  /// is trusted for what both files trust it for.
  ///
  /// - Throws: ``TrustRootsError/unreadable(path:problem:)`` if there is none at all.
  public init(directory path: String, purposes: Purposes = .all) throws(TrustRootsError) {
    var collection = RootCollection()
    collection.look(inDirectory: path, purposes: purposes)
    guard !collection.isEmpty else {
      let problems = collection.sources.flatMap(\.problems)
      throw .unreadable(
        path: path,
        problem: problems.isEmpty
          ? "there is no certificate in the directory" : problems.joined(separator: ", "))
    }
    self.init(roots: collection.trusted, sources: collection.sources)
  }

  private init(contents: [UInt8], path: String?, purposes: Purposes) throws(TrustRootsError) {
    var collection = RootCollection()
    collection.begin(path)
    do {
      let document = RootDocument(contents, purposes: purposes)
      for root in try document.strictRoots() { collection.add(root) }
    } catch {
      throw .unreadable(path: path, problem: "\(error)")
    }
    self.init(roots: collection.trusted, sources: collection.sources)
  }
}
