internal import SwiftASN1

/// An OBJECT IDENTIFIER (X.690 section 8.19), such as `2.5.29.19`.
public struct OID: Sendable, Hashable, CustomStringConvertible {
  /// The longest encoding that is read, in bytes. Those in use have a dozen.
  public static let maximumByteCount = 64

  let asn1: ASN1ObjectIdentifier

  init(_ identifier: ASN1ObjectIdentifier) {
    asn1 = identifier
  }

  /// The identifier that a text means, or `nil` if it means none: numbers with dots between them.
  public init?(_ text: String) {
    guard let identifier = ASN1ObjectIdentifier(checking: text) else { return nil }
    asn1 = identifier
  }

  /// The numbers with dots between them.
  public var description: String { asn1.text }
  /// The numbers with dots between them.
  public var text: String { asn1.text }
}

extension OID {
  /// The policy that stands for all of them (RFC 5280 section 4.2.1.4).
  public static let anyPolicy = OID(ObjectIdentifiers.anyPolicy)

  /// For TLS servers (RFC 5280 section 4.2.1.12).
  public static let serverAuth = OID(ObjectIdentifiers.serverAuth)
  /// For TLS clients.
  public static let clientAuth = OID(ObjectIdentifiers.clientAuth)
  /// For signing programs.
  public static let codeSigning = OID(ObjectIdentifiers.codeSigning)
  /// For protecting email.
  public static let emailProtection = OID(ObjectIdentifiers.emailProtection)
  /// For binding a hash to a time.
  public static let timeStamping = OID(ObjectIdentifiers.timeStamping)
  /// For signing OCSP responses.
  public static let ocspSigning = OID(ObjectIdentifiers.ocspSigning)
  /// For anything.
  public static let anyExtendedKeyUsage = OID(ObjectIdentifiers.anyExtendedKeyUsage)

  /// Where OCSP is answered (RFC 5280 section 4.2.2.1).
  public static let ocsp = OID(ObjectIdentifiers.ocsp)
  /// Where certificates of the issuer are.
  public static let caIssuers = OID(ObjectIdentifiers.caIssuers)
  /// Where what a certification authority publishes is (RFC 5280 section 4.2.2.2).
  public static let caRepository = OID(ObjectIdentifiers.caRepository)
  /// Where a time-stamping service is.
  public static let timeStampingService = OID(ObjectIdentifiers.timeStampingService)
}

extension OID {
  /// The extensions that are read (RFC 5280 section 4.2, RFC 6960, RFC 6962 and RFC 7633).
  public enum Extensions {
    /// subjectKeyIdentifier.
    public static let subjectKeyIdentifier = OID(
      ObjectIdentifiers.subjectKeyIdentifier)
    /// keyUsage.
    public static let keyUsage = OID(ObjectIdentifiers.keyUsage)
    /// subjectAltName.
    public static let subjectAltName = OID(ObjectIdentifiers.subjectAlternativeName)
    /// issuerAltName.
    public static let issuerAltName = OID(ObjectIdentifiers.issuerAlternativeName)
    /// basicConstraints.
    public static let basicConstraints = OID(ObjectIdentifiers.basicConstraints)
    /// nameConstraints.
    public static let nameConstraints = OID(ObjectIdentifiers.nameConstraints)
    /// cRLDistributionPoints.
    public static let cRLDistributionPoints = OID(
      ObjectIdentifiers.cRLDistributionPoints)
    /// certificatePolicies.
    public static let certificatePolicies = OID(ObjectIdentifiers.certificatePolicies)
    /// policyMappings.
    public static let policyMappings = OID(ObjectIdentifiers.policyMappings)
    /// authorityKeyIdentifier.
    public static let authorityKeyIdentifier = OID(
      ObjectIdentifiers.authorityKeyIdentifier)
    /// policyConstraints.
    public static let policyConstraints = OID(ObjectIdentifiers.policyConstraints)
    /// extKeyUsage.
    public static let extKeyUsage = OID(ObjectIdentifiers.extendedKeyUsage)
    /// freshestCRL.
    public static let freshestCRL = OID(ObjectIdentifiers.freshestCRL)
    /// inhibitAnyPolicy.
    public static let inhibitAnyPolicy = OID(ObjectIdentifiers.inhibitAnyPolicy)
    /// authorityInfoAccess.
    public static let authorityInfoAccess = OID(ObjectIdentifiers.authorityInfoAccess)
    /// subjectInfoAccess.
    public static let subjectInfoAccess = OID(ObjectIdentifiers.subjectInfoAccess)
    /// The TLS features (RFC 7633).
    public static let tlsFeature = OID(ObjectIdentifiers.tlsFeature)
    /// No revocation of an OCSP responder's certificate (RFC 6960 section 4.2.2.2.1).
    public static let ocspNoCheck = OID(ObjectIdentifiers.ocspNoCheck)
    /// The signed certificate timestamps (RFC 6962 section 3.3).
    public static let signedCertificateTimestamps = OID(
      ObjectIdentifiers.signedCertificateTimestamps)
    /// What makes a precertificate of no use (RFC 6962 section 3.1).
    public static let precertificatePoison = OID(
      ObjectIdentifiers.precertificatePoison)
  }

  /// What the identifier is called, if it is one of an extension or a purpose that is known here.
  public var name: String? { ObjectIdentifiers.names[asn1] }
}
