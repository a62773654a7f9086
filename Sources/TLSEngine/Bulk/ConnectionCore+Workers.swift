import TLSCrypto

extension ConnectionCore {
  /// Opens what is application data, up to whatever is not.
  mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> OpenedRecords {
    let opened = channel.records.openParts(of: records, into: &plaintext, with: workers)
    if opened.written > 0 {
      counters.emptyRecords = 0
      counters.warningAlerts = 0
    }
    var rest = plaintext._mutatingExtracting(opened.written..<plaintext.byteCount)
    do throws(TLSError) {
      let more = try open(records.extracting(opened.consumed..<records.byteCount), into: &rest)
      return OpenedRecords(
        opened.consumed + more.consumed, opened.written + more.written, next: more.next)
    } catch {
      // What came before the error is delivered; the error is remembered and thrown next time.
      guard opened.written > 0 else { throw error }
      return OpenedRecords(opened.consumed, opened.written, next: .failed)
    }
  }

  // MARK: Keys

  /// Makes the keys of those who help to seal, if there is so much to do that somebody will.
  mutating func prepareSealers(for byteCount: Int, _ workers: RecordWorkers) {
    guard workers.isEnough(byteCount), channel.records.sealerCount < workers.count,
      let keys = try? keyBlock()
    else { return }
    // Without keys for them nobody helps, and that is all.
    try? channel.records.prepareSealers(workers.count, keys, side)
  }

  /// Makes the keys of those who help to open, likewise.
  mutating func prepareOpeners(for byteCount: Int, _ workers: RecordWorkers) {
    guard workers.isEnough(byteCount), channel.records.openerCount < workers.count,
      let keys = try? keyBlock()
    else { return }
    try? channel.records.prepareOpeners(workers.count, keys, side.other)
  }
}
