import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("status_request (RFC 6066 section 8)")
struct StatusRequestTests {
  /// A request for OCSP without responders and extensions.
  private static let request: [UInt8] = [1, 0, 0, 0, 0]

  /// Gives the first identity a response.
  @Sendable private static func withResponse(_ configuration: inout ServerConfiguration) {
    configuration.identities[0].stapledStatus = [0x30, 3, 10, 1, 6]
  }

  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", request),
      OfferRow("where it does not want any", nil) { $0.requestsCertificateStatus = false },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.statusRequest) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("a client that asks", to: request, [], withResponse),
      AnswerRow(
        "a client that names responders and extensions",
        to: [1, 0, 4, 0, 2, 7, 7, 0, 2, 0x30, 0], [], withResponse),
      AnswerRow("a client that asks for another kind", to: [2, 1, 2, 3], nil, withResponse),
      AnswerRow("a client that does not ask", to: nil, nil, withResponse),
      AnswerRow("a client that asks, where there is none", to: request, nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.statusRequest) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "status_type needs 1 bytes where only 0 are left"),
      RefusedOffer([1], .decodeError, "responder_id_list needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [1, 0, 2, 0, 0, 0, 0], .decodeError,
        "ResponderID is 0 bytes long, and must be 1 to 65535"),
      RefusedOffer(
        [1, 0, 1, 0, 0, 0], .decodeError, "ResponderID needs 2 bytes where only 1 are left"),
      RefusedOffer(
        [1, 0, 0], .decodeError, "request_extensions needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [1, 0, 0, 0, 0, 0], .decodeError,
        "the extension is followed by 1 bytes that belong to nothing"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.statusRequest) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken(nil),
      // The server may still leave the message out (RFC 6066 section 8).
      ClientRow.taken([]),
      ClientRow.refused(
        [0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      ClientRow.refused(
        [], .unsupportedExtension, "the server answered status_request, which was not offered"
      ) { $0.requestsCertificateStatus = false },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.statusRequest) }
}
