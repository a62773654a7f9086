/// The one way in which a state refuses a message that it does not list.
extension TLSError {
  /// RFC 5246 section 7.4: a message out of order is fatal.
  static func unexpected(
    _ received: some CustomStringConvertible, expected: HandshakeType...
  ) -> TLSError {
    unexpected(received, expected: expected.map(\.description).joined(separator: " or "))
  }

  /// RFC 5246 section 7.4: a message out of order is fatal.
  static func unexpected(
    _ received: some CustomStringConvertible, expected: String
  ) -> TLSError {
    TLSError(
      .unexpectedMessage,
      .unexpectedMessage(received: received.description, expected: expected))
  }

  /// The answer is none to the question that was asked, or there is no question.
  static func unfitting(_ answer: Answer, to question: String?) -> TLSError {
    guard let question else { return .misuse("\(answer.kind) was given, and nothing was asked") }
    return .misuse("\(answer.kind) was given, and \(question) was asked for")
  }
}

extension HandshakeMessage {
  /// Refuses every message but one of `type`.
  func require(_ expected: HandshakeType) throws(TLSError) {
    guard type == expected else { throw .unexpected(type, expected: expected) }
  }
}
