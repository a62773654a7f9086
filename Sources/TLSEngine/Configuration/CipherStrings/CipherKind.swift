import TLSCrypto

/// A word of OpenSSL's for a kind of suites, and those that mean the same here.
struct CipherKind: Sendable {
  let words: [String]
  let isOfPreSharedKeys: Bool
  let matches: @Sendable (CipherSuiteParameters) -> Bool

  private init(
    _ words: String..., isOfPreSharedKeys: Bool = false,
    matches: @escaping @Sendable (CipherSuiteParameters) -> Bool
  ) {
    self.words = words
    self.isOfPreSharedKeys = isOfPreSharedKeys
    self.matches = matches
  }

  /// The kind that `word` stands for.
  static func named(_ word: String) -> CipherKind? {
    all.first { $0.words.contains(word) }
  }

  /// All of them. OpenSSL tells `ECDHE` from `kECDHE` by the anonymous suites, which are not here to
  /// make a difference.
  static let all = groups + keyExchanges + authentications + ciphers + macs + versions

  private static let groups = [
    CipherKind("ALL", "HIGH") { _ in true },
    CipherKind("COMPLEMENTOFDEFAULT") { [.ccm, .ccm8].contains($0.mode) },
    CipherKind("FIPS") { [.gcm, .cbc].contains($0.mode) },
  ]

  private static let keyExchanges = [
    CipherKind("ECDHE", "EECDH", "kECDHE", "kEECDH", "ECDH") {
      $0.keyExchange == .ecdhe && $0.authentication != .preSharedKey
    },
    CipherKind("DHE", "EDH", "kDHE", "kEDH", "DH") {
      $0.keyExchange == .dhe && $0.authentication != .preSharedKey
    },
    CipherKind("PSK", "aPSK", "kECDHEPSK", isOfPreSharedKeys: true) {
      $0.authentication == .preSharedKey
    },
  ]

  private static let authentications = [
    CipherKind("aRSA") { $0.authentication == .rsa },
    CipherKind("ECDSA", "aECDSA") { $0.authentication == .ecdsa },
  ]

  private static let ciphers = [
    CipherKind("AES") { $0.mode != .chaCha20 },
    CipherKind("AES128") { $0.mode != .chaCha20 && $0.keyBitCount == 128 },
    CipherKind("AES256") { $0.mode != .chaCha20 && $0.keyBitCount == 256 },
    CipherKind("AESGCM") { $0.mode == .gcm },
    CipherKind("AESCCM") { [.ccm, .ccm8].contains($0.mode) },
    CipherKind("AESCCM8") { $0.mode == .ccm8 },
    CipherKind("CHACHA20") { $0.mode == .chaCha20 },
    CipherKind("CBC") { $0.mode == .cbc },
  ]

  /// Of the records: the SHA-256 in the name of an AEAD suite is the PRF's, and does not count.
  private static let macs = [
    CipherKind("SHA1", "SHA") { $0.mac == .hmacSHA1 },
    CipherKind("SHA256") { $0.mac == .hmacSHA256 },
    CipherKind("SHA384") { $0.mac == .hmacSHA384 },
  ]

  /// The version that first had the suite, whichever is spoken now.
  private static let versions = [
    CipherKind("TLSv1.2") { $0.mac != .hmacSHA1 },
    CipherKind("TLSv1", "TLSv1.0") { $0.mac == .hmacSHA1 && $0.keyExchange == .ecdhe },
    CipherKind("SSLv3") { $0.mac == .hmacSHA1 && $0.keyExchange == .dhe },
  ]
}
