import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("renegotiation_info (RFC 5746)")
struct RenegotiationInfoTests {
  @Test("What a client offers", arguments: [OfferRow("by default", [0])])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.renegotiationInfo) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("the extension", to: [0], [0]),
      AnswerRow("nothing", to: nil, nil),
      AnswerRow("the signal alone", to: nil, [0], suites: [0xc02b, 0x00ff]),
      AnswerRow("both", to: [0], [0], suites: [0xc02b, 0x00ff]),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.renegotiationInfo) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "renegotiated_connection needs 1 bytes where only 0 are left"),
      RefusedOffer(
        [2, 1], .decodeError, "renegotiated_connection needs 2 bytes where only 1 are left"),
      RefusedOffer(
        [1, 7], .handshakeFailure,
        "the client's renegotiation_info speaks of another handshake (1 bytes)"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.renegotiationInfo) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([0]), .taken(nil) { $0.allowsServersWithoutSecureRenegotiation = true },
      .refused([], .decodeError, "renegotiated_connection needs 1 bytes where only 0 are left"),
      .refused(
        [2, 1, 1], .handshakeFailure,
        "the server's renegotiation_info speaks of another handshake (2 bytes)"),
      .refused(
        [2, 1, 1], .handshakeFailure,
        "the server's renegotiation_info speaks of another handshake (2 bytes)"
      ) { $0.allowsServersWithoutSecureRenegotiation = true },
      .refused(
        nil, .handshakeFailure, "the server does not know renegotiation_info (RFC 5746)"),
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.renegotiationInfo) }
}
