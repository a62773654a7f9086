import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("application_layer_protocol_negotiation (RFC 7301)")
struct ApplicationLayerProtocolNegotiationTests {
  /// A list of these names.
  private static func list(_ names: String...) -> [UInt8] {
    names.flatMap { Array($0.utf8).vector(1) }.vector(2)
  }

  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("one", [0, 3, 2, 0x68, 0x32]) { $0.applicationProtocols = ["h2"] },
      OfferRow(
        "two, in order",
        [0, 12, 2, 0x68, 0x32, 8, 0x68, 0x74, 0x74, 0x70, 0x2f, 0x31, 0x2e, 0x31]
      ) { $0.applicationProtocols = ["h2", "http/1.1"] },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.applicationProtocols) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("its favourite", to: list("http/1.1", "h2"), [0, 3, 2, 0x68, 0x32]) {
        $0.applicationProtocols = ["h2", "http/1.1"]
      },
      AnswerRow("the only one in common", to: list("h3", "http/1.1"), list("http/1.1")) {
        $0.applicationProtocols = ["h2", "http/1.1"]
      },
      AnswerRow("a reserved name before it", to: [0, 6, 2, 0x8a, 0x8a, 2, 0x68, 0x32], list("h2")) {
        $0.applicationProtocols = ["h2"]
      },
      AnswerRow("nothing", to: nil, nil) { $0.applicationProtocols = ["h2"] },
      AnswerRow("an offer, where it has no protocols", to: list("h2"), nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.applicationProtocols) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "protocol_name_list needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [0, 0], .decodeError, "protocol_name_list is 0 bytes long, and must be 2 to 65535"),
      RefusedOffer(
        [0, 4, 2, 0x68, 0x32, 0], .decodeError,
        "ProtocolName is 0 bytes long, and must be 1 to 255"),
      RefusedOffer(
        [0, 3, 3, 0x68, 0x32], .decodeError, "ProtocolName needs 3 bytes where only 2 are left"),
      RefusedOffer(
        [UInt8](repeating: 1, count: 514).vector(2), .illegalParameter,
        "the peer sent more than 256 application protocols; the limit is 256"),
      RefusedOffer(
        list("h3"), .noApplicationProtocol,
        "no application protocol in common: offered h3; spoken here h2"
      ) { $0.applicationProtocols = ["h2"] },
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.applicationProtocols) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken(nil) { $0.applicationProtocols = ["h2"] },
      .taken(list("h2")) { $0.applicationProtocols = ["http/1.1", "h2"] },
      .refused(
        list("h2"), .unsupportedExtension,
        "the server answered application_layer_protocol_negotiation, which was not offered"),
      .refused(
        list("h3"), .illegalParameter,
        "the server chose the application protocol \"h3\", which was not offered"
      ) { $0.applicationProtocols = ["h2"] },
      .refused(
        list("h2", "h2"), .decodeError,
        "protocol_name_list holds 2 protocols where a server names one"
      ) { $0.applicationProtocols = ["h2"] },
      .refused([0, 0], .decodeError, "protocol_name_list is 0 bytes long") {
        $0.applicationProtocols = ["h2"]
      },
      .refused([0, 2, 0, 0], .decodeError, "ProtocolName is 0 bytes long") {
        $0.applicationProtocols = ["h2"]
      },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.applicationProtocols) }
}
