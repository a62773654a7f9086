import TLSCertificates
import TLSCrypto
import Testing

@testable import TLSEngine

/// The states of the parts of TLS 1.2 that not every handshake has: what each of them takes, and that
/// it refuses everything else with unexpected_message. ``MessageOrderTests`` does the same to the
/// shortest handshake.
@Suite("Order of messages, with everything")
struct FeatureOrderTests {
  /// What comes in one state of a handshake, and what may come.
  private struct Step {
    /// What the state says of itself, for errors.
    let state: String

    /// The types of the handshake messages that it takes.
    let takes: Set<UInt8>

    /// What it is given, to go on: a whole message, or `nil` for ChangeCipherSpec.
    let message: [UInt8]?
  }

  /// Every type of handshake message there is, those included that belong to nobody here:
  /// HelloVerifyRequest (3), EndOfEarlyData (5), EncryptedExtensions (8), CertificateURL (21), and one
  /// that is not assigned.
  private static let types: [UInt8] = [
    0, 1, 2, 3, 4, 5, 8, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 67, 200,
  ]

  /// Goes through a handshake, and at each step tries everything that does not belong there on a
  /// connection that has come so far.
  private func expectOrder<Role>(
    _ steps: [Step], _ make: () throws -> Connection<Role>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (position, step) in steps.enumerated() {
      // A client ignores a HelloRequest during the handshake (RFC 5246 section 7.4.1.1).
      let ignored: Set<UInt8> = Role.self == ClientRole.self ? [0] : []
      for type in Self.types where !step.takes.contains(type) && !ignored.contains(type) {
        try expectRefused(
          WireRecord.handshake([UInt8]([1, 2, 3]).message(type)), steps.prefix(position),
          step.state,
          "type \(type) while \(step.state)", make, sourceLocation)
      }
      if step.message != nil {
        try expectRefused(
          .changeCipherSpec, steps.prefix(position), step.state,
          "ChangeCipherSpec while \(step.state)", make, sourceLocation)
      }
      try expectRefused(
        WireRecord(type: 23, body: [1]), steps.prefix(position), step.state,
        "ApplicationData while \(step.state)", make, sourceLocation)
    }
    // And what belongs there is taken, all the way.
    var connection = try make()
    for step in steps { _ = try connection.receive(Self.record(step).bytes) }
  }

  private func expectRefused<Role>(
    _ record: WireRecord, _ before: ArraySlice<Step>, _ state: String, _ comment: Comment,
    _ make: () throws -> Connection<Role>, _ sourceLocation: SourceLocation
  ) throws {
    var connection = try make()
    for step in before { _ = try connection.receive(Self.record(step).bytes) }
    _ = connection.takeOutgoing()
    let error = #expect(throws: TLSError.self, comment, sourceLocation: sourceLocation) {
      _ = try connection.receive(record.bytes)
    }
    #expect(error?.alert == .unexpectedMessage, comment, sourceLocation: sourceLocation)
    #expect(error?.place?.state == state, comment, sourceLocation: sourceLocation)
  }

  private static func record(_ step: Step) -> WireRecord {
    step.message.map { WireRecord.handshake($0) } ?? .changeCipherSpec
  }

  /// The client's messages of a handshake that is the same every time, up to ChangeCipherSpec.
  private func clientMessages(
    _ client: ClientConfiguration, _ server: ServerConfiguration
  ) throws -> [[UInt8]] {
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    let records = WireRecord.split(loopback.sentByClient).prefix { $0.type == 22 }
    return WireRecord.messages(Array(records))
  }

  /// The server's.
  private func serverMessages(
    _ client: ClientConfiguration, _ server: ServerConfiguration
  ) throws -> [[UInt8]] {
    var loopback = try Loopback(client, server)
    try loopback.exchange()
    let records = WireRecord.split(loopback.sentByServer).prefix { $0.type == 22 }
    return WireRecord.messages(Array(records))
  }

  /// A client with an identity, a pre-shared key and everything else, the same every time.
  private func client(
    _ change: (inout ClientConfiguration) throws -> Void = { _ in }
  ) throws -> ClientConfiguration {
    var configuration = try TestIdentities.clientConfiguration()
    configuration.randomness = DeterministicRandomSource(seed: [1])
    configuration.identities = [try TestIdentities.clientIdentity(.ed25519)]
    configuration.nextProtocols = ["a"]
    try change(&configuration)
    return configuration
  }

  /// A server that asks for a certificate, staples a response, gives a ticket and speaks NPN.
  private func server(
    _ change: (inout ServerConfiguration) throws -> Void = { _ in }
  ) throws -> ServerConfiguration {
    var identity = try TestIdentities.identity(.ed25519)
    identity.stapledStatus = try TestIdentities.stapledStatus(for: identity)
    return try TestIdentities.serverConfiguration {
      $0.identities = [identity]
      $0.randomness = DeterministicRandomSource(seed: [2])
      $0.clientAuthentication = .required
      $0.clientVerification = .roots(try TestIdentities.roots())
      $0.ticketKeys = TicketKeys()
      $0.nextProtocols = ["a"]
      try change(&$0)
    }
  }

  private func startedClient(_ configuration: ClientConfiguration) throws -> ClientConnection {
    try TestIdentities.startedClient(configuration)
  }

  // MARK: A client

  @Test("A client, with a stapled response and a certificate of its own")
  func fullClient() throws {
    let client = try client()
    let messages = try serverMessages(client, try server())
    // The ticket comes when the client has finished, which is when the server changes its keys.
    #expect(messages.map { $0[0] } == [2, 11, 22, 12, 13, 14, 4])
    let steps = [
      Step(state: "expecting ServerHello", takes: [2], message: messages[0]),
      Step(state: "expecting Certificate", takes: [11], message: messages[1]),
      Step(
        state: "expecting CertificateStatus or ServerKeyExchange", takes: [22, 12],
        message: messages[2]),
      Step(state: "expecting ServerKeyExchange", takes: [12], message: messages[3]),
      Step(
        state: "expecting CertificateRequest or ServerHelloDone", takes: [13, 14],
        message: messages[4]),
      Step(state: "expecting ServerHelloDone", takes: [14], message: messages[5]),
      Step(state: "expecting NewSessionTicket", takes: [4], message: messages[6]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try startedClient(client) }
  }

  @Test("A client, with nothing but what must be")
  func plainClient() throws {
    let client = try client {
      $0.identities = []
      $0.nextProtocols = []
      $0.requestsCertificateStatus = false
      $0.usesSessionTickets = false
    }
    let messages = try serverMessages(client, try server { $0.clientAuthentication = .none })
    #expect(messages.map { $0[0] } == [2, 11, 12, 14])
    let steps = [
      Step(state: "expecting ServerHello", takes: [2], message: messages[0]),
      Step(state: "expecting Certificate", takes: [11], message: messages[1]),
      Step(state: "expecting ServerKeyExchange", takes: [12], message: messages[2]),
      Step(
        state: "expecting CertificateRequest or ServerHelloDone", takes: [13, 14],
        message: messages[3]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try startedClient(client) }
  }

  @Test("A client with a pre-shared key")
  func preSharedKeyClient() throws {
    let client = try TestPreSharedKeys.client {
      $0.randomness = DeterministicRandomSource(seed: [1])
    }
    let messages = try serverMessages(
      client, try TestPreSharedKeys.server { $0.randomness = DeterministicRandomSource(seed: [2]) })
    #expect(messages.map { $0[0] } == [2, 12, 14])
    let steps = [
      Step(state: "expecting ServerHello", takes: [2], message: messages[0]),
      Step(state: "expecting ServerKeyExchange", takes: [12], message: messages[1]),
      Step(state: "expecting ServerHelloDone", takes: [14], message: messages[2]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try startedClient(client) }
  }

  // MARK: A server

  @Test("A server that asks for a certificate and is shown one")
  func fullServer() throws {
    let server = try server()
    let messages = try clientMessages(try client(), server)
    #expect(messages.map { $0[0] } == [1, 11, 16, 15])
    let steps = [
      Step(state: "expecting ClientHello", takes: [1], message: messages[0]),
      Step(state: "expecting the client's Certificate", takes: [11], message: messages[1]),
      Step(state: "expecting ClientKeyExchange", takes: [16], message: messages[2]),
      Step(state: "expecting CertificateVerify", takes: [15], message: messages[3]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try ServerConnection(configuration: server) }
  }

  @Test("A server that asks for a certificate and is shown none")
  func serverWithoutCertificate() throws {
    let server = try server { $0.clientAuthentication = .requested }
    let messages = try clientMessages(try client { $0.identities = [] }, server)
    #expect(messages.map { $0[0] } == [1, 11, 16])
    let steps = [
      Step(state: "expecting ClientHello", takes: [1], message: messages[0]),
      Step(state: "expecting the client's Certificate", takes: [11], message: messages[1]),
      Step(state: "expecting ClientKeyExchange", takes: [16], message: messages[2]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try ServerConnection(configuration: server) }
  }

  @Test("A server with a pre-shared key")
  func preSharedKeyServer() throws {
    let server = try TestPreSharedKeys.server {
      $0.randomness = DeterministicRandomSource(seed: [2])
      $0.clientAuthentication = .required
      $0.clientVerification = .roots(try TestIdentities.roots())
    }
    let messages = try clientMessages(
      try TestPreSharedKeys.client { $0.randomness = DeterministicRandomSource(seed: [1]) }, server)
    #expect(messages.map { $0[0] } == [1, 16])
    let steps = [
      Step(state: "expecting ClientHello", takes: [1], message: messages[0]),
      Step(state: "expecting ClientKeyExchange", takes: [16], message: messages[1]),
      Step(state: "expecting ChangeCipherSpec", takes: [], message: nil),
    ]
    try expectOrder(steps) { try ServerConnection(configuration: server) }
  }

  // MARK: Under protection

  @Test("Behind ChangeCipherSpec a server takes NextProtocol and Finished, and nothing else")
  func protectedServer() throws {
    for (speaksNPN, state) in [(true, "expecting NextProtocol"), (false, "expecting Finished")] {
      let taken: UInt8 = speaksNPN ? 67 : 20
      for type in Self.types where type != taken {
        var peer = try HandDrivenClient { $0.nextProtocols = ["a"] }
        var server = try TestIdentities.server { $0.nextProtocols = speaksNPN ? ["a"] : [] }
        _ = try server.receive(peer.helloRecord)
        try peer.receive(server.takeOutgoing())
        let flight = try peer.secondFlight([UInt8](repeating: 0, count: 12).message(type))
        let error = #expect(throws: TLSError.self, "type \(type)") {
          _ = try server.receive(flight)
        }
        #expect(error?.alert == .unexpectedMessage, "type \(type)")
        #expect(error?.place?.state == state, "type \(type)")
      }
    }
  }

  @Test("Behind ChangeCipherSpec a client takes Finished, and nothing else")
  func protectedClient() throws {
    for type in Self.types where type != 20 && type != 0 {
      try withAnsweringClient { client, peer in
        let flight = try peer.secondFlight([UInt8](repeating: 0, count: 12).message(type))
        let error = #expect(throws: TLSError.self, "type \(type)") {
          _ = try client.receive(flight)
        }
        #expect(error?.alert == .unexpectedMessage, "type \(type)")
        #expect(error?.place?.state == "expecting Finished", "type \(type)")
      }
    }
  }

  // MARK: Questions

  @Test("While a question is open the next record waits, and then has to fit")
  func messageBehindQuestion() throws {
    // ServerHelloDone, at which the client asks, and a Finished in the clear behind it.
    let configuration = try client { $0.verification = .ask }
    let messages = try serverMessages(try client(), try server { $0.clientAuthentication = .none })
    #expect(messages.map { $0[0] } == [2, 11, 22, 12, 14, 4])
    var client = try startedClient(configuration)
    _ = client.takeOutgoing()
    let finished = [UInt8](repeating: 0, count: 12).message(20)
    let flight =
      WireRecord.handshake(messages[0...4].flatMap { $0 }).bytes
      + WireRecord.handshake(finished).bytes
    #expect(try client.receive(flight).last?.question != nil)
    let error = #expect(throws: TLSError.self) { _ = try client.answer(.chainIsGood) }
    #expect(error?.alert == .unexpectedMessage)
    #expect(error?.place?.state == "expecting NewSessionTicket")
  }
}
