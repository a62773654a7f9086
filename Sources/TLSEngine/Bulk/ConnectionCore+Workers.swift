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
    return try open(records, into: &plaintext, from: opened)
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
    guard workers.isEnough(byteCount), channel.records.opener.opensInParts,
      channel.records.openerCount < workers.count, let keys = try? keyBlock()
    else { return }
    try? channel.records.prepareOpeners(workers.count, keys, side.other)
  }
}
