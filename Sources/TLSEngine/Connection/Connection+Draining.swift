import TLSCrypto

/// What the buffered level does with the bytes it is given: whole records are opened from where they
/// lie, each into the array that its event carries, and only the beginning of one is kept.
extension Connection {
  /// Opens all the records that are whole: those that were kept, and behind them those of `bytes`.
  mutating func drain(_ bytes: RawSpan, after before: [Event]) throws(TLSError) -> [Event] {
    var events = before
    var position = 0
    do {
      position = try openKept(bytes, &events)
      if incoming.isEmpty {
        position += try openAll(bytes.extracting(position..<bytes.byteCount), &events)
      }
      let rest = bytes.byteCount - position
      if core.awaitsAnswer { try checkWaiting(incoming.count + rest) }
    } catch {
      incoming = []
      // What came before the error is delivered; the error is remembered and thrown next time.
      guard !events.isEmpty else { throw error }
      return events
    }
    if position < bytes.byteCount {
      let most = core.awaitsAnswer ? core.limits.waitingByteCount : 0
      incoming.append(bytes.extracting(position..<bytes.byteCount), roomFor: most)
    }
    if remainingRecordCount == 0, !hasReportedRecordLimit {
      hasReportedRecordLimit = true
      events.append(.recordLimitReached)
    }
    return events
  }

  /// Refuses a peer that says more than has to be kept while a question is open.
  mutating func checkWaiting(_ byteCount: Int) throws(TLSError) {
    let limit = core.limits.waitingByteCount
    guard byteCount > limit else { return }
    throw core.fail(
      TLSError(
        .unexpectedMessage,
        .limitExceeded(what: "more while it had to wait for an answer", limit: limit)))
  }

  /// Opens the records that were kept, and takes of `bytes` no more than the last of them lacks.
  ///
  /// - Returns: how many bytes it took.
  private mutating func openKept(
    _ bytes: RawSpan, _ events: inout [Event]
  ) throws(TLSError) -> Int {
    guard !incoming.isEmpty else { return 0 }
    var kept: [UInt8] = []
    swap(&kept, &incoming)
    var taken = 0
    while true {
      let opened = try openAll(kept.rawSpan, &events)
      // A copy, so that an idle connection does not keep the room of all that came before.
      if opened > 0 { kept = Array(kept[opened...]) }
      guard !kept.isEmpty, taken < bytes.byteCount,
        let missing = try core.missingByteCount(kept.rawSpan)
      else { break }
      let end = min(taken + missing, bytes.byteCount)
      kept.append(bytes.extracting(taken..<end), roomFor: kept.count + missing)
      taken = end
    }
    swap(&kept, &incoming)
    return taken
  }

  /// Opens the records at the start of `bytes`, and says how many bytes they take.
  private mutating func openAll(
    _ bytes: RawSpan, _ events: inout [Event]
  ) throws(TLSError) -> Int {
    var position = 0
    while position < bytes.byteCount {
      let count = try openNext(bytes.extracting(position..<bytes.byteCount), &events)
      guard count > 0 else { break }
      position += count
    }
    return position
  }

  /// Opens the record at the start of `bytes`, and says how many bytes it takes: none if it is not
  /// whole, or is to wait.
  private mutating func openNext(
    _ bytes: RawSpan, _ events: inout [Event]
  ) throws(TLSError) -> Int {
    guard let length = core.bodyByteCount(ofData: bytes) else {
      return try openOther(bytes, &events)
    }
    let end = RecordHeader.byteCount + length
    let body = bytes.extracting(RecordHeader.byteCount..<end)
    let plaintext = try [UInt8](capacity: core.roomByteCount(ofBody: length)) {
      (room) throws(TLSError) in
      try core.openData(body, into: &room)
    }
    if !plaintext.isEmpty { events.append(.applicationData(plaintext)) }
    return end
  }

  /// The same for a record that holds something else, or may not be opened.
  private mutating func openOther(
    _ bytes: RawSpan, _ events: inout [Event]
  ) throws(TLSError) -> Int {
    // RFC 5246 section 7.2.1: what comes after close_notify is ignored.
    guard !core.peerHasClosed else { return bytes.byteCount }
    guard try core.missingByteCount(bytes) == 0 else { return 0 }
    guard case .handled(let consumed, let more) = try core.open(copying: bytes) else { return 0 }
    if events.isEmpty { events = more } else { events.append(contentsOf: more) }
    return consumed
  }
}
