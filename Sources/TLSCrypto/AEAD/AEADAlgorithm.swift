internal import CGcrypt

/// A cipher that encrypts and authenticates at once (RFC 5116).
public enum AEADAlgorithm: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// AES-128 in Galois/Counter Mode (NIST SP 800-38D).
  case aes128GCM
  /// AES-256 in Galois/Counter Mode (NIST SP 800-38D).
  case aes256GCM
  /// ChaCha20 and Poly1305 (RFC 8439).
  case chaCha20Poly1305

  /// The length of every nonce, in bytes.
  public static let nonceByteCount = 12

  /// The length of every tag, in bytes.
  public static let tagByteCount = 16

  /// The length of a key, in bytes.
  public var keyByteCount: Int {
    switch self {
    case .aes128GCM: 16
    case .aes256GCM, .chaCha20Poly1305: 32
    }
  }

  /// The name, such as `AES-128-GCM`.
  public var description: String {
    switch self {
    case .aes128GCM: "AES-128-GCM"
    case .aes256GCM: "AES-256-GCM"
    case .chaCha20Poly1305: "ChaCha20-Poly1305"
    }
  }

  /// libgcrypt's numbers for the cipher and its mode.
  var cipherAndMode: (cipher: Int32, mode: Int32) {
    switch self {
    case .aes128GCM:
      (
        Int32(bitPattern: GCRY_CIPHER_AES.rawValue),
        Int32(bitPattern: GCRY_CIPHER_MODE_GCM.rawValue)
      )
    case .aes256GCM:
      (
        Int32(bitPattern: GCRY_CIPHER_AES256.rawValue),
        Int32(bitPattern: GCRY_CIPHER_MODE_GCM.rawValue)
      )
    case .chaCha20Poly1305:
      (
        Int32(bitPattern: GCRY_CIPHER_CHACHA20.rawValue),
        Int32(bitPattern: GCRY_CIPHER_MODE_POLY1305.rawValue)
      )
    }
  }
}
