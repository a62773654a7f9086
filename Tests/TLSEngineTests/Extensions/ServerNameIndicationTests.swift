import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("server_name (RFC 6066 section 3)")
struct ServerNameIndicationTests {
  /// A list of one host name.
  private static func list(_ name: String) -> [UInt8] {
    ([0] + Array(name.utf8).vector(2)).vector(2)
  }

  @Test(
    "What a client offers",
    arguments: [
      OfferRow(
        "a host name",
        [
          0, 14, 0, 0, 11, 0x65, 0x78, 0x61, 0x6d, 0x70, 0x6c, 0x65, 0x2e, 0x63, 0x6f, 0x6d,
        ]),
      OfferRow("a host name in capitals", list("example.com"), to: "Example.COM"),
      OfferRow("an IPv4 address", nil, to: "127.0.0.1"),
      OfferRow("an IPv6 address", nil, to: "::1"),
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.serverName) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("its own name", to: list("example.com"), []),
      AnswerRow("its own name in capitals", to: list("EXAMPLE.com"), []),
      AnswerRow("another name, with the default identity", to: list("example.org"), nil),
      AnswerRow("no name", to: nil, nil),
      AnswerRow("no name, where an unknown one is refused", to: nil, nil) {
        $0.unknownName = .refuse
      },
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.serverName) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([], .decodeError, "server_name_list needs 2 bytes"),
      RefusedOffer(
        [0, 0], .decodeError, "server_name_list is 0 bytes long, and must be 1 to 65535"),
      RefusedOffer(
        [0, 4, 1, 0, 1, 0x61], .decodeError,
        "server_name_list holds a name of the unknown type 1"),
      RefusedOffer(
        [0, 3, 0, 0, 0], .decodeError, "host_name is 0 bytes long, and must be 1 to 255"),
      RefusedOffer(
        list(String(repeating: "a", count: 256)), .decodeError,
        "host_name is 256 bytes long, and must be 1 to 255"),
      RefusedOffer(
        [0, 8, 0, 0, 1, 0x61, 0, 0, 1, 0x62], .decodeError,
        "server_name_list is followed by 4 bytes that belong to nothing"),
      RefusedOffer(list("a b"), .illegalParameter, "host_name holds bytes that no host name has"),
      RefusedOffer(
        list("a\u{0}"), .illegalParameter, "host_name holds bytes that no host name has"),
      RefusedOffer(list("ä"), .illegalParameter, "host_name holds bytes that no host name has"),
      RefusedOffer(
        list("example.org"), .unrecognizedName, "there is no identity here for \"example.org\""
      ) { $0.unknownName = .refuse },
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.serverName) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([]), .taken(nil),
      .refused([0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      .refused(
        list("example.com"), .decodeError,
        "the extension is followed by 16 bytes that belong to nothing"),
      .refused(
        [], .unsupportedExtension, "the server answered server_name, which was not offered",
        to: "127.0.0.1"),
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.serverName) }
}
