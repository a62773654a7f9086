import TLSCrypto

extension RootCollection {
  /// More files than any directory of roots has.
  static let maximumFileCount = 4096

  /// Adds what can be used of a file, which is a place of its own.
  mutating func look(inFile path: String, purposes: TrustRoots.Purposes = .all) {
    begin(path)
    do {
      let document = RootDocument(try RootDocument.read(path), purposes: purposes)
      take(document, name: nil)
    } catch {
      report(error.problem)
    }
  }

  /// Adds what can be used of the files in a directory, which is a place of its own.
  mutating func look(inDirectory path: String, purposes: TrustRoots.Purposes = .all) {
    begin(path)
    let names: [String]
    do {
      names = try Platform.listDirectory(path)
    } catch {
      return report(error.message)
    }
    // A hashed directory has a link to each of its files, and often a bundle of all of them.
    var seen: Set<Platform.FileIdentity> = []
    for name in names.prefix(Self.maximumFileCount) where !Self.isRevocationList(name) {
      let file = "\(path)/\(name)"
      // What is no file, such as another directory or a link to nothing, is no problem either.
      guard let identity = Platform.fileIdentity(file), seen.insert(identity).inserted else {
        continue
      }
      do {
        let contents = try RootDocument.read(file)
        take(RootDocument(contents, purposes: purposes), name: name)
      } catch {
        report("\(name): \(error.problem)")
      }
    }
    if names.count > Self.maximumFileCount {
      report("read only \(Self.maximumFileCount) of \(names.count) files")
    }
  }

  private mutating func take(_ document: RootDocument, name: String?) {
    for (_, root) in document.roots { add(root) }
    for problem in document.problems { report(name.map { "\($0): \(problem)" } ?? problem) }
  }

  /// Whether a file is a revocation list of a hashed directory, such as `5ed36f99.r0`.
  static func isRevocationList(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 8, parts[1].first == UInt8(ascii: "r") else {
      return false
    }
    let number = parts[1].dropFirst()
    return !number.isEmpty && number.allSatisfy { (0x30...0x39).contains($0) }
      && parts[0].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
