public import TLSCrypto

/// How a signature is made: key type, padding and hash (RFC 5246 section 7.4.1.4.1, with the
/// numbers and names of RFC 8446 section 4.2.3 and RFC 8422 section 5.1.3).
public struct SignatureScheme: RawRepresentable, Sendable, Hashable, CustomStringConvertible,
  CodePoint
{
  /// The number on the wire.
  public let rawValue: UInt16

  /// The scheme that stands on the wire as `rawValue`, whether the engine knows it or not.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// ECDSA with SHA-256. In TLS 1.2 the number does not bind the curve.
  public static let ecdsaSecp256r1SHA256 = SignatureScheme(rawValue: 0x0403)
  /// ECDSA with SHA-384.
  public static let ecdsaSecp384r1SHA384 = SignatureScheme(rawValue: 0x0503)
  /// ECDSA with SHA-512.
  public static let ecdsaSecp521r1SHA512 = SignatureScheme(rawValue: 0x0603)
  /// Ed25519 (RFC 8422).
  public static let ed25519 = SignatureScheme(rawValue: 0x0807)
  /// RSASSA-PSS with SHA-256 and an ordinary RSA key.
  public static let rsaPSSRSAESHA256 = SignatureScheme(rawValue: 0x0804)
  /// RSASSA-PSS with SHA-384 and an ordinary RSA key.
  public static let rsaPSSRSAESHA384 = SignatureScheme(rawValue: 0x0805)
  /// RSASSA-PSS with SHA-512 and an ordinary RSA key.
  public static let rsaPSSRSAESHA512 = SignatureScheme(rawValue: 0x0806)
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  public static let rsaPKCS1SHA256 = SignatureScheme(rawValue: 0x0401)
  /// RSASSA-PKCS1-v1_5 with SHA-384.
  public static let rsaPKCS1SHA384 = SignatureScheme(rawValue: 0x0501)
  /// RSASSA-PKCS1-v1_5 with SHA-512.
  public static let rsaPKCS1SHA512 = SignatureScheme(rawValue: 0x0601)

  /// The schemes that are on unless a configuration says otherwise, in the order in which the engine
  /// prefers them.
  public static let defaults: [SignatureScheme] = supported

  /// Every scheme that the engine signs and verifies with, in the order in which it prefers them.
  public static let supported: [SignatureScheme] = [
    .ecdsaSecp256r1SHA256, .ed25519, .ecdsaSecp384r1SHA384, .ecdsaSecp521r1SHA512,
    .rsaPSSRSAESHA256, .rsaPSSRSAESHA384, .rsaPSSRSAESHA512,
    .rsaPKCS1SHA256, .rsaPKCS1SHA384, .rsaPKCS1SHA512,
  ]

  /// The arithmetic of the scheme, or `nil` if the engine does not know it.
  public var algorithm: SignatureAlgorithm? {
    switch self {
    case .ecdsaSecp256r1SHA256: .ecdsa(.sha256)
    case .ecdsaSecp384r1SHA384: .ecdsa(.sha384)
    case .ecdsaSecp521r1SHA512: .ecdsa(.sha512)
    case .ed25519: .ed25519
    case .rsaPSSRSAESHA256: .rsaPSS(.sha256)
    case .rsaPSSRSAESHA384: .rsaPSS(.sha384)
    case .rsaPSSRSAESHA512: .rsaPSS(.sha512)
    case .rsaPKCS1SHA256: .rsaPKCS1(.sha256)
    case .rsaPKCS1SHA384: .rsaPKCS1(.sha384)
    case .rsaPKCS1SHA512: .rsaPKCS1(.sha512)
    default: nil
    }
  }

  /// Whether a key of this kind can make or check such a signature.
  func suits(_ key: PublicKey.Kind) -> Bool {
    switch (algorithm, key) {
    case (.ecdsa, .ecdsa), (.ed25519, .ed25519), (.rsaPKCS1, .rsa): true
    // RFC 8017 section 9.1.1: the encoded message has one bit less than the modulus, and room for a
    // hash, a salt of its length (RFC 8446 section 4.2.3) and two bytes. 1024 bits are too few for
    // SHA-512.
    case (.rsaPSS(let hash), .rsa(let bits)): (bits + 6) / 8 >= 2 * hash.digestByteCount + 2
    default: false
    }
  }

  /// Whether it is made with a key for RSA.
  var isForRSA: Bool {
    switch algorithm {
    case .rsaPSS, .rsaPKCS1: true
    default: false
    }
  }

  /// Whether the hash is as strong as the key's curve, which is what a peer likes best.
  func matchesStrength(of key: PublicKey.Kind) -> Bool {
    switch (self, key) {
    case (.ecdsaSecp256r1SHA256, .ecdsa(.secp256r1)), (.ecdsaSecp384r1SHA384, .ecdsa(.secp384r1)),
      (.ecdsaSecp521r1SHA512, .ecdsa(.secp521r1)):
      true
    default: false
    }
  }

  var registeredName: String? {
    switch self {
    case .ecdsaSecp256r1SHA256: "ecdsa_secp256r1_sha256"
    case .ecdsaSecp384r1SHA384: "ecdsa_secp384r1_sha384"
    case .ecdsaSecp521r1SHA512: "ecdsa_secp521r1_sha512"
    case .ed25519: "ed25519"
    case .rsaPSSRSAESHA256: "rsa_pss_rsae_sha256"
    case .rsaPSSRSAESHA384: "rsa_pss_rsae_sha384"
    case .rsaPSSRSAESHA512: "rsa_pss_rsae_sha512"
    case .rsaPKCS1SHA256: "rsa_pkcs1_sha256"
    case .rsaPKCS1SHA384: "rsa_pkcs1_sha384"
    case .rsaPKCS1SHA512: "rsa_pkcs1_sha512"
    default: nil
    }
  }

  /// The name in the IANA registry, or the number.
  public var description: String { displayName }
}
