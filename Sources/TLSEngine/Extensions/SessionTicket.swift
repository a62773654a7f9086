import TLSCrypto

/// session_ticket (RFC 5077): the client keeps the server's memory of the session.
enum SessionTicket: HelloExtension {
  static let type = ExtensionType.sessionTicket
  static let name = "session_ticket"

  /// The ticket; empty from a client that has none and would like one.
  typealias Offer = [UInt8]

  /// A NewSessionTicket follows.
  struct Answer: Sendable {}

  /// Left out when a session is to be resumed by its id: the server remembers it already, and beside a
  /// ticket would not look it up (RFC 5077 section 3.4).
  static func offer(_ draft: ClientHelloDraft) -> [UInt8]? {
    guard draft.setup.configuration.usesSessionTickets else { return nil }
    switch draft.setup.session?.handle {
    case .ticket(let ticket): return ticket
    case .id: return nil
    case nil: return []
    }
  }

  static func encode(offer: [UInt8], into writer: inout Writer) {
    writer.write(offer)
  }

  static func decodeOffer(_ reader: inout Reader) -> [UInt8] { reader.readRemainder() }

  /// Promised in a full handshake that makes a session, and in a resumed one whose ticket is under a
  /// key that will soon be forgotten.
  static func answer(_ selection: ServerSelection) -> Answer? {
    guard selection.setup.configuration.ticketKeys != nil,
      selection.hello.extensions.has(Self.self)
    else { return nil }
    switch selection.credential {
    case .identity: return selection.canMakeSession ? Answer() : nil
    case .preSharedKey: return nil
    case .session(let resumption): return resumption.renewsTicket ? Answer() : nil
    }
  }

  static func encode(answer: Answer, into writer: inout Writer) {}

  /// RFC 5077 section 3.2: empty.
  static func decodeAnswer(_ reader: inout Reader) -> Answer { Answer() }

  static func detail(of offer: [UInt8]) -> String? {
    offer.isEmpty ? nil : "ticket of \(offer.count) bytes"
  }
}

extension ExtensionType {
  /// session_ticket (RFC 5077).
  public static let sessionTicket = ExtensionType(rawValue: 35)
}
