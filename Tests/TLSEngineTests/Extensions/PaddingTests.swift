import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("padding (RFC 7685)")
struct PaddingTests {
  /// A ClientHello with a protocol name of this length in it.
  private func hello(
    _ length: Int, _ change: (inout ClientConfiguration) -> Void
  ) throws -> WireHello {
    var client = try TestIdentities.startedClient(
      try TestIdentities.client {
        $0.randomness = DeterministicRandomSource(seed: [1])
        $0.applicationProtocols = [String(repeating: "x", count: length)]
        if length > 120 { $0.applicationProtocols.append(String(repeating: "y", count: 200)) }
        change(&$0)
      })
    return try WireHello(ofStream: client.takeOutgoing())
  }

  @Test(
    "No padded hello is 256 to 511 bytes long, and others are as they were",
    arguments: [false, true])
  func lengths(usesGREASE: Bool) throws {
    var padded = 0
    var untouched = 0
    var lengths: Set<Int> = []
    for length in 1...255 {
      let plain = try hello(length) { $0.usesGREASE = usesGREASE }
      var full = try hello(length) {
        $0.usesGREASE = usesGREASE
        $0.padsClientHello = true
      }
      let (before, after) = (plain.message.count, full.message.count)
      lengths.insert(before)
      let padding = full.body(of: WireHello.padding)
      guard (256...511).contains(before) else {
        #expect(padding == nil, "\(before) bytes")
        #expect(before == after)
        untouched += 1
        continue
      }
      // RFC 7685 section 4: to 512 bytes, or by the least that the extension takes.
      #expect(after == max(512, before + 5), "\(before) bytes")
      #expect(padding == [UInt8](repeating: 0, count: after - before - 4))
      // But for the padding it is the same hello.
      full.remove(WireHello.padding)
      #expect(full.message == plain.message)
      padded += 1
    }
    #expect(padded > 40 && untouched > 100)
    // The edges were among them.
    #expect(lengths.isSuperset(of: [255, 256, 506, 507, 508, 511, 512]), "\(lengths.sorted())")
  }

  @Test("Nobody pads unless asked to", arguments: [OfferRow("by default", nil)])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.padding) }

  @Test(
    "A server takes zeros of any length, and never echoes them",
    arguments: [
      AnswerRow("none", to: [], nil), AnswerRow("one", to: [0], nil),
      AnswerRow("many", to: [UInt8](repeating: 0, count: 10_000), nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.padding) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer([1], .illegalParameter, "padding holds something else than zeros"),
      RefusedOffer(
        [UInt8](repeating: 0, count: 300) + [0x80], .illegalParameter,
        "padding holds something else than zeros"),
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.padding) }

  @Test(
    "A client refuses an echo",
    arguments: [
      ClientRow.refused(
        [0], .unsupportedExtension, "the server answered padding, which was not offered"),
      .refused([0], .unsupportedExtension, "the server answered padding, which was not offered") {
        $0.padsClientHello = true
        $0.applicationProtocols = [String(repeating: "x", count: 200)]
      },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.padding) }
}
