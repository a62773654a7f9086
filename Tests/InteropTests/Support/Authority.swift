import Foundation
import TLSCertificates
import TLSCrypto
import TLSEngine
import Testing

/// A certification authority that OpenSSL made, with leaves of every kind, in a directory of its
/// own: what both our side and the peers use.
final class Authority: Sendable {
  /// The kinds of key that the leaves have.
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case rsa
    case ecdsa
    case ecdsaP384
    case ecdsaP521
    case ed25519

    var testDescription: String { rawValue }

    fileprivate var keyArguments: [String] {
      switch self {
      case .rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
      case .ecdsa: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
      case .ecdsaP384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
      case .ecdsaP521: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]
      case .ed25519: ["-algorithm", "ED25519"]
      }
    }
  }

  /// The one of this run.
  static let shared = Result { try Authority() }

  let directory: URL

  /// The pre-shared key that all sides know, in hexadecimal, by its identity.
  static let preSharedKey = (identity: "interop", key: "000102030405060708090a0b0c0d0e0f")

  /// What stands in the file `page`.
  static let page = "a page of the interoperation tests\n"

  private init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("swift-tls-engine-interop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    // A peer that dies while something is typed into it is a failed test, not the end of the run.
    signal(SIGPIPE, SIG_IGN)
    atexit {
      guard let authority = try? Authority.shared.get() else { return }
      try? FileManager.default.removeItem(at: authority.directory)
    }
    try Data(tenMegabytes).write(to: file("bulk"))
    try Data(Self.page.utf8).write(to: file("page"))
    try "\(Self.preSharedKey.identity):\(Self.preSharedKey.key)\n".write(
      to: file("psk"), atomically: true, encoding: .utf8)
    try openssl(["genpkey", "-out", "ca.key"] + Kind.ecdsa.keyArguments)
    try openssl([
      "req", "-x509", "-new", "-key", "ca.key", "-out", "ca.pem", "-days", "30", "-subj",
      "/CN=Interop CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    ])
    try """
    subjectAltName=DNS:example.com,DNS:*.example.org,DNS:localhost,IP:127.0.0.1
    basicConstraints=critical,CA:FALSE
    keyUsage=critical,digitalSignature,keyEncipherment
    extendedKeyUsage=serverAuth,clientAuth
    """.write(to: file("leaf.ext"), atomically: true, encoding: .utf8)
    for kind in Kind.allCases { try makeLeaf(kind) }
  }

  private func makeLeaf(_ kind: Kind) throws {
    try openssl(["genpkey", "-out", "\(kind).key"] + kind.keyArguments)
    try openssl([
      "req", "-new", "-key", "\(kind).key", "-out", "\(kind).csr", "-subj", "/CN=\(kind) leaf",
    ])
    try openssl([
      "x509", "-req", "-in", "\(kind).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "30",
      "-extfile", "leaf.ext", "-out", "\(kind).pem",
    ])
  }

  func openssl(_ arguments: [String]) throws {
    try run("openssl", package: "openssl", arguments)
  }

  /// Runs a program to its end, which has to be a good one.
  func run(_ program: String, package: String, _ arguments: [String]) throws {
    let peer = try Peer(program, package: package, arguments, in: directory)
    let status = try peer.waitForExit(seconds: 60)
    guard status == 0 else {
      throw Peer.Silent(program: "\(program) \(arguments[0])", output: peer.output)
    }
  }

  /// A file in the authority's directory.
  func file(_ name: String) -> URL { directory.appendingPathComponent(name) }

  private func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: file(name)))
  }

  /// The leaf of this kind, with its key.
  func identity(_ kind: Kind) throws -> Identity {
    try Identity(
      certificates: try Certificate.chain(pem: read("\(kind).pem")),
      privateKey: try PrivateKey(pem: read("\(kind).key")))
  }

  /// The authority itself.
  func roots() throws -> TrustRoots { try TrustRoots(pem: read("ca.pem")) }

  /// A client that trusts the authority and nobody else.
  func clientConfiguration(
    groups: [NamedGroup] = NamedGroup.defaults
  ) throws -> ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.supportedGroups = groups
    configuration.verification = .roots(try roots())
    return configuration
  }

  /// A server with leaves of these kinds.
  func serverConfiguration(_ kinds: Kind...) throws -> ServerConfiguration {
    ServerConfiguration(identities: try kinds.map(identity))
  }
}
