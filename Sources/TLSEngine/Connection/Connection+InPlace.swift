import TLSCrypto

/// The level in place: the caller owns every buffer, and a steady connection allocates nothing.
extension Connection {
  /// Opens the record at the start of `buffer`, where it lies.
  ///
  /// Works during the handshake too: what is to be answered waits in ``takeOutgoing()``, or goes
  /// before the records of the next ``seal(_:into:)``. Don't mix it with
  /// ``receive(_:)-([UInt8])``, which keeps the beginnings of records to itself.
  ///
  /// - Parameter buffer: what came from the transport and has not been consumed. The bytes of a
  ///   record that was opened are overwritten: the plaintext is where the result says.
  /// - Throws: ``TLSError``; of a record that does not authenticate, nothing is left to read.
  public mutating func open(_ buffer: inout MutableRawSpan) throws(TLSError) -> OpenResult {
    try core.open(&buffer)
  }

  /// Opens all the records of application data that stand whole at the start of `records`, and puts
  /// their plaintext, joined, into `plaintext`.
  ///
  /// Nothing is copied but by the cipher itself. It stops where a record is not whole, not application
  /// data, or has no room, and ``OpenedRecords/next`` says which. What it does not open it leaves to
  /// ``open(_:)``: the handshake, alerts, close_notify.
  ///
  /// ```swift
  /// let opened = try connection.open(received.rawSpan, into: &room)
  /// deliver(room.bytes.extracting(first: opened.written))
  /// received.removeFirst(opened.consumed)
  /// ```
  ///
  /// - Parameters:
  ///   - records: what came from the transport and has not been consumed. It stays as it is.
  ///   - plaintext: where the plaintext goes. As much room as there are bytes of records is always
  ///     enough. A record is opened only where there is room for all that it may hold, which in CBC
  ///     suites is a MAC and padding too; what lies behind ``OpenedRecords/written`` may be overwritten.
  /// - Throws: ``TLSError``. If there is plaintext of the records before the one that was wrong, that is
  ///   returned, and the error is thrown by the next call; ``failure`` has it at once. Of a record that
  ///   does not authenticate, nothing is left to read.
  public mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan
  ) throws(TLSError) -> OpenedRecords {
    try core.open(records, into: &plaintext)
  }

  /// Seals as much of `plaintext` as fits into `output`, in whole records.
  ///
  /// What waits in ``takeOutgoing()`` is written first, since records have to be sent in the order
  /// in which they were sealed.
  ///
  /// - Parameters:
  ///   - plaintext: what the peer is to have.
  ///   - output: where the records go; ``sealedByteCount(of:)`` says how much room all of it needs.
  /// - Throws: ``TLSError``, a misuse before the handshake is complete, after ``close()``, and when
  ///   there is no room for what waits.
  public mutating func seal(
    _ plaintext: RawSpan, into output: inout MutableRawSpan
  ) throws(TLSError) -> SealResult {
    try core.checkCanSend()
    do {
      let sealed = try core.channel.records.seal(plaintext, into: &output)
      return SealResult(consumed: sealed.consumed, written: sealed.written)
    } catch {
      throw core.fail(error)
    }
  }

  /// How many bytes ``seal(_:into:)`` writes for so many bytes of plaintext, with what waits to be
  /// sent before them.
  public func sealedByteCount(of plaintextByteCount: Int) -> Int {
    core.channel.records.outgoing.count
      + core.channel.records.sealer.sealedByteCount(of: plaintextByteCount)
  }
}
