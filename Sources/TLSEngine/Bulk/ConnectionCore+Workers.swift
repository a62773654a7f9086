import TLSCrypto

extension ConnectionCore {
  /// Whether application data is what may come next, and would be heeded.
  var readsApplicationData: Bool { isConnected && !peerHasClosed && joiner.isEmpty }

  /// Opens what is application data, up to whatever is not.
  mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> BulkResult {
    var position = BulkResult()
    do {
      try channel.records.open(records, into: &plaintext, &position, with: workers)
      try openOpaque(records, into: &plaintext, &position)
    } catch {
      let error = fail(error)
      // What came before the error is delivered; the error is remembered and thrown next time.
      guard position.written > 0 else { throw error }
    }
    if position.written > 0 {
      counters.emptyRecords = 0
      counters.warningAlerts = 0
    }
    return position
  }

  /// Goes on with the records of a CBC suite: only when one is open is known how much is in it, so that it
  /// is opened in a copy of its own.
  private mutating func openOpaque(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, _ position: inout BulkResult
  ) throws(TLSError) {
    while true {
      let rest = records.extracting(position.consumed..<records.byteCount)
      let room = plaintext.byteCount - position.written
      guard let end = channel.records.opener.opaqueApplicationData(in: rest, room: room) else {
        return
      }
      var copy = [UInt8](rest.extracting(first: end))
      defer { copy.wipe() }
      var bytes = copy.mutableRawSpan
      let opened = try openRecord(&bytes)
      position.consumed += end
      // One without anything in it is dealt with, and not delivered.
      guard case .applicationData(let range, _) = opened else { continue }
      plaintext.copy(bytes.bytes.extracting(range), at: position.written)
      position.written += range.count
    }
  }

  // MARK: Keys

  /// Makes the keys of those who help to seal, if there is so much to do that somebody will.
  mutating func prepareSealers(for byteCount: Int, _ workers: RecordWorkers) {
    guard workers.help(with: byteCount), channel.records.sealerCount < workers.count,
      let keys = try? keyBlock()
    else { return }
    // Without keys for them nobody helps, and that is all.
    try? channel.records.prepareSealers(workers.count, keys, side)
  }

  /// Makes the keys of those who help to open, likewise.
  mutating func prepareOpeners(for byteCount: Int, _ workers: RecordWorkers) {
    guard workers.help(with: byteCount), channel.records.openerCount < workers.count,
      let keys = try? keyBlock()
    else { return }
    try? channel.records.prepareOpeners(workers.count, keys, side.other)
  }
}
