import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("session_ticket (RFC 5077)")
struct SessionTicketExtensionTests {
  @Sendable private static func withKeys(_ configuration: inout ServerConfiguration) {
    configuration.ticketKeys = TicketKeys()
  }

  private static let extendedMasterSecret = WireHello.Extension(
    type: WireHello.extendedMasterSecret, body: [])

  @Test(
    "What a client without a session offers",
    arguments: [
      OfferRow("by default", []),
      OfferRow("where it does not want tickets", nil) { $0.usesSessionTickets = false },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.sessionTicket) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("a client that asks", to: [], [], beside: [extendedMasterSecret], withKeys),
      AnswerRow(
        "a client that does not ask", to: nil, nil, beside: [extendedMasterSecret], withKeys),
      AnswerRow("a client that asks, where there are no keys", to: [], nil),
      // A ticket that does not open is none (RFC 5077 section 3.2).
      AnswerRow(
        "a client with a ticket of somebody else's", to: [UInt8](repeating: 7, count: 200), [],
        beside: [extendedMasterSecret], withKeys),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.sessionTicket) }

  @Test("A server promises no ticket where the session is not bound to its handshake")
  func withoutExtendedMasterSecret() throws {
    var peer = try HandDrivenClient()
    peer.hello.set(WireHello.sessionTicket, [])
    peer.hello.remove(WireHello.extendedMasterSecret)
    var server = try TestIdentities.server { $0.ticketKeys = TicketKeys() }
    _ = try server.receive(peer.helloRecord)
    let answer = try WireHello(ofStream: server.takeOutgoing())
    #expect(answer.body(of: WireHello.sessionTicket) == nil)
  }

  @Test(
    "What a client refuses",
    arguments: [
      ClientRow.refused(
        [0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      ClientRow.refused(
        [], .unsupportedExtension, "the server answered session_ticket, which was not offered"
      ) { $0.usesSessionTickets = false },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.sessionTicket) }
}
