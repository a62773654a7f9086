import TLSCrypto

/// One direction's keys: seals or opens the records of an AEAD suite (RFC 5246 section 6.2.3.3).
///
/// AES-GCM puts eight bytes of its nonce before the ciphertext (RFC 5288 section 3); they are the
/// sequence number, which never repeats. ChaCha20-Poly1305 sends none (RFC 7905 section 2). Either
/// way the nonce is the fixed IV, twelve bytes, xor the sequence number: for GCM the last eight
/// bytes of that IV are zero.
struct AEADProtection: ~Copyable, Sendable {
  /// The bytes of the additional data: sequence number, type, version, length.
  private static let additionalDataByteCount = 13

  private var key: AEADKey
  private let ivHead: UInt32
  private let ivTail: UInt64

  /// The bytes of the nonce that stand before the ciphertext: eight or none.
  let explicitNonceByteCount: Int

  /// The number of the next record.
  private(set) var sequenceNumber: UInt64 = 0

  /// How many records the key is good for (RFC 8446 section 5.5 has the reasoning: 2^24.5 full
  /// records of AES-GCM keep the advantage of an attacker below 2^-57).
  private let recordLimit: UInt64

  /// How many records are left until then.
  var remainingRecordCount: UInt64 { recordLimit - min(recordLimit, sequenceNumber) }

  /// How much longer a record's body is than its plaintext, in bytes.
  let overhead: Int

  /// - Parameter fixedIV: four bytes for AES-GCM, twelve for ChaCha20-Poly1305.
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

  /// Seals `plaintext` into `record`, which is exactly as long as the whole record will be:
  /// header, ``overhead`` and plaintext.
  mutating func seal(
    _ plaintext: RawSpan, as type: ContentType, into record: inout MutableRawSpan
  ) throws(TLSError) {
    let length = record.byteCount - RecordHeader.byteCount
    record.storeBytes(of: type.rawValue, toByteOffset: 0, as: UInt8.self)
    record.storeBytes(
      of: ProtocolVersion.tls12.rawValue.bigEndian, toByteOffset: 1, as: UInt16.self)
    record.storeBytes(
      of: UInt16(truncatingIfNeeded: length).bigEndian, toByteOffset: 3, as: UInt16.self)
    if explicitNonceByteCount > 0 {
      record.storeBytes(
        of: sequenceNumber.bigEndian, toByteOffset: RecordHeader.byteCount, as: UInt64.self)
    }
    let nonce = nonce(sequenceNumber)
    let additionalData = additionalData(type, plaintext.byteCount)
    var body = record._mutatingExtracting(
      (RecordHeader.byteCount + explicitNonceByteCount)..<record.byteCount)
    do {
      try key.seal(
        plaintext, into: &body, nonce: nonce, authenticating: additionalData.rawSpan)
    } catch {
      throw TLSError(error)
    }
    try advance()
  }

  /// Opens the body of a record where it lies and says which bytes of it are the plaintext.
  ///
  /// A body that does not authenticate is wiped (RFC 5246 section 6.2.3.3: `bad_record_mac`, and
  /// the same for one too short to hold a tag).
  mutating func open(
    _ body: inout MutableRawSpan, as type: ContentType
  ) throws(TLSError) -> Range<Int> {
    let plaintextByteCount = body.byteCount - overhead
    guard plaintextByteCount >= 0 else {
      throw TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: sequenceNumber))
    }
    let nonce = nonce(explicitNonceByteCount > 0 ? explicitNonce(of: body) : sequenceNumber)
    let additionalData = additionalData(type, plaintextByteCount)
    var sealed = body._mutatingExtracting(explicitNonceByteCount..<body.byteCount)
    do {
      try key.open(inPlace: &sealed, nonce: nonce, authenticating: additionalData.rawSpan)
    } catch {
      throw TLSError(.badRecordMAC, .badRecordMAC(sequenceNumber: sequenceNumber))
    }
    try advance()
    return explicitNonceByteCount..<(explicitNonceByteCount + plaintextByteCount)
  }

  /// A peer may count its explicit nonces any way it likes (RFC 5288 section 3).
  private func explicitNonce(of body: borrowing MutableRawSpan) -> UInt64 {
    var value: UInt64 = 0
    for offset in 0..<8 { value = value << 8 | UInt64(body[byte: offset]) }
    return value
  }

  private func nonce(_ number: UInt64) -> AEADKey.Nonce {
    var nonce = AEADKey.Nonce(repeating: 0)
    var bytes = nonce.mutableRawSpan
    bytes.storeBytes(of: ivHead.bigEndian, toByteOffset: 0, as: UInt32.self)
    bytes.storeBytes(of: (ivTail ^ number).bigEndian, toByteOffset: 4, as: UInt64.self)
    return nonce
  }

  private func additionalData(
    _ type: ContentType, _ length: Int
  ) -> InlineArray<13, UInt8> {
    var data = InlineArray<13, UInt8>(repeating: 0)
    var bytes = data.mutableRawSpan
    bytes.storeBytes(of: sequenceNumber.bigEndian, toByteOffset: 0, as: UInt64.self)
    bytes.storeBytes(of: type.rawValue, toByteOffset: 8, as: UInt8.self)
    bytes.storeBytes(
      of: ProtocolVersion.tls12.rawValue.bigEndian, toByteOffset: 9, as: UInt16.self)
    bytes.storeBytes(
      of: UInt16(truncatingIfNeeded: length).bigEndian, toByteOffset: 11, as: UInt16.self)
    return data
  }

  /// Sequence numbers never wrap: the connection ends first (RFC 5246 section 6.1).
  private mutating func advance() throws(TLSError) {
    guard sequenceNumber < .max else {
      throw TLSError(.internalError, .internalFailure("every sequence number is used up"))
    }
    sequenceNumber += 1
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
  var recordLimit: UInt64 {
    switch self {
    case .aes128GCM, .aes256GCM: 23_726_566  // 2^24.5
    case .aes128CCM, .aes256CCM, .aes128CCM8, .aes256CCM8: 11_863_283  // 2^23.5
    case .chaCha20Poly1305: .max
    }
  }
}
