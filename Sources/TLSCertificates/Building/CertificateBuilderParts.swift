public import TLSCrypto

extension CertificateBuilder {
  /// The version of a certificate (RFC 5280 section 4.1.2.1).
  public enum Version: Sendable, Hashable {
    /// Without extensions.
    case v1
    /// With extensions.
    case v3
  }

  /// How a certificate is signed.
  public enum Signature: Sendable, Hashable {
    /// As fits the issuer's key: RSA PKCS#1 with SHA-256, ECDSA with a hash as long as the curve's
    /// numbers, or Ed25519.
    case standard
    /// With this algorithm.
    case algorithm(SignatureAlgorithm)
    /// Not at all: these bytes stand where the signature belongs, under an algorithm with this
    /// identifier, such as `1.2.840.113549.1.1.5` for RSA with SHA-1. For tests of who has to
    /// refuse it.
    ///
    /// `parameters` are in DER; empty leaves them out.
    case unsigned(algorithm: String, parameters: [UInt8], signature: [UInt8])
  }

  /// An extension as it stands in a certificate (RFC 5280 section 4.2).
  public struct Extension: Sendable, Hashable {
    /// The object identifier, such as `2.5.29.19`.
    public var identifier: String
    /// Whether who does not understand it must refuse the certificate.
    public var isCritical: Bool
    /// The value, in DER. It is written as it is.
    public var der: [UInt8]

    /// An extension with this identifier and this value in DER.
    public init(identifier: String, isCritical: Bool, der: [UInt8]) {
      self.identifier = identifier
      self.isCritical = isCritical
      self.der = der
    }
  }

  /// What a certificate is for (`KeyPurposeId` in RFC 5280 section 4.2.1.12).
  public struct KeyPurpose: Sendable, Hashable {
    /// The object identifier.
    public var identifier: String

    /// The purpose with this object identifier, such as `1.3.6.1.5.5.7.3.1`.
    public init(identifier: String) {
      self.identifier = identifier
    }

    /// TLS servers.
    public static let serverAuth = KeyPurpose(identifier: "1.3.6.1.5.5.7.3.1")
    /// TLS clients.
    public static let clientAuth = KeyPurpose(identifier: "1.3.6.1.5.5.7.3.2")
    /// Signing programs.
    public static let codeSigning = KeyPurpose(identifier: "1.3.6.1.5.5.7.3.3")
    /// Signing OCSP responses (RFC 6960 section 4.2.2.2).
    public static let ocspSigning = KeyPurpose(identifier: "1.3.6.1.5.5.7.3.9")
    /// Everything.
    public static let anyExtendedKeyUsage = KeyPurpose(identifier: "2.5.29.37.0")
  }

  /// Who signs a certificate: its own certificate and the key that belongs to it.
  public struct Issuer: Sendable {
    /// The issuer's certificate: its subject becomes the issuer's name.
    public var certificate: Certificate
    /// The key of that certificate.
    public var key: PrivateKey

    /// The issuer with this certificate and this key.
    public init(certificate: Certificate, key: PrivateKey) {
      self.certificate = certificate
      self.key = key
    }
  }
}
