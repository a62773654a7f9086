internal import CGcrypt

/// A cipher that encrypts and authenticates at once (RFC 5116).
public enum AEADAlgorithm: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// AES-128 in Galois/Counter Mode (NIST SP 800-38D).
  case aes128GCM
  /// AES-256 in Galois/Counter Mode (NIST SP 800-38D).
  case aes256GCM
  /// ChaCha20 and Poly1305 (RFC 8439).
  case chaCha20Poly1305
  /// AES-128 in Counter with CBC-MAC mode (NIST SP 800-38C, RFC 6655).
  case aes128CCM
  /// AES-256 in Counter with CBC-MAC mode.
  case aes256CCM
  /// AES-128 in Counter with CBC-MAC mode, with a tag of 8 bytes.
  case aes128CCM8
  /// AES-256 in Counter with CBC-MAC mode, with a tag of 8 bytes.
  case aes256CCM8

  /// The length of every nonce, in bytes.
  public static let nonceByteCount = 12

  /// The length of a tag, in bytes.
  public var tagByteCount: Int {
    switch self {
    case .aes128GCM, .aes256GCM, .chaCha20Poly1305, .aes128CCM, .aes256CCM: 16
    case .aes128CCM8, .aes256CCM8: 8
    }
  }

  /// The length of a key, in bytes.
  public var keyByteCount: Int {
    switch self {
    case .aes128GCM, .aes128CCM, .aes128CCM8: 16
    case .aes256GCM, .chaCha20Poly1305, .aes256CCM, .aes256CCM8: 32
    }
  }

  /// The name, such as `AES-128-GCM`.
  public var description: String {
    switch self {
    case .aes128GCM: "AES-128-GCM"
    case .aes256GCM: "AES-256-GCM"
    case .chaCha20Poly1305: "ChaCha20-Poly1305"
    case .aes128CCM: "AES-128-CCM"
    case .aes256CCM: "AES-256-CCM"
    case .aes128CCM8: "AES-128-CCM-8"
    case .aes256CCM8: "AES-256-CCM-8"
    }
  }

  /// Whether the lengths of a message have to be known before its first byte: CCM hashes them first
  /// (NIST SP 800-38C appendix A.2.1).
  var needsLengths: Bool {
    switch self {
    case .aes128CCM, .aes256CCM, .aes128CCM8, .aes256CCM8: true
    case .aes128GCM, .aes256GCM, .chaCha20Poly1305: false
    }
  }

  /// libgcrypt's numbers for the cipher and its mode.
  var cipherAndMode: (cipher: Int32, mode: Int32) {
    let cipher =
      switch self {
      case .aes128GCM, .aes128CCM, .aes128CCM8: GCRY_CIPHER_AES.rawValue
      case .aes256GCM, .aes256CCM, .aes256CCM8: GCRY_CIPHER_AES256.rawValue
      case .chaCha20Poly1305: GCRY_CIPHER_CHACHA20.rawValue
      }
    let mode =
      switch self {
      case .aes128GCM, .aes256GCM: GCRY_CIPHER_MODE_GCM.rawValue
      case .aes128CCM, .aes256CCM, .aes128CCM8, .aes256CCM8: GCRY_CIPHER_MODE_CCM.rawValue
      case .chaCha20Poly1305: GCRY_CIPHER_MODE_POLY1305.rawValue
      }
    return (Int32(bitPattern: cipher), Int32(bitPattern: mode))
  }
}
