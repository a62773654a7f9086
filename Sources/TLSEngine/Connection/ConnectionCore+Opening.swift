import TLSCrypto

/// Opening records: those of application data on a short way of their own, since nearly all are, and
/// all others on the long one.
extension ConnectionCore {
  /// Whether application data may come now: the handshake is complete, and so no question is open,
  /// and nothing has ended or stands half received.
  @inline(__always)
  var takesApplicationData: Bool {
    channel.isComplete && joiner.isEmpty && !peerHasClosed && !hasFailed
  }

  /// The length of the body of a whole record of application data that stands at the start of `bytes`
  /// and may be opened now. Where it is `nil`, ``open(_:)`` knows what is to be done.
  @inline(__always)
  func bodyByteCount(ofData bytes: RawSpan) -> Int? {
    takesApplicationData ? channel.records.opener.bodyByteCount(ofData: bytes) : nil
  }

  // MARK: In place

  /// Opens the record at the start of `buffer` where it lies.
  @inline(__always)
  mutating func open(_ buffer: inout MutableRawSpan) throws(TLSError) -> OpenResult {
    guard let length = bodyByteCount(ofData: buffer.bytes) else { return try openOther(&buffer) }
    let end = RecordHeader.byteCount + length
    var body = buffer._mutatingExtracting(RecordHeader.byteCount..<end)
    do {
      let plaintext = try channel.records.opener.open(&body, as: .applicationData)
      guard try countData(plaintext.count) else { return .handled(consumed: end, events: []) }
      let start = RecordHeader.byteCount + plaintext.lowerBound
      return .applicationData(start..<start + plaintext.count, consumed: end)
    } catch {
      throw fail(error)
    }
  }

  /// Data begins to count anew what a peer may only do so often in a row; a record without any is
  /// counted itself.
  ///
  /// - Returns: whether there is any.
  @inline(__always)
  private mutating func countData(_ byteCount: Int) throws(TLSError) -> Bool {
    guard byteCount > 0 else {
      try receiveEmptyOrEarlyData()
      return false
    }
    counters.emptyRecords = 0
    counters.warningAlerts = 0
    return true
  }

  /// Opens a record that is not whole, not data, or not to be opened at all.
  @inline(never)
  private mutating func openOther(_ buffer: inout MutableRawSpan) throws(TLSError) -> OpenResult {
    try checkUsable()
    // RFC 5246 section 7.2.1: what comes after close_notify is ignored.
    guard !peerHasClosed else {
      return buffer.isEmpty
        ? .needsMoreBytes(atLeast: RecordHeader.byteCount)
        : .handled(consumed: buffer.byteCount, events: [])
    }
    guard !awaitsAnswer else { return .awaitingAnswer }
    do {
      return try openRecord(&buffer)
    } catch {
      throw fail(error)
    }
  }

  private mutating func openRecord(
    _ buffer: inout MutableRawSpan
  ) throws(TLSError) -> OpenResult {
    guard buffer.byteCount >= RecordHeader.byteCount else {
      return .needsMoreBytes(atLeast: RecordHeader.byteCount)
    }
    let header = try channel.records.opener.header(buffer.bytes)
    let end = RecordHeader.byteCount + header.length
    guard buffer.byteCount >= end else { return .needsMoreBytes(atLeast: end) }
    var body = buffer._mutatingExtracting(RecordHeader.byteCount..<end)
    let plaintext = try channel.records.opener.open(&body, as: header.type)
    var events: [Event] = []
    try receive(header.type, body.bytes.extracting(plaintext), &events)
    return .handled(consumed: end, events: events)
  }

  /// Opens a whole record at the start of `bytes`, which stay as they are: one in the clear where it lies,
  /// and another on a copy.
  mutating func open(copying bytes: RawSpan) throws(TLSError) -> OpenResult {
    let end = RecordHeader.byteCount + Int(bytes.uint16(at: 3))
    guard !channel.records.opener.isProtected else {
      var copy = [UInt8](bytes.extracting(0..<end))
      var record = copy.mutableRawSpan
      return try openOther(&record)
    }
    try checkUsable()
    guard !awaitsAnswer else { return .awaitingAnswer }
    do {
      let header = try channel.records.opener.header(bytes)
      try channel.records.opener.check(plaintextByteCount: header.length)
      var events: [Event] = []
      try receive(header.type, bytes.extracting(RecordHeader.byteCount..<end), &events)
      return .handled(consumed: end, events: events)
    } catch {
      throw fail(error)
    }
  }

  // MARK: Out of place

  /// How much room ``openData(_:into:)`` wants for a body of this length.
  func roomByteCount(ofBody byteCount: Int) -> Int {
    channel.records.opener.roomByteCount(ofBody: byteCount)
  }

  /// Opens the body of a record that ``bodyByteCount(ofData:)`` found, into `output`, and says how many
  /// bytes of plaintext are at its start. If it throws, nothing of them is left there.
  mutating func openData(
    _ body: RawSpan, into output: inout MutableRawSpan
  ) throws(TLSError) -> Int {
    do {
      let count = try channel.records.opener.open(body, as: .applicationData, into: &output)
      _ = try countData(count)
      return count
    } catch {
      throw fail(error)
    }
  }

  /// Opens as many records of data as stand at the start of `records` and fit into `plaintext`.
  ///
  /// - Parameter start: how far others have come with them.
  mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan,
    from start: RecordProgress = RecordProgress()
  ) throws(TLSError) -> OpenedRecords {
    try checkUsable()
    var consumed = start.consumed
    var written = start.written
    while true {
      let rest = records.extracting(consumed..<records.byteCount)
      guard let length = bodyByteCount(ofData: rest) else {
        return OpenedRecords(consumed, written, next: next(in: rest))
      }
      let needed = roomByteCount(ofBody: length)
      guard needed <= plaintext.byteCount - written else {
        return OpenedRecords(consumed, written, next: .needsRoom(atLeast: needed))
      }
      let end = RecordHeader.byteCount + length
      var room = plaintext._mutatingExtracting(written..<written + needed)
      do throws(TLSError) {
        written += try openData(rest.extracting(RecordHeader.byteCount..<end), into: &room)
      } catch {
        // What came before the error is delivered; the error is remembered and thrown next time.
        guard written > 0 else { throw error }
        return OpenedRecords(consumed, written, next: .failed)
      }
      consumed += end
    }
  }

  /// What stands at the start of `rest`, which is not a whole record of data.
  private func next(in rest: RawSpan) -> OpenedRecords.Next {
    guard takesApplicationData else { return .other }
    guard rest.byteCount >= RecordHeader.byteCount else {
      return .needsMoreBytes(atLeast: RecordHeader.byteCount)
    }
    guard let header = try? channel.records.opener.header(rest), header.type == .applicationData
    else { return .other }
    return .needsMoreBytes(atLeast: RecordHeader.byteCount + header.length)
  }

  /// How many bytes the record at the start of `bytes` lacks: none if it is whole, and `nil` while no
  /// record is read at all.
  mutating func missingByteCount(_ bytes: RawSpan) throws(TLSError) -> Int? {
    guard !awaitsAnswer, !peerHasClosed else { return nil }
    guard bytes.byteCount >= RecordHeader.byteCount else {
      return RecordHeader.byteCount - bytes.byteCount
    }
    do {
      let header = try channel.records.opener.header(bytes)
      return max(0, RecordHeader.byteCount + header.length - bytes.byteCount)
    } catch {
      throw fail(error)
    }
  }
}
