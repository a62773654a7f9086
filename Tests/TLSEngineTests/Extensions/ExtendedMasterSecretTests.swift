import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("extended_master_secret (RFC 7627)")
struct ExtendedMasterSecretTests {
  private static let missing =
    "the peer lacks extended_master_secret, which this configuration requires"

  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", []),
      OfferRow("where it is required", []) { $0.requiresExtendedMasterSecret = true },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.extendedMasterSecret) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("an offer", to: [], []),
      AnswerRow("no offer", to: nil, nil),
      AnswerRow("an offer, where it is required", to: [], []) {
        $0.requiresExtendedMasterSecret = true
      },
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.extendedMasterSecret) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      RefusedOffer(nil, .handshakeFailure, missing) { $0.requiresExtendedMasterSecret = true },
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.extendedMasterSecret) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([]), .taken(nil), .taken([]) { $0.requiresExtendedMasterSecret = true },
      .refused([0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      .refused(nil, .handshakeFailure, missing) { $0.requiresExtendedMasterSecret = true },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.extendedMasterSecret) }
}
