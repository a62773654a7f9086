/// signature_algorithms (RFC 5246 section 7.4.1.4.1): the signatures that a client can check.
enum SignatureAlgorithms: HelloExtension {
  static let type = ExtensionType.signatureAlgorithms
  static let name = "signature_algorithms"

  typealias Offer = [SignatureScheme]
  typealias Answer = Never

  static func offer(_ draft: ClientHelloDraft) -> [SignatureScheme]? {
    (draft.grease.map { [$0.signatureScheme] } ?? []) + draft.setup.configuration.signatureSchemes
  }

  static func encode(offer: [SignatureScheme], into writer: inout Writer) {
    writer.writeVector16 { writer in
      for scheme in offer { writer.write(scheme.rawValue) }
    }
  }

  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [SignatureScheme] {
    var list = try reader.readVector16("supported_signature_algorithms", in: 2...65_534)
    return try list.readUInt16s("supported_signature_algorithms").map(SignatureScheme.init)
  }
}

extension ExtensionType {
  /// signature_algorithms (RFC 5246 section 7.4.1.4.1).
  public static let signatureAlgorithms = ExtensionType(rawValue: 13)
}
