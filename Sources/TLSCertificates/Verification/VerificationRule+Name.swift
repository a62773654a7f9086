extension VerificationRule {
  /// What programs know the rule by, whatever values it has: the name of its case. It does not change.
  public var name: String {
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
    case .tooManyNames: "tooManyNames"
    case .policy: "policy"
    case .tooManyPolicies: "tooManyPolicies"
    case .certificateProfile: "certificateProfile"
    case .baselineRequirement: "baselineRequirement"
    case .notPinned: "notPinned"
    case .revoked: "revoked"
    case .revocationUnknown: "revocationUnknown"
    case .badStapledStatus: "badStapledStatus"
    case .missingStapledStatus: "missingStapledStatus"
    case .tooManyPaths: "tooManyPaths"
    case .pathBeyondLimit: "pathBeyondLimit"
    case .tooManySignatures: "tooManySignatures"
    }
  }

  /// Which of the many requirements of a profile it is, by the name of its case; `nil` for a rule that
  /// is one by itself.
  public var requirement: String? {
    switch self {
    case .certificateProfile(let requirement, _): "\(requirement)"
    case .baselineRequirement(let requirement, _): "\(requirement)"
    default: nil
    }
  }
}
