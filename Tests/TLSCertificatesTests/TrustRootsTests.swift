import Foundation
import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Trust roots")
struct TrustRootsTests {
  @Test("the roots of a PEM text are each there once, with comments and keys passed over")
  func text() throws {
    let text = ["Comment", OpenSSLChain.root, OpenSSLKeys.p256SEC1, OpenSSLChain.issuing]
    let roots = try TrustRoots(
      pem: Array((text + [OpenSSLChain.root]).joined(separator: "\n").utf8))
    #expect(roots.count == 2)
    #expect(roots.contains(try Certificate(fixture: OpenSSLChain.root)))
    #expect(roots.contains(try Certificate(fixture: OpenSSLChain.issuing)))
    #expect(!roots.contains(try Certificate(fixture: OpenSSLChain.leafP256)))
    #expect(roots.description == "2 roots")
    #expect(roots.named(try Certificate(fixture: OpenSSLChain.issuing).issuer).count == 1)
  }

  @Test("a text without roots, or with a broken one, is an error that says so")
  func badText() throws {
    let none = #expect(throws: TrustRootsError.self) { try TrustRoots(pem: []) }
    #expect(none == .unreadable(path: nil, problem: "there is no certificate in the text"))
    #expect(none?.description == "there is no certificate in the text")
    let broken = OpenSSLChain.root.replacing("M", with: "%", maxReplacements: 1)
    let error = #expect(throws: TrustRootsError.self) { try TrustRoots(pem: Array(broken.utf8)) }
    #expect(error?.description == "PEM text, line 2: this is not base64")
  }

  @Test("the roots of a file are there, and the file is named")
  func file() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("roots.pem", OpenSSLChain.root + "\n" + OpenSSLChain.issuing)
    let roots = try TrustRoots(file: path)
    #expect(roots.count == 2)
    #expect(roots.sources == [TrustRoots.Source(path: path, count: 2, problems: [])])
    #expect(roots.description == "2 roots from \(path)")
  }

  @Test("a file that is missing, a directory, empty, or broken is an error with its path")
  func badFile() throws {
    let directory = try TemporaryDirectory()
    let empty = try directory.write("empty.pem", "")
    let broken = try directory.write("broken.pem", "-----BEGIN CERTIFICATE-----\n")
    let cases = [
      ("\(directory.path)/missing.pem", "cannot be opened: No such file or directory"),
      (directory.path, "cannot be read: Is a directory"),
      (empty, "there is no certificate in the text"),
      (broken, "PEM text, line 1: \"CERTIFICATE\" begins here and never ends"),
    ]
    for (path, problem) in cases {
      let error = #expect(throws: TrustRootsError.self) { try TrustRoots(file: path) }
      #expect(error == .unreadable(path: path, problem: problem))
      #expect(error?.description == "\(path): \(problem)")
    }
  }

  @Test("a pipe does not keep anybody waiting")
  func pipe() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.makePipe("pipe")
    #expect(throws: TrustRootsError.self) { try TrustRoots(file: path) }
  }
}

@Suite("Trust roots of the machine")
struct PlatformRootsTests {
  @Test("this machine has more than fifty (on Debian: apt-get install ca-certificates)")
  func platform() throws {
    let roots = try TrustRoots.platform
    #expect(roots.count > 50)
    #expect(roots.sources.contains { $0.count > 50 })
    #expect(roots.certificates.allSatisfy { roots.contains($0) })
  }

  @Test("SSL_CERT_FILE alone is all that is read")
  func file() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("roots.pem", OpenSSLChain.root)
    let roots = try TrustRoots.find(file: path, directories: nil)
    #expect(roots.certificates == [try Certificate(fixture: OpenSSLChain.root)])
    #expect(roots.sources.map(\.path) == [path])
  }

  @Test("SSL_CERT_DIR names directories with colons between them; a root found twice counts once")
  func directories() throws {
    let a = try TemporaryDirectory()
    let b = try TemporaryDirectory()
    try a.write("0.pem", OpenSSLChain.root)
    try a.write("1.pem", OpenSSLChain.issuing)
    try b.write("hash.0", OpenSSLChain.root)
    let path = try b.write("more.crt", OpenSSLOddities.selfP384)
    let roots = try TrustRoots.find(file: nil, directories: "\(a.path)::\(b.path):")
    #expect(roots.count == 3)
    #expect(roots.sources.map(\.description) == ["\(a.path): 2 roots", "\(b.path): 2 roots"])
    let all = try TrustRoots.find(file: path, directories: a.path)
    #expect(all.count == 3)
    #expect(all.description == "3 roots from \(path), \(a.path)")
  }

  @Test("what is empty counts as not set")
  func emptyVariables() throws {
    let machine = try TrustRoots.platform
    for (file, directories) in [("", ""), ("", nil), (nil, ""), ("", ":")] as [(String?, String?)] {
      #expect(
        try TrustRoots.find(file: file, directories: directories).count == machine.count)
    }
    let directory = try TemporaryDirectory()
    try directory.write("0.pem", OpenSSLChain.root)
    #expect(try TrustRoots.find(file: "", directories: directory.path).count == 1)
  }

  @Test("broken files are passed over and reported; what is no file of roots is no problem")
  func broken() throws {
    let directory = try TemporaryDirectory()
    try directory.write("README", "nothing here")
    try directory.write("a.pem", OpenSSLChain.root)
    try directory.write("b.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")
    try directory.write("c.pem", OpenSSLChain.issuing + "\n-----BEGIN CERTIFICATE-----\n")
    try directory.write("key.pem", OpenSSLKeys.p256PKCS8)
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: "\(directory.path)/directory", withIntermediateDirectories: false)
    try manager.createSymbolicLink(
      atPath: "\(directory.path)/dangling.0", withDestinationPath: "missing.pem")
    let roots = try TrustRoots.find(file: nil, directories: directory.path)
    let lineCount = OpenSSLChain.issuing.split(separator: "\n").count
    #expect(roots.count == 2)
    #expect(
      roots.sources.first?.problems == [
        "b.pem: skipped one: the certificate's encoding has no tbsCertificate",
        "c.pem: PEM text, line \(lineCount + 1): \"CERTIFICATE\" begins here and never ends",
      ])
  }

  @Test("a root that cannot be read does not hide those after it")
  func oneBroken() throws {
    let directory = try TemporaryDirectory()
    let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
    let path = try directory.write(
      "roots.pem", [OpenSSLChain.root, broken, OpenSSLChain.issuing].joined(separator: "\n"))
    let roots = try TrustRoots.find(file: path, directories: nil)
    #expect(roots.count == 2)
    #expect(
      roots.sources == [
        TrustRoots.Source(
          path: path, count: 2,
          problems: ["skipped one: the certificate's encoding has no tbsCertificate"])
      ])
  }

  @Test("nothing found is an error that says where it looked, and what was wrong there")
  func nothing() throws {
    let directory = try TemporaryDirectory()
    let missing = "\(directory.path)/missing"
    let error = #expect(throws: TrustRootsError.self) {
      try TrustRoots.find(file: missing, directories: "\(missing)/directory:\(directory.path)")
    }
    #expect(
      error?.description
        == "SSL_CERT_FILE and SSL_CERT_DIR give no trust roots: "
        + "\(missing): 0 roots, cannot be opened: No such file or directory; "
        + "\(missing)/directory: 0 roots, cannot be opened: No such file or directory; "
        + "\(directory.path): 0 roots")
  }

  @Test("every root of this machine is read, and those that are self-signed say so truly")
  func everyRoot() throws {
    let roots = try TrustRoots.platform
    #expect(roots.sources.flatMap(\.problems).isEmpty)
    var verified = 0
    for root in roots.certificates where root.isSelfIssued {
      switch root.signature {
      case .known:
        #expect(root.verifySignature(by: root.publicKey), "\(root)")
        verified += 1
      case .weak(let name): #expect(name == "SHA-1 with RSA", "\(root)")
      case .unknown: Issue.record("\(root) is signed by \(root.signature)")
      }
      #expect(root.unknownCriticalExtensions.isEmpty, "\(root)")
    }
    #expect(verified > 50)
  }
}
