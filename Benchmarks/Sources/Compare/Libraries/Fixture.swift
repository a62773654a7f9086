import TLSCertificates
import TLSCrypto
import TLSEngine

/// The server's certificate and key, for all libraries the same.
struct Fixture {
  /// The sort of key.
  enum Kind: String, CaseIterable {
    case ecdsaP256 = "ECDSA P-256"
    case rsa2048 = "RSA-2048"
    case ed25519 = "Ed25519"

    /// A suite that goes with the key.
    var suite: CipherSuite {
      self == .rsa2048 ? .ecdheRSAWithAES128GCMSHA256 : .ecdheECDSAWithAES128GCMSHA256
    }

    fileprivate var generation: PrivateKey.Generation {
      switch self {
      case .ecdsaP256: .ecdsa(.secp256r1)
      case .rsa2048: .rsa(bits: 2048)
      case .ed25519: .ed25519
      }
    }
  }

  /// The name that it is for.
  static let name = "bench.test"

  let identity: Identity

  /// The certificate and its key, in PEM.
  let certificate: String
  let key: String

  init(_ kind: Kind) throws {
    var random = SystemRandomSource()
    let now = SystemTimeSource().now()
    let authority = try DevelopmentAuthority(now: now, random: &random)
    let leaf = try authority.issue(
      names: [Self.name], keyKind: kind.generation, now: now, random: &random)
    identity = try Identity(certificates: [leaf.certificate], privateKey: leaf.key)
    certificate = leaf.certificate.pem
    let pem = leaf.key.pkcs8PEM()
    key = String(decoding: [UInt8](pem.bytes), as: UTF8.self)
  }
}
