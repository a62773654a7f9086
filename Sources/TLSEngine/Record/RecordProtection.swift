import TLSCrypto

/// One direction's keys: seals or opens records, with whatever cipher the suite has.
///
/// What it is would be an enum of two cases. But Swift 6.3 changes what is in a noncopyable enum only by
/// moving it out and back, for every record; what is in an optional it changes where it lies. Exactly
/// one of the two is there. That of CBC suites, which few connections have, lies elsewhere, so that the
/// others have no room for it.
struct RecordProtection: ~Copyable, Sendable {
  private var aead: AEADProtection?
  private var cbc: Box<CBCProtection>?

  /// How much longer records become.
  let expansion: RecordExpansion

  private init(aead: consuming AEADProtection) {
    expansion = aead.expansion
    self.aead = consume aead
    cbc = nil
  }

  private init(cbc: consuming CBCProtection) {
    expansion = cbc.expansion
    aead = nil
    self.cbc = Box(consume cbc)
  }

  /// The keys of an AEAD suite.
  static func aead(_ protection: consuming AEADProtection) -> RecordProtection {
    RecordProtection(aead: protection)
  }

  /// The keys of a CBC suite.
  static func cbc(_ protection: consuming CBCProtection) -> RecordProtection {
    RecordProtection(cbc: protection)
  }

  /// The keys of one direction, each as long as ``RecordCipher`` says.
  static func make(
    _ cipher: RecordCipher, key: RawSpan, fixedIV: RawSpan, macKey: RawSpan, encryptThenMAC: Bool
  ) throws(TLSError) -> RecordProtection {
    switch cipher {
    case .aead(let algorithm):
      return .aead(try AEADProtection(algorithm, key: key, fixedIV: fixedIV))
    case .cbc(let algorithm, let mac):
      return .cbc(
        try CBCProtection(algorithm, mac, key: key, macKey: macKey, encryptThenMAC: encryptThenMAC)
      )
    }
  }

  /// The number of the next record.
  var sequenceNumber: UInt64 {
    switch aead {
    case .some(let aead): return aead.sequenceNumber
    case .none: break
    }
    switch cbc {
    case .some(let cbc): return cbc.value.sequenceNumber
    case .none: return 0
    }
  }

  /// Goes on with another number: that of a single record that is looked at, of a worker's part, or behind
  /// what workers have done. Never to a number that this key has sealed: one that comes twice under one key
  /// gives both plaintexts away. A connection's own keys only ever ``advance(past:)``.
  mutating func skip(to number: UInt64) {
    aead?.skip(to: number)
    cbc?.value.skip(to: number)
  }

  /// Goes on behind numbers that workers have used. There is no way back: numbers that lie behind already
  /// change nothing.
  mutating func advance(past numbers: Range<UInt64>) {
    if numbers.upperBound > sequenceNumber { skip(to: numbers.upperBound) }
  }

  /// How many records are left before the key has done its work.
  var remainingRecordCount: UInt64 {
    switch aead {
    case .some(let aead): return aead.remainingRecordCount
    case .none: break
    }
    switch cbc {
    case .some(let cbc): return cbc.value.remainingRecordCount
    case .none: return 0
    }
  }

  /// Seals `plaintext` into `record`, which is exactly as long as the whole record will be: the header
  /// and the body that ``expansion`` says.
  ///
  /// - Parameter explicitIV: what another chose for this record; see ``RecordCipher/explicitIVByteCount``.
  @inline(__always)
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into record: inout MutableRawSpan,
    explicitIV: RawSpan? = nil
  ) throws(TLSError) {
    if try aead?.seal(plaintext, as: type, into: &record, explicitIV: explicitIV) != nil { return }
    if try cbc?.value.seal(plaintext, as: type, into: &record, explicitIV: explicitIV) != nil {
      return
    }
    throw Self.nothing
  }

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  ///
  /// A body that does not authenticate is wiped, and is `bad_record_mac` whatever is wrong with it.
  @inline(__always)
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    if let plaintext = try aead?.open(&body, as: type) { return plaintext }
    if let plaintext = try cbc?.value.open(&body, as: type) { return plaintext }
    throw Self.nothing
  }

  /// Opens the body of a record into `output`, which has room for all of it but what
  /// ``RecordExpansion/outside`` says, and returns how many bytes of plaintext are at its start.
  ///
  /// Of a body that does not authenticate, nothing is left there.
  @inline(__always)
  mutating func open(
    _ body: RawSpan, as type: ContentType, into output: inout MutableRawSpan
  ) throws(TLSError) -> Int {
    if let count = try aead?.open(body, as: type, into: &output) { return count }
    if let count = try cbc?.value.open(body, as: type, into: &output) { return count }
    throw Self.nothing
  }

  /// Both are missing, which no initialiser lets happen.
  private static var nothing: TLSError {
    TLSError(.internalError, .internalFailure("a protected record has no keys"))
  }
}

extension UInt64 {
  /// The next sequence number. They never wrap: the connection ends first (RFC 5246 section 6.1).
  @inline(__always)
  mutating func advance() throws(TLSError) {
    guard self < .max else {
      throw TLSError(.internalError, .internalFailure("every sequence number is used up"))
    }
    self += 1
  }
}
