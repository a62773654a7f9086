import TLSCertificates

extension VerificationRule {
  /// What programs know the rule by: the name of its case.
  var name: String {
    switch self {
    case .emptyChain: "emptyChain"
    case .tooManyCertificates: "tooManyCertificates"
    case .expired: "expired"
    case .notYetValid: "notYetValid"
    case .nameMismatch: "nameMismatch"
    case .untrustedRoot: "untrustedRoot"
    case .selfSigned: "selfSigned"
    case .badSignature: "badSignature"
    case .notACertificateAuthority: "notACertificateAuthority"
    case .pathTooLong: "pathTooLong"
    case .keyUsage: "keyUsage"
    case .extendedKeyUsage: "extendedKeyUsage"
    case .rootPurpose: "rootPurpose"
    case .unreadableRoot: "unreadableRoot"
    case .unknownCriticalExtension: "unknownCriticalExtension"
    case .weakSignature: "weakSignature"
    case .weakKey: "weakKey"
    case .nameConstraints: "nameConstraints"
    default: laterName
    }
  }

  /// Which of the many requirements of a profile it is, by the name of its case; `nil` for a rule that
  /// is one by itself.
  var requirement: String? {
    switch self {
    case .certificateProfile(let requirement, _): "\(requirement)"
    case .baselineRequirement(let requirement, _): "\(requirement)"
    default: nil
    }
  }

  /// The rules on policies, revocation and bounds.
  private var laterName: String {
    switch self {
    case .policy: "policy"
    case .certificateProfile: "certificateProfile"
    case .baselineRequirement: "baselineRequirement"
    case .notPinned: "notPinned"
    case .revoked: "revoked"
    case .revocationUnknown: "revocationUnknown"
    case .badStapledStatus: "badStapledStatus"
    case .missingStapledStatus: "missingStapledStatus"
    case .tooManyNames: "tooManyNames"
    case .tooManyPolicies: "tooManyPolicies"
    case .tooManyPaths: "tooManyPaths"
    case .pathBeyondLimit: "pathBeyondLimit"
    case .tooManySignatures: "tooManySignatures"
    default: "other"
    }
  }
}
