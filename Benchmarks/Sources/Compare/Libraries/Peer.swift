import Peers
import TLSEngine

/// A library that can make connections, beside the engine.
struct Peer {
  let contender: Contender

  /// Its settings; `nil` if it does not have the suite.
  let setup: (Fixture, CipherSuite) -> (any Setup)?

  /// What it does with a chain of certificates.
  let certificates: (ChainFixture) throws -> any Certificates

  /// Its version.
  let version: String

  /// All that were built.
  static var all: [Peer] {
    var peers = [
      Peer(
        contender: .openSSL, setup: { CSetup(PEER_OPENSSL, $0, $1) },
        certificates: { try CChain(PEER_OPENSSL, $0) },
        version: CSetup.version(of: PEER_OPENSSL)),
      Peer(
        contender: .gnuTLS, setup: { CSetup(PEER_GNUTLS, $0, $1) },
        certificates: { try CChain(PEER_GNUTLS, $0) },
        version: CSetup.version(of: PEER_GNUTLS)),
    ]
    #if NIOSSL
      peers.append(
        Peer(
          contender: .nioSSL, setup: { NIOSSLSetup($0, $1) },
          certificates: { NIOSSLCertificates($0) }, version: NIOSSLSetup.version))
    #endif
    return peers
  }
}

extension Peer {
  /// OpenSSL, told to let go of the buffers of idle connections (`SSL_MODE_RELEASE_BUFFERS`).
  static func leanOpenSSL(_ fixture: Fixture, _ suite: CipherSuite) -> (any Setup)? {
    CSetup(PEER_OPENSSL, fixture, suite, isLean: true)
  }
}
