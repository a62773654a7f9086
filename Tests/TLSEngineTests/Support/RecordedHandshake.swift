import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// A handshake that is the same every time, so that what one side said can be played to the other
/// again with a change.
struct RecordedHandshake {
  enum Kind: CaseIterable, Sendable {
    /// Only what must be.
    case plain

    /// Certificates on both sides, a stapled response and a ticket.
    case mutual

    /// The abbreviated handshake of RFC 5246 figure 2.
    case resumed
  }

  /// Who is lied to.
  enum Victim: CaseIterable, Sendable {
    case client
    case server
  }

  /// What became of the victim.
  struct Outcome {
    let failure: TLSError?
    let isComplete: Bool

    /// How many records it had taken when it failed.
    let taken: Int

    /// The types of the records that it sent when it failed.
    let said: [UInt8]
  }

  /// What each side said, one message a record, up to its Finished.
  private(set) var fromClient: [WireRecord] = []
  private(set) var fromServer: [WireRecord] = []

  private let client: ClientConfiguration
  private let server: ServerConfiguration

  init(_ kind: Kind) throws {
    var pair = try Acquaintances(kind == .plain ? nil : .tickets)
    switch kind {
    case .plain:
      pair.client.usesSessionTickets = false
      pair.client.requestsCertificateStatus = false
    case .mutual:
      var identity = try TestIdentities.identity(.ed25519)
      identity.stapledStatus = try TestIdentities.stapledStatus(for: identity)
      pair.server.identities = [identity]
      pair.server.clientAuthentication = .required
      pair.server.clientVerification = .roots(try TestIdentities.roots())
      pair.client.identities = [try TestIdentities.clientIdentity(.ed25519)]
    case .resumed: try pair.getAcquainted()
    }
    pair.client.randomness = DeterministicRandomSource(seed: [1])
    pair.server.randomness = DeterministicRandomSource(seed: [2])
    client = pair.client
    server = pair.server
    var loopback = try pair.meet()
    try #require(loopback.client.summary?.isResumed == (kind == .resumed))
    fromClient = Self.cut(loopback.sentByClient)
    fromServer = Self.cut(loopback.sentByServer)
    loopback.client.close()
  }

  /// What was said to a victim.
  func script(for victim: Victim) -> [WireRecord] {
    victim == .client ? fromServer : fromClient
  }

  /// Plays these to a new victim, until it refuses one.
  ///
  /// - Parameter thenEnds: whether the transport ends behind them.
  func play(
    _ records: [WireRecord], to victim: Victim, thenEnds: Bool = false
  ) throws -> Outcome {
    switch victim {
    case .client:
      var connection = try TestIdentities.startedClient(client)
      return play(records, to: &connection, thenEnds)
    case .server:
      var connection = try ServerConnection(configuration: server)
      return play(records, to: &connection, thenEnds)
    }
  }

  private func play<Role>(
    _ records: [WireRecord], to connection: inout Connection<Role>, _ thenEnds: Bool
  ) -> Outcome {
    var failure: TLSError?
    var taken = 0
    do throws(TLSError) {
      for record in records {
        _ = connection.takeOutgoing()
        _ = try connection.receive(record.bytes)
        taken += 1
      }
      if thenEnds { try connection.receiveEndOfStream() }
    } catch {
      failure = error
    }
    return Outcome(
      failure: failure, isComplete: connection.summary != nil, taken: taken,
      said: WireRecord.split(connection.takeOutgoing()).map(\.type))
  }

  /// Messages in the clear are cut apart; ChangeCipherSpec and what is protected stay as they are.
  private static func cut(_ stream: [UInt8]) -> [WireRecord] {
    var units: [WireRecord] = []
    var rest = WireRecord.split(stream)[...]
    while let record = rest.first, record.type == 22 {
      units += WireRecord.messages([record]).map { WireRecord.handshake($0) }
      rest = rest.dropFirst()
    }
    return units + rest
  }
}

extension [WireRecord] {
  /// Where the keys change.
  func changeOfKeys() throws -> Int {
    try #require(firstIndex { $0.type == 20 })
  }
}
