/// A rule of RFC 5280 section 4 for what certificates must be like: its profile of certificates and
/// their extensions.
///
/// Whoever issues a certificate must keep these rules. Section 6, by which paths are validated, asks
/// for none of them, so that a verifier may take what breaks one; ``ChainVerifier/Profile`` says
/// whether this one does. Each is a MUST of the RFC. Rules that all profiles ask for are not among
/// them, as their breach is no certificate that is read (``CertificateError``) or no path that is
/// valid: a serial number of more than 20 bytes, a policy that stands twice, a critical freshestCRL.
///
/// A root is trusted by its name and its key, whatever else its certificate says (section 6.1.1 (d)),
/// and is asked for less: ``isAskedOfRoots``. A leaf that is itself trusted is asked for nothing
/// (RFC 6818 section 2).
@nonexhaustive
public enum CertificateProfileRequirement: Sendable, Hashable, CaseIterable {
  /// Certificates are of version 3, since they need extensions.
  case version
  /// Serial numbers are greater than zero.
  case serialNumber
  /// The issuer has a name.
  case issuer
  /// An authority has a name, and so has who signs revocation lists.
  case subject
  /// No unique identifiers are there.
  case noUniqueIdentifiers
  /// The key of the issuer is named, in all certificates but self-signed ones.
  case authorityKeyIdentifier
  /// That extension is not critical.
  case authorityKeyIdentifierCriticality
  /// An authority's key has a name.
  case subjectKeyIdentifier
  /// That extension is not critical.
  case subjectKeyIdentifierCriticality
  /// An authority says what its key may do.
  case keyUsage
  /// A key that signs certificates is an authority's.
  case keyCertSign
  /// An authority that signs certificates has critical basicConstraints.
  case basicConstraintsCriticality
  /// The path is limited below keys that sign certificates, and no others.
  case pathLength
  /// Policies are mapped by authorities alone.
  case policyMappings
  /// There are alternative names if there is no subject.
  case alternativeNames
  /// They are critical then.
  case alternativeNamesCriticality
  /// A DNS name is in the preferred name syntax (RFC 1034 section 3.5, RFC 1123 section 2.1). An
  /// asterisk may be its first label (RFC 9525 section 6.3), of which RFC 5280 says nothing.
  case dnsName
  /// Names are constrained by authorities alone.
  case nameConstraints
  /// Name constraints are critical.
  case nameConstraintsCriticality
  /// The DNS names of constraints are as `host.example.com`, or empty for all: no period leads them.
  case nameConstraintsDNSName
  /// policyConstraints are critical.
  case policyConstraintsCriticality
  /// inhibitAnyPolicy is critical.
  case inhibitAnyPolicyCriticality
  /// authorityInfoAccess is not critical.
  case authorityInfoAccessCriticality
  /// subjectInfoAccess is not critical.
  case subjectInfoAccessCriticality

  /// Where the rule stands in RFC 5280.
  public var section: String {
    switch self {
    case .version: "4.1.2.1"
    case .serialNumber: "4.1.2.2"
    case .issuer: "4.1.2.4"
    case .subject: "4.1.2.6"
    case .noUniqueIdentifiers: "4.1.2.8"
    case .authorityKeyIdentifier, .authorityKeyIdentifierCriticality: "4.2.1.1"
    case .subjectKeyIdentifier, .subjectKeyIdentifierCriticality: "4.2.1.2"
    case .keyUsage: "4.2.1.3"
    case .policyMappings: "4.2.1.5"
    case .alternativeNames, .alternativeNamesCriticality, .dnsName: "4.2.1.6"
    case .keyCertSign, .basicConstraintsCriticality, .pathLength: "4.2.1.9"
    case .nameConstraints, .nameConstraintsCriticality, .nameConstraintsDNSName: "4.2.1.10"
    case .policyConstraintsCriticality: "4.2.1.11"
    case .inhibitAnyPolicyCriticality: "4.2.1.14"
    case .authorityInfoAccessCriticality: "4.2.2.1"
    case .subjectInfoAccessCriticality: "4.2.2.2"
    }
  }

  /// What the rule wants.
  public var expected: String {
    switch self {
    case .version: "version 3"
    case .serialNumber: "a serial number greater than zero"
    case .issuer: "an issuer's name"
    case .subject: "a subject's name"
    case .noUniqueIdentifiers: "no unique identifiers"
    case .authorityKeyIdentifier: "authorityKeyIdentifier with a keyIdentifier"
    case .authorityKeyIdentifierCriticality: "authorityKeyIdentifier that is not critical"
    case .subjectKeyIdentifier: "subjectKeyIdentifier"
    case .subjectKeyIdentifierCriticality: "subjectKeyIdentifier that is not critical"
    case .keyUsage: "keyUsage in an authority's certificate"
    case .keyCertSign: "keyCertSign in an authority's certificate alone"
    case .basicConstraintsCriticality: "critical basicConstraints"
    case .pathLength: "pathLenConstraint with keyCertSign alone"
    case .policyMappings: "policyMappings in an authority's certificate alone"
    case .alternativeNames: "subjectAltName where the subject is empty"
    case .alternativeNamesCriticality: "critical subjectAltName where the subject is empty"
    case .dnsName: "a DNS name of letters, digits and hyphens, perhaps below an asterisk"
    case .nameConstraints: "nameConstraints in an authority's certificate alone"
    case .nameConstraintsCriticality: "critical nameConstraints"
    case .nameConstraintsDNSName: "a DNS name to constrain by, without a period in front"
    case .policyConstraintsCriticality: "critical policyConstraints"
    case .inhibitAnyPolicyCriticality: "critical inhibitAnyPolicy"
    case .authorityInfoAccessCriticality: "authorityInfoAccess that is not critical"
    case .subjectInfoAccessCriticality: "subjectInfoAccess that is not critical"
    }
  }

  /// Whether the profile ``ChainVerifier/Profile/strictRFC5280`` asks a root for it, too.
  ///
  /// These are what `openssl verify -x509_strict` asks a root for, and what is said of name
  /// constraints, since a root's are applied to the path. They refuse a few old roots that are in most
  /// stores. The others would tell nothing of the path, and refuse more of them: one root in fifteen
  /// has the serial number 0. Self-signed certificates need not name the key (section 4.2.1.1), and no
  /// root is asked for that, as nobody looks for its issuer.
  public var isAskedOfRoots: Bool {
    switch self {
    case .version, .issuer, .subject, .authorityKeyIdentifierCriticality, .subjectKeyIdentifier,
      .subjectKeyIdentifierCriticality, .keyUsage, .basicConstraintsCriticality,
      .nameConstraintsCriticality, .nameConstraintsDNSName:
      true
    default: false
    }
  }

  /// Whether the Baseline Requirements ask for it, too.
  ///
  /// They let authorities leave name constraints uncritical (sections 7.1.2.5.2 and 7.1.2.10.8), and
  /// say nothing of a period in front of a domain.
  public var isAskedByBaselineRequirements: Bool {
    self != .nameConstraintsCriticality && self != .nameConstraintsDNSName
  }
}
