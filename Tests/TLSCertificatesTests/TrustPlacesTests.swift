import Foundation
import Testing

@testable import TLSCertificates

@Suite("Where systems keep their roots")
struct TrustPlacesTests {
  /// A directory that stands for `/`.
  private static func write(_ text: String, to path: String, under prefix: String) throws {
    let url = URL(fileURLWithPath: prefix + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private static func link(_ path: String, to target: String, under prefix: String) throws {
    let url = URL(fileURLWithPath: prefix + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: url.path, withDestinationPath: target)
  }

  private static let bundle = [OpenSSLChain.root, OpenSSLChain.issuing].joined(separator: "\n")

  private static let bundles = TrustPlaces.all.flatMap { places in
    places.bundles.map { (places.system, $0) }
  }

  private static let directories = TrustPlaces.all.flatMap { places in
    places.directories.map { (places.system, $0) }
  }

  @Test("a bundle is found in every place of every system", arguments: bundles)
  func bundle(_ system: String, _ path: String) throws {
    let root = try TemporaryDirectory()
    try Self.write(Self.bundle, to: path, under: root.path)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.count == 2, "\(system)")
    #expect(roots.description == "2 roots from \(root.path)\(path)")
  }

  @Test("a hashed directory is read in every place of every system", arguments: directories)
  func directory(_ system: String, _ path: String) throws {
    let root = try TemporaryDirectory()
    try Self.write(OpenSSLChain.root, to: "\(path)/Root.pem", under: root.path)
    try Self.link("\(path)/5ed36f99.0", to: "Root.pem", under: root.path)
    try Self.write(
      "Subject: CN=Issuing\n" + OpenSSLChain.issuing, to: "\(path)/0a1b2c3d.0", under: root.path)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.count == 2, "\(system)")
    #expect(roots.description == "2 roots from \(root.path)\(path)")
  }

  @Test("the systems that are asked for are there")
  func systems() {
    let names = TrustPlaces.all.map(\.system).joined(separator: ", ")
    for name in [
      "Debian", "Ubuntu", "Fedora", "RHEL", "SUSE", "Alpine", "Arch", "Amazon Linux", "FreeBSD",
      "OpenBSD", "NixOS", "Android",
    ] { #expect(names.contains(name)) }
    #expect(TrustPlaces.all.allSatisfy { !$0.bundles.isEmpty || !$0.directories.isEmpty })
    #expect(Set(TrustPlaces.allBundles).count == TrustPlaces.allBundles.count)
    #expect(Set(TrustPlaces.allBundles) == Set(Self.bundles.map(\.1)))
    #expect(Set(TrustPlaces.allDirectories) == Set(Self.directories.map(\.1)))
  }

  @Test("who said where roots are is told that there are none, and not to install some")
  func told() throws {
    let root = try TemporaryDirectory()
    let file = root.path + "/none.pem"
    for (file, directories) in [(file, nil), (nil, root.path)] as [(String?, String?)] {
      let error = #expect(throws: TrustRootsError.self) {
        try TrustRoots.find(file: file, directories: directories)
      }
      guard case .notFoundWhereTold(let sources) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(sources.map(\.path) == [file ?? root.path])
      let text = error?.description ?? ""
      #expect(text.hasPrefix("SSL_CERT_FILE and SSL_CERT_DIR give no trust roots: "))
    }
  }

  @Test("SUSE: the bundle is a link into /var/lib")
  func suse() throws {
    let root = try TemporaryDirectory()
    try Self.write(Self.bundle, to: "/var/lib/ca-certificates/ca-bundle.pem", under: root.path)
    try Self.link(
      "/etc/ssl/ca-bundle.pem", to: "../../var/lib/ca-certificates/ca-bundle.pem",
      under: root.path)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.description == "2 roots from \(root.path)/etc/ssl/ca-bundle.pem")
  }

  @Test("Arch: the bundle is a link, and beside it are links of two names to each root")
  func arch() throws {
    let root = try TemporaryDirectory()
    let extracted = "/etc/ca-certificates/extracted"
    try Self.write(OpenSSLChain.root, to: "\(extracted)/cadir/Root.pem", under: root.path)
    for name in ["Root.pem", "5ed36f99.0"] {
      try Self.link(
        "/etc/ssl/certs/\(name)", to: "../../ca-certificates/extracted/cadir/Root.pem",
        under: root.path)
    }
    let hashed = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(hashed.description == "1 roots from \(root.path)/etc/ssl/certs")
    try Self.write(Self.bundle, to: "\(extracted)/tls-ca-bundle.pem", under: root.path)
    let bundle = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(bundle.description == "2 roots from \(root.path)\(extracted)/tls-ca-bundle.pem")
  }

  @Test("Fedora: beside the bundle lies one with OpenSSL's trust settings, which is not read")
  func fedora() throws {
    let root = try TemporaryDirectory()
    let directory = "/etc/pki/ca-trust/extracted"
    try Self.write(Self.bundle, to: "\(directory)/pem/tls-ca-bundle.pem", under: root.path)
    try Self.write(
      OpenSSLOddities.selfP384, to: "\(directory)/openssl/ca-bundle.trust.crt", under: root.path)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.count == 2)
  }

  @Test("Android: DER is read as well, and an empty newer directory does not hide the older one")
  func android() throws {
    let root = try TemporaryDirectory()
    let der = try Certificate(fixture: OpenSSLChain.root).der
    let old = "/system/etc/security/cacerts"
    try Self.write(OpenSSLChain.issuing, to: "\(old)/0a1b2c3d.0", under: root.path)
    try Data(der).write(to: URL(fileURLWithPath: "\(root.path)\(old)/5ed36f99.0"))
    try FileManager.default.createDirectory(
      atPath: "\(root.path)/apex/com.android.conscrypt/cacerts",
      withIntermediateDirectories: true)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.description == "2 roots from \(root.path)\(old)")
  }

  @Test("a bundle without a single root does not hide the next place")
  func emptyBundle() throws {
    let root = try TemporaryDirectory()
    try Self.write("", to: "/etc/ssl/certs/ca-certificates.crt", under: root.path)
    try Self.write(Self.bundle, to: "/etc/ssl/cert.pem", under: root.path)
    let roots = try TrustRoots.find(file: nil, directories: nil, under: root.path)
    #expect(roots.description == "2 roots from \(root.path)/etc/ssl/cert.pem")
    #expect(roots.sources.first?.count == 0)
    #expect(roots.sources.first?.path == "\(root.path)/etc/ssl/certs/ca-certificates.crt")
  }

  @Test("on a machine without roots the error names every place")
  func nowhere() throws {
    let root = try TemporaryDirectory()
    let prefix = root.path
    let error = #expect(throws: TrustRootsError.self) {
      try TrustRoots.find(file: nil, directories: nil, under: prefix)
    }
    let sentence = error?.description ?? ""
    for path in TrustPlaces.allBundles + TrustPlaces.allDirectories {
      #expect(
        sentence.contains(
          "\(prefix)\(path): 0 roots, cannot be opened: No such file or directory"))
    }
  }
}
