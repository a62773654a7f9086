import TLSCrypto
import Testing

@testable import TLSEngine

/// Checks that a connection fails with an alert and a sentence, puts that alert and nothing after it
/// on the wire in the clear, and says the same again when asked again.
func expectRefused<Role>(
  _ connection: inout Connection<Role>, receiving bytes: [UInt8], with alert: AlertDescription,
  saying sentence: String, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = #expect(throws: TLSError.self, comment, sourceLocation: sourceLocation) {
    _ = try connection.receive(bytes)
  }
  #expect(error?.alert == alert, comment, sourceLocation: sourceLocation)
  let said = error?.description ?? "nothing"
  #expect(
    said.hasPrefix(sentence), "\(said)\nand not\n\(sentence)", sourceLocation: sourceLocation)
  let records = WireRecord.split(connection.takeOutgoing())
  #expect(
    records == [.alert(2, alert.rawValue)], comment, sourceLocation: sourceLocation)
  #expect(connection.summary == nil, comment, sourceLocation: sourceLocation)
  let again = #expect(throws: TLSError.self, comment, sourceLocation: sourceLocation) {
    _ = try connection.receive([])
  }
  #expect(again == error, comment, sourceLocation: sourceLocation)
}

/// Checks what a server says to a ClientHello that it must refuse.
func expectServerRefuses(
  with alert: AlertDescription, saying sentence: String, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout WireHello) -> Void
) throws {
  var peer = try HandDrivenClient()
  change(&peer.hello)
  var configuration = ServerConfiguration(identities: [try TestIdentities.identity(.ed25519)])
  configuration.applicationProtocols = ["h2"]
  var server = try ServerConnection(configuration: configuration)
  expectRefused(
    &server, receiving: peer.helloRecord, with: alert, saying: sentence, comment,
    sourceLocation: sourceLocation)
}

/// Checks what a client says to a server's first flight that it must refuse.
func expectClientRefuses(
  with alert: AlertDescription, saying sentence: String, _ comment: Comment? = nil,
  as kind: TestIdentities.Kind = .ed25519, in group: NamedGroup = .x25519,
  offering configuration: ClientConfiguration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout ServerFlight) throws -> Void
) throws {
  var client = try TestIdentities.startedClient(configuration)
  var peer = try HandDrivenServer(answering: &client, as: kind, in: group)
  try change(&peer.flight)
  expectRefused(
    &client, receiving: try peer.firstFlight(), with: alert, saying: sentence, comment,
    sourceLocation: sourceLocation)
}

extension TestIdentities {
  /// A client's configuration with a change.
  static func client(
    _ change: (inout ClientConfiguration) -> Void
  ) throws -> ClientConfiguration {
    var configuration = try clientConfiguration()
    change(&configuration)
    return configuration
  }

  /// A client that has said its ClientHello.
  static func startedClient(
    _ configuration: ClientConfiguration? = nil
  ) throws -> ClientConnection {
    var client = try ClientConnection(
      to: "example.com", configuration: try configuration ?? clientConfiguration())
    try client.start()
    return client
  }

  /// A server's configuration with one identity, a time that stands still, and a change.
  static func serverConfiguration(
    as kind: Kind = .ed25519, _ change: (inout ServerConfiguration) throws -> Void = { _ in }
  ) throws -> ServerConfiguration {
    var configuration = ServerConfiguration(identities: [try identity(kind)])
    configuration.time = FixedTimeSource(now)
    try change(&configuration)
    return configuration
  }

  /// A server with one identity.
  static func server(
    as kind: Kind = .ed25519, _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> ServerConnection {
    var configuration = ServerConfiguration(identities: [try identity(kind)])
    change(&configuration)
    return try ServerConnection(configuration: configuration)
  }
}
