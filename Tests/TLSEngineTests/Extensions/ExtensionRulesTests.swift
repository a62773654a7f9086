import TLSCrypto
import Testing

@testable import TLSEngine

/// A well-formed offer and answer of one extension.
struct ExtensionSample: Sendable, CustomTestStringConvertible {
  let type: ExtensionType
  let offer: [UInt8]

  /// `nil` where a server has nothing to answer.
  let answer: [UInt8]?

  /// Whether an offer cut short, or with more of the same behind it, is well-formed too.
  var offerHasAnyLength = false

  /// Whether an answer is read past, whatever it is.
  var answerIsIgnored = false

  /// Whether an answer is a list without a length of its own: it may end behind any of its items.
  var answerIsBareList = false

  var number: Int { Int(type.rawValue) }
  var testDescription: String { type.description }

  /// One for each extension that the engine knows.
  static let all: [ExtensionSample] = [
    ExtensionSample(type: .serverName, offer: [0, 4, 0, 0, 1, 0x61], answer: []),
    ExtensionSample(type: .maximumFragmentLength, offer: [1], answer: [1]),
    ExtensionSample(type: .statusRequest, offer: [1, 0, 0, 0, 0], answer: []),
    ExtensionSample(
      type: .supportedGroups, offer: [0, 4, 0, 29, 0, 23], answer: [0, 2, 0, 29],
      answerIsIgnored: true),
    ExtensionSample(type: .ecPointFormats, offer: [1, 0], answer: [1, 0]),
    ExtensionSample(type: .signatureAlgorithms, offer: [0, 4, 8, 7, 4, 3], answer: nil),
    ExtensionSample(
      type: .applicationLayerProtocolNegotiation, offer: [0, 3, 2, 0x68, 0x32],
      answer: [0, 3, 2, 0x68, 0x32]),
    ExtensionSample(
      type: .signedCertificateTimestamp, offer: [], answer: [0, 7, 0, 2, 7, 7, 0, 1, 7]),
    ExtensionSample(type: .padding, offer: [0, 0, 0], answer: nil, offerHasAnyLength: true),
    ExtensionSample(type: .encryptThenMAC, offer: [], answer: []),
    ExtensionSample(type: .extendedMasterSecret, offer: [], answer: []),
    ExtensionSample(type: .recordSizeLimit, offer: [4, 0], answer: [8, 0]),
    ExtensionSample(type: .sessionTicket, offer: [], answer: [], offerHasAnyLength: true),
    ExtensionSample(type: .signatureAlgorithmsCert, offer: [0, 2, 4, 3], answer: nil),
    ExtensionSample(
      type: .nextProtocolNegotiation, offer: [], answer: [2, 0x68, 0x32],
      answerIsBareList: true),
    ExtensionSample(type: .renegotiationInfo, offer: [0], answer: [0]),
  ]

  static let answered = all.filter { $0.answer != nil }
  static let unanswered = all.filter { $0.answer == nil }

  /// Those that a client with the default configuration leaves out.
  static let offByDefault = all.filter {
    [
      .maximumFragmentLength, .applicationLayerProtocolNegotiation, .padding, .encryptThenMAC,
      .recordSizeLimit, .signatureAlgorithmsCert, .nextProtocolNegotiation,
    ].contains($0.type)
  }

  func onWire(_ body: [UInt8]) -> WireHello.Extension { .init(type: number, body: body) }
}

/// What holds for every extension, in both hellos.
@Suite("Every extension")
struct ExtensionRulesTests {
  /// Checks that decoding fails with an alert.
  private func expectRefused(
    with alert: AlertDescription, _ comment: Comment, _ decode: () throws -> Void
  ) {
    let error = #expect(throws: TLSError.self, comment) { try decode() }
    #expect(error?.alert == alert, comment)
  }

  private func checkAnswer(_ sample: ExtensionSample, _ body: [UInt8]) throws {
    let offers = try DecodedHello.offers([sample.onWire(sample.offer)])
    _ = try DecodedHello.answers([sample.onWire(body)], to: offers)
  }

  @Test("There is a sample of every extension that is registered, and a name")
  func complete() {
    let registered = HelloExtensions.all.map { $0.type }
    #expect(Set(registered).count == registered.count)
    #expect(Set(ExtensionSample.all.map(\.type)) == Set(registered))
    for type in registered { #expect(type.registeredName != nil) }
  }

  @Test("A well-formed offer decodes, and so does a well-formed answer")
  func wellFormed() throws {
    for sample in ExtensionSample.all {
      #expect(throws: Never.self, "\(sample.type)") {
        _ = try DecodedHello.offers([sample.onWire(sample.offer)])
      }
    }
    for sample in ExtensionSample.answered {
      #expect(throws: Never.self, "\(sample.type)") {
        try checkAnswer(sample, try #require(sample.answer))
      }
    }
  }

  @Test(
    "An answer to nothing is unsupported_extension (RFC 5246 7.4.1.4)",
    arguments: ExtensionSample.answered)
  func unsolicited(_ sample: ExtensionSample) throws {
    let answer = try #require(sample.answer)
    let offers = try DecodedHello.offers([])
    let error = #expect(throws: TLSError.self) {
      _ = try DecodedHello.answers([sample.onWire(answer)], to: offers)
    }
    #expect(error?.alert == .unsupportedExtension)
    #expect(error?.reason == .unsolicitedExtension(sample.type))
  }

  @Test(
    "A client that left it out ends the handshake over an answer",
    arguments: ExtensionSample.offByDefault)
  func unsolicitedInHandshake(_ sample: ExtensionSample) throws {
    var client = try TestIdentities.startedClient()
    var peer = try HandDrivenServer(answering: &client)
    #expect(peer.clientHello.body(of: sample.number) == nil)
    peer.flight.hello.set(sample.number, sample.answer ?? sample.offer)
    TLSEngineTests.expectRefused(
      &client, receiving: try peer.firstFlight(), with: .unsupportedExtension,
      saying: "the server answered \(sample.type), which was not offered")
  }

  @Test(
    "Any answer to what only a client says is unsupported_extension",
    arguments: ExtensionSample.unanswered)
  func neverAnswered(_ sample: ExtensionSample) throws {
    for body in [sample.offer, [], [0]] {
      expectRefused(with: .unsupportedExtension, "\(body)") { try checkAnswer(sample, body) }
    }
  }

  @Test("A type that comes twice is decode_error in both hellos", arguments: ExtensionSample.all)
  func duplicates(_ sample: ExtensionSample) throws {
    try expectServerRefuses(with: .decodeError, saying: "\(sample.type) came twice") {
      $0.set(sample.number, sample.offer)
      $0.extensions.insert(sample.onWire(sample.offer), at: 0)
    }
    let answer = sample.answer ?? sample.offer
    try expectClientRefuses(with: .decodeError, saying: "\(sample.type) came twice") {
      $0.hello.set(sample.number, answer)
      $0.hello.extensions.insert(sample.onWire(answer), at: 0)
    }
  }

  @Test("Cut short anywhere, it is decode_error in both hellos", arguments: ExtensionSample.all)
  func truncated(_ sample: ExtensionSample) {
    for count in sample.offer.indices where !sample.offerHasAnyLength {
      expectRefused(with: .decodeError, "the offer cut to \(count)") {
        _ = try DecodedHello.offers([sample.onWire(Array(sample.offer.prefix(count)))])
      }
    }
    let answer = sample.answerIsIgnored ? [] : sample.answer ?? []
    for count in answer.indices where count > 0 || !sample.answerIsBareList {
      expectRefused(with: .decodeError, "the answer cut to \(count)") {
        try checkAnswer(sample, Array(answer.prefix(count)))
      }
    }
  }

  @Test(
    "With bytes behind its end, it is decode_error in both hellos", arguments: ExtensionSample.all)
  func trailing(_ sample: ExtensionSample) {
    for rest in [[0], [0, 0], [0, 0, 0], [1, 1]] as [[UInt8]] {
      if !sample.offerHasAnyLength {
        expectRefused(with: .decodeError, "the offer and \(rest)") {
          _ = try DecodedHello.offers([sample.onWire(sample.offer + rest)])
        }
      }
      let isItem = sample.answerIsBareList && rest == [1, 1]
      if let answer = sample.answer, !sample.answerIsIgnored, !isItem {
        expectRefused(with: .decodeError, "the answer and \(rest)") {
          try checkAnswer(sample, answer + rest)
        }
      }
    }
  }

  @Test("The few of any length are taken at every length", arguments: ExtensionSample.all)
  func anyLength(_ sample: ExtensionSample) throws {
    for count in sample.offer.indices where sample.offerHasAnyLength {
      _ = try DecodedHello.offers([sample.onWire(Array(sample.offer.prefix(count)))])
    }
    for body in [[], [0], [1, 2, 3]] as [[UInt8]] where sample.answerIsIgnored {
      try checkAnswer(sample, body)
    }
    #expect(!sample.offerHasAnyLength || [.padding, .sessionTicket].contains(sample.type))
    #expect(!sample.answerIsIgnored || sample.type == .supportedGroups)
    #expect(!sample.answerIsBareList || sample.type == .nextProtocolNegotiation)
  }
}
