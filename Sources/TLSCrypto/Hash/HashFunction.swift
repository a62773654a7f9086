internal import CGcrypt

/// A hash function of the SHA-2 family (FIPS 180-4).
public enum HashFunction: Sendable, Hashable, CaseIterable, CustomStringConvertible,
  MessageDigestAlgorithm
{
  /// SHA-256.
  case sha256
  /// SHA-384.
  case sha384
  /// SHA-512.
  case sha512

  /// The length of a digest, in bytes.
  public var digestByteCount: Int {
    switch self {
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The length of the blocks that are hashed, in bytes.
  public var blockByteCount: Int {
    switch self {
    case .sha256: 64
    case .sha384, .sha512: 128
    }
  }

  /// The name, such as `SHA-256`.
  public var description: String {
    switch self {
    case .sha256: "SHA-256"
    case .sha384: "SHA-384"
    case .sha512: "SHA-512"
    }
  }

  /// libgcrypt's number for it.
  var algorithm: Int32 {
    switch self {
    case .sha256: Int32(bitPattern: GCRY_MD_SHA256.rawValue)
    case .sha384: Int32(bitPattern: GCRY_MD_SHA384.rawValue)
    case .sha512: Int32(bitPattern: GCRY_MD_SHA512.rawValue)
    }
  }

  /// libgcrypt's name for it in S-expressions.
  var expressionName: String {
    switch self {
    case .sha256: "sha256"
    case .sha384: "sha384"
    case .sha512: "sha512"
    }
  }
}
