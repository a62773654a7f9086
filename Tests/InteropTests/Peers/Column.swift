import TLSCertificates
import TLSEngine

/// One column of the matrix: a peer's program.
struct Column: Sendable, Hashable, CustomStringConvertible {
  private let number: Int
  let role: PeerRole

  /// Every stack, six of them.
  static let peers: [any InteropPeer] = [
    OpenSSLPeer(), GnuTLSPeer(), NSSPeer(), BotanPeer(), LighttpdPeer(module: .mbedtls),
    LighttpdPeer(module: .wolfssl),
  ]

  /// Every program: what serves, and what is a client.
  static let all: [Column] = peers.indices.flatMap { number in
    let server = Column(number: number, role: .server)
    return peers[number].clientProgram == nil
      ? [server] : [server, Column(number: number, role: .client)]
  }

  var peer: any InteropPeer { Self.peers[number] }

  /// The program's name.
  var program: String { (role == .client ? peer.clientProgram : nil) ?? peer.serverProgram }

  var description: String { "\(peer.name) \(program)" }

  /// Tries the feature, and says what came of it.
  func outcome(of feature: Feature, _ servers: ServerPool, _ authority: Authority) -> Outcome {
    let lack = peer.lack(feature, as: role)
    let isTried = lack.map { feature.isTriedWhereLacking && $0.canBeTried } ?? true
    do {
      if isTried {
        switch role {
        case .server: try TrialOfServer(peer, feature, servers, authority).run()
        case .client: try TrialOfClient(peer, feature, authority).run()
        }
      }
    } catch {
      guard let lack else { return .failed("\(error)") }
      return .lacks(lack.reason)
    }
    guard let lack else { return .works }
    guard isTried else { return .lacks(lack.reason) }
    return .failed("it works, and is said to be lacking: \(lack.reason)")
  }
}
