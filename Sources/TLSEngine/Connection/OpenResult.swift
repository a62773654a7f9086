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

/// What ``Connection/open(_:into:)`` did.
public struct OpenedRecords: Sendable, Equatable {
  /// How many bytes of records were opened, from the start.
  public let consumed: Int

  /// How many bytes of plaintext were written, from the start. It may be none although records were
  /// consumed: some peers send empty ones.
  public let written: Int

  /// What stands behind the records that were opened, and so what to do next.
  public let next: Next

  init(_ consumed: Int, _ written: Int, next: Next) {
    self.consumed = consumed
    self.written = written
    self.next = next
  }

  /// Why no further record was opened.
  @nonexhaustive public enum Next: Sendable, Equatable {
    /// The beginning of a record, or nothing: come back with at least so many bytes, counted from
    /// ``OpenedRecords/consumed``.
    case needsMoreBytes(atLeast: Int)

    /// A record of application data that needs so much room: come back with what is left of the
    /// records, and with another output.
    case needsRoom(atLeast: Int)

    /// Something else, a handshake message or an alert say, or nothing that may be opened now: give
    /// what is left to ``Connection/open(_:)``. It is said also of nothing, where no application data
    /// may come.
    case other

    /// A record that is wrong, behind some that are good: ``Connection/failure`` says why, the next
    /// call throws it, and ``Connection/takeOutgoing()`` has the alert.
    case failed
  }
}

/// What ``Connection/seal(_:into:)`` did.
public struct SealResult: Sendable, Equatable {
  /// How many bytes of the plaintext are in the records written.
  public let consumed: Int

  /// How many bytes of the output were written.
  public let written: Int
}
