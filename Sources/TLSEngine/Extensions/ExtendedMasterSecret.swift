/// extended_master_secret (RFC 7627): binds the master secret to the whole handshake, against the
/// triple handshake.
enum ExtendedMasterSecret: HelloExtension {
  static let type = ExtensionType.extendedMasterSecret
  static let name = "extended_master_secret"

  struct Offer: Sendable {}
  struct Answer: Sendable {}

  static func offer(_ draft: ClientHelloDraft) -> Offer? { Offer() }
  static func encode(offer: Offer, into writer: inout Writer) {}
  static func decodeOffer(_ reader: inout Reader) -> Offer { Offer() }

  static func answer(_ selection: ServerSelection) throws(TLSError) -> Answer? {
    if selection.hello.extensions.has(Self.self) { return Answer() }
    guard !selection.setup.configuration.requiresExtendedMasterSecret else { throw missing }
    return nil
  }

  static func encode(answer: Answer, into writer: inout Writer) {}
  static func decodeAnswer(_ reader: inout Reader) -> Answer { Answer() }

  static func check(_ answer: Answer?, to offer: Offer?, _ choice: ServerChoice) throws(TLSError) {
    guard answer != nil || !choice.setup.configuration.requiresExtendedMasterSecret else {
      throw missing
    }
  }

  /// RFC 7627 section 5.2 and 5.3: `handshake_failure` where the extension is required.
  private static var missing: TLSError {
    TLSError(
      .handshakeFailure,
      .required("the peer lacks extended_master_secret, which this configuration requires"))
  }
}

extension ExtensionAnswers {
  /// Whether both sides bind the master secret to the handshake.
  var useExtendedMasterSecret: Bool { has(ExtendedMasterSecret.self) }
}

extension ExtensionType {
  /// extended_master_secret (RFC 7627).
  public static let extendedMasterSecret = ExtensionType(rawValue: 23)
}
