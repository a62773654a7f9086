import Foundation
import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("The roots of Debian's ca-certificates")
struct DebianRootsTests {
  private static let path = "/etc/ssl/certs/ca-certificates.crt"

  private static func roots() throws -> TrustRoots {
    try TrustRoots.find(file: path, directories: nil)
  }

  @Test("all of them can be read, and nothing is skipped")
  func allParse() throws {
    let roots = try Self.roots()
    let text = try String(contentsOfFile: Self.path, encoding: .utf8)
    let count = text.components(separatedBy: "-----BEGIN CERTIFICATE-----").count - 1
    #expect(count > 100)
    #expect(roots.count == count)
    #expect(roots.sources == [TrustRoots.Source(path: Self.path, count: count, problems: [])])
    #expect(roots.certificates.count == count)
    #expect(roots.unusable == [])
  }

  @Test("each verifies itself")
  func allVerify() throws {
    let roots = try Self.roots()
    let certificates = roots.certificates
    let directory = try TemporaryDirectory()
    var verifiedHereCount = 0
    for certificate in certificates {
      #expect(certificate.isSelfIssued)
      if case .weak = certificate.signature {
        // Nothing here verifies SHA-1, not even where it proves nothing: OpenSSL does.
        let path = try directory.write("root.pem", certificate.pem)
        let outcome = try OpenSSL.run([
          "verify", "-check_ss_sig", "-no_check_time", "-CAfile", path, path,
        ])
        #expect(outcome.output == "\(path): OK\n")
      } else {
        #expect(certificate.verifySignature(by: certificate.publicKey), "\(certificate)")
        verifiedHereCount += 1
      }
      #expect(roots.contains(certificate, for: .all))
      #expect(roots.named(certificate.subject).contains { $0.der == certificate.der })
      #expect(certificate.basicConstraints?.isAuthority ?? (certificate.version < 3))
    }
    #expect(verifiedHereCount > certificates.count / 2)
    #expect(roots.count == certificates.count)
  }

  @Test("the hashed directory has the same roots as the bundle")
  func hashedDirectory() throws {
    let roots = try TrustRoots(directory: "/etc/ssl/certs")
    #expect(Set(roots.certificates) == Set(try Self.roots().certificates))
    #expect(roots.sources.first?.problems == [])
  }

  @Test("an outline finds what reading all of it finds")
  func outlines() throws {
    for certificate in try Self.roots().certificates {
      let outline = try CertificateOutline(of: certificate.der + [1, 2, 3])
      #expect(outline.byteCount == certificate.der.count)
      #expect(Array(certificate.der[outline.subject]) == certificate.subject.der)
    }
  }

  @Test("an outline of a certificate that is cut off is an error, wherever it is cut")
  func cutOff() throws {
    let der = try Certificate(fixture: OpenSSLChain.root).der
    for count in der.indices {
      #expect(throws: CertificateError.self) {
        try CertificateOutline(of: Array(der.prefix(count)))
      }
    }
  }

  @Test("loading anew gives the same roots")
  func anew() throws {
    #expect(try TrustRoots.loadPlatform().certificates == TrustRoots.platform.certificates)
  }

  @Test("a root is read once, however many ask for it at the same time")
  func concurrency() async throws {
    let roots = try Self.roots()
    let subject = try #require(roots.subjects().first)
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask { roots.named(subject).count { (try? $0.certificate()) != nil } }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(counts == Array(repeating: roots.named(subject).count, count: 16))
  }
}
