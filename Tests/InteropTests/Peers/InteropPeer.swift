/// A feature that a peer does not have, and why.
struct Lack: Error {
  let reason: String

  /// Whether the peer can be asked for it all the same, if the feature allows that.
  let canBeTried: Bool

  init(_ reason: String) {
    self.reason = reason
    canBeTried = true
  }

  /// A feature that the peer has, but takes too long over.
  init(tooSlow reason: String) {
    self.reason = reason
    canBeTried = false
  }
}

/// What a peer is in a connection.
enum PeerRole: Sendable, Hashable {
  case server
  case client
}

/// Somebody else's stack, by the programs of it that Debian has.
///
/// A program is started with everything on that it has, and our side offers or accepts only what the
/// feature is about. So a peer's file says how to switch things on, what a feature needs beyond that,
/// and what the peer lacks.
protocol InteropPeer: Sendable {
  /// The stack's name.
  var name: String { get }

  /// The server's name.
  var serverProgram: String { get }

  /// The client's name, if there is a client.
  var clientProgram: String? { get }

  /// Why the peer lacks the feature in this role, if it does.
  func lack(_ feature: Feature, as role: PeerRole) -> Lack?

  /// How the server is started with everything on, and with what the feature needs beside that.
  func server(for feature: Feature, _ authority: Authority) throws -> Launch

  /// How the client is started with everything on, and with what the feature needs beside that.
  func client(for feature: Feature, _ authority: Authority) throws -> Launch
}
