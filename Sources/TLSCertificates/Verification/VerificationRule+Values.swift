extension VerificationRule {
  /// What the rule wants.
  public var expected: String {
    switch self {
    case .emptyChain: "a certificate"
    case .tooManyCertificates(let limit, _): "at most \(limit) certificates"
    case .expired(_, let now): "notAfter at \(now) or later"
    case .notYetValid(_, let now): "notBefore at \(now) or earlier"
    case .nameMismatch(_, let expected): expected.description.quoted
    case .untrustedRoot, .selfSigned: "an issuer that is trusted"
    case .badSignature(let issuer): "the signature of \"\(issuer)\""
    case .notACertificateAuthority: "basicConstraints with cA"
    case .pathTooLong(let limit, _): "at most \(limit) authorities below"
    case .keyUsage(let missing, _): missing.description
    case .extendedKeyUsage(let required, _): required.name ?? required.text
    case .rootPurpose(let required, _): required.description
    case .unreadableRoot: "a root that can be read"
    case .unknownCriticalExtension: "critical extensions that are understood"
    case .weakSignature: "a signature that the policy allows"
    case .weakKey(_, let required): required
    case .nameConstraints(let authority, _): "names that \"\(authority)\" allows"
    case .tooManyNames(let limit): "at most \(limit) comparisons"
    case .policy(let required, _): Self.list(required.map(\.text), none: "any policy")
    case .tooManyPolicies(let limit): "at most \(limit) policies"
    case .certificateProfile(let requirement, _): requirement.expected
    case .baselineRequirement(let requirement, _): requirement.expected
    case .notPinned(let expected, _):
      Self.list(expected.map(\.description).sorted(), none: "none")
    case .revoked: "a certificate that was not revoked"
    case .revocationUnknown: "a list or response about the certificate"
    case .badStapledStatus, .missingStapledStatus: "a stapled OCSP response that is good"
    case .tooManyPaths(let limit): "at most \(limit) candidates"
    case .pathBeyondLimit(let limit): "at most \(limit) certificates"
    case .tooManySignatures(let limit): "at most \(limit) signature checks"
    }
  }

  /// What there is instead.
  public var found: String {
    switch self {
    case .emptyChain, .missingStapledStatus: "none"
    case .tooManyCertificates(_, let found), .pathTooLong(_, let found): "\(found)"
    case .expired(let notAfter, _): "\(notAfter)"
    case .notYetValid(let notBefore, _): "\(notBefore)"
    case .nameMismatch(let presented, _): Self.list(presented.map(\.quoted), none: "no name")
    case .untrustedRoot(let issuer): "\"\(issuer)\""
    case .selfSigned: "its own signature"
    case .badSignature: "another signature"
    case .notACertificateAuthority: "a certificate without it"
    case .keyUsage(_, let found): found.description
    case .extendedKeyUsage(_, let found): found.description
    case .rootPurpose(_, let found): found.description
    case .unreadableRoot(let problem), .nameConstraints(_, let problem): problem
    case .unknownCriticalExtension(let identifier): identifier.text
    case .weakSignature(let name), .weakKey(let name, _): name
    case .policy(_, let found): Self.list(found.map(\.text), none: "none")
    case .certificateProfile(_, let found), .baselineRequirement(_, let found): found
    case .notPinned(_, let found): Self.list(found.map(\.description), none: "none")
    case .revoked(let time, let reason, let source):
      "revoked at \(time) (\(Self.text(reason))), says \(source)"
    case .revocationUnknown(let problem), .badStapledStatus(let problem): problem
    case .tooManyNames, .tooManyPolicies, .tooManyPaths, .pathBeyondLimit, .tooManySignatures:
      "more"
    }
  }

  static func text(_ reason: RevocationReason?) -> String {
    reason?.description ?? "no reason given"
  }

  /// The first five: a peer can choose how many there are.
  static func list(_ texts: [String], none: String) -> String {
    guard !texts.isEmpty else { return none }
    let more = texts.count > 5 ? " and \(texts.count - 5) more" : ""
    return texts.prefix(5).joined(separator: ", ") + more
  }
}
