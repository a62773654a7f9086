/// A field of a flight with its bytes, for comparison with that of another flight.
struct WireEntry {
  private let field: Field

  /// Its bytes: of a protected record, those of the content.
  let bytes: [UInt8]

  /// Where it stands: record, message, field.
  let place: String

  /// The field with its bytes and what they say.
  var text: String {
    let digits = Self.excerpt(bytes[...])
    return field.meaning.isEmpty ? "\(field.name): \(digits)" : "\(field.label) (\(digits))"
  }

  /// All fields of a flight, as far as they can be read.
  static func entries(_ flight: ObservedFlight, _ bytes: [UInt8]) -> [WireEntry] {
    var entries: [WireEntry] = []
    for (number, record) in flight.records.enumerated() {
      let start = "record \(number + 1) of the flight (\(record.header.typeName))"
      guard let content = record.content else {
        let field = Field(name: "a body that does not open", range: record.range)
        let body = bytes[record.range].dropFirst(ObservedHeader.byteCount)
        entries.append(WireEntry(field: field, bytes: Array(body), place: start))
        continue
      }
      var message = ""
      for field in record.fields {
        if field.depth == 0 { message = field.name }
        let name = field.depth == 0 ? message : "\(message), \(field.name)"
        entries.append(
          WireEntry(
            field: field, bytes: Array(content[field.range.clamped(to: content.indices)]),
            place: "\(start), \(name)"))
      }
    }
    return entries
  }

  /// The first field that is another; a length or a head only where nothing else is, since they follow
  /// from the rest.
  static func firstDifference(_ old: [WireEntry], _ new: [WireEntry]) -> Int? {
    var firstLength: Int?
    for index in 0..<max(old.count, new.count) {
      guard index < old.count, index < new.count else { return index }
      guard old[index].field.name == new[index].field.name else { return index }
      guard old[index].bytes != new[index].bytes else { continue }
      guard old[index].isLength else { return index }
      firstLength = firstLength ?? index
    }
    return firstLength
  }

  /// Whether it says how long others are.
  private var isLength: Bool {
    field.name.hasSuffix(" length") || field.name.hasPrefix("extension ")
      || field.meaning.hasPrefix("handshake type ")
  }

  /// Where a byte of a flight stands that is none of a field.
  static func place(of offset: Int, in flight: ObservedFlight) -> String {
    for (number, record) in flight.records.enumerated() where record.range.contains(offset) {
      let start = "record \(number + 1) of the flight (\(record.header.typeName)), "
      let inRecord = offset - record.range.lowerBound
      guard inRecord >= ObservedHeader.byteCount else {
        return start + "byte \(inRecord) of its header"
      }
      let part = record.parts.first { $0.range.contains(offset) }
      return start + (part?.name ?? "byte \(inRecord - ObservedHeader.byteCount) of its body")
    }
    return "behind the last record"
  }

  /// The first of some bytes.
  static func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    guard !bytes.isEmpty else { return "nothing more" }
    return Hexadecimal.text(Array(bytes.prefix(16))) + (bytes.count > 16 ? " ..." : "")
  }
}
