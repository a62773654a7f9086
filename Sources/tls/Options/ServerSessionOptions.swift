import ArgumentParser
import TLSCrypto
import TLSEngine

/// How a server lets clients go on with earlier sessions.
struct ServerSessionOptions: ParsableArguments {
  @Flag(help: "Hand out no session tickets.")
  var noTickets = false

  @Option(
    help: ArgumentHelp(
      "A file with a secret of at least 32 random bytes, from which the keys of tickets are made: "
        + "servers that share it resume each other's sessions. Without it the keys are this "
        + "process's own.", valueName: "file"))
  var ticketSecret: String?

  @Option(
    help: ArgumentHelp(
      "How often the keys of tickets change, 60 to 604800 seconds. (default: 86400)",
      valueName: "seconds"))
  var ticketRotation: Int?

  @Option(
    help: ArgumentHelp(
      "Keep so many sessions in memory, for clients that resume by id.", valueName: "count"))
  var sessionCache: Int?

  @Option(
    help: ArgumentHelp(
      "How long a session can be resumed, at most 604800 seconds.", valueName: "seconds"))
  var sessionLifetime = 86_400

  @Option(
    help: ArgumentHelp(
      "Resume no sessions but those of servers with the same text here.", valueName: "text"))
  var sessionContext = ""

  func validate() throws {
    guard !noTickets || (ticketSecret == nil && ticketRotation == nil) else {
      throw ValidationError(
        "--no-tickets does not go with --ticket-secret and --ticket-rotation.")
    }
  }

  /// Sets what was asked for. Tickets are on, as with other servers.
  func apply(to configuration: inout ServerConfiguration) throws {
    configuration.ticketKeys = noTickets ? nil : try ticketKeys()
    if let sessionCache {
      configuration.sessionStore = .cache(
        try SessionCache(capacity: sessionCache, lifetime: sessionLifetime))
    }
    configuration.sessionContext = [UInt8](sessionContext.utf8)
  }

  private func ticketKeys() throws -> TicketKeys {
    let period = ticketRotation ?? TicketKeys.standardPeriod
    guard let ticketSecret else {
      return try TicketKeys(rotatingEvery: period, lifetime: sessionLifetime)
    }
    let secret = try Files.secret(ticketSecret)
    return try TicketKeys(
      sharedSecret: secret.bytes, rotatingEvery: period, lifetime: sessionLifetime)
  }
}
