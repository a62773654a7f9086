internal import CGcrypt

/// The keyed hash of a CBC suite's records (RFC 5246 section 6.2.3.1).
///
/// SHA-1 is here alone, and not among ``HashFunction``: HMAC needs no resistance to collisions, and
/// nothing else in TLS 1.2 may use it.
public enum MACAlgorithm: Sendable, Hashable, CaseIterable, CustomStringConvertible,
  MessageDigestAlgorithm
{
  /// HMAC with SHA-1 (RFC 2104).
  case hmacSHA1
  /// HMAC with SHA-256.
  case hmacSHA256
  /// HMAC with SHA-384.
  case hmacSHA384

  /// The length of a code, and of its key, in bytes.
  public var byteCount: Int {
    switch self {
    case .hmacSHA1: 20
    case .hmacSHA256: 32
    case .hmacSHA384: 48
    }
  }

  /// The length of the blocks that are hashed, in bytes.
  var blockByteCount: Int {
    switch self {
    case .hmacSHA1, .hmacSHA256: 64
    case .hmacSHA384: 128
    }
  }

  /// The length of a digest of the hash function, in bytes.
  var digestByteCount: Int { byteCount }

  /// libgcrypt's number for the hash function.
  var algorithm: Int32 {
    switch self {
    case .hmacSHA1: Int32(bitPattern: GCRY_MD_SHA1.rawValue)
    case .hmacSHA256: Int32(bitPattern: GCRY_MD_SHA256.rawValue)
    case .hmacSHA384: Int32(bitPattern: GCRY_MD_SHA384.rawValue)
    }
  }

  /// The name, such as `HMAC-SHA-1`.
  public var description: String {
    switch self {
    case .hmacSHA1: "HMAC-SHA-1"
    case .hmacSHA256: "HMAC-SHA-256"
    case .hmacSHA384: "HMAC-SHA-384"
    }
  }
}
