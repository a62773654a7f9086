import TLSCrypto

/// Records made and opened by several threads.
///
/// The threads do what can be cut into parts beforehand, and the connection's own keys do the rest, with the
/// number that comes next: so they also go through what has failed, and say of it what they always say.
extension RecordLayer {
  /// As ``seal(_:into:)``, with the same bytes.
  mutating func seal(
    _ plaintext: RawSpan, into output: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> (consumed: Int, written: Int) {
    // What waits to be sent goes first.
    let start = try seal(plaintext.extracting(first: 0), into: &output).written
    let shared = share(plaintext, into: &output, at: start, with: workers)
    let (consumed, written) = try sealer.seal(
      plaintext.extracting(shared.consumed..<plaintext.byteCount), as: .applicationData,
      into: &output, at: start + shared.written)
    return (shared.consumed + consumed, start + shared.written + written)
  }

  private mutating func share(
    _ plaintext: RawSpan, into output: inout MutableRawSpan, at start: Int,
    with workers: RecordWorkers
  ) -> BulkResult {
    guard workers.help(with: plaintext.byteCount), var crew = crew.take() else {
      return BulkResult()
    }
    let parts = sealer.parts(of: plaintext.byteCount, room: output.byteCount - start)
    var target = output._mutatingExtracting(start..<output.byteCount)
    let count = workers.threads.perform(
      parts, from: plaintext, into: &target, states: &crew.value.sealers
    ) { sealer, part, plaintext, records in
      sealer.goOn(at: part.numbers.lowerBound)
      let sealed = try? sealer.seal(plaintext, as: .applicationData, into: &records, at: 0)
      return sealed?.consumed == plaintext.byteCount
    }
    self.crew = consume crew
    guard let last = parts.prefix(count).last else { return BulkResult() }
    sealer.goOn(at: last.numbers.upperBound)
    return last.end
  }

  /// Opens as many records of application data as others can help with.
  mutating func share(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) -> BulkResult {
    guard workers.help(with: records.byteCount), var crew = crew.take() else {
      return BulkResult()
    }
    let parts = opener.parts(of: records, room: plaintext.byteCount)
    let count = workers.threads.perform(
      parts, from: records, into: &plaintext, states: &crew.value.openers
    ) { opener, part, records, plaintext in
      opener.goOn(at: part.numbers.lowerBound)
      var position = BulkResult()
      try? opener.open(records, into: &plaintext, &position)
      return position.consumed == records.byteCount
    }
    self.crew = consume crew
    // Behind a record that does not authenticate others may have been opened, which nobody is to see.
    if count < parts.count, let last = parts.last {
      var rest = plaintext._mutatingExtracting(
        parts[count].output.lowerBound..<last.output.upperBound)
      rest.wipe()
    }
    guard let last = parts.prefix(count).last else { return BulkResult() }
    opener.goOn(at: last.numbers.upperBound)
    return last.end
  }

  // MARK: Keys

  /// How many threads have keys to seal with.
  var sealerCount: Int {
    switch crew {
    case .some(let crew): crew.value.sealers.count
    case .none: 0
    }
  }

  /// How many threads have keys to open with.
  var openerCount: Int {
    switch crew {
    case .some(let crew): crew.value.openers.count
    case .none: 0
    }
  }

  /// Makes keys to seal with for so many threads.
  mutating func prepareSealers(
    _ count: Int, _ keys: borrowing KeyBlock, _ side: ConnectionSide
  ) throws(TLSError) {
    var sealers = Boxes<RecordSealer>(capacity: count)
    for _ in 0..<count {
      sealers.append(sealer.worker(with: try keys.protection(ofRecordsWrittenBy: side)))
    }
    if crew == nil { crew = Box(RecordCrew()) }
    crew?.value.sealers = sealers
  }

  /// Makes keys to open with for so many threads.
  mutating func prepareOpeners(
    _ count: Int, _ keys: borrowing KeyBlock, _ side: ConnectionSide
  ) throws(TLSError) {
    var openers = Boxes<RecordOpener>(capacity: count)
    for _ in 0..<count {
      openers.append(opener.worker(with: try keys.protection(ofRecordsWrittenBy: side)))
    }
    if crew == nil { crew = Box(RecordCrew()) }
    crew?.value.openers = openers
  }
}

extension WorkPart {
  /// Where it ends, on either side.
  fileprivate var end: BulkResult {
    BulkResult(consumed: input.upperBound, written: output.upperBound)
  }
}
