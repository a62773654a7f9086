import TLSCrypto

/// The receiving half of the record layer: judges a record's header and opens its body, where it lies or
/// elsewhere.
struct RecordOpener: ~Copyable, Sendable {
  /// The keys, or `nil` before the peer's ChangeCipherSpec.
  private var protection: RecordProtection?

  /// The version both sides agreed on, or `nil` before they did.
  var negotiatedVersion: ProtocolVersion?

  /// The largest plaintext and the largest body of a record that are taken, in bytes.
  private var limit = FragmentLimit()
  private var bodyLimit = RecordHeader.maximumBodyByteCount

  init() {}

  /// The largest plaintext that is taken in one record, in bytes.
  var fragmentByteCount: Int { limit.byteCount }

  /// The number of the next record; zero before they are protected.
  var sequenceNumber: UInt64 {
    switch protection {
    case .some(let protection): protection.sequenceNumber
    case .none: 0
    }
  }

  /// How many records may still be opened with this key before it has done its work.
  var remainingRecordCount: UInt64 {
    switch protection {
    case .some(let protection): protection.remainingRecordCount
    case .none: .max
    }
  }

  /// From the peer's ChangeCipherSpec on, records are opened with these keys.
  mutating func protect(with keys: consuming RecordProtection) {
    limit.protect()
    setBodyLimit(keys.expansion)
    protection = consume keys
  }

  /// Takes no longer plaintext than so many bytes from now on.
  mutating func limitFragments(to byteCount: Int, _ scope: FragmentLimit.Scope) {
    limit.set(byteCount, scope)
    if !isProtected { setBodyLimit(.none) }
  }

  /// A body that is too long for the plaintext that is taken is refused by its header: neither waited
  /// for nor decrypted (RFC 6066 section 4). Without a limit that is 2^14 + 2048 bytes, whatever the
  /// cipher (RFC 5246 section 6.2.3).
  private mutating func setBodyLimit(_ expansion: RecordExpansion) {
    bodyLimit =
      limit.isUsual
      ? RecordHeader.maximumBodyByteCount : expansion.longestBodyByteCount(of: limit.byteCount)
  }

  /// Reads the header at the start of `bytes`, which holds at least that.
  func header(_ bytes: RawSpan) throws(TLSError) -> RecordHeader {
    try RecordHeader(
      bytes, negotiated: negotiatedVersion, isProtected: isProtected, limit: bodyLimit)
  }

  /// The length of the body of a whole record of application data at the start of `bytes`; `nil` for
  /// anything else, which ``header(_:)`` judges.
  @inline(__always)
  func bodyByteCount(ofData bytes: RawSpan) -> Int? {
    RecordHeader.bodyByteCount(ofData: bytes, negotiatedVersion, limit: bodyLimit)
  }

  /// Whether records are protected.
  var isProtected: Bool {
    switch protection {
    case .some: true
    case .none: false
    }
  }

  /// How much longer records are.
  private var expansion: RecordExpansion {
    switch protection {
    case .some(let protection): protection.expansion
    case .none: .none
    }
  }

  /// RFC 5246 sections 6.2.1 and 6.2.3: never more than 2^14 bytes of plaintext.
  private func overflow(_ byteCount: Int) -> TLSError {
    TLSError(.recordOverflow, .recordOverflow(length: byteCount, limit: limit.byteCount))
  }

  // MARK: In the clear

  /// Checks that a body which is not protected, and so is the plaintext, is no longer than it may be.
  func check(plaintextByteCount count: Int) throws(TLSError) {
    guard count <= limit.byteCount else { throw overflow(count) }
  }

  // MARK: In place

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  @inline(__always)
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    let plaintext = try protection?.open(&body, as: type) ?? 0..<body.byteCount
    try check(plaintextByteCount: plaintext.count)
    return plaintext
  }

  // MARK: Out of place

  /// How much room ``open(_:as:into:)`` wants for a body: the plaintext is as long, or shorter where
  /// a MAC and padding are encrypted with it.
  func roomByteCount(ofBody byteCount: Int) -> Int { max(0, byteCount - expansion.outside) }

  /// Opens the body of a protected record into `output` and says how many bytes of plaintext are at
  /// its start.
  mutating func open(
    _ body: RawSpan, as type: ContentType, into output: inout MutableRawSpan
  ) throws(TLSError) -> Int {
    guard let count = try protection?.open(body, as: type, into: &output) else {
      throw TLSError(.internalError, .internalFailure("a record is opened without keys"))
    }
    guard count <= limit.byteCount else {
      output.wipe()
      throw overflow(count)
    }
    return count
  }

  // MARK: Workers

  /// Another that opens the same records, with a handle of the same key for itself.
  func worker(with keys: consuming RecordProtection) -> RecordOpener {
    var worker = RecordOpener()
    worker.negotiatedVersion = negotiatedVersion
    worker.limit = limit
    worker.protect(with: keys)
    return worker
  }

  /// Goes on with the number that a worker's part begins with. A connection's own never does this.
  mutating func goOn(at number: UInt64) {
    protection?.skip(to: number)
  }

  /// Goes on behind the records that workers have opened. There is no way back.
  mutating func advance(past numbers: Range<UInt64>) {
    protection?.advance(past: numbers)
  }

  /// How long the record of application data at the start of `bytes` is, and what is in it.
  ///
  /// - Returns: `nil` for whatever is no such record, is not there as a whole, or has nothing or too much
  ///   in it. With CBC suites that is everything: only who opens their records sees what is in them.
  func applicationData(
    in bytes: RawSpan, room: Int
  ) -> (recordByteCount: Int, plaintextByteCount: Int)? {
    guard let overhead, let length = bodyByteCount(ofData: bytes) else { return nil }
    let count = length - overhead
    guard count > 0, count <= min(limit.byteCount, room) else { return nil }
    return (RecordHeader.byteCount + length, count)
  }

  /// Whether records can be opened in parts: their headers say what is in them.
  var opensInParts: Bool { overhead != nil }

  /// How much longer a record's body is than its plaintext, where that is always the same.
  private var overhead: Int? { expansion.blockByteCount == 1 ? expansion.outside : nil }

  /// Opens the records of application data at the start of `records` into `plaintext`, one behind the
  /// other, up to whatever is something else.
  ///
  /// - Parameter position: how far it has come, on either side: also when it throws.
  mutating func open(
    _ records: RawSpan, into plaintext: inout MutableRawSpan, _ position: inout RecordProgress
  ) throws(TLSError) {
    while true {
      let rest = records.extracting(position.consumed..<records.byteCount)
      let room = plaintext.byteCount - position.written
      guard let (recordByteCount, count) = applicationData(in: rest, room: room) else { return }
      let body = rest.extracting(RecordHeader.byteCount..<recordByteCount)
      var target = plaintext._mutatingExtracting(position.written..<position.written + count)
      _ = try open(body, as: .applicationData, into: &target)
      position = RecordProgress(
        consumed: position.consumed + recordByteCount, written: position.written + count)
    }
  }
}
