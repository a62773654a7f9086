import TLSCrypto

/// One direction's keys: seals or opens the records of a CBC suite (RFC 5246 section 6.2.3.2).
///
/// Each record begins with an initialisation vector of its own. What is encrypted behind it is filled
/// up to whole blocks with as little padding as there can be. The MAC is of the plaintext and is
/// encrypted with it; or, after RFC 7366, of what is encrypted, and stands in the clear at the end.
///
/// The initialisation vector "MUST be unpredictable" (RFC 5246 section 6.2.3.2). It is the beginning of
/// the HMAC of the sequence number alone, under the MAC key. Nothing else that is authenticated with
/// that key is as short as these 8 bytes, so that for a stranger to the key the vectors are random,
/// and tell nothing of the MACs. Drawing them would take the connection's randomness to every
/// record, and a recorded connection could not be played again from its handshake.
struct CBCProtection: ~Copyable, Sendable {
  private static let blockByteCount = BlockCipherAlgorithm.blockByteCount

  private var key: BlockCipherKey
  private var mac: HMAC
  private let macByteCount: Int

  /// The MAC in two halves, to check what was encrypted with it; `nil` after RFC 7366.
  private let splitMAC: SplitHMAC?

  /// The number of the next record.
  private(set) var sequenceNumber: UInt64 = 0

  /// How much longer records become.
  let expansion: RecordExpansion

  /// How many records the key is good for: 2^24.5, as with AES-GCM. Full ones are 2^34.5 blocks, and
  /// the chance that two blocks of 128 bits are ever the same, which CBC would tell, is 2^-60.
  private static let recordLimit: UInt64 = 23_726_566

  /// How many records are left until then.
  var remainingRecordCount: UInt64 { Self.recordLimit - min(Self.recordLimit, sequenceNumber) }

  /// - Parameter encryptThenMAC: whether the MAC is of what is encrypted (RFC 7366).
  init(
    _ algorithm: BlockCipherAlgorithm, _ mac: MACAlgorithm, key: RawSpan, macKey: RawSpan,
    encryptThenMAC: Bool
  ) throws(TLSError) {
    // The byte that counts the padding is always there.
    let expansion = RecordExpansion(
      outside: Self.blockByteCount + (encryptThenMAC ? mac.byteCount : 0),
      inside: (encryptThenMAC ? 0 : mac.byteCount) + 1, blockByteCount: Self.blockByteCount)
    do {
      self.init(
        try BlockCipherKey(algorithm, key: key), try HMAC(mac, key: macKey),
        encryptThenMAC ? nil : try SplitHMAC(mac, key: macKey), mac.byteCount, expansion)
    } catch {
      throw TLSError(error)
    }
  }

  private init(
    _ key: consuming BlockCipherKey, _ mac: consuming HMAC, _ splitMAC: consuming SplitHMAC?,
    _ macByteCount: Int, _ expansion: RecordExpansion
  ) {
    self.key = key
    self.mac = mac
    self.splitMAC = splitMAC
    self.macByteCount = macByteCount
    self.expansion = expansion
  }

  /// The length of the MAC at the end of the body, in the clear.
  private var outerMACByteCount: Int { expansion.outside - Self.blockByteCount }

  // MARK: Sealing

  /// Goes on with another number: that of a single record that is looked at, of a worker's part, or behind
  /// what workers have done. Never to a number that this key has sealed: what a MAC covers would come twice, and
  /// the vector that is made of the number with it, which gives away how far both plaintexts are alike.
  mutating func skip(to number: UInt64) {
    sequenceNumber = number
  }

  /// Seals `plaintext` into `record`, which is exactly as long as the whole record will be: the header
  /// and the body that ``expansion`` says.
  ///
  /// - Parameter explicitIV: a block that another drew for this record.
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into record: inout MutableRawSpan,
    explicitIV: RawSpan? = nil
  ) throws(TLSError) {
    RecordHeader.write(
      type, .tls12, length: record.byteCount - RecordHeader.byteCount, to: &record)
    var body = record._mutatingExtracting(RecordHeader.byteCount..<record.byteCount)
    let iv = initializationVector(explicitIV)
    body.copy(iv.rawSpan)
    body.copy(plaintext, at: Self.blockByteCount)
    let blocksEnd = body.byteCount - outerMACByteCount
    var end = Self.blockByteCount + plaintext.byteCount
    if outerMACByteCount == 0 {
      writeMAC(of: Self.blockByteCount..<end, type, in: &body, at: end)
      end += macByteCount
    }
    // The byte that counts the padding has the same value as the padding it counts.
    let padding = UInt8(truncatingIfNeeded: blocksEnd - end - 1)
    for offset in end..<blocksEnd { body[byte: offset] = padding }
    var blocks = body._mutatingExtracting(Self.blockByteCount..<blocksEnd)
    do {
      try key.encrypt(inPlace: &blocks, iv: iv)
    } catch {
      throw TLSError(error)
    }
    if outerMACByteCount > 0 { writeMAC(of: 0..<blocksEnd, type, in: &body, at: blocksEnd) }
    try sequenceNumber.advance()
  }

  /// The one that is given, or one of our own.
  private mutating func initializationVector(
    _ given: RawSpan?
  ) -> BlockCipherKey.InitializationVector {
    if let given {
      var iv = BlockCipherKey.InitializationVector(repeating: 0)
      for offset in iv.indices { iv[offset] = given[byte: offset] }
      return iv
    }
    var number = InlineArray<8, UInt8>(repeating: 0)
    var bytes = number.mutableRawSpan
    bytes.storeBytes(of: sequenceNumber.bigEndian, toByteOffset: 0, as: UInt64.self)
    mac.update(number.rawSpan)
    var iv = BlockCipherKey.InitializationVector(repeating: 0)
    var output = iv.mutableRawSpan
    mac.finalize(into: &output)
    return iv
  }

  /// Puts the MAC of a part of the body into the body.
  private mutating func writeMAC(
    of part: Range<Int>, _ type: ContentType, in body: inout MutableRawSpan, at position: Int
  ) {
    mac.update(RecordHeader.authenticated(sequenceNumber, type, length: part.count).rawSpan)
    mac.update(body.bytes.extracting(part))
    var output = body._mutatingExtracting(position..<position + macByteCount)
    mac.finalize(into: &output)
  }

  // MARK: Opening

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  ///
  /// A body that does not authenticate is wiped. What was wrong with it cannot be told from the error,
  /// nor from the time that it took: padding is never said to be wrong (RFC 5246 section 6.2.3.2).
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    let range = Self.blockByteCount..<max(Self.blockByteCount, blocksEnd(body.byteCount))
    let count: Int?
    do {
      if try beginsWell(body.bytes, type) {
        let iv = Self.initializationVector(of: body.bytes)
        var blocks = body._mutatingExtracting(range)
        try key.decrypt(inPlace: &blocks, iv: iv)
        count = try contentByteCount(blocks.bytes, type)
      } else {
        count = nil
      }
    } catch {
      body.wipe()
      throw TLSError(error)
    }
    guard let count else {
      body.wipe()
      throw refusal
    }
    try sequenceNumber.advance()
    return range.lowerBound..<range.lowerBound + count
  }

  /// Opens the body of a record into `output`, which has room for all that is encrypted, and says how
  /// many bytes of plaintext are at its start.
  ///
  /// Of a body that does not authenticate, nothing is left there; otherwise it is as in place.
  mutating func open(
    _ body: RawSpan, as type: ContentType, into output: inout MutableRawSpan
  ) throws(TLSError) -> Int {
    let count: Int?
    do {
      if try beginsWell(body, type) {
        let range = Self.blockByteCount..<blocksEnd(body.byteCount)
        var blocks = output._mutatingExtracting(0..<range.count)
        try key.decrypt(
          body.extracting(range), into: &blocks, iv: Self.initializationVector(of: body))
        count = try contentByteCount(blocks.bytes, type)
      } else {
        count = nil
      }
    } catch {
      output.wipe()
      throw TLSError(error)
    }
    guard let count else {
      output.wipe()
      throw refusal
    }
    try sequenceNumber.advance()
    return count
  }

  private var refusal: TLSError {
    TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: sequenceNumber))
  }

  /// Where what is encrypted ends in a body.
  private func blocksEnd(_ bodyByteCount: Int) -> Int { bodyByteCount - outerMACByteCount }

  private static func initializationVector(
    of body: RawSpan
  ) -> BlockCipherKey.InitializationVector {
    var iv = BlockCipherKey.InitializationVector(repeating: 0)
    var bytes = iv.mutableRawSpan
    bytes.copy(body.extracting(first: blockByteCount))
    return iv
  }

  /// Whether a body is as long as one can be, and is authentic, where that is known before it is
  /// decrypted (RFC 7366 section 3).
  private mutating func beginsWell(
    _ body: RawSpan, _ type: ContentType
  ) throws(CryptoError) -> Bool {
    let end = blocksEnd(body.byteCount)
    let count = end - Self.blockByteCount
    guard count >= expansion.bodyByteCount(of: 0) - expansion.outside,
      count.isMultiple(of: Self.blockByteCount)
    else { return false }
    guard outerMACByteCount > 0 else { return true }
    mac.update(RecordHeader.authenticated(sequenceNumber, type, length: end).rawSpan)
    mac.update(body.extracting(0..<end))
    var expected = InlineArray<48, UInt8>(repeating: 0)
    var output = expected.mutableRawSpan
    mac.finalize(into: &output)
    return ConstantTime.areEqual(
      expected.rawSpan.extracting(first: macByteCount),
      body.extracting(end..<end + macByteCount))
  }

  /// The length of the plaintext at the start of what was decrypted, or `nil` if that is not what the
  /// peer encrypted.
  private func contentByteCount(
    _ fragment: RawSpan, _ type: ContentType
  ) throws(CryptoError) -> Int? {
    guard outerMACByteCount == 0 else { return CBCFragment.contentByteCount(ofAuthentic: fragment) }
    let parts = CBCFragment(fragment, macByteCount: macByteCount)
    let count = Int(bitPattern: parts.contentByteCount)
    guard var inner = try splitMAC?.begin() else { return nil }
    // The length is a secret still. It is only moved about here, as every other byte is.
    inner.update(RecordHeader.authenticated(sequenceNumber, type, length: count).rawSpan)
    let codes = try parts.codes(of: fragment, hashedWith: &inner)
    var expected = InlineArray<48, UInt8>(repeating: 0)
    var output = expected.mutableRawSpan
    try splitMAC?.finish(codes.innerDigest.rawSpan.extracting(first: macByteCount), into: &output)
    let isAuthentic = ConstantTime.mask(
      expected.rawSpan.extracting(first: macByteCount),
      equals: codes.received.rawSpan.extracting(first: macByteCount))
    // From here on it is no secret any more: a record is good, or it ends the connection.
    guard isAuthentic & parts.isWellPadded != 0 else { return nil }
    return count
  }
}
