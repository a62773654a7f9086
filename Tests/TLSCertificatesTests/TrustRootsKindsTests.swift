import Foundation
import Testing

@testable import TLSCertificates

@Suite("Roots of one's own")
struct OwnRootsTests {
  private static func root() throws -> Certificate { try Certificate(fixture: OpenSSLChain.root) }

  private static func issuing() throws -> Certificate {
    try Certificate(fixture: OpenSSLChain.issuing)
  }

  @Test("DER is read, in memory and from a file")
  func der() throws {
    let root = try Self.root()
    #expect(try TrustRoots(der: root.der).certificates == [root])
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/root.der"
    try Data(root.der).write(to: URL(fileURLWithPath: path))
    let roots = try TrustRoots(file: path)
    #expect(roots.certificates == [root])
    #expect(roots.description == "1 roots from \(path)")
  }

  @Test("DER with something behind it, or cut off, is an error")
  func badDER() throws {
    let der = try Self.root().der
    let directory = try TemporaryDirectory()
    for bytes in [der + [0], Array(der.dropLast())] {
      #expect(throws: TrustRootsError.self) { try TrustRoots(der: bytes) }
      let path = "\(directory.path)/root.der"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: TrustRootsError.self) { try TrustRoots(file: path) }
      #expect(
        error?.description == "\(path): certificate 1: the certificate's encoding is not DER")
    }
  }

  @Test("a directory's files are read, PEM and DER; lists of revocations and directories are not")
  func directory() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.pem", OpenSSLChain.root)
    try Data(try Self.issuing().der).write(
      to: URL(fileURLWithPath: "\(directory.path)/0a1b2c3d.0"))
    try directory.write("0a1b2c3d.r0", OpenSSLOddities.selfP384)
    try FileManager.default.createDirectory(
      atPath: "\(directory.path)/more", withIntermediateDirectories: false)
    try directory.write("more/b.pem", OpenSSLOddities.selfP384)
    let roots = try TrustRoots(directory: directory.path)
    #expect(Set(roots.certificates) == [try Self.root(), try Self.issuing()])
    #expect(
      roots.sources == [TrustRoots.Source(path: directory.path, count: 2, problems: [])])
  }

  @Test("names of lists of revocations are told from those of roots")
  func revocationLists() {
    for name in ["5ed36f99.r0", "00000000.r12"] { #expect(RootCollection.isRevocationList(name)) }
    for name in ["5ed36f99.0", "root.r0", "5ed36f99.r", "5ed36f99.rx", "5ED36F99.r0", "a.pem", ""] {
      #expect(!RootCollection.isRevocationList(name))
    }
  }

  @Test("a directory without a root, or that is none, is an error with its path")
  func noDirectory() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path
    let empty = #expect(throws: TrustRootsError.self) { try TrustRoots(directory: path) }
    #expect(empty?.description == "\(path): there is no certificate in the directory")
    try directory.write("a.pem", "-----BEGIN CERTIFICATE-----\n")
    let broken = #expect(throws: TrustRootsError.self) { try TrustRoots(directory: path) }
    #expect(
      broken?.description
        == "\(path): a.pem: PEM text, line 1: \"CERTIFICATE\" begins here and never ends")
    let missing = #expect(throws: TrustRootsError.self) { try TrustRoots(directory: path + "/x") }
    #expect(missing?.description == "\(path)/x: cannot be opened: No such file or directory")
  }

  @Test("malformed blocks do not hide the roots behind them")
  func malformedBlocks() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      "roots.pem",
      "-----BEGIN CERTIFICATE-----\nMII\n" + OpenSSLChain.root
        + "\n-----BEGIN CERTIFICATE-----\n%\n-----END CERTIFICATE-----\n" + OpenSSLChain.issuing)
    let roots = try TrustRoots.find(file: path, directories: nil)
    #expect(roots.count == 2)
    let lineCount = OpenSSLChain.root.split(separator: "\n").count
    #expect(
      roots.sources.first?.problems == [
        "PEM text, line 3: this is not base64",
        "PEM text, line \(lineCount + 4): this is not base64",
      ])
  }

  @Test("what is added comes after what is there; a root in both is trusted for what either says")
  func adding() throws {
    let (root, issuing) = (try Self.root(), try Self.issuing())
    let servers = TrustRoots(certificates: [root], purposes: .serverAuthentication)
    let clients = TrustRoots(certificates: [issuing, root], purposes: .clientAuthentication)
    let all = servers.adding(clients)
    #expect(all.certificates == [root, issuing])
    #expect(all.purposes(of: root) == .all)
    #expect(all.purposes(of: issuing) == .clientAuthentication)
    #expect(servers.purposes(of: root) == .serverAuthentication)
    #expect(servers.purposes(of: issuing) == nil)
    let platform = try TrustRoots.platform
    let more = platform.adding(servers)
    #expect(more.count == platform.count + 1)
    #expect(more.contains(root, for: .serverAuthentication))
    #expect(more.sources == platform.sources)
  }

  @Test("roots are found for their purposes only")
  func purposes() throws {
    let (root, issuing) = (try Self.root(), try Self.issuing())
    let roots = TrustRoots(certificates: [root], purposes: .serverAuthentication)
      .adding(TrustRoots(certificates: [issuing]))
    #expect(roots.subjects() == [root.subject, issuing.subject])
    #expect(roots.subjects(for: .serverAuthentication).count == 2)
    #expect(roots.subjects(for: .clientAuthentication) == [issuing.subject])
    #expect(roots.named(root.subject).count == 1)
    #expect(roots.named(root.subject, for: .serverAuthentication).count == 1)
    #expect(roots.named(root.subject, for: .clientAuthentication).isEmpty)
    #expect(roots.contains(root))
    #expect(!roots.contains(root, for: .clientAuthentication))
    #expect(!roots.contains(root, for: .all))
    #expect(TrustRoots.Purposes.all.description == "servers and clients")
    #expect(TrustRoots.Purposes([]).description == "nothing")
  }

  @Test("a chain is only good if its root is trusted for such a peer")
  func verification() throws {
    let root = try Party.root()
    let leaf = try root.leaf()
    let roots = TrustRoots(certificates: [root.certificate], purposes: .clientAuthentication)
    let verifier = ChainVerifier(roots: roots)
    let name = try ServerName("example.com")
    #expect(throws: VerificationError.self) {
      try verifier.verify([leaf.certificate], for: name, usage: .server, at: Party.now)
    }
    let both = ChainVerifier(
      roots: roots.adding(
        TrustRoots(certificates: [root.certificate], purposes: .serverAuthentication)))
    let path = try both.verify([leaf.certificate], for: name, usage: .server, at: Party.now)
    #expect(path.certificates.last == root.certificate)
  }

  @Test("a root that only looks like one is there, is reported by name, and verifies nothing")
  func unusable() throws {
    var raw = RawCertificate()
    raw.subject = TLV.commonName("Odd")
    raw.extensions = []
    let text = PEM.encode(PEM.Document(label: "CERTIFICATE", contents: raw.der))
    let directory = try TemporaryDirectory()
    let path = try directory.write("roots.pem", OpenSSLChain.root + "\n" + text)
    let roots = try TrustRoots.find(file: path, directories: nil)
    #expect(roots.count == 2)
    #expect(roots.certificates == [try Self.root()])
    #expect(
      roots.unusable.map(\.description) == [
        "\"CN=Odd\": the certificate's extensions are empty"
      ])
    let odd = try #require(roots.named(try DistinguishedName(der: raw.subject)).first)
    #expect(throws: CertificateError.self) { try odd.certificate() }
    // Whoever names a file wants all of it.
    let error = #expect(throws: TrustRootsError.self) { try TrustRoots(file: path) }
    #expect(
      error?.description == "\(path): certificate 2: the certificate's extensions are empty")
  }

  @Test("problems of a place are kept up to a bound")
  func manyProblems() throws {
    let directory = try TemporaryDirectory()
    let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
    let path = try directory.write(
      "roots.pem", String(repeating: broken, count: 90) + OpenSSLChain.root)
    let roots = try TrustRoots.find(file: path, directories: nil)
    #expect(roots.count == 1)
    #expect(roots.sources.first?.problems.count == 65)
    #expect(roots.sources.first?.problems.last == "and 26 more problems")
  }
}
