/// What ``Connection/open(_:)`` made of the start of the caller's buffer.
public enum OpenResult: Sendable {
  /// The buffer does not hold a whole record yet: come back with at least so many bytes in all.
  case needsMoreBytes(atLeast: Int)

  /// A record of application data: these bytes of the buffer are now the plaintext, and the record
  /// took `consumed` bytes from the buffer's start. The plaintext is never empty.
  case applicationData(Range<Int>, consumed: Int)

  /// A record that is not the application's business took `consumed` bytes from the buffer's start.
  case handled(consumed: Int, events: [Event])

  /// Nothing is read until ``Connection/answer(_:)`` has answered the pending question.
  case awaitingAnswer
}

/// What ``Connection/seal(_:into:)`` did.
public struct SealResult: Sendable, Equatable {
  /// How many bytes of the plaintext are in the records written.
  public let consumed: Int

  /// How many bytes of the output were written.
  public let written: Int
}
