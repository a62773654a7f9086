extension VerificationRule {
  /// A sentence without its full stop that names the values.
  ///
  /// - Parameter subject: what to call the certificate that breaks the rule.
  func sentence(about subject: String) -> String {
    switch self {
    case .emptyChain: "the peer sent no certificate"
    case .tooManyCertificates(let limit, let found):
      "the peer sent \(found) certificates, more than \(limit)"
    case .expired(let notAfter, let now): "\(subject) expired at \(notAfter); it is \(now) now"
    case .notYetValid(let notBefore, let now):
      "\(subject) is not valid before \(notBefore); it is \(now) now"
    case .nameMismatch(let presented, let expected):
      "certificate is for \(Self.list(presented.map(\.quoted), none: "no name at all")), not "
        + expected.description.quoted
    case .untrustedRoot(let issuer):
      "\(subject) was issued by \"\(issuer)\", which is not among the trusted roots"
    case .selfSigned: "\(subject) is self-signed, and not among the trusted roots"
    case .badSignature(let issuer): "the signature of \(subject) is not that of \"\(issuer)\""
    case .notACertificateAuthority: "\(subject) issued another and is no authority"
    case .pathTooLong(let limit, let found):
      "\(subject) allows \(limit) authorities below it, and \(found) follow"
    case .keyUsage(let missing, let found):
      "the key of \(subject) may not be used for \(missing), only for \(found)"
    case .extendedKeyUsage(let required, let found):
      "\(subject) is for \(found), not for \(required.name ?? required.text)"
    case .unknownCriticalExtension(let identifier):
      "\(subject) has the critical extension \(identifier), which is not understood"
    case .weakSignature(let name): "\(subject) is signed by \(name), which is not accepted"
    case .weakKey(let key, let required):
      "\(subject) has a key of \(key), and must have \(required)"
    case .nameConstraints(let authority, let problem):
      "\(subject) breaks the name constraints of \"\(authority)\": \(problem)"
    case .rootPurpose(let required, let found):
      "the root of \(subject) is trusted for \(found), not for \(required)"
    case .unreadableRoot(let problem): "the root of \(subject) cannot be read: \(problem)"
    case .policy(let required, let found):
      "the path of \(subject) is for \(Self.list(found.map(\.text), none: "no policy")), and must be for "
        + Self.list(required.map(\.text), none: "some policy")
    case .certificateProfile(let requirement, let found):
      "\(subject) is not as RFC 5280 wants it: expected \(requirement.expected), found \(found)"
    case .baselineRequirement(let requirement, let found):
      "\(subject) breaks the Baseline Requirements: expected \(requirement.expected), found "
        + found
    case .notPinned(let expected, let found):
      "none of the keys in the path of \(subject) is pinned: they are "
        + "\(Self.list(found.map(\.description), none: "none")), and the pins "
        + Self.list(expected.map(\.description).sorted(), none: "none")
    case .revoked(let time, let reason, let source):
      "\(subject) was revoked at \(time) (\(Self.text(reason))), says \(source)"
    case .revocationUnknown(let problem):
      "nothing says whether \(subject) was revoked: \(problem)"
    case .badStapledStatus(let problem):
      "the OCSP response that came with \(subject) proves nothing: \(problem)"
    case .missingStapledStatus: "\(subject) must come with an OCSP response, and none came"
    case .tooManyNames(let limit):
      "the names of \(subject) and the name constraints above it take more than \(limit) "
        + "comparisons"
    case .tooManyPolicies(let limit):
      "the policies above \(subject) and the mappings between them are more than \(limit)"
    case .tooManyPaths(let limit):
      "\(subject) leads into more paths than are tried: \(limit) candidates are the most"
    case .pathBeyondLimit(let limit):
      "\(subject) leads into a path of more than \(limit) certificates"
    case .tooManySignatures(let limit):
      "the paths of \(subject) take more than \(limit) signature checks"
    }
  }
}
