import TLSCrypto
import Testing

@testable import TLSEngine

@Suite("encrypt_then_mac (RFC 7366)")
struct EncryptThenMACTests {
  /// `TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA` (RFC 8422), by its number.
  private static let suite = CipherSuite(rawValue: 0xc009)

  @Test(
    "A client without a suite that has a MAC offers nothing",
    arguments: [
      OfferRow("by default", nil),
      OfferRow("asked for", nil) { $0.usesEncryptThenMAC = true },
    ])
  func offers(_ row: OfferRow) throws { try row.check(WireHello.encryptThenMAC) }

  @Test(
    "What a client offers with a suite that has a MAC",
    arguments: [
      OfferRow("by default", []) { $0.cipherSuites = [suite] },
      OfferRow("behind others", []) { $0.cipherSuites = CipherSuite.defaults + [suite] },
      OfferRow("where it does not want it", nil) {
        $0.cipherSuites = [suite]
        $0.usesEncryptThenMAC = false
      },
    ])
  func offersWithMAC(_ row: OfferRow) throws { try row.check(WireHello.encryptThenMAC) }

  @Test(
    "A server that chose a suite of AEAD answers nothing (RFC 7366 3)",
    arguments: [
      AnswerRow("an offer", to: [], nil), AnswerRow("no offer", to: nil, nil),
    ])
  func answers(_ row: AnswerRow) throws { try row.check(WireHello.encryptThenMAC) }

  @Test(
    "What a server answers that chose a suite with a MAC",
    arguments: [
      AnswerRow("an offer", to: [], [], suites: [Int(suite.rawValue)]) {
        $0.cipherSuites = [suite]
      },
      AnswerRow("no offer", to: nil, nil, suites: [Int(suite.rawValue)]) {
        $0.cipherSuites = [suite]
      },
      AnswerRow(
        "an offer that it does not want", to: [], nil,
        suites: [Int(suite.rawValue)]
      ) {
        $0.cipherSuites = [suite]
        $0.usesEncryptThenMAC = false
      },
    ])
  func answersWithMAC(_ row: AnswerRow) throws { try row.check(WireHello.encryptThenMAC) }

  @Test(
    "What a server refuses",
    arguments: [
      RefusedOffer(
        [0], .decodeError, "the extension is followed by 1 bytes that belong to nothing")
    ])
  func refusedOffers(_ row: RefusedOffer) throws { try row.check(WireHello.encryptThenMAC) }

  @Test(
    "A client that did not offer it refuses the answer",
    arguments: [
      ClientRow.refused(
        [], .unsupportedExtension, "the server answered encrypt_then_mac, which was not offered")
    ])
  func clientRows(_ row: ClientRow) throws { try row.check(WireHello.encryptThenMAC) }

  /// What a client that offers it makes of an answer.
  private func answers(
    _ body: [UInt8]?, choosing suite: CipherSuiteParameters
  ) throws -> ExtensionAnswers {
    let type = WireHello.encryptThenMAC
    let offers = try DecodedHello.offers([.init(type: type, body: [])])
    return try DecodedHello.answers(
      body.map { [.init(type: type, body: $0)] } ?? [], to: offers, choosing: suite)
  }

  @Test("A client that offers it takes the answer with a MAC, and refuses it without one")
  func check() throws {
    let cipher = RecordCipher.aead(.aes128GCM)
    let suite = CipherSuiteParameters(
      keyExchange: .ecdhe, authentication: .ecdsa, cipher: cipher, hash: .sha256)
    #expect(try answers([], choosing: DecodedHello.suiteWithMAC).useEncryptThenMAC)
    #expect(try !answers(nil, choosing: DecodedHello.suiteWithMAC).useEncryptThenMAC)
    #expect(try !answers(nil, choosing: suite).useEncryptThenMAC)
    let error = #expect(throws: TLSError.self) { _ = try answers([], choosing: suite) }
    #expect(error?.alert == .illegalParameter)
    #expect(
      error?.reason
        == .illegalParameter(
          "the server answered encrypt_then_mac and chose "
            + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, which has no MAC"))
  }
}
