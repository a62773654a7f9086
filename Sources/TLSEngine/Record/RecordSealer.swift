import TLSCrypto

/// The sending half of the record layer: cuts plaintext into fragments and makes records of them
/// (RFC 5246 sections 6.2.1 and 6.2.3).
struct RecordSealer: ~Copyable, Sendable {
  /// The keys, or `nil` before our ChangeCipherSpec.
  private var protection: RecordProtection?

  /// How much longer records become.
  private var expansion = RecordExpansion.none

  /// The version that stands on records without protection.
  ///
  /// TLS 1.0 until the versions are agreed on: some old servers drop a first record that says more
  /// (RFC 5246 appendix E.1).
  var plainVersion = ProtocolVersion.tls10

  private var limit = FragmentLimit()

  init() {}

  /// The largest plaintext that goes into one record, in bytes.
  var fragmentByteCount: Int { limit.byteCount }

  /// The number of the next record; zero before they are protected.
  var sequenceNumber: UInt64 {
    switch protection {
    case .some(let protection): protection.sequenceNumber
    case .none: 0
    }
  }

  /// How many records may still be sealed with this key before it has done its work.
  var remainingRecordCount: UInt64 {
    switch protection {
    case .some(let protection): protection.remainingRecordCount
    case .none: .max
    }
  }

  /// From our ChangeCipherSpec on, records are sealed with these keys.
  mutating func protect(with keys: consuming RecordProtection) {
    limit.protect()
    expansion = keys.expansion
    protection = consume keys
  }

  /// Puts no more plaintext than so many bytes into one record from now on.
  mutating func limitFragments(to byteCount: Int, _ scope: FragmentLimit.Scope) {
    limit.set(byteCount, scope)
  }

  /// How many bytes the records of so much plaintext take. No plaintext takes no record.
  func sealedByteCount(of plaintextByteCount: Int) -> Int {
    let (full, rest) = plaintextByteCount.quotientAndRemainder(dividingBy: fragmentByteCount)
    return full * recordByteCount(of: fragmentByteCount)
      + (rest > 0 ? recordByteCount(of: rest) : 0)
  }

  /// The length of the record of one fragment.
  private func recordByteCount(of fragmentByteCount: Int) -> Int {
    RecordHeader.byteCount + expansion.bodyByteCount(of: fragmentByteCount)
  }

  /// Makes records of as much of `plaintext` as there is room for in `output` from `start` on.
  ///
  /// - Returns: how many bytes of plaintext went in, and how many bytes of records came out.
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into output: inout MutableRawSpan, at start: Int
  ) throws(TLSError) -> RecordProgress {
    var consumed = 0
    var position = start
    while consumed < plaintext.byteCount {
      let count = min(plaintext.byteCount - consumed, fragmentByteCount)
      let end = position + recordByteCount(of: count)
      guard end <= output.byteCount else { break }
      let fragment = plaintext.extracting(consumed..<consumed + count)
      var record = output._mutatingExtracting(position..<end)
      if try protection?.seal(fragment, as: type, into: &record) == nil {
        RecordHeader.write(type, plainVersion, length: count, to: &record)
        record.copy(fragment, at: RecordHeader.byteCount)
      }
      consumed += count
      position = end
    }
    return RecordProgress(consumed: consumed, written: position - start)
  }

  // MARK: Workers

  /// Another that makes the same records, with a handle of the same key for itself.
  func worker(with keys: consuming RecordProtection) -> RecordSealer {
    var worker = RecordSealer()
    worker.limit = limit
    worker.protect(with: keys)
    return worker
  }

  /// Goes on with the number that a worker's part begins with. A connection's own never does this.
  mutating func goOn(at number: UInt64) {
    protection?.skip(to: number)
  }

  /// Goes on behind the records that workers have made. There is no way back.
  mutating func advance(past numbers: Range<UInt64>) {
    protection?.advance(past: numbers)
  }
}
