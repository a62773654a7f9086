/// What ``Connection/open(_:into:with:)`` did.
public struct BulkResult: Sendable, Equatable {
  /// How many bytes of records were opened.
  public var consumed = 0

  /// How many bytes of plaintext were written.
  public var written = 0

  init() {}

  init(consumed: Int, written: Int) {
    self.consumed = consumed
    self.written = written
  }
}
