import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("record_size_limit (RFC 8449)")
struct RecordSizeLimitTests {
  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("the least", [0, 64]) { $0.recordSizeLimit = 64 },
      OfferRow("some", [0x05, 0x78]) { $0.recordSizeLimit = 1400 },
      OfferRow("the most", [0x40, 0]) { $0.recordSizeLimit = 16_384 },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.recordSizeLimit) }

  @Test(
    "What a server answers: its own limit",
    arguments: [
      AnswerRow("an offer, by default", to: [4, 0], nil),
      AnswerRow("no offer", to: nil, nil) { $0.recordSizeLimit = 64 },
      AnswerRow("a smaller limit", to: [0, 64], [8, 0]) { $0.recordSizeLimit = 2048 },
      AnswerRow("a larger limit", to: [0x40, 0], [0, 64]) { $0.recordSizeLimit = 64 },
      // RFC 8449 section 4: a server must not enforce an upper bound.
      AnswerRow("the limit of TLS 1.3", to: [0x40, 1], [0x40, 0]) { $0.recordSizeLimit = 16_384 },
      AnswerRow("the largest number", to: [255, 255], [0x40, 0]) { $0.recordSizeLimit = 16_384 },
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.recordSizeLimit) }

  @Test(
    "What a server refuses, whether it would answer another or not",
    arguments: [
      RefusedOffer([], .decodeError, "RecordSizeLimit needs 2 bytes where only 0 are left"),
      RefusedOffer([4], .decodeError, "RecordSizeLimit needs 2 bytes where only 1 are left"),
      RefusedOffer(
        [4, 0, 0], .decodeError, "the extension is followed by 1 bytes that belong to nothing"),
      RefusedOffer([0, 0], .illegalParameter, "RecordSizeLimit is 0, and must be at least 64"),
      RefusedOffer([0, 63], .illegalParameter, "RecordSizeLimit is 63, and must be at least 64") {
        $0.recordSizeLimit = 16_384
      },
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.recordSizeLimit) }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken([0, 64]) { $0.recordSizeLimit = 16_384 },
      .taken([0x40, 1]) { $0.recordSizeLimit = 512 },
      .taken(nil) { $0.recordSizeLimit = 512 },
      .refused([0, 63], .illegalParameter, "RecordSizeLimit is 63, and must be at least 64") {
        $0.recordSizeLimit = 512
      },
      .refused([0], .decodeError, "RecordSizeLimit needs 2 bytes where only 1 are left") {
        $0.recordSizeLimit = 512
      },
      .refused(
        [4, 0], .unsupportedExtension,
        "the server answered record_size_limit, which was not offered"),
      .refused(
        [4, 0], .illegalParameter,
        "the server answered record_size_limit and max_fragment_length, which exclude each other",
        beside: [.init(type: WireHello.maximumFragmentLength, body: [1])]
      ) {
        $0.recordSizeLimit = 512
        $0.maximumFragmentLength = .bytes512
      },
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.recordSizeLimit) }

  @Test(
    "A limit that may not be said is refused when the connection is made",
    arguments: [-1, 0, 63, 16_385, 65_600])
  func impossible(_ limit: Int) throws {
    let sentence = "recordSizeLimit is \(limit), and must be 64 to 16384"
    let client = #expect(throws: TLSError.self) {
      _ = try TestIdentities.startedClient(
        try TestIdentities.client { $0.recordSizeLimit = limit })
    }
    #expect(client?.reason == .misuse(sentence))
    let server = #expect(throws: TLSError.self) {
      _ = try TestIdentities.server { $0.recordSizeLimit = limit }
    }
    #expect(server?.reason == .misuse(sentence))
  }
}

/// What the two hellos say of records, taken together.
@Suite("Record limits")
struct RecordLimitsTests {
  /// Both extensions as each hello has them, and what follows for the client: the server's limits
  /// are the client's the other way round.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var clientLimit: Int?
    var serverLimit: Int?
    var offeredLength: MaximumFragmentLength?
    var answeredLength: MaximumFragmentLength?
    let sentByClient: Int
    let sentByServer: Int
    var coverUnprotectedRecords = false
  }

  private static let cases: [Case] = [
    Case(testDescription: "nothing", sentByClient: 16_384, sentByServer: 16_384),
    Case(
      testDescription: "a limit without an answer", clientLimit: 512, sentByClient: 16_384,
      sentByServer: 16_384),
    Case(
      testDescription: "a limit for each", clientLimit: 512, serverLimit: 1024,
      sentByClient: 1024, sentByServer: 512),
    Case(
      testDescription: "limits of TLS 1.3", clientLimit: 16_385, serverLimit: 16_385,
      sentByClient: 16_384, sentByServer: 16_384),
    Case(
      testDescription: "a length for both", offeredLength: .bytes2048, answeredLength: .bytes2048,
      sentByClient: 2048, sentByServer: 2048, coverUnprotectedRecords: true),
    Case(
      testDescription: "a length without an answer", offeredLength: .bytes512,
      sentByClient: 16_384, sentByServer: 16_384),
    Case(
      testDescription: "a limit and a length, and the limit answered", clientLimit: 4096,
      serverLimit: 16_384, offeredLength: .bytes512, sentByClient: 16_384, sentByServer: 4096),
    Case(
      testDescription: "a limit and a length, and the length answered", clientLimit: 16_384,
      offeredLength: .bytes512, answeredLength: .bytes512, sentByClient: 512, sentByServer: 512,
      coverUnprotectedRecords: true),
  ]

  private func extensions(
    _ limit: Int?, _ length: MaximumFragmentLength?
  ) -> [WireHello.Extension] {
    let limits = limit.map {
      WireHello.Extension(type: WireHello.recordSizeLimit, body: .number($0, 2))
    }
    let lengths = length.map {
      WireHello.Extension(type: WireHello.maximumFragmentLength, body: [$0.rawValue])
    }
    return [limits, lengths].compactMap { $0 }
  }

  @Test("Each side knows what it may send and what it takes", arguments: cases)
  func limits(_ each: Case) throws {
    let offers = try DecodedHello.offers(extensions(each.clientLimit, each.offeredLength))
    let answers = try DecodedHello.answers(
      extensions(each.serverLimit, each.answeredLength), to: offers)
    #expect(
      answers.recordLimits(of: .client, offers: offers)
        == RecordLimits(
          largestFragmentToSend: each.sentByClient, largestPlaintextToReceive: each.sentByServer,
          coverUnprotectedRecords: each.coverUnprotectedRecords))
    #expect(
      answers.recordLimits(of: .server, offers: offers)
        == RecordLimits(
          largestFragmentToSend: each.sentByServer, largestPlaintextToReceive: each.sentByClient,
          coverUnprotectedRecords: each.coverUnprotectedRecords))
  }
}
