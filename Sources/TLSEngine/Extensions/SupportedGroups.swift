import TLSCrypto

/// supported_groups (RFC 8422 section 5.1.1): the groups a client can do a key exchange in, and the
/// curves of the certificates it can check.
enum SupportedGroups: HelloExtension {
  static let type = ExtensionType.supportedGroups
  static let name = "supported_groups"

  typealias Offer = [NamedGroup]

  /// A server has nothing to say here, but some old load balancers echo the extension.
  struct Answer: Sendable {}

  /// The groups of the suites that are offered: curves with those of elliptic curves alone (RFC 8422
  /// section 5.1), finite fields with those of ephemeral Diffie-Hellman (RFC 7919 section 3).
  static func offer(_ draft: ClientHelloDraft) -> [NamedGroup]? {
    let groups = draft.setup.configuration.supportedGroups.filter {
      draft.offers($0.isFiniteField ? .dhe : .ecdhe)
    }
    guard !groups.isEmpty else { return nil }
    return draft.grease.map { [$0.group] + groups } ?? groups
  }

  static func encode(offer: [NamedGroup], into writer: inout Writer) {
    writer.writeVector16 { writer in
      for group in offer { writer.write(group.rawValue) }
    }
  }

  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [NamedGroup] {
    var list = try reader.readVector16("named_group_list", in: 2...65_535)
    return try list.readUInt16s("named_group_list").map(NamedGroup.init)
  }

  static func answer(_ selection: ServerSelection) -> Answer? { nil }
  static func encode(answer: Answer, into writer: inout Writer) {}

  /// Read past and not used: the group that counts is the one in ServerKeyExchange, which is
  /// checked against the offer.
  static func decodeAnswer(_ reader: inout Reader) -> Answer {
    _ = reader.readRemainder()
    return Answer()
  }

  /// RFC 8422 section 5.1.1: the list holds for the curve of the server's certificate too, on which
  /// the server relies and the client insists.
  static func checkCurve(
    of key: PublicKey.Kind, isAmong offered: [NamedGroup], alert: AlertDescription
  ) throws(TLSError) {
    guard case .ecdsa(let curve) = key, !offered.contains(curve.namedGroup) else { return }
    throw TLSError(
      alert, .certificateCurveNotOffered(curve: curve.namedGroup, offered: offered))
  }

  static func detail(of offer: [NamedGroup]) -> String? {
    let groups = offer.filter { !GREASE.isReserved($0.rawValue) }
    return "groups " + groups.prefix(6).map(\.description).joined(separator: " ")
  }
}

extension ExtensionType {
  /// supported_groups (RFC 8422 section 5.1.1).
  public static let supportedGroups = ExtensionType(rawValue: 10)
}
