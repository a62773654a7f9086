@testable import tls

/// Fields as a person sees them, without their bytes.
enum Outline {
  /// A line a field, with two spaces for each step.
  static func text(_ fields: [Field]) -> String {
    fields.map { field in
      String(repeating: "  ", count: field.depth) + field.name
        + (field.meaning.isEmpty ? "" : ": " + field.meaning)
    }.joined(separator: "\n")
  }

  /// Whether fields follow each other from the first byte to the last, and are lines of printable ASCII.
  static func isComplete(_ fields: [Field], _ bytes: [UInt8]) -> Bool {
    var position = 0
    for field in fields {
      let text = field.name + field.meaning
      guard field.range.lowerBound == position, !field.range.isEmpty, !field.name.isEmpty,
        text.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
      else { return false }
      position = field.range.upperBound
    }
    return position == bytes.count
  }
}
