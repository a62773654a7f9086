import TLSCrypto

/// Seals and opens single records of one direction (RFC 5246 section 6.2.3), for whoever has the keys:
/// a tool that reads recorded connections, or a test.
///
/// A ``Connection`` does this by itself. Beyond that it cuts data into records, keeps the peer to the
/// limits agreed on, ends when a record does not authenticate, and before a key has done its work;
/// a protector does none of these.
///
/// > Warning: two records sealed with the same key and the same number, or explicit nonce, give both
/// > plaintexts away, and with AES-GCM let anybody forge more. What is sealed here is to be compared
/// > with what is known already, and never sent.
public struct RecordProtector: ~Copyable, Sendable {
  private var protection: RecordProtection
  private let cipher: RecordCipher

  /// The cipher suite.
  public let cipherSuite: CipherSuite

  /// One direction's records, from the number in `keys` on.
  ///
  /// - Parameter usesEncryptThenMAC: whether RFC 7366 was agreed on. It matters with CBC suites only.
  /// - Throws: ``TLSError``, a misuse for a suite that is unknown or only a signal, and for keys that are
  ///   not as long as the suite wants them.
  public init(
    _ keys: borrowing TrafficSecrets.Direction, cipherSuite: CipherSuite,
    usesEncryptThenMAC: Bool = false
  ) throws(TLSError) {
    let cipher = try cipherSuite.parametersToObserve().cipher
    for (name, count, expected) in [
      ("key", keys.key.count, cipher.keyByteCount),
      ("fixed IV", keys.fixedIV.count, cipher.fixedIVByteCount),
      ("MAC key", keys.macKey.count, cipher.macKeyByteCount),
    ] where count != expected {
      throw .misuse("the \(name) is \(count) bytes long, and \(cipherSuite) has \(expected)")
    }
    var protection = try RecordProtection.make(
      cipher, key: keys.key.bytes, fixedIV: keys.fixedIV.bytes, macKey: keys.macKey.bytes,
      encryptThenMAC: usesEncryptThenMAC)
    protection.skip(to: keys.sequenceNumber)
    self.protection = protection
    self.cipher = cipher
    self.cipherSuite = cipherSuite
  }

  /// The number of the next record: each that is sealed or opened counts. It can be set, to go on
  /// somewhere else.
  public var sequenceNumber: UInt64 {
    get { protection.sequenceNumber }
    set { protection.skip(to: newValue) }
  }

  /// The length of what the body of each record begins with, in the clear: the initialisation vector of
  /// a CBC suite, 16 bytes, or the explicit nonce of AES-GCM and AES-CCM, 8; ChaCha20-Poly1305 has none.
  public var explicitIVByteCount: Int { cipher.explicitIVByteCount }

  /// Opens the next record.
  ///
  /// - Parameter record: the whole record, header included. What its content is, its first byte says:
  ///   see ``ContentType``.
  /// - Returns: the plaintext.
  /// - Throws: ``TLSError``, as a connection would that received the record. The number of the next
  ///   record is then the same as before.
  public mutating func open(_ record: [UInt8]) throws(TLSError) -> [UInt8] {
    guard record.count >= RecordHeader.byteCount else {
      throw .malformed(
        "record",
        "is \(record.count) bytes long, and its header alone has \(RecordHeader.byteCount)"
      )
    }
    let header = try RecordHeader(record.rawSpan, negotiated: .tls12, isProtected: true)
    var body = Array(record.dropFirst(RecordHeader.byteCount))
    guard body.count == header.length else {
      throw .malformed(
        "record", "has a body of \(body.count) bytes, and its header says \(header.length)")
    }
    // What was opened is the caller's copy alone.
    defer { body.wipe() }
    let number = sequenceNumber
    var bytes = body.mutableRawSpan
    let plaintext = try protection.open(&bytes, as: header.type)
    guard plaintext.count <= RecordHeader.maximumPlaintextByteCount else {
      protection.skip(to: number)
      throw TLSError(
        .recordOverflow,
        .recordOverflow(
          length: plaintext.count, limit: RecordHeader.maximumPlaintextByteCount))
    }
    return Array(body[plaintext])
  }

  /// Seals the next record.
  ///
  /// - Parameters:
  ///   - plaintext: up to 16,384 bytes; may be empty.
  ///   - contentType: what it is.
  ///   - explicitIV: ``explicitIVByteCount`` bytes that the writer of the record chose: the initialisation
  ///     vector of a CBC suite, or the explicit nonce of AES-GCM and AES-CCM. Without them the record is
  ///     the one that a ``Connection`` would write: the nonce is the sequence number, and the
  ///     initialisation vector is made of it and of the MAC key.
  /// - Returns: the whole record, header included. The padding of a CBC suite is the shortest there is.
  /// - Throws: ``TLSError``, a misuse for what is too long, or has not its length.
  public mutating func seal(
    _ plaintext: [UInt8], as contentType: ContentType, explicitIV: [UInt8]? = nil
  ) throws(TLSError) -> [UInt8] {
    let limit = RecordHeader.maximumPlaintextByteCount
    guard plaintext.count <= limit else {
      throw .misuse("a record holds \(limit) bytes of plaintext at most, not \(plaintext.count)")
    }
    if let explicitIV, explicitIV.count != explicitIVByteCount {
      throw .misuse(
        "the explicit IV is \(explicitIV.count) bytes long, and \(cipherSuite) has "
          + "\(explicitIVByteCount)")
    }
    let count = RecordHeader.byteCount + protection.expansion.bodyByteCount(of: plaintext.count)
    var record = [UInt8](repeating: 0, count: count)
    var bytes = record.mutableRawSpan
    if let explicitIV {
      try protection.seal(
        plaintext.rawSpan, as: contentType, into: &bytes, explicitIV: explicitIV.rawSpan)
    } else {
      try protection.seal(plaintext.rawSpan, as: contentType, into: &bytes)
    }
    return record
  }
}
