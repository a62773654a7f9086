import TLSCrypto

/// An extension as it stands on the wire (RFC 5246 section 7.4.1.4).
struct RawExtension: Sendable, Equatable {
  /// The length before a list of extensions.
  static let listHeaderByteCount = 2

  /// The type and the length before a body.
  static let headerByteCount = 4

  let type: ExtensionType
  let body: [UInt8]

  /// How many bytes of a list it takes.
  var byteCount: Int { Self.headerByteCount + body.count }

  /// Reads the extensions at the end of a hello, which may be absent altogether, as ``ExtensionList`` does.
  static func decodeList(_ reader: inout Reader) throws(TLSError) -> [RawExtension] {
    let list = try ExtensionList(decoding: &reader)
    return list.entries.map {
      RawExtension(type: $0.type, body: [UInt8](list.bytes.rawSpan.extracting($0.body)))
    }
  }

  /// What a person wants to know of it in a ServerHello's trace.
  var answerDetail: String {
    guard let known = HelloExtensions.known(type) else { return type.description }
    return answerDetail(known) ?? "\(type) (malformed)"
  }

  private func answerDetail<E: HelloExtension>(_ known: E.Type) -> String? {
    var reader = Reader(body.rawSpan)
    return (try? known.decodeAnswer(&reader)).map { known.detail(ofAnswer: $0) }
  }

  /// Writes the extensions at the end of a hello; none at all leave no trace.
  static func encodeList(_ extensions: [RawExtension], into writer: inout Writer) {
    guard !extensions.isEmpty else { return }
    writer.writeVector16 { writer in
      for each in extensions { each.encode(into: &writer) }
    }
  }

  /// Writes this one.
  func encode(into writer: inout Writer) {
    writer.write(type.rawValue)
    writer.writeVector16 { $0.write(body) }
  }
}
