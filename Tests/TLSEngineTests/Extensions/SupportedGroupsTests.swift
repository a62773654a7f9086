import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("supported_groups (RFC 8422 section 5.1.1, RFC 7919)")
struct SupportedGroupsTests {
  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", [0, 6, 0, 29, 0, 23, 0, 24]),
      OfferRow("one", [0, 2, 0, 23]) { $0.supportedGroups = [.secp256r1] },
      OfferRow("in its own order", [0, 4, 0, 25, 0, 29]) {
        $0.supportedGroups = [.secp521r1, .x25519]
      },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.supportedGroups) }

  @Test(
    "What a server answers: nothing",
    arguments: [
      AnswerRow("a list", to: [0, 2, 0, 29], nil),
      AnswerRow("a list with what it does not know", to: [0, 4, 0xfe, 0xfe, 0, 29], nil),
      AnswerRow("no list", to: nil, nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.supportedGroups) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "named_group_list needs 2 bytes where only 0 are left"),
      RefusedOffer(
        [0, 0], .decodeError, "named_group_list is 0 bytes long, and must be 2 to 65535"),
      RefusedOffer(
        [0, 3, 0, 29, 0], .decodeError, "named_group_list needs 2 bytes where only 1 are left"),
      RefusedOffer(
        [0, 2, 0, 24], .handshakeFailure,
        "no group in common: offered P-384; allowed here X25519"
      ) { $0.supportedGroups = [.x25519] },
      RefusedOffer(
        [0, 2, 0xfe, 0xfe], .handshakeFailure,
        "no group in common: offered 0xfefe; allowed here X25519, P-256, P-384"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.supportedGroups) }

  @Test(
    "What a client makes of the answer that some old load balancers give",
    arguments: [ClientRow.taken(nil), .taken([0, 2, 0, 23]), .taken([])])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.supportedGroups) }

  @Test(
    "Only the groups that suit the suites are offered",
    arguments: [
      OfferRow("finite fields with DHE", [0, 2, 1, 0]) {
        $0.cipherSuites = [SuitesWithoutCurves.suite]
        $0.supportedGroups = [.x25519, SuitesWithoutCurves.group]
      },
      OfferRow("curves with ECDHE", [0, 2, 0, 29]) {
        $0.supportedGroups = [.x25519, SuitesWithoutCurves.group]
      },
      OfferRow("the usual finite fields where none is named", [0, 6, 1, 0, 1, 1, 1, 2]) {
        $0.cipherSuites = [SuitesWithoutCurves.suite]
        $0.supportedGroups = [.x25519]
      },
    ])
  func suitingGroups(_ row: OfferRow) throws { try row.check(WireHello.supportedGroups) }
}

/// Ephemeral Diffie-Hellman in a finite field, by its numbers.
enum SuitesWithoutCurves {
  /// `TLS_DHE_RSA_WITH_AES_128_GCM_SHA256` (RFC 5288).
  static let suite = CipherSuite(rawValue: 0x009e)

  /// ffdhe2048 (RFC 7919).
  static let group = NamedGroup(rawValue: 256)

}
