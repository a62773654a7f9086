import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("max_fragment_length (RFC 6066 section 4)")
struct MaximumFragmentLengthTests {
  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("512 bytes", [1]) { $0.maximumFragmentLength = .bytes512 },
      OfferRow("1024 bytes", [2]) { $0.maximumFragmentLength = .bytes1024 },
      OfferRow("2048 bytes", [3]) { $0.maximumFragmentLength = .bytes2048 },
      OfferRow("4096 bytes", [4]) { $0.maximumFragmentLength = .bytes4096 },
      OfferRow("beside record_size_limit", [1]) {
        $0.maximumFragmentLength = .bytes512
        $0.recordSizeLimit = 512
      },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.maximumFragmentLength) }

  @Test("The lengths are the powers of two that they say")
  func lengths() {
    #expect(MaximumFragmentLength.allCases.map(\.byteCount) == [512, 1024, 2048, 4096])
    #expect(MaximumFragmentLength.bytes512.description == "512 bytes")
  }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("512 bytes, by default", to: [1], nil),
      AnswerRow("512 bytes", to: [1], [1]) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow("1024 bytes", to: [2], [2]) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow("2048 bytes", to: [3], [3]) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow("4096 bytes", to: [4], [4]) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow("no offer", to: nil, nil) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow(
        "record_size_limit as well (RFC 8449 5)", to: [1], nil,
        beside: [.init(type: WireHello.recordSizeLimit, body: [4, 0])]
      ) {
        $0.acceptsMaximumFragmentLength = true
        $0.recordSizeLimit = 16_384
      },
      AnswerRow(
        "record_size_limit as well, which it leaves alone", to: [1], [1],
        beside: [.init(type: WireHello.recordSizeLimit, body: [4, 0])]
      ) { $0.acceptsMaximumFragmentLength = true },
      AnswerRow("this alone, where it could do both", to: [1], [1]) {
        $0.acceptsMaximumFragmentLength = true
        $0.recordSizeLimit = 16_384
      },
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.maximumFragmentLength) }

  @Test(
    "What a server refuses, whether it would accept another or not",
    arguments: [
      RefusedOffer([], .decodeError, "MaxFragmentLength needs 1 bytes where only 0 are left"),
      RefusedOffer(
        [1, 0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      RefusedOffer([0], .illegalParameter, "MaxFragmentLength is 0, and must be 1 to 4"),
      RefusedOffer([5], .illegalParameter, "MaxFragmentLength is 5, and must be 1 to 4"),
      RefusedOffer([255], .illegalParameter, "MaxFragmentLength is 255, and must be 1 to 4") {
        $0.acceptsMaximumFragmentLength = true
      },
    ])
  func refusedOffers(_ row: RefusedOffer) throws {
    try row.check(WireHello.maximumFragmentLength)
  }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([1]) { $0.maximumFragmentLength = .bytes512 },
      .taken(nil) { $0.maximumFragmentLength = .bytes512 },
      .refused(
        [2], .illegalParameter,
        "the server answered max_fragment_length with 1024 bytes, and 512 bytes was asked for"
      ) { $0.maximumFragmentLength = .bytes512 },
      .refused([9], .illegalParameter, "MaxFragmentLength is 9, and must be 1 to 4") {
        $0.maximumFragmentLength = .bytes512
      },
      .refused([], .decodeError, "MaxFragmentLength needs 1 bytes where only 0 are left") {
        $0.maximumFragmentLength = .bytes512
      },
      .refused(
        [1], .unsupportedExtension,
        "the server answered max_fragment_length, which was not offered"),
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.maximumFragmentLength) }
}
