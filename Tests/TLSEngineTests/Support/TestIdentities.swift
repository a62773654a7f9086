import TLSCertificates
import TLSCrypto

@testable import TLSEngine

/// Identities of every kind from one authority, and clients that trust it. All of it is made from
/// seeds and a time that stands still, but for the RSA keys, so that handshakes can be replayed.
enum TestIdentities {
  /// The kinds of key that identities have.
  enum Kind: CaseIterable, Sendable {
    case p256
    case p384
    case p521
    case ed25519
    case rsa

    fileprivate var generation: PrivateKey.Generation {
      switch self {
      case .p256: .ecdsa(.secp256r1)
      case .p384: .ecdsa(.secp384r1)
      case .p521: .ecdsa(.secp521r1)
      case .ed25519: .ed25519
      case .rsa: .rsa(bits: 2048)
      }
    }

    /// Whether TLS 1.2 lets such a key sign with a scheme, and with the curve that it names.
    func signs(with scheme: SignatureScheme) -> Bool {
      switch self {
      case .p256: scheme == .ecdsaSecp256r1SHA256
      case .p384: scheme == .ecdsaSecp384r1SHA384
      case .p521: scheme == .ecdsaSecp521r1SHA512
      case .ed25519: scheme == .ed25519
      case .rsa: "\(scheme)".hasPrefix("rsa_")
      }
    }
  }

  /// The time in every test.
  static let now = Timestamp(secondsSince1970: 1_781_524_800)

  private static let authority = Result {
    var random = DeterministicRandomSource(seed: Array("authority".utf8))
    return try DevelopmentAuthority(name: "Test CA", now: now, random: &random)
  }

  /// Keys are made once: RSA takes its time.
  private static let keys = Dictionary(
    uniqueKeysWithValues: Kind.allCases.map { kind in
      (
        kind,
        Result {
          var random = DeterministicRandomSource(seed: Array("\(kind)".utf8))
          return try PrivateKey.generate(kind.generation, using: &random)
        }
      )
    })

  /// A certificate for these names and its key.
  static func material(
    _ kind: Kind, names: [String] = ["example.com"],
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> (certificates: [Certificate], key: PrivateKey) {
    guard let key = try keys[kind]?.get() else { throw CryptoError.unsupported("\(kind)") }
    let authority = try authority.get()
    var random = DeterministicRandomSource(seed: Array("\(kind) \(names)".utf8))
    var builder = CertificateBuilder(
      commonName: "\(kind) leaf", names: names, notBefore: now.adding(seconds: -3600),
      notAfter: now.adding(seconds: 86_400))
    change(&builder)
    let leaf = try builder.build(
      publicKey: key.publicKey,
      issuedBy: .init(certificate: authority.certificate, key: authority.key), random: &random)
    return ([leaf], key)
  }

  /// A certificate of the authority's for somebody's key.
  static func certificate(for key: PublicKey) throws -> Certificate {
    let authority = try authority.get()
    var random = DeterministicRandomSource(seed: [5])
    let builder = CertificateBuilder(
      commonName: "somebody", names: ["example.com"], notBefore: now.adding(seconds: -3600),
      notAfter: now.adding(seconds: 86_400))
    return try builder.build(
      publicKey: key, issuedBy: .init(certificate: authority.certificate, key: authority.key),
      random: &random)
  }

  /// A server's identity.
  static func identity(
    _ kind: Kind, names: [String] = ["example.com"],
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Identity {
    let material = try material(kind, names: names, change)
    return try Identity(certificates: material.certificates, privateKey: material.key)
  }

  /// A certificate for a client and its key.
  static func clientMaterial(
    _ kind: Kind, _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> (certificates: [Certificate], key: PrivateKey) {
    try material(kind, names: ["client.example"]) {
      $0.extendedKeyUsages = [.clientAuth]
      change(&$0)
    }
  }

  /// A client's identity.
  static func clientIdentity(
    _ kind: Kind, _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Identity {
    let material = try clientMaterial(kind, change)
    return try Identity(certificates: material.certificates, privateKey: material.key)
  }

  /// The authority's certificate.
  static func root() throws -> Certificate { try authority.get().certificate }

  /// The authority, to be trusted.
  static func roots() throws -> TrustRoots { TrustRoots(certificates: [try root()]) }

  /// An OCSP response of the authority about an identity's leaf, for a day.
  static func stapledStatus(
    for identity: Identity, _ status: OCSPSingleResponse.Status = .good,
    at time: Timestamp = now.adding(seconds: -3600)
  ) throws -> [UInt8] {
    guard let leaf = identity.certificates.first else { throw CryptoError.unsupported("no leaf") }
    let authority = try authority.get()
    var builder = OCSPResponseBuilder(producedAt: time)
    builder.answers = [
      .init(
        of: leaf, issuedBy: authority.certificate, status: status, thisUpdate: time,
        nextUpdate: time.adding(seconds: 86_400))
    ]
    var random = DeterministicRandomSource(seed: [3])
    return try builder.der(
      signedBy: .init(certificate: authority.certificate, key: authority.key), random: &random)
  }

  /// A list of the authority's that revokes these, for a day.
  static func revocationList(_ certificates: [Certificate]) throws -> CertificateRevocationList {
    let authority = try authority.get()
    var builder = RevocationListBuilder(
      thisUpdate: now.adding(seconds: -3600), nextUpdate: now.adding(seconds: 86_400))
    builder.entries = certificates.map {
      .init(serialNumber: $0.serialNumber, revocationDate: now.adding(seconds: -3600))
    }
    var random = DeterministicRandomSource(seed: [4])
    return try builder.build(
      issuedBy: .init(certificate: authority.certificate, key: authority.key), random: &random)
  }

  /// A client that trusts the authority, and nobody else, under a policy on revocation.
  static func client(
    revocation change: (inout RevocationPolicy) throws -> Void
  ) throws -> ClientConfiguration {
    var verifier = ChainVerifier(roots: try roots())
    try change(&verifier.policy.revocation)
    var configuration = try clientConfiguration()
    configuration.verification = .verifier(verifier)
    return configuration
  }

  /// A client that trusts the authority, and nobody else.
  static func clientConfiguration() throws -> ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.verification = .roots(try roots())
    configuration.time = FixedTimeSource(now)
    configuration.keyLog = TestKeyLog.shared
    return configuration
  }
}
