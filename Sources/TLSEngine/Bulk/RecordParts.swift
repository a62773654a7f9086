import TLSCrypto

extension WorkPart {
  /// How much plaintext makes a part: one full record, or as many smaller ones. A thread is done with that
  /// in a few microseconds, so that none waits long for another in the end.
  fileprivate static let plaintextByteCount = RecordHeader.maximumPlaintextByteCount
}

extension RecordSealer {
  /// Cuts so much plaintext into parts of whole records: the same records that ``seal(_:as:into:at:)``
  /// makes, and as many of them as there is room for.
  func parts(of byteCount: Int, room: Int) -> [WorkPart] {
    // Numbers that would run out are for one thread, which says so at the right one.
    guard sequenceNumber < .max - UInt64(byteCount) else { return [] }
    let fragment = fragmentByteCount
    let usual = max(1, WorkPart.plaintextByteCount / fragment) * fragment
    var parts: [WorkPart] = []
    parts.reserveCapacity(byteCount / usual + 1)
    var end = RecordProgress()
    var number = sequenceNumber
    while end.consumed < byteCount {
      var count = min(usual, byteCount - end.consumed)
      let left = room - end.written
      if sealedByteCount(of: count) > left {
        count = left / sealedByteCount(of: fragment) * fragment
        guard count > 0 else { break }
      }
      let next = RecordProgress(
        consumed: end.consumed + count, written: end.written + sealedByteCount(of: count))
      let nextNumber = number + UInt64((count + fragment - 1) / fragment)
      parts.append(
        WorkPart(
          input: end.consumed..<next.consumed, output: end.written..<next.written,
          sequenceNumbers: number..<nextNumber))
      (end, number) = (next, nextNumber)
    }
    return parts
  }
}

extension RecordOpener {
  /// Cuts the records of application data at the start of `records` into parts, up to whatever is something
  /// else, or has no room.
  func parts(of records: RawSpan, room: Int) -> [WorkPart] {
    var parts: [WorkPart] = []
    var start = RecordProgress()
    var end = start
    var firstNumber = sequenceNumber
    var number = firstNumber
    func close() {
      guard number > firstNumber else { return }
      parts.append(
        WorkPart(
          input: start.consumed..<end.consumed, output: start.written..<end.written,
          sequenceNumbers: firstNumber..<number))
      (start, firstNumber) = (end, number)
    }
    while number < .max,
      let (recordByteCount, count) = applicationData(
        in: records.extracting(end.consumed..<records.byteCount), room: room - end.written)
    {
      end = RecordProgress(consumed: end.consumed + recordByteCount, written: end.written + count)
      number += 1
      if end.written - start.written >= WorkPart.plaintextByteCount { close() }
    }
    close()
    return parts
  }
}
