/// How much plaintext goes into one record of one direction, 2^14 bytes at most (RFC 5246 section
/// 6.2.1).
struct FragmentLimit: Sendable {
  /// Which records a limit holds for.
  enum Scope: Sendable {
    /// All from now on: max_fragment_length (RFC 6066 section 4).
    case allRecords
    /// Only those that are protected: record_size_limit (RFC 8449 section 4).
    case protectedRecords
  }

  /// The limit now, in bytes.
  private(set) var byteCount = RecordHeader.maximumPlaintextByteCount

  /// The limit once records are protected.
  private var protectedByteCount = RecordHeader.maximumPlaintextByteCount

  /// Whether there is no other limit than everybody's.
  var isUsual: Bool { byteCount == RecordHeader.maximumPlaintextByteCount }

  /// Sets the limit, from 1 to 2^14 bytes: never more, and never nothing, which would take for ever.
  mutating func set(_ newByteCount: Int, _ scope: Scope) {
    protectedByteCount = min(max(newByteCount, 1), RecordHeader.maximumPlaintextByteCount)
    if scope == .allRecords { byteCount = protectedByteCount }
  }

  /// From now on records are protected.
  mutating func protect() {
    byteCount = protectedByteCount
  }
}
