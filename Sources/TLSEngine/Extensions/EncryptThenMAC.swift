/// encrypt_then_mac (RFC 7366): with a block cipher the MAC covers the ciphertext, so that nothing
/// is decrypted that did not authenticate.
enum EncryptThenMAC: HelloExtension {
  static let type = ExtensionType.encryptThenMAC
  static let name = "encrypt_then_mac"

  struct Offer: Sendable {}
  struct Answer: Sendable {}

  /// Offered where the server may choose a suite that it is of use to.
  static func offer(_ draft: ClientHelloDraft) -> Offer? {
    guard draft.setup.configuration.usesEncryptThenMAC else { return nil }
    let isUseful = draft.setup.configuration.cipherSuites.contains { suite in
      suite.parameters.map(isOfUse) ?? false
    }
    return isUseful ? Offer() : nil
  }

  static func encode(offer: Offer, into writer: inout Writer) {}
  static func decodeOffer(_ reader: inout Reader) -> Offer { Offer() }

  /// RFC 7366 section 3: never answered where the suite is one of AEAD.
  static func answer(_ selection: ServerSelection) -> Answer? {
    let isOffered = selection.hello.extensions.has(Self.self)
    let isOn = selection.setup.configuration.usesEncryptThenMAC
    return isOffered && isOn && isOfUse(to: selection.suite) ? Answer() : nil
  }

  static func encode(answer: Answer, into writer: inout Writer) {}
  static func decodeAnswer(_ reader: inout Reader) -> Answer { Answer() }

  /// RFC 7366 section 3 forbids the answer with an AEAD suite and names no alert. One field at odds
  /// with another is an `illegal_parameter` (RFC 5246 section 7.2.2).
  static func check(_ answer: Answer?, to offer: Offer?, _ choice: ServerChoice) throws(TLSError) {
    guard answer != nil, !isOfUse(to: choice.suite) else { return }
    throw .illegalParameter(
      "the server answered encrypt_then_mac and chose \(choice.cipherSuite), which has no MAC")
  }

  private static func isOfUse(to suite: CipherSuiteParameters) -> Bool {
    switch suite.cipher {
    case .cbc: true
    case .aead: false
    }
  }
}

extension ExtensionAnswers {
  /// Whether the MAC covers the ciphertext, which matters to block ciphers only.
  var useEncryptThenMAC: Bool { has(EncryptThenMAC.self) }
}

extension ExtensionType {
  /// encrypt_then_mac (RFC 7366).
  public static let encryptThenMAC = ExtensionType(rawValue: 22)
}
