import TLSCrypto

/// The receiving half of the record layer: judges a record's header and opens its body where it
/// lies.
struct RecordOpener: ~Copyable, Sendable {
  /// The keys, or `nil` before the peer's ChangeCipherSpec.
  private var protection: AEADProtection?

  /// The version both sides agreed on, or `nil` before they did.
  var negotiatedVersion: ProtocolVersion?

  init() {}

  /// How many records may still be opened with this key before it has done its work.
  var remainingRecordCount: UInt64 {
    switch protection {
    case .some(let protection): protection.remainingRecordCount
    case .none: .max
    }
  }

  /// From the peer's ChangeCipherSpec on, records are opened with these keys.
  mutating func protect(with keys: consuming AEADProtection) {
    protection = consume keys
  }

  /// Reads the header at the start of `bytes`, which holds at least that.
  func header(_ bytes: RawSpan) throws(TLSError) -> RecordHeader {
    try RecordHeader(bytes, negotiated: negotiatedVersion, isProtected: isProtected)
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
    guard plaintext.count <= RecordHeader.maximumPlaintextByteCount else {
      throw TLSError(
        .recordOverflow,
        .recordOverflow(length: plaintext.count, limit: RecordHeader.maximumPlaintextByteCount))
    }
    return plaintext
  }
}
