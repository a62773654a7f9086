import TLSCrypto

/// What cipher strings tell suites apart by.
extension CipherSuiteParameters {
  enum Mode {
    case gcm
    case ccm
    case ccm8
    case chaCha20
    case cbc
  }

  var mode: Mode {
    switch cipher {
    case .aead(.aes128GCM), .aead(.aes256GCM): .gcm
    case .aead(.aes128CCM), .aead(.aes256CCM): .ccm
    case .aead(.aes128CCM8), .aead(.aes256CCM8): .ccm8
    case .aead(.chaCha20Poly1305): .chaCha20
    case .cbc: .cbc
    }
  }

  /// The length of the cipher's key, in bits.
  var keyBitCount: Int {
    switch cipher {
    case .aead(let algorithm): algorithm.keyByteCount * 8
    case .cbc(let algorithm, _): algorithm.keyByteCount * 8
    }
  }

  /// The keyed hash of the records, unless the cipher authenticates them itself.
  var mac: MACAlgorithm? {
    switch cipher {
    case .aead: nil
    case .cbc(_, let mac): mac
    }
  }
}
