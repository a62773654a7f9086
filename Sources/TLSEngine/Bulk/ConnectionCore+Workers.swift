import TLSCrypto

extension ConnectionCore {
  /// Whether application data is what may come next, and would be heeded.
  var readsApplicationData: Bool { isConnected && !peerHasClosed && joiner.isEmpty }

  /// Opens what is application data, up to whatever is not.
  mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> OpenedRecords {
    let shared = channel.records.share(records, into: &plaintext, with: workers)
    if shared.written > 0 {
      counters.emptyRecords = 0
      counters.warningAlerts = 0
    }
    var rest = plaintext._mutatingExtracting(shared.written..<plaintext.byteCount)
    do throws(TLSError) {
      let opened = try open(
        records.extracting(shared.consumed..<records.byteCount), into: &rest)
      return OpenedRecords(
        shared.consumed + opened.consumed, shared.written + opened.written, next: opened.next)
    } catch {
      // What came before the error is delivered; the error is remembered and thrown next time.
      guard shared.written > 0 else { throw error }
      return OpenedRecords(shared.consumed, shared.written, next: .failed)
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
