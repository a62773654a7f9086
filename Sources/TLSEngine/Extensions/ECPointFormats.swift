/// ec_point_formats (RFC 8422 section 5.1.2): of the three formats that once were, only the
/// uncompressed is left.
enum ECPointFormats: HelloExtension {
  static let type = ExtensionType.ecPointFormats

  private static let uncompressed: UInt8 = 0

  typealias Offer = [UInt8]
  typealias Answer = [UInt8]

  static func offer(_ setup: ClientSetup) -> [UInt8]? { [uncompressed] }

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

  /// Every suite that the engine speaks is one of elliptic curves, so a client that asks is
  /// answered (RFC 8422 section 5.2).
  static func answer(_ selection: ServerSelection) -> [UInt8]? {
    selection.hello.extensions.offer(of: Self.self).map { _ in [uncompressed] }
  }

  static func encode(answer: [UInt8], into writer: inout Writer) {
    encode(offer: answer, into: &writer)
  }

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> [UInt8] {
    try decodeOffer(&reader)
  }
}
