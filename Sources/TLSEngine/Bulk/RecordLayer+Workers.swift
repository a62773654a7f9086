import TLSCrypto

/// Records made and opened by several threads.
///
/// The threads do what can be cut into parts beforehand, and the connection's own keys do the rest, with the
/// number that comes next: so they also go through what has failed, and say of it what they always say.
extension RecordLayer {
  /// As ``seal(_:into:)``, with the same bytes.
  mutating func seal(
    _ plaintext: RawSpan, into output: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> RecordProgress {
    // What waits to be sent goes first.
    let start = try seal(plaintext.extracting(first: 0), into: &output).written
    let parts = sealParts(of: plaintext, into: &output, at: start, with: workers)
    let rest = try sealer.seal(
      plaintext.extracting(parts.consumed..<plaintext.byteCount), as: .applicationData,
      into: &output, at: start + parts.written)
    return RecordProgress(
      consumed: parts.consumed + rest.consumed, written: start + parts.written + rest.written)
  }

  /// Seals as many parts as others can help with.
  private mutating func sealParts(
    of plaintext: RawSpan, into output: inout MutableRawSpan, at start: Int,
    with workers: RecordWorkers
  ) -> RecordProgress {
    guard workers.isEnough(plaintext.byteCount), var keys = workerKeys.take() else {
      return RecordProgress()
    }
    let parts = sealer.parts(of: plaintext.byteCount, room: output.byteCount - start)
    var target = output._mutatingExtracting(start..<output.byteCount)
    let count = workers.threads.perform(
      parts, from: plaintext, into: &target, states: &keys.value.sealers
    ) { sealer, part, plaintext, records in
      sealer.goOn(at: part.sequenceNumbers.lowerBound)
      let sealed = try? sealer.seal(plaintext, as: .applicationData, into: &records, at: 0)
      return sealed?.consumed == plaintext.byteCount
    }
    workerKeys = consume keys
    // Behind a part that failed others may have been sealed. If the sealer here fails too, an alert gets one
    // of their numbers: nobody is to have two records of one number.
    target.wipe(parts, from: count)
    guard let last = parts.prefix(count).last else { return RecordProgress() }
    sealer.advance(past: last.sequenceNumbers)
    return last.end
  }

  /// Opens as many records of application data as others can help with.
  mutating func openParts(
    of records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) -> RecordProgress {
    guard workers.isEnough(records.byteCount), var keys = workerKeys.take() else {
      return RecordProgress()
    }
    let parts = opener.parts(of: records, room: plaintext.byteCount)
    let count = workers.threads.perform(
      parts, from: records, into: &plaintext, states: &keys.value.openers
    ) { opener, part, records, plaintext in
      opener.goOn(at: part.sequenceNumbers.lowerBound)
      var position = RecordProgress()
      try? opener.open(records, into: &plaintext, &position)
      return position.consumed == records.byteCount
    }
    workerKeys = consume keys
    // Behind a record that does not authenticate others may have been opened, which nobody is to see.
    plaintext.wipe(parts, from: count)
    guard let last = parts.prefix(count).last else { return RecordProgress() }
    opener.advance(past: last.sequenceNumbers)
    return last.end
  }

  // MARK: Keys

  /// How many threads have keys to seal with.
  var sealerCount: Int {
    switch workerKeys {
    case .some(let keys): keys.value.sealers.count
    case .none: 0
    }
  }

  /// How many threads have keys to open with.
  var openerCount: Int {
    switch workerKeys {
    case .some(let keys): keys.value.openers.count
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
    if workerKeys == nil { workerKeys = Box(WorkerKeys()) }
    workerKeys?.value.sealers = sealers
  }

  /// Makes keys to open with for so many threads.
  mutating func prepareOpeners(
    _ count: Int, _ keys: borrowing KeyBlock, _ side: ConnectionSide
  ) throws(TLSError) {
    var openers = Boxes<RecordOpener>(capacity: count)
    for _ in 0..<count {
      openers.append(opener.worker(with: try keys.protection(ofRecordsWrittenBy: side)))
    }
    if workerKeys == nil { workerKeys = Box(WorkerKeys()) }
    workerKeys?.value.openers = openers
  }
}

extension MutableRawSpan {
  /// Wipes what was written for the parts behind the first `count`.
  fileprivate mutating func wipe(_ parts: [WorkPart], from count: Int) {
    guard count < parts.count, let last = parts.last else { return }
    var rest = _mutatingExtracting(parts[count].output.lowerBound..<last.output.upperBound)
    rest.wipe()
  }
}

extension WorkPart {
  /// Where it ends, on either side.
  fileprivate var end: RecordProgress {
    RecordProgress(consumed: input.upperBound, written: output.upperBound)
  }
}
