import TLSCrypto

/// The buffered level: the engine keeps what has not come whole and what has not been sent.
extension Connection {
  /// Takes bytes from the transport, as many or as few as came.
  ///
  /// While a question is open nothing is read, and ``Limits/waitingByteCount`` bytes are kept.
  ///
  /// - Returns: what came of them, in order.
  /// - Throws: ``TLSError``. If something came of the bytes before the one that was wrong, that is
  ///   returned, and the error is thrown by the next call; ``failure`` has it at once.
  public mutating func receive(_ bytes: [UInt8]) throws(TLSError) -> [Event] {
    try receive(bytes.rawSpan)
  }

  /// Takes bytes from the transport, as many or as few as came.
  ///
  /// While a question is open nothing is read, and ``Limits/waitingByteCount`` bytes are kept.
  ///
  /// - Returns: what came of them, in order.
  /// - Throws: ``TLSError``. If something came of the bytes before the one that was wrong, that is
  ///   returned, and the error is thrown by the next call; ``failure`` has it at once.
  public mutating func receive(_ bytes: RawSpan) throws(TLSError) -> [Event] {
    try core.checkUsable()
    if core.awaitsAnswer { try checkWaiting(incoming.count + bytes.byteCount) }
    return try drain(bytes, after: [])
  }

  /// Says that the transport has ended: the last call on a connection that ended by itself.
  ///
  /// - Throws: ``TLSError/Reason/truncated`` unless the peer's close_notify came first, so that
  ///   a cut connection is not taken for a whole one (RFC 5246 section 7.2.1);
  ///   ``TLSError/Reason/closedDuringHandshake`` before the handshake was complete; the error that
  ///   ended the connection, if one did.
  public mutating func receiveEndOfStream() throws(TLSError) {
    try core.receiveEndOfStream()
  }

  /// Seals bytes for the peer. They wait in ``takeOutgoing()``.
  ///
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, after ``close()``, and when
  ///   more than ``Limits/outgoingByteCount`` bytes of records would wait, which bounds a single call
  ///   too.
  public mutating func send(_ bytes: [UInt8]) throws(TLSError) {
    try send(bytes.rawSpan)
  }

  /// Seals bytes for the peer. They wait in ``takeOutgoing()``.
  ///
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, after ``close()``, and when
  ///   more than ``Limits/outgoingByteCount`` bytes of records would wait, which bounds a single call
  ///   too.
  public mutating func send(_ bytes: RawSpan) throws(TLSError) {
    try core.checkCanSend()
    let waiting = core.channel.records.outgoing.count
    let sealed = core.channel.records.sealer.sealedByteCount(of: bytes.byteCount)
    let limit = core.limits.outgoingByteCount
    guard sealed <= limit else {
      throw .misuse(
        "\(bytes.byteCount) bytes make \(sealed) bytes of records, and no more than \(limit) may "
          + "wait to be sent; send them in parts")
    }
    guard waiting <= limit - sealed else {
      throw .misuse(
        "\(waiting) bytes wait to be sent already, and no more than "
          + "\(limit) may; take them first")
    }
    do {
      try core.channel.records.queue(bytes, as: .applicationData)
    } catch {
      throw core.fail(error)
    }
  }

  /// Takes what is to be written to the transport. After a failure it is the alert.
  public mutating func takeOutgoing() -> [UInt8] {
    core.channel.records.takeOutgoing()
  }

  /// Whether ``takeOutgoing()`` has anything to give.
  public var hasOutgoing: Bool { !core.channel.records.outgoing.isEmpty }

  /// Says that nothing more will be sent (close_notify). What the peer still sends is still
  /// received.
  ///
  /// Before the handshake is complete, this ends it.
  public mutating func close() {
    guard core.failure == nil else { return }
    do {
      try core.close()
    } catch {
      _ = core.fail(error)
    }
  }

  /// Ends the connection with a fatal alert, for what only the caller can see to be wrong.
  ///
  /// From then on the connection fails with ``TLSError/Reason/refused(_:)``. After ``close()``, or once the
  /// peer's close_notify was answered, no alert is sent. A connection that has failed already keeps its own
  /// error.
  ///
  /// A server that is connected takes the session out of its cache, so that nobody resumes it (RFC 5246
  /// section 7.2.2). A ticket is in the client's hands: it is good until it expires, or until the server has
  /// other ``TicketKeys``. What you keep yourself, a ``ClientSession`` or sessions of
  /// ``ServerConfiguration/SessionStore/ask``, is yours to let go of.
  ///
  /// - Parameters:
  ///   - alert: what the peer is told.
  ///   - sentence: why, for the error; the peer does not hear it.
  /// - Throws: a misuse for an alert that is never fatal: close_notify, which is ``close()``'s, and
  ///   no_renegotiation.
  public mutating func abort(
    with alert: AlertDescription, because sentence: String
  ) throws(TLSError) {
    try alert.checkCanBeFatal()
    core.abort(TLSError(alert, .refused(sentence)))
  }
}
