import TLSCrypto

/// The level in place, with several threads.
extension Connection {
  /// Seals as much of `plaintext` as fits into `output`, as ``seal(_:into:)`` does and with the same bytes,
  /// by several threads at the same time.
  ///
  /// The first call that is long enough makes a handle of the key for each of the threads, which lasts as
  /// long as the connection: with libgcrypt 2 KiB each.
  ///
  /// - Parameters:
  ///   - plaintext: what the peer is to have.
  ///   - output: where the records go; ``sealedByteCount(of:)`` says how much room all of it needs.
  ///   - workers: who helps, if there is as much as ``RecordWorkers/minimumByteCount``.
  /// - Throws: ``TLSError``, as ``seal(_:into:)``.
  public mutating func seal(
    _ plaintext: RawSpan, into output: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> SealResult {
    try core.checkCanSend()
    core.prepareSealers(for: plaintext.byteCount, workers)
    do {
      let (consumed, written) = try core.channel.records.seal(
        plaintext, into: &output, with: workers)
      return SealResult(consumed: consumed, written: written)
    } catch {
      throw core.fail(error)
    }
  }

  /// Opens the records of application data at the start of `records`, and writes what is in them to
  /// `plaintext`, one behind the other, by several threads at the same time.
  ///
  /// It stops at whatever is not a whole record of application data, and where there is no room: with
  /// 16,384 bytes there is for any record. Give what it stopped at to ``open(_:)``, if it is not merely
  /// incomplete. The records of CBC suites are opened by the caller's thread alone, in copies: only who
  /// has opened one knows how much is in it.
  ///
  /// Records that do not authenticate end the connection, as with ``open(_:)``. What came before them is
  /// written, and the error is thrown by the next call; ``failure`` has it at once. Of themselves, and of
  /// all behind them, nothing is left to read.
  ///
  /// - Parameters:
  ///   - records: what came from the transport and has not been consumed. It is not changed.
  ///   - plaintext: where what is in them goes.
  ///   - workers: who helps, if there is as much as ``RecordWorkers/minimumByteCount``.
  /// - Throws: ``TLSError``, if nothing came before what was wrong.
  public mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> BulkResult {
    try core.checkUsable()
    guard core.readsApplicationData else { return BulkResult() }
    core.prepareOpeners(for: records.byteCount, workers)
    return try core.open(records, into: &plaintext, with: workers)
  }
}
