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
  func protection(ofRecordsWrittenBy side: Side) throws(TLSError) -> RecordProtection {
    let key = key(of: side)
    switch cipher {
    case .aead(let algorithm):
      let fixedIV = fixedIV(of: side)
      return .aead(try AEADProtection(algorithm, key: key.bytes, fixedIV: fixedIV.bytes))
    case .cbc(let algorithm, let mac):
      let macKey = macKey(of: side)
      return .cbc(
        try CBCProtection(
          algorithm, mac, key: key.bytes, macKey: macKey.bytes, encryptThenMAC: encryptThenMAC))
    }
  }

  /// `client_write_MAC_key` or `server_write_MAC_key`.
  func macKey(of side: Side) -> SecretBytes {
    part(of: side, from: 0, cipher.macKeyByteCount)
  }

  /// `client_write_key` or `server_write_key`.
  func key(of side: Side) -> SecretBytes {
    part(of: side, from: 2 * cipher.macKeyByteCount, cipher.keyByteCount)
  }

  /// `client_write_IV` or `server_write_IV`.
  func fixedIV(of side: Side) -> SecretBytes {
    part(
      of: side, from: 2 * (cipher.macKeyByteCount + cipher.keyByteCount),
      cipher.fixedIVByteCount)
  }

  /// `side`'s part of two, `count` bytes each, that stand from `start` on.
  private func part(of side: Side, from start: Int, _ count: Int) -> SecretBytes {
    let start = side == .client ? start : start + count
    return SecretBytes(copying: secret.bytes.extracting(start..<start + count))
  }
}

extension RecordCipher {
  fileprivate var macKeyByteCount: Int {
    switch self {
    case .aead: 0
    case .cbc(_, let mac): mac.byteCount
    }
  }

  fileprivate var keyByteCount: Int {
    switch self {
    case .aead(let algorithm): algorithm.keyByteCount
    case .cbc(let algorithm, _): algorithm.keyByteCount
    }
  }

  fileprivate var fixedIVByteCount: Int {
    switch self {
    case .aead(let algorithm): algorithm.fixedIVByteCount
    case .cbc: 0
    }
  }
}
