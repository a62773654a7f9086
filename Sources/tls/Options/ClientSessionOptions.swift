import ArgumentParser
import TLSCrypto
import TLSEngine

/// How a client goes on with an earlier session.
struct ClientSessionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file for the session: the one in it is offered, if there is one, and what the server will "
        + "know again is written back. It holds a secret that opens the connections it is used "
        + "for, so nobody else may read it.", valueName: "file"))
  var session: String?

  @Flag(help: "Do not ask the server for a session ticket.")
  var noTickets = false

  /// Sets what was asked for, and leaves the rest at its default.
  func apply(to configuration: inout ClientConfiguration) throws {
    configuration.usesSessionTickets = !noTickets
    guard let session, try Files.exists(session) else { return }
    let stored = try Files.secret(session)
    do {
      configuration.session = try ClientSession(encoded: stored.bytes)
    } catch {
      throw Failure(.usage, "\(session): \(error)")
    }
  }

  /// Keeps what is to be kept of these events.
  func keep(_ events: [Event]) throws {
    guard let path = session else { return }
    for case .newClientSession(let session) in events {
      // Named first: Swift 6.3 fails on the span of what a throwing call returns.
      let secret = try session.encoded()
      try Files.write(secret.bytes, toSecret: path)
    }
  }
}
