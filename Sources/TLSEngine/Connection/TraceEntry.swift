/// One message of the handshake, as a line of the ladder that ``Connection/takeTrace()`` gives.
public struct TraceEntry: Sendable, Equatable, CustomStringConvertible {
  /// Which way a message went.
  public enum Direction: Sendable {
    /// From this side to the peer.
    case sent
    /// From the peer to this side.
    case received
  }

  /// Which way it went.
  public let direction: Direction

  /// The message's name in the RFC, such as `ClientHello`.
  public let name: String

  /// Its length in bytes, header included and record framing left out.
  public let byteCount: Int

  /// What was offered or negotiated in it; may be empty.
  public let detail: String

  /// One line, such as `-> ClientHello, 187 bytes: TLS 1.2, 6 suites`.
  public var description: String {
    let arrow = direction == .sent ? "->" : "<-"
    return "\(arrow) \(name), \(byteCount) bytes" + (detail.isEmpty ? "" : ": " + detail)
  }
}

/// The messages noted so far, if they are noted at all.
struct HandshakeTrace: Sendable {
  private let isOn: Bool
  /// More than any handshake has.
  private static let maximumCount = 512

  private var entries: [TraceEntry] = []

  /// The suite, once a ServerHello has named it: the form of some messages depends on it.
  private var suite: CipherSuiteParameters?

  init(isOn: Bool) {
    self.isOn = isOn
  }

  mutating func note(_ direction: TraceEntry.Direction, _ message: HandshakeMessage) {
    guard isOn else { return }
    if message.type == .serverHello {
      suite = (try? message.decode(ServerHello.self))?.cipherSuite.parameters
    }
    note(direction, message.type.description, message.bytes.count, message.detail(suite))
  }

  mutating func note(
    _ direction: TraceEntry.Direction, _ name: String, _ byteCount: Int, _ detail: String = ""
  ) {
    // A peer can send warnings for ever, and a caller that never asks would keep them all.
    guard isOn, entries.count < Self.maximumCount else { return }
    entries.append(
      TraceEntry(direction: direction, name: name, byteCount: byteCount, detail: detail))
  }

  mutating func take() -> [TraceEntry] {
    var taken: [TraceEntry] = []
    swap(&taken, &entries)
    return taken
  }
}

extension HandshakeMessage {
  /// What a person wants to know of the message. Decodes it anew, so for traces only.
  fileprivate func detail(_ suite: CipherSuiteParameters?) -> String {
    switch type {
    case .clientHello: detail(as: ClientHello.self)
    case .serverHello: detail(as: ServerHello.self)
    case .certificate: detail(as: CertificateMessage.self)
    case .certificateStatus: detail(as: CertificateStatus.self)
    case .serverKeyExchange: detail(as: ServerKeyExchange.self, suite)
    case .certificateRequest: detail(as: CertificateRequest.self)
    case .clientKeyExchange: detail(as: ClientKeyExchange.self, suite)
    case .certificateVerify: detail(as: CertificateVerify.self)
    case .newSessionTicket: detail(as: NewSessionTicket.self)
    case .nextProtocol: detail(as: NextProtocol.self)
    default: ""
    }
  }

  private func detail<Body: DecodableHandshakeBody>(as body: Body.Type) -> String {
    (try? decode(body).detail) ?? "malformed"
  }

  private func detail<Body: SuiteDependentHandshakeBody>(
    as body: Body.Type, _ suite: CipherSuiteParameters?
  ) -> String {
    guard let suite else { return "" }
    return (try? decode(body, for: suite).detail) ?? "malformed"
  }
}
