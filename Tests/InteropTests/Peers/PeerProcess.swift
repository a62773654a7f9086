import Foundation

/// A peer's program, running.
struct PeerProcess {
  let launch: Launch
  let peer: Peer
  let port: UInt16

  /// Starts the program, which listens on the port or connects to it.
  init(_ launch: Launch, port: UInt16, _ authority: Authority) throws {
    let path = authority.file("\(launch.program)-\(port).conf").path
    let fill = { (text: String) in
      text.replacing("{port}", with: "\(port)").replacing("{file}", with: path)
        .replacing("{folder}", with: authority.directory.path)
    }
    if let file = launch.file {
      try fill(file).write(toFile: path, atomically: true, encoding: .utf8)
    }
    self.launch = launch
    self.port = port
    peer = try Peer(
      launch.program, package: launch.package, launch.arguments.map(fill), in: authority.directory)
  }

  /// Checks that the program has printed what shows the feature.
  func checkEvidence() throws {
    if let evidence = launch.evidence { try peer.waitForOutput(evidence) }
  }
}

/// The servers of a column of the matrix: each is started once, and serves every feature that asks
/// nothing else of it.
final class ServerPool {
  private var servers: [Launch: PeerProcess] = [:]
  private let authority: Authority

  init(_ authority: Authority) {
    self.authority = authority
  }

  deinit {
    for server in servers.values { server.peer.stop() }
  }

  /// A connection to such a server.
  func connect(to launch: Launch) throws -> (server: PeerProcess, socket: Socket) {
    let server =
      try servers[launch] ?? PeerProcess(launch, port: try freePort(), authority)
    servers[launch] = server
    return (server, try server.peer.connect(toPort: server.port))
  }
}
