import TLSCrypto

/// The sending half of the record layer: cuts plaintext into fragments and makes records of them
/// (RFC 5246 sections 6.2.1 and 6.2.3).
struct RecordSealer: ~Copyable, Sendable {
  /// The keys, or `nil` before our ChangeCipherSpec.
  private var protection: AEADProtection?

  /// The version that stands on records without protection.
  ///
  /// TLS 1.0 until the versions are agreed on: some old servers drop a first record that says more
  /// (RFC 5246 appendix E.1).
  var plainVersion = ProtocolVersion.tls10

  /// The largest plaintext that goes into one record, in bytes.
  let fragmentByteCount = RecordHeader.maximumPlaintextByteCount

  init() {}

  /// How many records may still be sealed with this key before it has done its work.
  var remainingRecordCount: UInt64 {
    switch protection {
    case .some(let protection): protection.remainingRecordCount
    case .none: .max
    }
  }

  /// From our ChangeCipherSpec on, records are sealed with these keys.
  mutating func protect(with keys: consuming AEADProtection) {
    overhead = RecordHeader.byteCount + keys.overhead
    protection = consume keys
  }

  /// How much longer a record is than its plaintext, in bytes.
  private var overhead = RecordHeader.byteCount

  /// How many bytes the records of so much plaintext take. No plaintext takes no record.
  func sealedByteCount(of plaintextByteCount: Int) -> Int {
    let (full, rest) = plaintextByteCount.quotientAndRemainder(dividingBy: fragmentByteCount)
    return plaintextByteCount + (full + (rest > 0 ? 1 : 0)) * overhead
  }

  /// Makes records of as much of `plaintext` as there is room for in `output` from `start` on.
  ///
  /// - Returns: how many bytes of plaintext went in, and how many bytes of records came out.
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into output: inout MutableRawSpan, at start: Int
  ) throws(TLSError) -> (consumed: Int, written: Int) {
    let overhead = overhead
    var consumed = 0
    var position = start
    while consumed < plaintext.byteCount {
      let count = min(plaintext.byteCount - consumed, fragmentByteCount)
      let end = position + overhead + count
      guard end <= output.byteCount else { break }
      let fragment = plaintext.extracting(consumed..<consumed + count)
      var record = output._mutatingExtracting(position..<end)
      if try protection?.seal(fragment, as: type, into: &record) == nil {
        writePlain(fragment, as: type, into: &record)
      }
      consumed += count
      position = end
    }
    return (consumed, position - start)
  }

  private func writePlain(
    _ fragment: RawSpan, as type: ContentType, into record: inout MutableRawSpan
  ) {
    record.storeBytes(of: type.rawValue, toByteOffset: 0, as: UInt8.self)
    record.storeBytes(of: plainVersion.rawValue.bigEndian, toByteOffset: 1, as: UInt16.self)
    record.storeBytes(
      of: UInt16(truncatingIfNeeded: fragment.byteCount).bigEndian, toByteOffset: 3,
      as: UInt16.self)
    record.copy(fragment, at: RecordHeader.byteCount)
  }
}
