import TLSCrypto

/// max_fragment_length (RFC 6066 section 4): a client with little memory asks for small records, in
/// both directions.
enum MaximumFragmentLengthNegotiation: HelloExtension {
  static let type = ExtensionType.maximumFragmentLength
  static let name = "max_fragment_length"

  typealias Offer = MaximumFragmentLength
  typealias Answer = MaximumFragmentLength

  static func offer(_ draft: ClientHelloDraft) -> MaximumFragmentLength? {
    draft.setup.configuration.maximumFragmentLength
  }

  static func encode(offer: MaximumFragmentLength, into writer: inout Writer) {
    writer.write(offer.rawValue)
  }

  /// RFC 6066 section 4: a value that is none of the four is an `illegal_parameter`.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> MaximumFragmentLength {
    let value = try reader.readUInt8("MaxFragmentLength")
    guard let length = MaximumFragmentLength(rawValue: value) else {
      throw .illegalParameter("MaxFragmentLength is \(value), and must be 1 to 4")
    }
    return length
  }

  /// RFC 8449 section 5: a server that goes by record_size_limit ignores this where both came.
  static func answer(_ selection: ServerSelection) -> MaximumFragmentLength? {
    guard selection.setup.configuration.acceptsMaximumFragmentLength,
      RecordSizeLimit.answer(selection) == nil
    else { return nil }
    return selection.hello.extensions.offer(of: Self.self)
  }

  static func encode(answer: MaximumFragmentLength, into writer: inout Writer) {
    encode(offer: answer, into: &writer)
  }

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> MaximumFragmentLength {
    try decodeOffer(&reader)
  }

  /// RFC 6066 section 4: a server agrees to what was asked, and to nothing else.
  static func check(
    _ answer: MaximumFragmentLength?, to offer: MaximumFragmentLength?, _ choice: ServerChoice
  ) throws(TLSError) {
    guard let answer, let offer, answer != offer else { return }
    throw .illegalParameter(
      "the server answered max_fragment_length with \(answer), and \(offer) was asked for")
  }

  static func detail(of offer: MaximumFragmentLength) -> String? { "\(type) \(offer.byteCount)" }

  static func detail(ofAnswer answer: MaximumFragmentLength) -> String {
    "\(type) \(answer.byteCount)"
  }
}

/// The most plaintext that a record may hold in either direction (RFC 6066 section 4).
public enum MaximumFragmentLength: UInt8, Sendable, Hashable, CaseIterable,
  CustomStringConvertible
{
  /// 512 bytes.
  case bytes512 = 1
  /// 1024 bytes.
  case bytes1024 = 2
  /// 2048 bytes.
  case bytes2048 = 3
  /// 4096 bytes.
  case bytes4096 = 4

  /// The length in bytes.
  public var byteCount: Int { 256 << Int(rawValue) }

  /// The length, such as `512 bytes`.
  public var description: String { "\(byteCount) bytes" }
}

extension ExtensionType {
  /// max_fragment_length (RFC 6066 section 4).
  public static let maximumFragmentLength = ExtensionType(rawValue: 1)
}
