/// How far sealing or opening has come, on either side.
struct RecordProgress: Sendable, Equatable {
  /// How many bytes were read.
  var consumed = 0

  /// How many bytes were written.
  var written = 0
}
