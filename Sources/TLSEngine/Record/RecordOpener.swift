import TLSCrypto

/// The receiving half of the record layer: judges a record's header and opens its body where it
/// lies.
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

  private var isProtected: Bool {
    switch protection {
    case .some: true
    case .none: false
    }
  }

  /// Opens the body of a record and says which bytes of it are the plaintext.
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    let plaintext = try protection?.open(&body, as: type) ?? 0..<body.byteCount
    // RFC 5246 sections 6.2.1 and 6.2.3: never more than 2^14 bytes of plaintext.
    guard plaintext.count <= limit.byteCount else {
      throw TLSError(
        .recordOverflow, .recordOverflow(length: plaintext.count, limit: limit.byteCount))
    }
    return plaintext
  }
}
