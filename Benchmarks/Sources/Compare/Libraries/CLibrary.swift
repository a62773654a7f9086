import Peers
import TLSCertificates
import TLSEngine

// OpenSSL and GnuTLS, through the C of the target Peers. The only `unsafe` of theirs is here.

/// A C library's settings.
@safe
final class CSetup: Setup {
  private let setup: OpaquePointer

  /// - Parameter isLean: whether idle connections give up their buffers.
  /// - Returns: `nil` if the library does not have the suite.
  init?(_ library: PeerLibrary, _ fixture: Fixture, _ suite: CipherSuite, isLean: Bool = false) {
    guard let name = suite.opensslName, let group = fixture.group.peerGroup,
      let made = unsafe peer_setup(
        library, fixture.certificates, fixture.key, name, group, fixture.roots, isLean)
    else { return nil }
    unsafe setup = made
  }

  deinit {
    unsafe peer_setup_free(setup)
  }

  func pair(resuming: Bool) throws -> any Pair {
    guard let pair = unsafe peer_pair(setup, resuming) else {
      throw Failure(description: "no connection")
    }
    return unsafe CPair(self, pair)
  }

  /// What the library calls its version.
  static func version(of library: PeerLibrary) -> String {
    unsafe peer_version(library).map { unsafe String(cString: $0) } ?? "unknown"
  }
}

/// A C library's client and server.
@safe
final class CPair: Pair, Records {
  private let setup: CSetup
  private let pair: OpaquePointer

  fileprivate init(_ setup: CSetup, _ pair: OpaquePointer) {
    self.setup = setup
    unsafe self.pair = unsafe pair
  }

  deinit {
    unsafe peer_pair_free(pair)
  }

  func connect() throws {
    try check(unsafe peer_connect(pair), "handshake")
  }

  var isResumed: Bool { unsafe peer_is_resumed(pair) }

  var hasGroup: Bool { unsafe peer_has_group(pair) }

  func remember() throws {
    try check(unsafe peer_remember(pair), "session")
  }

  func rest() {
    unsafe peer_rest(pair)
  }

  func dropClient() {
    unsafe peer_pair_free_client(pair)
  }

  func records(byteCount: Int, times: Int) throws -> any Records {
    try check(unsafe peer_prepare(pair, byteCount), "memory")
    return self
  }

  func seal(_ times: Int) throws {
    try check(unsafe peer_seal(pair, times), "write")
  }

  func open(_ times: Int) throws {
    try check(unsafe peer_open(pair, times), "read")
  }

  private func check(_ succeeded: Bool, _ what: String) throws {
    guard succeeded else { throw Failure(description: "\(what) failed") }
  }
}

extension NamedGroup {
  /// What the C libraries' side calls it.
  var peerGroup: PeerGroup? {
    switch self {
    case .x25519: PEER_X25519
    case .x448: PEER_X448
    case .secp256r1: PEER_P256
    case .secp384r1: PEER_P384
    case .secp521r1: PEER_P521
    case .ffdhe2048: PEER_FFDHE2048
    case .ffdhe3072: PEER_FFDHE3072
    default: nil
    }
  }
}

/// A chain of certificates, in a C library's hands.
@safe
final class CChain: Certificates {
  private let library: PeerLibrary
  private let chain: OpaquePointer

  init(_ library: PeerLibrary, _ fixture: ChainFixture) throws {
    self.library = library
    let (leaf, authority, root) = (fixture.leaf.der, fixture.authority.der, fixture.root.der)
    let made = unsafe leaf.withUnsafeBufferPointer { leaf in
      unsafe authority.withUnsafeBufferPointer { authority in
        unsafe root.withUnsafeBufferPointer { root in
          unsafe peer_chain(
            library, Self.der(leaf), Self.der(authority), Self.der(root), Fixture.name)
        }
      }
    }
    guard let made = unsafe made else { throw Failure(description: "no chain") }
    unsafe chain = made
  }

  deinit {
    unsafe peer_chain_free(chain)
  }

  private static func der(_ bytes: UnsafeBufferPointer<UInt8>) -> PeerDER {
    unsafe PeerDER(bytes: bytes.baseAddress, length: bytes.count)
  }

  func judge() throws {
    guard unsafe peer_chain_judge(chain) else {
      throw Failure(description: "the chain was refused")
    }
  }

  func read() throws {
    guard unsafe peer_chain_read(chain) else {
      throw Failure(description: "the certificate was not read")
    }
  }

  func matches(_ name: String, isAddress: Bool) -> Bool {
    unsafe peer_chain_matches(chain, name, isAddress)
  }

  func loadRoots(_ path: String) throws -> Int {
    let count = unsafe peer_load_roots(library, path)
    guard count > 0 else { throw Failure(description: "no roots in \(path)") }
    return Int(count)
  }
}
