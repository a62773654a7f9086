import TLSCertificates
import TLSCrypto

/// The engine's certificates.
final class EngineCertificates: Certificates {
  private let leaf: [UInt8]
  private let authority: [UInt8]
  private let parsed: Certificate
  private let verifier: ChainVerifier
  private let name: ServerName

  init(_ fixture: ChainFixture) throws {
    leaf = fixture.leaf.der
    authority = fixture.authority.der
    parsed = fixture.leaf
    verifier = ChainVerifier(roots: TrustRoots(certificates: [fixture.root]))
    name = try ServerName(Fixture.name)
  }

  func judge() throws {
    // Both are read anew: a certificate remembers who signed it.
    let chain = [try Certificate(der: leaf), try Certificate(der: authority)]
    _ = try verifier.verify(chain, for: name, usage: .server, at: SystemTimeSource().now())
  }

  func read() throws {
    _ = try Certificate(der: leaf)
  }

  func matches(_ name: String, isAddress: Bool) throws -> Bool {
    parsed.matches(try ServerName(name))
  }

  func loadRoots(_ path: String) throws -> Int {
    try TrustRoots(file: path).count
  }

  /// The same roots as those of this machine: of each is read what it is found by, and the rest when it
  /// is wanted.
  func loadPlatform() throws -> Int {
    try TrustRoots.loadPlatform().count
  }
}
