import Peers
import TLSEngine

// OpenSSL and GnuTLS, through the C of the target Peers. The only `unsafe` of theirs is here.

/// A C library's settings.
@safe
final class CSetup: Setup {
  private let setup: OpaquePointer

  /// - Parameter isLean: whether idle connections give up their buffers.
  /// - Returns: `nil` if the library does not have the suite.
  init?(_ library: PeerLibrary, _ fixture: Fixture, _ suite: CipherSuite, isLean: Bool = false) {
    guard let name = suite.opensslName,
      let made = unsafe peer_setup(library, fixture.certificate, fixture.key, name, isLean)
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
