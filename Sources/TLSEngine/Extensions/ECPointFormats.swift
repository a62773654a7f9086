/// ec_point_formats (RFC 8422 section 5.1.2): of the three formats that once were, only the
/// uncompressed is left.
enum ECPointFormats: HelloExtension {
  static let type = ExtensionType.ecPointFormats
  static let name = "ec_point_formats"

  private static let uncompressed: UInt8 = 0

  typealias Offer = [UInt8]
  typealias Answer = [UInt8]

  /// RFC 8422 section 5.1: left out by a client that offers no suite of elliptic curves.
  static func offer(_ draft: ClientHelloDraft) -> [UInt8]? {
    draft.offers(.ecdhe) ? [uncompressed] : nil
  }

  static func encode(offer: [UInt8], into writer: inout Writer) {
    writer.writeVector8 { $0.write(offer) }
  }

  /// RFC 8422 section 5.1.2: a list without the uncompressed format is an `illegal_parameter`.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> [UInt8] {
    var list = try reader.readVector8("ec_point_format_list", in: 1...255)
    let formats = list.readRemainder()
    guard formats.contains(uncompressed) else {
      throw .illegalParameter("ec_point_formats lacks the uncompressed format")
    }
    return formats
  }

  /// RFC 8422 section 5.2: a client that asks is answered where the suite is one of elliptic curves.
  static func answer(_ selection: ServerSelection) -> [UInt8]? {
    guard selection.suite.keyExchange == .ecdhe else { return nil }
    return selection.hello.extensions.offer(of: Self.self).map { _ in [uncompressed] }
  }

  static func encode(answer: [UInt8], into writer: inout Writer) {
    encode(offer: answer, into: &writer)
  }

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> [UInt8] {
    try decodeOffer(&reader)
  }
}

extension ExtensionType {
  /// ec_point_formats (RFC 8422 section 5.1.2).
  public static let ecPointFormats = ExtensionType(rawValue: 11)
}
