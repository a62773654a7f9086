import TLSCrypto

/// record_size_limit (RFC 8449): the most plaintext that each side wants in a protected record.
///
/// In TLS 1.2 it counts what goes into the cipher: neither MAC, tag and explicit nonce nor the
/// padding of a block cipher (RFC 8449 section 4).
enum RecordSizeLimit: HelloExtension {
  static let type = ExtensionType.recordSizeLimit
  static let name = "record_size_limit"

  /// What a side may say of itself (RFC 8449 section 4).
  static let allowed = 64...RecordHeader.maximumPlaintextByteCount

  /// What the sender takes, in bytes. May be more than TLS 1.2 allows: a peer of many versions says
  /// what the latest of them can do.
  typealias Offer = Int
  typealias Answer = Int

  static func offer(_ draft: ClientHelloDraft) -> Int? {
    draft.setup.configuration.recordSizeLimit
  }

  static func encode(offer: Int, into writer: inout Writer) {
    writer.write(UInt16(truncatingIfNeeded: offer))
  }

  /// RFC 8449 section 4: less than 64 is an `illegal_parameter`. There is no upper bound: a server
  /// must not enforce one, and a client need not.
  static func decodeOffer(_ reader: inout Reader) throws(TLSError) -> Int {
    let limit = Int(try reader.readUInt16("RecordSizeLimit"))
    guard limit >= allowed.lowerBound else {
      throw .illegalParameter(
        "RecordSizeLimit is \(limit), and must be at least \(allowed.lowerBound)")
    }
    return limit
  }

  /// The answer is this side's own limit, whatever the client's is.
  static func answer(_ selection: ServerSelection) -> Int? {
    guard selection.hello.extensions.has(Self.self) else { return nil }
    return selection.setup.configuration.recordSizeLimit
  }

  static func encode(answer: Int, into writer: inout Writer) {
    encode(offer: answer, into: &writer)
  }

  static func decodeAnswer(_ reader: inout Reader) throws(TLSError) -> Int {
    try decodeOffer(&reader)
  }

  /// RFC 8449 section 5: a server that answers max_fragment_length as well is refused.
  static func check(_ answer: Int?, to offer: Int?, _ choice: ServerChoice) throws(TLSError) {
    guard answer != nil, choice.answers.has(MaximumFragmentLengthNegotiation.self)
    else { return }
    throw .illegalParameter(
      "the server answered record_size_limit and max_fragment_length, which exclude each other")
  }

  static func detail(of offer: Int) -> String? { "\(type) \(offer)" }
  static func detail(ofAnswer answer: Int) -> String { "\(type) \(answer)" }
}

extension ExtensionType {
  /// record_size_limit (RFC 8449).
  public static let recordSizeLimit = ExtensionType(rawValue: 28)
}
