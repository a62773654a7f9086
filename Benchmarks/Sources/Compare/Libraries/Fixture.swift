import TLSCertificates
import TLSCrypto
import TLSEngine

/// What a connection is made of, for all libraries the same: the server's certificate and key, the
/// group, and whether the client judges the chain.
struct Fixture {
  /// The sort of key.
  enum Kind: String, CaseIterable {
    case ecdsaP256 = "ECDSA P-256"
    case ecdsaP384 = "ECDSA P-384"
    case rsa2048 = "RSA-2048"
    case rsa3072 = "RSA-3072"
    case ed25519 = "Ed25519"

    /// A suite that goes with the key.
    var suite: CipherSuite {
      switch self {
      case .rsa2048, .rsa3072: .ecdheRSAWithAES128GCMSHA256
      case .ecdsaP256, .ecdsaP384, .ed25519: .ecdheECDSAWithAES128GCMSHA256
      }
    }

    var isECDSA: Bool { self == .ecdsaP256 || self == .ecdsaP384 }

    var generation: PrivateKey.Generation {
      switch self {
      case .ecdsaP256: .ecdsa(.secp256r1)
      case .ecdsaP384: .ecdsa(.secp384r1)
      case .rsa2048: .rsa(bits: 2048)
      case .rsa3072: .rsa(bits: 3072)
      case .ed25519: .ed25519
      }
    }
  }

  /// The name that it is for.
  static let name = "bench.test"

  let kind: Kind
  let identity: Identity

  /// The certificates, leaf first, and the leaf's key, in PEM.
  let certificates: String
  let key: String

  /// The group of the key exchange.
  var group = NamedGroup.x25519

  /// The root that the client judges the chain and the name by; `nil` if it takes any chain.
  let root: Certificate?

  init(_ kind: Kind) throws {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let authority = try DevelopmentAuthority(now: now, random: &random)
    let leaf = try authority.issue(
      names: [Self.name], keyKind: kind.generation, now: now, random: &random)
    try self.init(kind, [leaf.certificate], leaf.key, root: nil)
  }

  /// With the chain of another fixture, which the client judges.
  init(judging chain: ChainFixture) throws {
    try self.init(
      chain.kind, [chain.leaf, chain.authority], chain.key, root: chain.root)
  }

  private init(
    _ kind: Kind, _ chain: [Certificate], _ key: PrivateKey, root: Certificate?
  ) throws {
    self.kind = kind
    self.root = root
    identity = try Identity(certificates: chain, privateKey: key)
    certificates = chain.map(\.pem).joined()
    let pem = key.pkcs8PEM()
    self.key = String(decoding: [UInt8](pem.bytes), as: UTF8.self)
  }

  /// The root in PEM.
  var roots: String? { root?.pem }

  /// The suite that goes with the key and the group.
  var suite: CipherSuite {
    group.isFiniteField ? .dheRSAWithAES128GCMSHA256 : kind.suite
  }

  /// The group first, and the curves that keys of certificates are on: in TLS 1.2 those are asked for
  /// too (RFC 8422 section 5.1).
  var groups: [NamedGroup] {
    [group] + [.secp256r1, .secp384r1].filter { $0 != group }
  }
}
