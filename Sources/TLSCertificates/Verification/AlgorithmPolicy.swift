public import TLSCrypto

/// The keys and signatures that are accepted in certificates.
public struct AlgorithmPolicy: Sendable, Hashable {
  /// The shortest RSA modulus, in bits.
  public var minimumRSABitCount: Int

  /// The curves of ECDSA keys.
  public var curves: Set<EllipticCurve>

  /// Whether Ed25519 keys are accepted.
  public var allowsEd25519: Bool

  /// How certificates may be signed.
  public var signatures: Set<SignatureAlgorithm>

  /// Keys and signatures of 128 bits of strength and more, apart from RSA 2048, which all the world uses.
  public static let modern = AlgorithmPolicy(
    minimumRSABitCount: 2048, curves: [.secp256r1, .secp384r1, .secp521r1], allowsEd25519: true,
    signatures: [
      .rsaPKCS1(.sha256), .rsaPKCS1(.sha384), .rsaPKCS1(.sha512), .rsaPSS(.sha256),
      .rsaPSS(.sha384), .rsaPSS(.sha512), .ecdsa(.sha256), .ecdsa(.sha384), .ecdsa(.sha512),
      .ed25519,
    ])

  /// The same as ``modern``.
  public static let intermediate = modern

  /// RSA from 1024 bits on, for equipment that is not to be helped. SHA-1 stays refused.
  public static let legacy: AlgorithmPolicy = {
    var policy = modern
    policy.minimumRSABitCount = 1024
    return policy
  }()
}
