import TLSCrypto

/// The extensions at the end of a hello as they came, one behind the other, and where each of them stands
/// (RFC 5246 section 7.4.1.4).
struct ExtensionList: Sendable {
  /// All of them, without the length before them.
  let bytes: [UInt8]

  /// The types, each once, and where in ``bytes`` their bodies are.
  let entries: [(type: ExtensionType, body: Range<Int>)]

  /// Reads the list, which may be absent altogether.
  ///
  /// RFC 5246 section 7.4.1.4 forbids a type to come twice and names no alert. `decode_error` is
  /// what section 7.2.2 has for what proper implementations never send; a later reader of the list
  /// would have to guess which of the two is meant.
  init(decoding reader: inout Reader) throws(TLSError) {
    guard !reader.isEmpty else {
      (bytes, entries) = ([], [])
      return
    }
    var list = try reader.readVector16("extensions")
    let all = list.readRemainder()
    var rest = Reader(all.rawSpan)
    var found: [(type: ExtensionType, body: Range<Int>)] = []
    found.reserveCapacity(16)
    var seen = SeenTypes()
    while !rest.isEmpty {
      let type = ExtensionType(rawValue: try rest.readUInt16("extension_type"))
      let body = try rest.readVector16("extension_data")
      guard seen.isNew(type, after: found.lazy.map(\.type)) else {
        throw TLSError(.decodeError, .duplicateExtension(type))
      }
      let end = all.count - rest.remaining
      found.append((type, end - body.remaining..<end))
    }
    (bytes, entries) = (all, found)
  }
}

/// The types that a list has had so far. Of a few, as nearly every hello has, the list itself tells; a
/// hello with thousands must not be gone through for each of them.
private struct SeenTypes {
  private static let fewCount = 24

  /// All of them, once they are more than a few.
  private var types: Set<ExtensionType> = []

  /// Notes the type that comes after `earlier`, and says whether it is not among them.
  mutating func isNew(
    _ type: ExtensionType, after earlier: some Collection<ExtensionType>
  ) -> Bool {
    if earlier.count < Self.fewCount { return !earlier.contains(type) }
    if types.isEmpty { types = Set(earlier) }
    return types.insert(type).inserted
  }
}
