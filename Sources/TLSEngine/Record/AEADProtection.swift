import TLSCrypto

/// One direction's keys: seals or opens the records of an AEAD suite (RFC 5246 section 6.2.3.3).
///
/// AES-GCM puts eight bytes of its nonce before the ciphertext (RFC 5288 section 3); they are the
/// sequence number, which never repeats. ChaCha20-Poly1305 sends none (RFC 7905 section 2). Either
/// way the nonce is the fixed IV, twelve bytes, xor the sequence number: for GCM the last eight
/// bytes of that IV are zero. AES-CCM is as AES-GCM (RFC 6655 section 3).
struct AEADProtection: ~Copyable, Sendable {
  private var key: AEADKey
  private let ivHead: UInt32
  private let ivTail: UInt64

  /// The bytes of the nonce that stand before the ciphertext: eight or none.
  let explicitNonceByteCount: Int

  /// The number of the next record.
  private(set) var sequenceNumber: UInt64 = 0

  /// How many records the key is good for.
  private let recordLimit: UInt64

  /// How many records are left until then.
  var remainingRecordCount: UInt64 { recordLimit - min(recordLimit, sequenceNumber) }

  /// How much longer a record's body is than its plaintext, in bytes.
  let overhead: Int

  /// How much longer records become.
  var expansion: RecordExpansion {
    RecordExpansion(outside: overhead, inside: 0, blockByteCount: 1)
  }

  /// - Parameter fixedIV: four bytes for AES-GCM and AES-CCM, twelve for ChaCha20-Poly1305.
  init(_ algorithm: AEADAlgorithm, key: RawSpan, fixedIV: RawSpan) throws(TLSError) {
    var iv = InlineArray<12, UInt8>(repeating: 0)
    for offset in 0..<min(fixedIV.byteCount, 12) { iv[offset] = fixedIV[byte: offset] }
    var head: UInt32 = 0
    for offset in 0..<4 { head = head << 8 | UInt32(iv[offset]) }
    var tail: UInt64 = 0
    for offset in 4..<12 { tail = tail << 8 | UInt64(iv[offset]) }
    ivHead = head
    ivTail = tail
    explicitNonceByteCount = algorithm.explicitNonceByteCount
    overhead = algorithm.explicitNonceByteCount + algorithm.tagByteCount
    recordLimit = algorithm.recordLimit
    do {
      self.key = try AEADKey(algorithm, key: key)
    } catch {
      throw TLSError(error)
    }
  }

  /// Goes on with another number: that of a single record that is looked at, of a worker's part, or behind
  /// what workers have done. Never to a number that this key has sealed: one that comes twice under one key
  /// gives both plaintexts away.
  mutating func skip(to number: UInt64) {
    sequenceNumber = number
  }

  /// Seals `plaintext` into `record`, which is exactly as long as the whole record will be:
  /// header, ``overhead`` and plaintext.
  ///
  /// - Parameter explicitIV: ``explicitNonceByteCount`` bytes that another chose for this record.
  @inline(__always)
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into record: inout MutableRawSpan,
    explicitIV: RawSpan? = nil
  ) throws(TLSError) {
    RecordHeader.write(
      type, .tls12, length: record.byteCount - RecordHeader.byteCount, to: &record)
    var number = sequenceNumber
    if explicitNonceByteCount > 0 {
      if let explicitIV { number = explicitIV.uint64(at: 0) }
      record.storeBytes(
        of: number.bigEndian, toByteOffset: RecordHeader.byteCount, as: UInt64.self)
    }
    let nonce = nonce(number)
    let additionalData = RecordHeader.authenticated(
      sequenceNumber, type, length: plaintext.byteCount)
    var body = record._mutatingExtracting(
      (RecordHeader.byteCount + explicitNonceByteCount)..<record.byteCount)
    do {
      try key.seal(
        plaintext, into: &body, nonce: nonce, authenticating: additionalData.rawSpan)
    } catch {
      throw TLSError(error)
    }
    try sequenceNumber.advance()
  }

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  ///
  /// A body that does not authenticate is wiped (RFC 5246 section 6.2.3.3: `bad_record_mac`, and
  /// the same for one too short to hold a tag).
  @inline(__always)
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    let count = body.byteCount - overhead
    guard count >= 0 else { throw refusal }
    let nonce = nonce(ofBody: body.bytes)
    let additionalData = RecordHeader.authenticated(sequenceNumber, type, length: count)
    var sealed = body._mutatingExtracting(explicitNonceByteCount..<body.byteCount)
    do {
      try key.open(inPlace: &sealed, nonce: nonce, authenticating: additionalData.rawSpan)
    } catch {
      throw refusal
    }
    try sequenceNumber.advance()
    return explicitNonceByteCount..<(explicitNonceByteCount + count)
  }

  /// Opens the body of a record into `output`, which has room for all but the ``overhead`` of it, and
  /// says how many bytes it wrote.
  ///
  /// Of a body that does not authenticate, nothing is left there.
  mutating func open(
    _ body: RawSpan, as type: ContentType, into output: inout MutableRawSpan
  ) throws(TLSError) -> Int {
    let count = body.byteCount - overhead
    guard count >= 0 else { throw refusal }
    let nonce = nonce(ofBody: body)
    let additionalData = RecordHeader.authenticated(sequenceNumber, type, length: count)
    var plaintext = output._mutatingExtracting(0..<count)
    do {
      try key.open(
        body.extracting(explicitNonceByteCount..<body.byteCount), into: &plaintext, nonce: nonce,
        authenticating: additionalData.rawSpan)
    } catch {
      throw refusal
    }
    try sequenceNumber.advance()
    return count
  }

  private var refusal: TLSError {
    TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: sequenceNumber))
  }

  /// The nonce of a body that is to be opened. A peer may count its explicit nonces any way it likes
  /// (RFC 5288 section 3).
  @inline(__always)
  private func nonce(ofBody body: RawSpan) -> AEADKey.Nonce {
    nonce(explicitNonceByteCount > 0 ? body.uint64(at: 0) : sequenceNumber)
  }

  @inline(__always)
  private func nonce(_ number: UInt64) -> AEADKey.Nonce {
    // Written out: `repeating:` is a call, twice for every record.
    var nonce: AEADKey.Nonce = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    var bytes = nonce.mutableRawSpan
    bytes.storeBytes(of: ivHead.bigEndian, toByteOffset: 0, as: UInt32.self)
    bytes.storeBytes(of: (ivTail ^ number).bigEndian, toByteOffset: 4, as: UInt64.self)
    return nonce
  }
}

extension AEADAlgorithm {
  /// The bytes of the nonce that stand before each ciphertext.
  var explicitNonceByteCount: Int {
    switch self {
    case .aes128GCM, .aes256GCM, .aes128CCM, .aes256CCM, .aes128CCM8, .aes256CCM8: 8
    case .chaCha20Poly1305: 0
    }
  }

  /// The bytes of the nonce that the key block gives.
  var fixedIVByteCount: Int { Self.nonceByteCount - explicitNonceByteCount }

  /// The number of records after which a key has done its work.
  ///
  /// 2^24.5 full records of AES-GCM keep an attacker's advantage below 2^-57 (RFC 8446 section 5.5).
  /// AES-CCM encrypts each block twice, once for the tag; 2^23 full records keep it below 2^-60
  /// (RFC 9147 appendix B.1). How many forgeries a key withstands, 2^23.5 there, is of no matter: the
  /// first one ends the connection.
  var recordLimit: UInt64 {
    switch self {
    case .aes128GCM, .aes256GCM: 23_726_566  // 2^24.5
    case .aes128CCM, .aes256CCM, .aes128CCM8, .aes256CCM8: 8_388_608  // 2^23
    case .chaCha20Poly1305: .max
    }
  }
}
