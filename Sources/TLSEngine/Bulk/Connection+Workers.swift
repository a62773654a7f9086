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
      let sealed = try core.channel.records.seal(plaintext, into: &output, with: workers)
      return SealResult(consumed: sealed.consumed, written: sealed.written)
    } catch {
      throw core.fail(error)
    }
  }

  /// Opens all the records of application data that stand whole at the start of `records`, as
  /// ``open(_:into:)`` does and with the same result, by several threads at the same time.
  ///
  /// Those of CBC suites the caller's thread opens alone: only who has opened one knows how much is in it.
  ///
  /// - Parameters:
  ///   - records: what came from the transport and has not been consumed. It stays as it is.
  ///   - plaintext: where the plaintext goes.
  ///   - workers: who helps, if there is as much as ``RecordWorkers/minimumByteCount``.
  /// - Throws: ``TLSError``, as ``open(_:into:)``.
  public mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, with workers: RecordWorkers
  ) throws(TLSError) -> OpenedRecords {
    try core.checkUsable()
    guard core.takesApplicationData else { return try open(records, into: &plaintext) }
    core.prepareOpeners(for: records.byteCount, workers)
    return try core.open(records, into: &plaintext, with: workers)
  }
}
