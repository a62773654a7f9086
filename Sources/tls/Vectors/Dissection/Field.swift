/// Bytes that say one thing: a field of a message, as the RFC names it, or a part of a record.
///
/// The fields of a message follow each other and cover it without a gap. What has parts, such as an
/// extension, has a field for its head, and one for each part, a step deeper.
struct Field: Equatable, Sendable {
  /// The name in the RFC, such as `client_version`.
  var name: String

  /// Where its bytes stand in the message or the record.
  var range: Range<Int>

  /// What they say, such as `TLS 1.2`; may be empty.
  var meaning = ""

  /// How deep it stands in the message; its head is at 0.
  var depth = 0

  /// Its name, and what it says.
  var label: String { meaning.isEmpty ? name : "\(name): \(meaning)" }
}
