/// What the extensions say (RFC 5280 section 4.2).
extension Certificate {
  private var read: CertificateExtensions { body.extensions }

  /// All extensions in their order, those that nothing here reads among them.
  public var extensions: [Extension] { read.all }

  /// The extension with this identifier, if it is there.
  public func `extension`(_ identifier: OID) -> Extension? {
    read.all.first { $0.identifier == identifier }
  }

  /// Whether the extension with this identifier is there and critical.
  public func isCritical(_ identifier: OID) -> Bool {
    self.extension(identifier)?.isCritical ?? false
  }

  /// The object identifiers of critical extensions that path validation does not process.
  public var unknownCriticalExtensions: [OID] { read.unknownCritical }

  /// The names that it is for.
  public var subjectAlternativeNames: SubjectAlternativeNames? { read.subjectAlternativeNames }
  /// More names of who issued it.
  public var issuerAlternativeNames: [GeneralName] { read.issuerAlternativeNames }
  /// Whether it may issue others.
  public var basicConstraints: BasicConstraints? { read.basicConstraints }
  /// What its key may do; `nil` for anything.
  public var keyUsage: KeyUsage? { read.keyUsage }
  /// What it is for; `nil` for anything.
  public var extendedKeyUsage: ExtendedKeyUsage? { read.extendedKeyUsage }
  /// The name of its key.
  public var subjectKeyIdentifier: [UInt8]? { read.subjectKeyIdentifier }
  /// Which key signed it.
  public var authorityKeyIdentifier: AuthorityKeyIdentifier? { read.authorityKeyIdentifier }
  /// The names that certificates below it may bear.
  public var nameConstraints: NameConstraints? { read.nameConstraints }
  /// The policies that it was issued under.
  public var certificatePolicies: CertificatePolicies? { read.certificatePolicies }
  /// Which policies its issuer takes for the same.
  public var policyMappings: PolicyMappings? { read.policyMappings }
  /// What the policies of a path with it must be like.
  public var policyConstraints: PolicyConstraints? { read.policyConstraints }
  /// After how many more certificates anyPolicy stands for nothing but itself
  /// (RFC 5280 section 4.2.1.14).
  public var inhibitAnyPolicy: Int? { read.inhibitAnyPolicy }
  /// Where revocation lists are that speak of it.
  public var cRLDistributionPoints: [DistributionPoint] { read.cRLDistributionPoints }
  /// Where the latest changes to those lists are (RFC 5280 section 4.2.1.15).
  public var freshestCRL: [DistributionPoint] { read.freshestCRL }
  /// Where to learn more about its issuer.
  public var authorityInformationAccess: AuthorityInformationAccess? {
    read.authorityInformationAccess
  }
  /// Where to get what its subject has to offer.
  public var subjectInformationAccess: SubjectInformationAccess? { read.subjectInformationAccess }
  /// The TLS extensions that a server with it answers.
  public var tlsFeature: TLSFeature? { read.tlsFeature }
  /// Whether its server staples an OCSP response always (RFC 7633).
  public var mustStaple: Bool { read.tlsFeature?.mustStaple ?? false }
  /// The promises of logs to publish it (RFC 6962).
  public var signedCertificateTimestamps: [SignedCertificateTimestamp] {
    read.signedCertificateTimestamps
  }
  /// Whether its revocation need not be looked for, as it is an OCSP responder's
  /// (RFC 6960 section 4.2.2.2.1).
  public var hasOCSPNoCheck: Bool { read.hasOCSPNoCheck }
  /// Whether it is but the promise of a certificate (RFC 6962 section 3.1).
  public var isPrecertificate: Bool {
    self.extension(OID.Extensions.precertificatePoison) != nil
  }
}
