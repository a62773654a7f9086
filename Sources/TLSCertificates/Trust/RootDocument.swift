import TLSCrypto

/// The roots in the contents of one file: PEM, or one certificate in DER.
struct RootDocument {
  /// The largest file that is read. Bundles have some 250 KB.
  static let maximumByteCount = 16 << 20

  /// A root that has not even the form of a certificate.
  struct Broken {
    /// Which of the certificates it is, counted from 1.
    let number: Int
    let error: CertificateError
  }

  /// The roots that can be outlined, in their order, with the numbers of their places.
  private(set) var roots: [(number: Int, root: TrustRoots.Root)] = []
  private(set) var broken: [Broken] = []
  /// What is wrong with the text.
  private(set) var malformed: [PEMError] = []
  /// The labels of the blocks that are no certificates.
  private(set) var otherLabels: [String] = []
  private var number = 0
  private let purposes: TrustRoots.Purposes

  /// The most problems of each sort that are kept.
  private static let maximumProblemCount = 100

  /// - Parameter purposes: what they are trusted for, if nothing in there takes some of it away.
  init(_ contents: [UInt8], purposes: TrustRoots.Purposes) {
    self.purposes = purposes
    if Self.isDER(contents) {
      take(trusted: false, contents)
    } else {
      readText(contents)
    }
  }

  /// The contents of a file.
  ///
  /// - Throws: ``TrustRootsError/unreadable(path:problem:)``.
  static func read(_ path: String) throws(TrustRootsError) -> [UInt8] {
    do {
      return try Platform.readFile(path, limit: maximumByteCount)
    } catch {
      throw .unreadable(path: path, problem: error.message)
    }
  }

  /// Whether it begins as a SEQUENCE of more than 127 bytes does, and so not as a text.
  private static func isDER(_ contents: [UInt8]) -> Bool {
    let start = contents.prefix(2)
    return start.first == 0x30 && start.count == 2 && start.last.map { $0 > 0x80 } == true
  }

  private mutating func readText(_ contents: [UInt8]) {
    var scanner = PEMScanner(contents)
    while true {
      do {
        guard let document = try scanner.next() else { return }
        switch document.label {
        case "CERTIFICATE", "X509 CERTIFICATE": take(trusted: false, document.contents)
        case "TRUSTED CERTIFICATE": take(trusted: true, document.contents)
        default: if otherLabels.count < 8 { otherLabels.append(document.label) }
        }
      } catch {
        // The scanner goes on behind what is malformed: one root does not hide those after it.
        if malformed.count < Self.maximumProblemCount { malformed.append(error) }
      }
    }
  }

  private mutating func take(trusted: Bool, _ contents: [UInt8]) {
    number += 1
    do {
      let root =
        trusted
        ? try TrustRoots.Root(trusted: contents, purposes: purposes)
        : try TrustRoots.Root(der: contents, purposes: purposes)
      roots.append((number, root))
    } catch {
      guard broken.count < Self.maximumProblemCount else { return }
      broken.append(Broken(number: number, error: error))
    }
  }

  /// The roots, if every one is as it should be.
  ///
  /// - Throws: ``CertificateFileError`` for whatever is wrong first.
  func strictRoots() throws(CertificateFileError) -> [TrustRoots.Root] {
    if let error = malformed.first { throw .malformedText(error) }
    guard !roots.isEmpty || !broken.isEmpty else { throw .noCertificate(found: otherLabels) }
    for broken in broken { throw .malformedCertificate(number: broken.number, broken.error) }
    for (number, root) in roots {
      do {
        _ = try root.certificate()
      } catch {
        throw .malformedCertificate(number: number, error)
      }
    }
    return roots.map(\.root)
  }

  /// What could not be used, a sentence each.
  var problems: [String] {
    broken.map { "skipped one: \($0.error)" } + malformed.map(\.description)
  }
}
