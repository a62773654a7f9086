import TLSCrypto

/// A file with roots: its text, under a bound.
struct RootFile {
  /// The largest file that is read. Bundles have some 250 KB.
  static let maximumByteCount = 16 << 20

  let text: [UInt8]

  init(_ path: String) throws(TrustRootsError) {
    do {
      text = try Platform.readFile(path, limit: Self.maximumByteCount)
    } catch {
      throw .unreadable(path: path, problem: error.message)
    }
  }

  /// The roots in it that can be read, and a sentence for each that cannot.
  func certificates() -> (certificates: [Certificate], problems: [String]) {
    var certificates: [Certificate] = []
    var problems: [String] = []
    var scanner = PEMScanner(text)
    do {
      while let document = try scanner.next() {
        guard document.label.hasSuffix("CERTIFICATE") else { continue }
        do {
          certificates.append(try Certificate(der: document.contents))
        } catch {
          problems.append("skipped one: \(error)")
        }
      }
    } catch {
      problems.append("\(error)")
    }
    return (certificates, problems)
  }
}
