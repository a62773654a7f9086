public import TLSCrypto

/// The keys and signatures that are accepted in certificates. SHA-1 and MD5 are in no preset, and
/// nothing here can verify them.
public struct AlgorithmPolicy: Sendable, Hashable {
  /// The shortest RSA modulus, in bits. Under 1024 there is no key at all: see `PublicKey`.
  public var minimumRSABitCount: Int

  /// The curves of ECDSA keys.
  public var curves: Set<EllipticCurve>

  /// Whether Ed25519 keys are accepted.
  public var allowsEd25519: Bool

  /// How certificates may be signed. A root's own signature is not looked at.
  public var signatures: Set<SignatureAlgorithm>

  /// A policy of one's own.
  public init(
    minimumRSABitCount: Int, curves: Set<EllipticCurve>, allowsEd25519: Bool,
    signatures: Set<SignatureAlgorithm>
  ) {
    self.minimumRSABitCount = minimumRSABitCount
    self.curves = curves
    self.allowsEd25519 = allowsEd25519
    self.signatures = signatures
  }

  /// Keys and signatures of 128 bits of strength and more (RFC 9325 section 4.5): RSA from 3072 bits
  /// on. Most public authorities still have intermediates of RSA 2048.
  public static let strict: AlgorithmPolicy = {
    var policy = modern
    policy.minimumRSABitCount = 3072
    return policy
  }()

  /// The same, with RSA from 2048 bits on, which all the world uses: the default.
  public static let modern = AlgorithmPolicy(
    minimumRSABitCount: 2048, curves: [.secp256r1, .secp384r1, .secp521r1], allowsEd25519: true,
    signatures: [
      .rsaPKCS1(.sha256), .rsaPKCS1(.sha384), .rsaPKCS1(.sha512), .rsaPSS(.sha256),
      .rsaPSS(.sha384), .rsaPSS(.sha512), .ecdsa(.sha256), .ecdsa(.sha384), .ecdsa(.sha512),
      .ed25519,
    ])

  /// The same as ``modern``: what cipher suites of this name add has no counterpart in certificates.
  public static let intermediate = modern

  /// RSA from 1024 bits on, for equipment that is not to be helped. SHA-1 stays refused.
  public static let legacy: AlgorithmPolicy = {
    var policy = modern
    policy.minimumRSABitCount = 1024
    return policy
  }()

  /// What is wrong with a key, if anything.
  func problem(with key: PublicKey) -> VerificationRule? {
    switch key.kind {
    case .rsa(let bits):
      guard bits < minimumRSABitCount else { return nil }
      return .weakKey(key.description, required: "RSA of \(minimumRSABitCount) bits or more")
    case .ecdsa(let curve):
      guard !curves.contains(curve) else { return nil }
      let names = curves.map(\.description).sorted().joined(separator: ", ")
      return .weakKey(
        key.description, required: names.isEmpty ? "a key of another kind" : "ECDSA \(names)")
    case .ed25519:
      return allowsEd25519 ? nil : .weakKey(key.description, required: "a key of another kind")
    }
  }

  /// What is wrong with the way in which a certificate is signed, if anything.
  func problem(with signature: CertificateSignature) -> VerificationRule? {
    if case .known(let algorithm) = signature, signatures.contains(algorithm) { return nil }
    return .weakSignature(signature.description)
  }
}
