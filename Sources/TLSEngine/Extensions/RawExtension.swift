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

  /// Reads the extensions at the end of a hello, which may be absent altogether.
  ///
  /// RFC 5246 section 7.4.1.4 forbids a type to come twice and names no alert. `decode_error` is
  /// what section 7.2.2 has for what proper implementations never send; a later reader of the list
  /// would have to guess which of the two is meant.
  static func decodeList(_ reader: inout Reader) throws(TLSError) -> [RawExtension] {
    guard !reader.isEmpty else { return [] }
    var list = try reader.readVector16("extensions")
    var extensions: [RawExtension] = []
    extensions.reserveCapacity(16)
    var seen = SeenTypes()
    while !list.isEmpty {
      let type = ExtensionType(rawValue: try list.readUInt16("extension_type"))
      var body = try list.readVector16("extension_data")
      guard seen.isNew(type, after: extensions) else {
        throw TLSError(.decodeError, .duplicateExtension(type))
      }
      extensions.append(RawExtension(type: type, body: body.readRemainder()))
    }
    return extensions
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
      for each in extensions {
        writer.write(each.type.rawValue)
        writer.writeVector16 { $0.write(each.body) }
      }
    }
  }
}

/// The types that a list has had so far. Of a few, as nearly every hello has, the list itself tells; a
/// hello with thousands must not be gone through for each of them.
private struct SeenTypes {
  private static let fewCount = 24

  /// All of them, once they are more than a few.
  private var types: Set<ExtensionType> = []

  /// Notes the type that comes after `earlier`, and says whether it is not among them.
  mutating func isNew(_ type: ExtensionType, after earlier: [RawExtension]) -> Bool {
    if earlier.count < Self.fewCount { return !earlier.contains { $0.type == type } }
    if types.isEmpty { types = Set(earlier.map(\.type)) }
    return types.insert(type).inserted
  }
}
