internal import SwiftASN1

/// An OBJECT IDENTIFIER (X.690 section 8.19), such as `2.5.29.19`.
public struct ObjectIdentifier: Sendable, Hashable, CustomStringConvertible {
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

extension ObjectIdentifier {
  /// The policy that stands for all of them (RFC 5280 section 4.2.1.4).
  public static let anyPolicy = ObjectIdentifier(ObjectIdentifiers.anyPolicy)

  /// For TLS servers (RFC 5280 section 4.2.1.12).
  public static let serverAuth = ObjectIdentifier(ObjectIdentifiers.serverAuth)
  /// For TLS clients.
  public static let clientAuth = ObjectIdentifier(ObjectIdentifiers.clientAuth)
  /// For signing programs.
  public static let codeSigning = ObjectIdentifier(ObjectIdentifiers.codeSigning)
  /// For protecting email.
  public static let emailProtection = ObjectIdentifier(ObjectIdentifiers.emailProtection)
  /// For binding a hash to a time.
  public static let timeStamping = ObjectIdentifier(ObjectIdentifiers.timeStamping)
  /// For signing OCSP responses.
  public static let ocspSigning = ObjectIdentifier(ObjectIdentifiers.ocspSigning)
  /// For anything.
  public static let anyExtendedKeyUsage = ObjectIdentifier(ObjectIdentifiers.anyExtendedKeyUsage)

  /// Where OCSP is answered (RFC 5280 section 4.2.2.1).
  public static let ocsp = ObjectIdentifier(ObjectIdentifiers.ocsp)
  /// Where certificates of the issuer are.
  public static let caIssuers = ObjectIdentifier(ObjectIdentifiers.caIssuers)
  /// Where what a certification authority publishes is (RFC 5280 section 4.2.2.2).
  public static let caRepository = ObjectIdentifier(ObjectIdentifiers.caRepository)
  /// Where a time-stamping service is.
  public static let timeStampingService = ObjectIdentifier(ObjectIdentifiers.timeStampingService)
}

extension ObjectIdentifier {
  /// The extensions that are read (RFC 5280 section 4.2, RFC 6960, RFC 6962 and RFC 7633).
  public enum Extensions {
    /// subjectKeyIdentifier.
    public static let subjectKeyIdentifier = ObjectIdentifier(
      ObjectIdentifiers.subjectKeyIdentifier)
    /// keyUsage.
    public static let keyUsage = ObjectIdentifier(ObjectIdentifiers.keyUsage)
    /// subjectAltName.
    public static let subjectAltName = ObjectIdentifier(ObjectIdentifiers.subjectAlternativeName)
    /// issuerAltName.
    public static let issuerAltName = ObjectIdentifier(ObjectIdentifiers.issuerAlternativeName)
    /// basicConstraints.
    public static let basicConstraints = ObjectIdentifier(ObjectIdentifiers.basicConstraints)
    /// nameConstraints.
    public static let nameConstraints = ObjectIdentifier(ObjectIdentifiers.nameConstraints)
    /// cRLDistributionPoints.
    public static let cRLDistributionPoints = ObjectIdentifier(
      ObjectIdentifiers.cRLDistributionPoints)
    /// certificatePolicies.
    public static let certificatePolicies = ObjectIdentifier(ObjectIdentifiers.certificatePolicies)
    /// policyMappings.
    public static let policyMappings = ObjectIdentifier(ObjectIdentifiers.policyMappings)
    /// authorityKeyIdentifier.
    public static let authorityKeyIdentifier = ObjectIdentifier(
      ObjectIdentifiers.authorityKeyIdentifier)
    /// policyConstraints.
    public static let policyConstraints = ObjectIdentifier(ObjectIdentifiers.policyConstraints)
    /// extKeyUsage.
    public static let extKeyUsage = ObjectIdentifier(ObjectIdentifiers.extendedKeyUsage)
    /// freshestCRL.
    public static let freshestCRL = ObjectIdentifier(ObjectIdentifiers.freshestCRL)
    /// inhibitAnyPolicy.
    public static let inhibitAnyPolicy = ObjectIdentifier(ObjectIdentifiers.inhibitAnyPolicy)
    /// authorityInfoAccess.
    public static let authorityInfoAccess = ObjectIdentifier(ObjectIdentifiers.authorityInfoAccess)
    /// subjectInfoAccess.
    public static let subjectInfoAccess = ObjectIdentifier(ObjectIdentifiers.subjectInfoAccess)
    /// The TLS features (RFC 7633).
    public static let tlsFeature = ObjectIdentifier(ObjectIdentifiers.tlsFeature)
    /// No revocation of an OCSP responder's certificate (RFC 6960 section 4.2.2.2.1).
    public static let ocspNoCheck = ObjectIdentifier(ObjectIdentifiers.ocspNoCheck)
    /// The signed certificate timestamps (RFC 6962 section 3.3).
    public static let signedCertificateTimestamps = ObjectIdentifier(
      ObjectIdentifiers.signedCertificateTimestamps)
    /// What makes a precertificate of no use (RFC 6962 section 3.1).
    public static let precertificatePoison = ObjectIdentifier(
      ObjectIdentifiers.precertificatePoison)
  }

  /// What the identifier is called, if it is one of an extension or a purpose that is known here.
  public var name: String? { ObjectIdentifiers.names[asn1] }
}
