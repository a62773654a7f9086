public import TLSCertificates
import TLSCrypto

/// One TLS connection: bytes in, bytes out, events, questions.
///
/// The engine does no I/O. Whatever comes from the peer goes into ``receive(_:)-([UInt8])``, and
/// whatever ``takeOutgoing()`` gives goes to the peer, in order. A connection is a value: it can be
/// moved to another task or thread between any two calls, and waits as long as it has to.
///
/// ```swift
/// var client = try ClientConnection(to: "example.com", configuration: ClientConfiguration())
/// try client.start()
/// while let bytes = try await socket.exchange(sending: client.takeOutgoing()) {
///   for event in try client.receive(bytes) { … }
/// }
/// try client.receiveEndOfStream()
/// ```
///
/// There are two levels over one core. This one is buffered: it keeps what it needs to keep. The
/// other, ``open(_:)`` and ``seal(_:into:)``, works in the caller's buffers and keeps nothing.
public struct Connection<Role>: ~Copyable, Sendable {
  var core: ConnectionCore

  /// Bytes of a record that has not come whole.
  var incoming: [UInt8] = []

  /// Whether ``Event/recordLimitReached`` was said.
  var hasReportedRecordLimit = false

  init(core: consuming ConnectionCore) {
    self.core = core
  }
}

/// The role of a connection that begins the handshake.
public enum ClientRole: Sendable {}

/// The role of a connection that answers the handshake.
public enum ServerRole: Sendable {}

/// The client's end of a connection.
public typealias ClientConnection = Connection<ClientRole>

/// The server's end of a connection.
public typealias ServerConnection = Connection<ServerRole>

extension Connection where Role == ClientRole {
  /// A client that wants to talk to the server called `name`.
  ///
  /// - Parameters:
  ///   - name: a DNS name, or an IP address as text. It is what the certificate has to be for, and
  ///     a DNS name is sent as server_name.
  ///   - configuration: what is offered and demanded.
  /// - Throws: ``TLSError/Reason/invalidServerName(_:)`` if the name is none;
  ///   ``TLSError/Reason/misuse(_:)`` if the configuration cannot work;
  ///   ``TLSError/Reason/trustRoots(_:)`` if the platform's roots are to judge and none are found.
  public init(
    to name: String, configuration: consuming ClientConfiguration = ClientConfiguration()
  ) throws(TLSError) {
    let serverName: ServerName
    do {
      serverName = try ServerName(name)
    } catch {
      throw TLSError(nil, .invalidServerName(error))
    }
    try self.init(to: serverName, configuration: consume configuration)
  }

  /// A client that wants to talk to the server of this name.
  ///
  /// - Parameters:
  ///   - name: what the certificate has to be for; a DNS name is sent as server_name.
  ///   - configuration: what is offered and demanded.
  /// - Throws: ``TLSError/Reason/misuse(_:)`` if the configuration cannot work;
  ///   ``TLSError/Reason/trustRoots(_:)`` if the platform's roots are to judge and none are found.
  public init(
    to name: ServerName, configuration: consuming ClientConfiguration = ClientConfiguration()
  ) throws(TLSError) {
    let limits = configuration.limits
    let keptPeerCertificates = configuration.keptPeerCertificates
    let channel = Channel(
      randomness: configuration.randomness, keyLog: configuration.keyLog,
      trace: HandshakeTrace(isOn: configuration.tracesHandshake))
    let setup = try ClientSetup(to: name, consume configuration)
    self.init(
      core: ConnectionCore(
        .client(.readyToStart(setup)), channel, limits, keptPeerCertificates, side: .client))
  }

  /// Queues the ClientHello.
  ///
  /// - Throws: ``TLSError``, a misuse if the handshake has started already.
  public mutating func start() throws(TLSError) {
    try core.start()
  }
}

extension Connection where Role == ServerRole {
  /// A server that waits for a ClientHello.
  ///
  /// - Throws: ``TLSError/Reason/misuse(_:)`` if the configuration cannot work.
  public init(configuration: consuming ServerConfiguration) throws(TLSError) {
    let limits = configuration.limits
    let keptPeerCertificates = configuration.keptPeerCertificates
    let channel = Channel(
      randomness: configuration.randomness, keyLog: configuration.keyLog,
      trace: HandshakeTrace(isOn: configuration.tracesHandshake))
    let setup = try ServerSetup(consume configuration)
    self.init(
      core: ConnectionCore(
        .server(.expectClientHello(ExpectClientHello(setup: setup))), channel, limits,
        keptPeerCertificates, side: .server))
  }
}

extension Connection {
  /// What was negotiated, once the handshake is complete; of the peer's certificates as much as
  /// ``KeptPeerCertificates`` says.
  public var summary: ConnectionSummary? { core.summary }

  /// Why the connection failed, if it did.
  public var failure: TLSError? { core.failure }

  /// The question that the handshake waits on, if it does.
  public var pendingQuestion: Question? { core.question }

  /// How many records the busier key can still seal or open before it has done its work: none after a
  /// failure. At zero ``receive(_:)-([UInt8])`` says ``Event/recordLimitReached``.
  public var remainingRecordCount: UInt64 {
    guard !core.hasFailed else { return 0 }
    return min(
      core.channel.records.sealer.remainingRecordCount,
      core.channel.records.opener.remainingRecordCount)
  }

  /// The messages of the handshake since the last call, if the configuration asks for them.
  public mutating func takeTrace() -> [TraceEntry] {
    core.channel.trace.take()
  }

  /// Answers ``pendingQuestion``.
  ///
  /// - Returns: what came of it, as ``receive(_:)-([UInt8])`` would.
  /// - Throws: ``TLSError``, a misuse if the answer is none to the question that was asked.
  public mutating func answer(_ answer: Answer) throws(TLSError) -> [Event] {
    var events: [Event] = []
    try core.answer(answer, &events)
    let nothing: [UInt8] = []
    return try drain(nothing.rawSpan, after: events)
  }
}
