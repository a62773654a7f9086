extension VerificationRule {
  /// Where the rule stands.
  public var section: String {
    switch self {
    case .emptyChain: "RFC 5246 7.4.2"
    // No RFC says how far a path is to be looked for: the bounds are the caller's.
    case .tooManyCertificates, .tooManyNames, .tooManyPolicies, .tooManyPaths, .pathBeyondLimit,
      .tooManySignatures:
      "ChainVerifier.Policy"
    case .weakKey, .weakSignature: "RFC 9325 4.5"
    case .expired, .notYetValid: "RFC 5280 6.1.3 (a)(2)"
    case .nameMismatch: "RFC 9525 6"
    case .untrustedRoot, .selfSigned: "RFC 5280 6.1"
    case .badSignature: "RFC 5280 6.1.3 (a)(1)"
    case .notACertificateAuthority: "RFC 5280 6.1.4 (k)"
    case .pathTooLong: "RFC 5280 6.1.4 (l)"
    case .keyUsage(.keyCertSign, _): "RFC 5280 6.1.4 (n)"
    case .keyUsage: "RFC 5280 4.2.1.3"
    case .extendedKeyUsage: "RFC 5280 4.2.1.12"
    case .rootPurpose, .unreadableRoot: "RFC 5280 6.1.1 (d)"
    case .unknownCriticalExtension: "RFC 5280 6.1.4 (o), 6.1.5 (f)"
    case .nameConstraints: "RFC 5280 6.1.3 (b), (c)"
    case .policy: "RFC 5280 6.1.5 (g)"
    case .certificateProfile(let requirement, _): "RFC 5280 \(requirement.section)"
    case .baselineRequirement(let requirement, _): "BR \(requirement.section)"
    case .notPinned: "RFC 7469 2.6"
    case .revoked, .revocationUnknown: "RFC 5280 6.1.3 (a)(3)"
    case .badStapledStatus: "RFC 6960 3.2"
    case .missingStapledStatus: "RFC 7633 4"
    }
  }
}
