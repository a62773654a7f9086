import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("signature_algorithms (RFC 5246 section 7.4.1.4.1)")
struct SignatureAlgorithmsTests {
  @Test(
    "What a client offers",
    arguments: [
      OfferRow(
        "by default",
        [
          0, 20, 4, 3, 8, 7, 5, 3, 6, 3, 8, 4, 8, 5, 8, 6, 4, 1, 5, 1, 6, 1,
        ]),
      OfferRow("one", [0, 2, 8, 7]) { $0.signatureSchemes = [.ed25519] },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.signatureAlgorithms) }

  @Test(
    "What a server answers: nothing",
    arguments: [
      AnswerRow("a list", to: [0, 2, 8, 7], nil),
      AnswerRow("a list with what it does not know", to: [0, 4, 0xfe, 0xfe, 8, 7], nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.signatureAlgorithms) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [], .decodeError, "supported_signature_algorithms needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [0, 0], .decodeError,
        "supported_signature_algorithms is 0 bytes long, and must be 2 to 65534"),
      RefusedOffer(
        [0, 3, 8, 7, 4], .decodeError,
        "supported_signature_algorithms needs 2 bytes where only 1 are left"),
      RefusedOffer(
        nil, .handshakeFailure,
        "no signature scheme in common: offered nothing; the key can do ed25519"),
      RefusedOffer(
        [0, 2, 2, 1], .handshakeFailure,
        "no signature scheme in common: offered 0x0201; the key can do ed25519"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.signatureAlgorithms) }

  @Test(
    "What a client makes of an answer",
    arguments: [
      ClientRow.taken(nil),
      .refused(
        [0, 2, 8, 7], .unsupportedExtension,
        "the server answered signature_algorithms, which was not offered"),
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.signatureAlgorithms) }
}
