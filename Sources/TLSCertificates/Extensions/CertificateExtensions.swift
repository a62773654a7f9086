import SwiftASN1

/// The extensions of a certificate (RFC 5280 section 4.2): all of them as they stand there, and what
/// those say that are read.
///
/// Whatever is read is read at once, critical or not, so that what is malformed is refused by the
/// certificate's initializer and nowhere later.
struct CertificateExtensions: Sendable {
  private(set) var all: [Certificate.Extension] = []
  private(set) var subjectAlternativeNames: SubjectAlternativeNames?
  private(set) var issuerAlternativeNames: [GeneralName] = []
  private(set) var basicConstraints: BasicConstraints?
  private(set) var keyUsage: KeyUsage?
  private(set) var extendedKeyUsage: ExtendedKeyUsage?
  private(set) var subjectKeyIdentifier: [UInt8]?
  private(set) var authorityKeyIdentifier: AuthorityKeyIdentifier?
  private(set) var nameConstraints: NameConstraints?
  private(set) var certificatePolicies: CertificatePolicies?
  private(set) var policyMappings: PolicyMappings?
  private(set) var policyConstraints: PolicyConstraints?
  private(set) var inhibitAnyPolicy: Int?
  private(set) var cRLDistributionPoints: [DistributionPoint] = []
  private(set) var freshestCRL: [DistributionPoint] = []
  private(set) var authorityInformationAccess: AuthorityInformationAccess?
  private(set) var subjectInformationAccess: SubjectInformationAccess?
  private(set) var tlsFeature: TLSFeature?
  private(set) var signedCertificateTimestamps: [SignedCertificateTimestamp] = []
  private(set) var hasOCSPNoCheck = false
  private(set) var unknownCritical: [OID] = []

  /// How many there are at most: duplicates are looked for one by one. Real ones have about ten.
  static let maximumCount = 64

  init() {}

  init(_ node: ASN1Node) throws(CertificateError) {
    var reader = try FieldReader(node, "extensions")
    while let node = reader.next() {
      guard all.count < Self.maximumCount else {
        throw CertificateError("extensions", "are more than \(Self.maximumCount)")
      }
      let one = try Certificate.Extension(node)
      guard !all.contains(where: { $0.identifier == one.identifier }) else {
        throw CertificateError("extensions", "have \(one.identifier) twice")
      }
      all.append(one)
      if try takeConstraint(one.identifier.asn1, one.value) { continue }
      if try takeName(one.identifier.asn1, one.value) { continue }
      if try takeService(one.identifier.asn1, one.value) { continue }
      if one.isCritical { unknownCritical.append(one.identifier) }
    }
    guard !all.isEmpty else { throw CertificateError("extensions", "are empty") }
  }

  /// Reads what says what a certificate may do and under which policies.
  private mutating func takeConstraint(
    _ identifier: ASN1ObjectIdentifier, _ value: ArraySlice<UInt8>
  ) throws(CertificateError) -> Bool {
    switch identifier {
    case ObjectIdentifiers.basicConstraints: basicConstraints = try BasicConstraints(der: value)
    case ObjectIdentifiers.keyUsage: keyUsage = try KeyUsage(der: value)
    case ObjectIdentifiers.extendedKeyUsage: extendedKeyUsage = try ExtendedKeyUsage(der: value)
    case ObjectIdentifiers.nameConstraints: nameConstraints = try NameConstraints(der: value)
    case ObjectIdentifiers.certificatePolicies:
      certificatePolicies = try CertificatePolicies(der: value)
    case ObjectIdentifiers.policyMappings: policyMappings = try PolicyMappings(der: value)
    case ObjectIdentifiers.policyConstraints: policyConstraints = try PolicyConstraints(der: value)
    case ObjectIdentifiers.inhibitAnyPolicy:
      inhibitAnyPolicy = try InhibitAnyPolicyReader.read(der: value)
    default: return false
    }
    return true
  }

  /// Reads what says whom a certificate is for, and which keys belong to it.
  private mutating func takeName(
    _ identifier: ASN1ObjectIdentifier, _ value: ArraySlice<UInt8>
  ) throws(CertificateError) -> Bool {
    switch identifier {
    case ObjectIdentifiers.subjectAlternativeName:
      subjectAlternativeNames = try SubjectAlternativeNames(der: value)
    case ObjectIdentifiers.issuerAlternativeName:
      let field = "issuerAltName"
      issuerAlternativeNames = try GeneralName.list(try FieldReader.parse(value, field), field)
    case ObjectIdentifiers.subjectKeyIdentifier:
      subjectKeyIdentifier = try KeyIdentifierReader.subject(der: value)
    case ObjectIdentifiers.authorityKeyIdentifier:
      authorityKeyIdentifier = try AuthorityKeyIdentifier(der: value)
    default: return false
    }
    return true
  }

  /// Reads what says where to learn more about a certificate.
  ///
  /// - Returns: whether the extension is processed where it is critical. No path validation heeds
  ///   delta lists and certificate transparency.
  private mutating func takeService(
    _ identifier: ASN1ObjectIdentifier, _ value: ArraySlice<UInt8>
  ) throws(CertificateError) -> Bool {
    switch identifier {
    case ObjectIdentifiers.cRLDistributionPoints:
      cRLDistributionPoints = try DistributionPoint.list(der: value, "cRLDistributionPoints")
    case ObjectIdentifiers.authorityInfoAccess:
      authorityInformationAccess = try AuthorityInformationAccess(der: value)
    case ObjectIdentifiers.subjectInfoAccess:
      subjectInformationAccess = try SubjectInformationAccess(der: value)
    case ObjectIdentifiers.tlsFeature: tlsFeature = try TLSFeature(der: value)
    case ObjectIdentifiers.ocspNoCheck:
      let field = "ocsp-nocheck"
      guard try FieldReader.parse(value, field).primitive(.null, field).isEmpty else {
        throw CertificateError(field, "is a NULL with something in it")
      }
      hasOCSPNoCheck = true
    case ObjectIdentifiers.freshestCRL:
      freshestCRL = try DistributionPoint.list(der: value, "freshestCRL")
      return false
    case ObjectIdentifiers.signedCertificateTimestamps:
      signedCertificateTimestamps = try SignedCertificateTimestamp.list(der: value)
      return false
    default: return false
    }
    return true
  }
}

extension Certificate {
  /// An extension as it stands in a certificate (RFC 5280 section 4.2).
  public struct Extension: Sendable, Hashable {
    /// Which it is.
    public let identifier: OID
    /// Whether who does not understand it must refuse the certificate.
    public let isCritical: Bool
    /// Shared with the certificate's encoding.
    let value: ArraySlice<UInt8>

    /// The value, in DER.
    public var der: [UInt8] { Array(value) }

    init(_ node: ASN1Node) throws(CertificateError) {
      var fields = try FieldReader(node, "extension")
      identifier = OID(try fields.next("extnID").objectIdentifier("extnID"))
      isCritical = try fields.next(if: .boolean)?.booleanDefaultFalse("critical") ?? false
      value = try fields.next("extnValue").primitive(.octetString, "extnValue")
      try fields.end()
    }
  }
}
