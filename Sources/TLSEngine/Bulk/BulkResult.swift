/// How far a work on records has come, on either side.
struct BulkResult: Sendable, Equatable {
  /// How many bytes were read.
  var consumed = 0

  /// How many bytes were written.
  var written = 0
}
