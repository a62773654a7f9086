/// Finds the fields of messages by their names, and changes them.
struct MessageEditor {
  private var dissector = Dissector()

  /// Follows the hellos, on which later messages depend.
  mutating func see(_ message: [UInt8]) {
    _ = dissector.fields(ofHandshake: message)
  }

  /// The message with a field changed; `nil` if it has no such field, or the field no such place.
  ///
  /// - Parameter path: the name of the field, which begins with that of the message.
  func change(
    _ change: Edit.ByteChange, at path: String, in message: [UInt8], of unit: Unit,
    keepsLengths: Bool
  ) -> [UInt8]? {
    let fields = fields(of: message, unit)
    let path = unit.isHandshake ? path : String(path.split(separator: ".").dropFirst().joined())
    guard let range = Self.range(of: path, fields),
      message.indices.contains(range.lowerBound)
        || range.isEmpty, let bytes = change.applied(to: Array(message[range]))
    else { return nil }
    var result = message
    if !keepsLengths {
      for field in fields {
        Self.mend(field, in: &result, around: range, by: bytes.count - range.count)
      }
    }
    result.replaceSubrange(range, with: bytes)
    return result
  }

  private func fields(of message: [UInt8], _ unit: Unit) -> [Field] {
    var copy = dissector
    return switch unit.type {
    case WireRecord.handshake: copy.fields(ofHandshake: message)
    case WireRecord.changeCipherSpec: Dissector.fields(ofChangeCipherSpec: message)
    case WireRecord.alert: Dissector.fields(ofAlert: message)
    default: [Field(name: "data", range: message.indices)]
    }
  }

  /// Where a field stands with all its parts. What has a length before it begins behind that; it may be
  /// empty, and then no field stands there. `extension` need not be said.
  private static func range(of path: String, _ fields: [Field]) -> Range<Int>? {
    let paths = FieldPath(fields)
    if path.hasSuffix(" length") { return paths.range(of: path) }
    var long = path
    if let dot = path.firstIndex(of: ".") {
      long.insert(contentsOf: "extension ", at: path.index(after: dot))
    }
    for path in [path, long] {
      if let length = paths.range(of: path + " length") {
        return paths.extent(of: path) ?? length.upperBound..<contentEnd(behind: length, fields)
      }
      if let range = paths.extent(of: path) { return range }
    }
    return nil
  }

  /// The end of what stands behind a length, a step deeper than it.
  private static func contentEnd(behind length: Range<Int>, _ fields: [Field]) -> Int {
    guard let index = fields.firstIndex(where: { $0.range == length }) else {
      return length.upperBound
    }
    let parts = fields[(index + 1)...].prefix { $0.depth > fields[index].depth }
    return parts.last?.range.upperBound ?? length.upperBound
  }

  /// Puts a length right, if this field is one of something around `range`.
  private static func mend(
    _ field: Field, in message: inout [UInt8], around range: Range<Int>, by difference: Int
  ) {
    guard let width = lengthByteCount(in: field) else { return }
    let place = field.range.suffix(width)
    let length = message[place].reduce(0) { $0 << 8 | Int($1) }
    let end = field.range.upperBound
    guard range.lowerBound >= end, range.upperBound <= end + length else { return }
    var rest = length + difference
    for index in place.reversed() {
      message[index] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
  }

  /// How many bytes at the end of a field say how long what follows is: all of a length, three of a
  /// message's header, two of an extension's.
  private static func lengthByteCount(in field: Field) -> Int? {
    if field.name.hasSuffix(" length") { return field.range.count }
    if field.range == 0..<4, field.depth == 0 { return 3 }
    return field.name.hasPrefix("extension ") && field.range.count == 4 ? 2 : nil
  }
}
