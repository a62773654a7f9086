import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("next_protocol_negotiation (draft-agl-tls-nextprotoneg-04)")
struct NextProtocolNegotiationTests {
  /// `h2` and `http/1.1`, one after the other.
  private static let both: [UInt8] = [2] + "h2".utf8 + [8] + "http/1.1".utf8

  @Sendable private static func withProtocols(_ configuration: inout ServerConfiguration) {
    configuration.nextProtocols = ["h2", "http/1.1"]
  }

  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("with protocols", []) { $0.nextProtocols = ["h2"] },
      OfferRow("with ALPN alone", nil) { $0.applicationProtocols = ["h2"] },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.nextProtocolNegotiation) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("a client that asks", to: [], both, withProtocols),
      AnswerRow("a client that does not ask", to: nil, nil, withProtocols),
      AnswerRow("a client that asks, where it is off", to: [], nil),
      AnswerRow(
        "a client that asks, and has ALPN", to: [], nil,
        beside: [.init(type: WireHello.applicationProtocols, body: [0, 3, 2, 0x68, 0x32])]
      ) {
        withProtocols(&$0)
        $0.applicationProtocols = ["h2"]
      },
      AnswerRow(
        "a client that has ALPN, which the server has not", to: [], both,
        beside: [.init(type: WireHello.applicationProtocols, body: [0, 3, 2, 0x68, 0x32])],
        withProtocols),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.nextProtocolNegotiation) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [2, 0x68, 0x32], .decodeError,
        "the extension is followed by 3 bytes that belong to nothing")
    ])
  func refusedOffers(_ row: RefusedOffer) throws {
    try row.check(WireHello.nextProtocolNegotiation)
  }

  @Test(
    "What a client refuses",
    arguments: [
      ClientRow.refused(
        [0], .decodeError, "protocol is 0 bytes long, and must be 1 to 255"
      ) { $0.nextProtocols = ["h2"] },
      ClientRow.refused(
        [3, 0x68, 0x32], .decodeError, "protocol needs 3 bytes where only 2 are left"
      ) { $0.nextProtocols = ["h2"] },
      ClientRow.refused(
        [UInt8](repeatElement([1, 0x61], count: 129).joined()), .decodeError,
        "next_protocol_negotiation names more than 128 protocols"
      ) { $0.nextProtocols = ["h2"] },
      ClientRow.refused(
        both, .unsupportedExtension,
        "the server answered next_protocol_negotiation, which was not offered"),
      ClientRow.refused(
        both, .illegalParameter,
        "the server answered application_layer_protocol_negotiation and "
          + "next_protocol_negotiation, and only one can decide",
        beside: [.init(type: WireHello.applicationProtocols, body: [0, 3, 2, 0x68, 0x32])]
      ) {
        $0.nextProtocols = ["h2"]
        $0.applicationProtocols = ["h2"]
      },
    ])
  func clientRows(_ row: ClientRow) throws {
    try row.check(WireHello.nextProtocolNegotiation)
  }

  @Test(
    "The client takes the first of the server's that it knows, or else its own favourite",
    arguments: [
      (["h2", "http/1.1"], ["http/1.1", "h2"], "http/1.1"),
      (["h2", "http/1.1"], ["spdy/3", "h2"], "h2"),
      (["h2", "http/1.1"], ["spdy/3"], "h2"),
      (["h2"], [], "h2"),
    ])
  func choice(own: [String], offered: [String], chosen: String) {
    #expect(NextProtocolNegotiation.choice(of: own, among: offered) == chosen)
  }

  @Test("NextProtocol is filled up to a multiple of 32 bytes, whatever it names")
  func padding() throws {
    for length in [0, 1, 2, 29, 30, 31, 32, 255] {
      let name = [UInt8](repeating: 0x61, count: length)
      let message = try NextProtocol(selectedProtocol: name).message()
      #expect(message.bytes.count % 32 == 4)
      #expect(message.bytes[0] == 67)
      #expect(message.bytes[4] == UInt8(length))
      #expect(try message.decode(NextProtocol.self).selectedProtocol == name)
    }
  }
}
