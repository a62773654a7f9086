import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("signed_certificate_timestamp (RFC 6962 section 3.3.1)")
struct SignedCertificateTimestampsTests {
  private static let timestamps: [[UInt8]] = [[1, 2, 3], [4]]
  private static let list: [UInt8] = [0, 8, 0, 3, 1, 2, 3, 0, 1, 4]

  /// Gives the first identity timestamps.
  @Sendable private static func withTimestamps(_ configuration: inout ServerConfiguration) {
    configuration.identities[0].signedCertificateTimestamps = timestamps
  }

  @Test(
    "What a client offers",
    arguments: [
      OfferRow("by default", []),
      OfferRow("where it does not want any", nil) {
        $0.requestsSignedCertificateTimestamps = false
      },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.signedCertificateTimestamp) }

  @Test(
    "What a server answers",
    arguments: [
      AnswerRow("a client that asks", to: [], list, withTimestamps),
      AnswerRow("a client that does not ask", to: nil, nil, withTimestamps),
      AnswerRow("a client that asks, where there are none", to: [], nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.signedCertificateTimestamp) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [0], .decodeError, "the extension is followed by 1 bytes that belong to nothing")
    ])
  func refusedOffers(_ row: RefusedOffer) throws {
    try row.check(WireHello.signedCertificateTimestamp)
  }

  @Test(
    "What a client makes of the answer",
    arguments: [
      ClientRow.taken(list), .taken(nil),
      .refused([], .decodeError, "sct_list needs 2 bytes where only 0 are left"),
      .refused([0, 0], .decodeError, "sct_list is 0 bytes long, and must be 1 to 65535"),
      .refused(
        [0, 2, 0, 0], .decodeError, "SerializedSCT is 0 bytes long, and must be 1 to 65535"),
      .refused(
        [0, 5, 0, 1, 7, 0, 0], .decodeError, "SerializedSCT is 0 bytes long, and must be 1 to 65535"
      ),
      .refused([0, 3, 0, 2, 1], .decodeError, "SerializedSCT needs 2 bytes where only 1 are left"),
      .refused(
        list, .unsupportedExtension,
        "the server answered signed_certificate_timestamp, which was not offered"
      ) { $0.requestsSignedCertificateTimestamps = false },
    ])
  func clientRows(_ row: ClientRow) throws {
    try row.check(WireHello.signedCertificateTimestamp)
  }

  @Test("A client has them as they were sent")
  func values() throws {
    let type = WireHello.signedCertificateTimestamp
    let answers = try DecodedHello.answers(
      [.init(type: type, body: Self.list)],
      to: try DecodedHello.offers([.init(type: type, body: [])]))
    #expect(answers.answer(of: SignedCertificateTimestamps.self) == Self.timestamps)
  }

  /// Timestamps that cannot be sent, and what is said of them.
  private static let impossible: [([[UInt8]], String)] = [
    ([[1], []], "an identity has a signed certificate timestamp of no bytes"),
    (
      [[UInt8](repeating: 0, count: 32_767)],
      "an identity has 32769 bytes of signed certificate timestamps, and may have 32768"
    ),
  ]

  @Test("Those that cannot be sent are refused when the connection is made", arguments: impossible)
  func misuse(_ timestamps: [[UInt8]], _ sentence: String) throws {
    let error = #expect(throws: TLSError.self) {
      _ = try TestIdentities.server { $0.identities[0].signedCertificateTimestamps = timestamps }
    }
    #expect(error?.reason == .misuse(sentence))
  }

  @Test("Those of an identity that was an answer are internal_error", arguments: impossible)
  func answeredIdentity(_ timestamps: [[UInt8]], _ sentence: String) throws {
    let peer = try HandDrivenClient()
    var server = try TestIdentities.server { $0.identitySelection = .ask }
    _ = try server.receive(peer.helloRecord)
    var identity = try TestIdentities.identity(.ed25519)
    identity.signedCertificateTimestamps = timestamps
    let answer = Answer.identity(identity)
    let error = #expect(throws: TLSError.self) { _ = try server.answer(answer) }
    #expect(error?.alert == .internalError)
    #expect(error?.reason == .internalFailure(sentence))
  }

  @Test("As many as may be sent are sent")
  func longest() throws {
    let peer = try HandDrivenClient()
    let timestamp = [UInt8](repeating: 7, count: 32_766)
    var server = try TestIdentities.server {
      $0.identities[0].signedCertificateTimestamps = [timestamp]
    }
    _ = try server.receive(peer.helloRecord)
    let answer = try WireHello(ofStream: server.takeOutgoing())
    #expect(answer.body(of: WireHello.signedCertificateTimestamp) == timestamp.vector(2).vector(2))
  }
}
