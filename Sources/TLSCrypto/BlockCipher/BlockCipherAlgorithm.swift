internal import CGcrypt

/// A block cipher in Cipher Block Chaining mode (NIST SP 800-38A), which encrypts and does not
/// authenticate.
public enum BlockCipherAlgorithm: Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// AES-128 in CBC mode.
  case aes128CBC
  /// AES-256 in CBC mode.
  case aes256CBC

  /// The length of a block and of an initialisation vector, in bytes.
  public static let blockByteCount = 16

  /// The length of a key, in bytes.
  public var keyByteCount: Int {
    switch self {
    case .aes128CBC: 16
    case .aes256CBC: 32
    }
  }

  /// The name, such as `AES-128-CBC`.
  public var description: String {
    switch self {
    case .aes128CBC: "AES-128-CBC"
    case .aes256CBC: "AES-256-CBC"
    }
  }

  /// libgcrypt's number for the cipher.
  var cipher: Int32 {
    switch self {
    case .aes128CBC: Int32(bitPattern: GCRY_CIPHER_AES.rawValue)
    case .aes256CBC: Int32(bitPattern: GCRY_CIPHER_AES256.rawValue)
    }
  }
}
