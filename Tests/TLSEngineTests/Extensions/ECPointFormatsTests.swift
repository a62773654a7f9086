import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("ec_point_formats (RFC 8422 section 5.1.2)")
struct ECPointFormatsTests {
  @Test("What a client offers", arguments: [OfferRow("by default", [1, 0])])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.ecPointFormats) }

  @Test(
    "A client that offers no curve leaves it out (RFC 8422 5.1)",
    arguments: [
      OfferRow("with DHE alone", nil) {
        $0.cipherSuites = [SuitesWithoutCurves.suite]
        $0.supportedGroups = [SuitesWithoutCurves.group]
      }
    ])
  func offersWithoutCurves(_ row: OfferRow) throws { try row.check(WireHello.ecPointFormats) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("uncompressed", to: [1, 0], [1, 0]),
      AnswerRow("all there once was", to: [3, 2, 1, 0], [1, 0]),
      AnswerRow("nothing", to: nil, nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.ecPointFormats) }

  @Test(
    "A server that chose no curve leaves it out (RFC 8422 5.2)",
    arguments: [
      AnswerRow(
        "with DHE alone", to: [1, 0], nil, as: .rsa,
        suites: [Int(SuitesWithoutCurves.suite.rawValue)],
        beside: [.init(type: WireHello.supportedGroups, body: [0, 2, 1, 0])]
      ) {
        $0.cipherSuites = [SuitesWithoutCurves.suite]
        $0.supportedGroups = [SuitesWithoutCurves.group]
      }
    ])
  func answersWithoutCurves(_ row: AnswerRow) throws { try row.check(WireHello.ecPointFormats) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "ec_point_format_list needs 1 bytes where only 0 are left"),
      RefusedOffer(
        [0], .decodeError, "ec_point_format_list is 0 bytes long, and must be 1 to 255"),
      RefusedOffer([2, 1, 2], .illegalParameter, "ec_point_formats lacks the uncompressed format"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.ecPointFormats) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([1, 0]), .taken([3, 0, 1, 2]), .taken(nil),
      .refused([0], .decodeError, "ec_point_format_list is 0 bytes long, and must be 1 to 255"),
      .refused([1, 1], .illegalParameter, "ec_point_formats lacks the uncompressed format"),
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.ecPointFormats) }
}
