import TLSCrypto

/// The key block, cut as RFC 5246 section 6.3 says: MAC keys, keys, IVs, each the client's first.
///
/// AEAD suites have no MAC keys. CBC suites have no IVs: in TLS 1.2 each record brings its own.
struct KeyBlock: ~Copyable, Sendable {
  private let secret: SecretBytes
  private let cipher: RecordCipher
  private let encryptThenMAC: Bool

  init(_ secret: consuming SecretBytes, _ cipher: RecordCipher, encryptThenMAC: Bool) {
    self.secret = secret
    self.cipher = cipher
    self.encryptThenMAC = encryptThenMAC
  }

  static func byteCount(for cipher: RecordCipher) -> Int {
    2 * (cipher.macKeyByteCount + cipher.keyByteCount + cipher.fixedIVByteCount)
  }

  /// What the records that `side` writes are protected with.
  func protection(ofRecordsWrittenBy side: ConnectionSide) throws(TLSError) -> RecordProtection {
    let bytes = secret.bytes
    let key = bytes.extracting(keyPlace(of: side))
    let fixedIV = bytes.extracting(fixedIVPlace(of: side))
    let macKey = bytes.extracting(macKeyPlace(of: side))
    return try .make(
      cipher, key: key, fixedIV: fixedIV, macKey: macKey, encryptThenMAC: encryptThenMAC)
  }

  /// All of it.
  consuming func bytes() -> SecretBytes { secret }

  /// The keys of the records that `side` writes, from the record `number` on.
  func direction(of side: ConnectionSide, _ number: UInt64) -> TrafficSecrets.Direction {
    TrafficSecrets.Direction(
      key: key(of: side), fixedIV: fixedIV(of: side), macKey: macKey(of: side),
      sequenceNumber: number)
  }

  /// `client_write_MAC_key` or `server_write_MAC_key`.
  func macKey(of side: ConnectionSide) -> SecretBytes {
    SecretBytes(copying: secret.bytes.extracting(macKeyPlace(of: side)))
  }

  /// `client_write_key` or `server_write_key`.
  func key(of side: ConnectionSide) -> SecretBytes {
    SecretBytes(copying: secret.bytes.extracting(keyPlace(of: side)))
  }

  /// `client_write_IV` or `server_write_IV`.
  func fixedIV(of side: ConnectionSide) -> SecretBytes {
    SecretBytes(copying: secret.bytes.extracting(fixedIVPlace(of: side)))
  }

  private func macKeyPlace(of side: ConnectionSide) -> Range<Int> {
    place(of: side, from: 0, cipher.macKeyByteCount)
  }

  private func keyPlace(of side: ConnectionSide) -> Range<Int> {
    place(of: side, from: 2 * cipher.macKeyByteCount, cipher.keyByteCount)
  }

  private func fixedIVPlace(of side: ConnectionSide) -> Range<Int> {
    place(
      of: side, from: 2 * (cipher.macKeyByteCount + cipher.keyByteCount), cipher.fixedIVByteCount)
  }

  /// Where `side`'s part is of two, `count` bytes each, that stand from `start` on.
  private func place(of side: ConnectionSide, from start: Int, _ count: Int) -> Range<Int> {
    let start = side == .client ? start : start + count
    return start..<start + count
  }
}

extension RecordCipher {
  /// The length of one MAC key.
  var macKeyByteCount: Int {
    switch self {
    case .aead: 0
    case .cbc(_, let mac): mac.byteCount
    }
  }

  /// The length of one key.
  var keyByteCount: Int {
    switch self {
    case .aead(let algorithm): algorithm.keyByteCount
    case .cbc(let algorithm, _): algorithm.keyByteCount
    }
  }

  /// The length of one fixed IV.
  var fixedIVByteCount: Int {
    switch self {
    case .aead(let algorithm): algorithm.fixedIVByteCount
    case .cbc: 0
    }
  }
}
