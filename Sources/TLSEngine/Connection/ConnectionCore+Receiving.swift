import TLSCrypto

/// What each kind of record means.
extension ConnectionCore {
  /// Takes what a record held that was not data, or was data out of place.
  mutating func receive(
    _ type: ContentType, _ content: RawSpan, _ events: inout [Event]
  ) throws(TLSError) {
    switch type {
    case .handshake: try receiveHandshake(content, &events)
    case .changeCipherSpec: try receiveChangeCipherSpec(content, &events)
    case .alert: try receiveAlert(content, &events)
    case .applicationData: try receiveEmptyOrEarlyData()
    }
  }

  /// Application data without content, before the handshake is complete, or in the middle of a handshake
  /// message.
  mutating func receiveEmptyOrEarlyData() throws(TLSError) {
    guard isConnected else {
      throw .unexpected("ApplicationData", expected: "a handshake message")
    }
    // Nothing comes between the fragments of a message, unless it is an alert. RFC 5246 leaves it unsaid;
    // RFC 8446 section 5.1 says it.
    guard joiner.isEmpty else {
      throw .unexpected("ApplicationData", expected: "the rest of a handshake message")
    }
    // RFC 5246 section 6.2.1 allows empty records, and nobody needs many of them.
    counters.emptyRecords += 1
    guard counters.emptyRecords <= limits.consecutiveEmptyRecords else {
      throw TLSError(
        .unexpectedMessage,
        .limitExceeded(what: "only empty records", limit: limits.consecutiveEmptyRecords))
    }
  }

  // MARK: Handshake

  private mutating func receiveHandshake(
    _ content: RawSpan, _ events: inout [Event]
  ) throws(TLSError) {
    // RFC 5246 section 6.2.1: no empty fragments of handshake messages.
    guard !content.isEmpty else { throw .malformed("a handshake record", "is empty") }
    joiner.append(content)
    try receiveJoinedMessages(&events)
  }

  /// Hands on the messages that are whole, up to a question.
  mutating func receiveJoinedMessages(_ events: inout [Event]) throws(TLSError) {
    while !awaitsAnswer, let message = try joiner.next() {
      channel.trace.note(.received, message)
      try requireEndOfFlight(at: message)
      if isHandshaking {
        // Ignored by a client during the handshake (RFC 5246 section 7.4.1.1), but not for ever.
        if message.type == .helloRequest { try countRenegotiationRequest() }
        try advance(.message(message), &events)
      } else {
        try refuseRenegotiation(message)
      }
    }
  }

  /// After these messages a peer waits for an answer: what lies behind them in the same record cannot be
  /// meant for the state that the answer brings about, and must not be read in it.
  private func requireEndOfFlight(at message: HandshakeMessage) throws(TLSError) {
    guard message.type.endsFlight, !joiner.isEmpty else { return }
    throw .unexpected("more of the handshake", expected: "nothing behind \(message.type)")
  }

  /// RFC 5746 is spoken so that renegotiation can be refused safely; it is refused with a warning,
  /// so often, and then for good (RFC 5246 section 7.2.2).
  private mutating func refuseRenegotiation(_ message: HandshakeMessage) throws(TLSError) {
    guard message.type == renegotiationRequest else {
      throw .unexpected(message.type, expected: "application data")
    }
    // What a ClientHello would ask for does not matter any more; a HelloRequest has nothing to say.
    if side == .client { _ = try message.decode(HelloRequest.self) }
    try countRenegotiationRequest()
    if !hasClosed { try send(.noRenegotiation, fatal: false) }
  }

  private mutating func countRenegotiationRequest() throws(TLSError) {
    counters.renegotiationRequests += 1
    guard counters.renegotiationRequests <= limits.renegotiationRequests else {
      throw TLSError(
        // no_renegotiation itself is always a warning (RFC 5246 section 7.2.2).
        .handshakeFailure,
        .limitExceeded(
          what: "\(counters.renegotiationRequests) requests to renegotiate",
          limit: limits.renegotiationRequests))
    }
  }

  private mutating func receiveChangeCipherSpec(
    _ content: RawSpan, _ events: inout [Event]
  ) throws(TLSError) {
    channel.trace.note(.received, "ChangeCipherSpec", content.byteCount)
    guard content.byteCount == 1, content[byte: 0] == 1 else {
      throw .malformed("ChangeCipherSpec", "is not the one byte 1")
    }
    // Nothing may be left half-read when keys change: the rest would be read as if protected.
    guard joiner.isEmpty else {
      throw .unexpected("ChangeCipherSpec", expected: "the rest of a handshake message")
    }
    guard isHandshaking else {
      throw .unexpected("ChangeCipherSpec", expected: "application data")
    }
    try advance(.changeCipherSpec, &events)
  }

  // MARK: Alerts

  private mutating func receiveAlert(
    _ content: RawSpan, _ events: inout [Event]
  ) throws(TLSError) {
    guard content.byteCount == 2 else {
      throw .malformed("an alert", "is \(content.byteCount) bytes long, and must be 2")
    }
    let alert = AlertDescription(rawValue: content[byte: 1])
    channel.trace.note(.received, "Alert", 2, alert.description)
    switch (content[byte: 0], alert) {
    case (1...2, .closeNotify): try receiveCloseNotify(&events)
    case (1, _): try receiveWarning(alert)
    case (2, _): throw TLSError(nil, .peerAlert(alert))
    case (let level, _):
      throw .illegalParameter("an alert has the level \(level), and only 1 and 2 exist")
    }
  }

  private mutating func receiveCloseNotify(_ events: inout [Event]) throws(TLSError) {
    guard isConnected else { throw TLSError(nil, .closedDuringHandshake) }
    peerHasClosed = true
    events.append(.closed)
    // RFC 5246 section 7.2.1: answered with one of our own.
    try close()
  }

  private mutating func receiveWarning(_ alert: AlertDescription) throws(TLSError) {
    counters.warningAlerts += 1
    guard counters.warningAlerts <= limits.warningAlerts else {
      throw TLSError(
        .unexpectedMessage,
        .limitExceeded(what: "warning alerts (\(alert))", limit: limits.warningAlerts))
    }
  }

  // MARK: Closing

  /// Queues close_notify, once.
  mutating func close() throws(TLSError) {
    guard !hasClosed else { return }
    hasClosed = true
    try send(.closeNotify, fatal: false)
    if isHandshaking { _ = fail(TLSError(nil, .closedByCaller)) }
  }

  /// The transport has ended.
  mutating func receiveEndOfStream() throws(TLSError) {
    try checkUsable()
    guard !peerHasClosed else { return }
    throw fail(TLSError(nil, isConnected ? .truncated : .closedDuringHandshake))
  }
}

extension ConnectionCore {
  /// Refuses to send where there is nobody to send to.
  @inline(__always)
  func checkCanSend() throws(TLSError) {
    try checkUsable()
    guard isConnected else { throw .misuse("the handshake is not complete") }
    guard !hasClosed else { throw .misuse("the connection is closed for sending") }
  }
}
