/// Asks a certificate for what RFC 5280 section 4 says that it must be like.
enum CertificateProfileRules {
  /// A requirement that is not kept, and what there is instead.
  typealias Problem = (requirement: CertificateProfileRequirement, found: String)

  /// What is wrong with a certificate by the requirements that are asked for.
  static func problem(
    with certificate: Certificate, isAsked: (CertificateProfileRequirement) -> Bool
  ) -> Problem? {
    for part in [fieldProblems, keyProblems, constraintProblems, nameProblems, accessProblems] {
      if let problem = part(certificate).first(where: { isAsked($0.requirement) }) {
        return problem
      }
    }
    return nil
  }

  private static let isCritical = "one that is critical"
  private static let isNotCritical = "one that is not critical"

  /// What is wrong with the fields (section 4.1.2).
  private static func fieldProblems(_ certificate: Certificate) -> [Problem] {
    var problems: [Problem] = []
    if certificate.version != 3 { problems.append((.version, "version \(certificate.version)")) }
    if certificate.serialNumber.allSatisfy({ $0 == 0 }) {
      problems.append((.serialNumber, "zero"))
    }
    if certificate.issuer.isEmpty { problems.append((.issuer, "an empty one")) }
    let signsLists = certificate.keyUsage?.contains(.cRLSign) == true
    if certificate.subject.isEmpty, certificate.isAuthority || signsLists {
      problems.append((.subject, "an empty one"))
    }
    if certificate.hasUniqueIdentifiers { problems.append((.noUniqueIdentifiers, "some")) }
    return problems
  }

  /// What is wrong with the names of keys and what they are for (sections 4.2.1.1 to 4.2.1.3).
  private static func keyProblems(_ certificate: Certificate) -> [Problem] {
    var problems: [Problem] = []
    if certificate.authorityKeyIdentifier?.keyIdentifier == nil {
      let found = certificate.authorityKeyIdentifier == nil ? "none" : "one without"
      problems.append((.authorityKeyIdentifier, found))
    }
    if certificate.isCritical(.Extensions.authorityKeyIdentifier) {
      problems.append((.authorityKeyIdentifierCriticality, isCritical))
    }
    if certificate.isAuthority, certificate.subjectKeyIdentifier == nil {
      problems.append((.subjectKeyIdentifier, "none"))
    }
    if certificate.isCritical(.Extensions.subjectKeyIdentifier) {
      problems.append((.subjectKeyIdentifierCriticality, isCritical))
    }
    if certificate.isAuthority, certificate.keyUsage == nil {
      problems.append((.keyUsage, "none"))
    }
    return problems
  }

  /// What is wrong with what only authorities have (sections 4.2.1.5 and 4.2.1.9 to 4.2.1.14).
  private static func constraintProblems(_ certificate: Certificate) -> [Problem] {
    var problems: [Problem] = []
    let isAuthority = certificate.isAuthority
    let usage = certificate.keyUsage
    // Without the extension a key may do everything.
    let signsCertificates = usage?.contains(.keyCertSign) ?? isAuthority
    if signsCertificates, !isAuthority {
      problems.append((.keyCertSign, "one that is no authority's"))
    }
    // An authority whose key does other things need not have them critical.
    if signsCertificates, isAuthority, !certificate.isCritical(.Extensions.basicConstraints) {
      problems.append((.basicConstraintsCriticality, isNotCritical))
    }
    if certificate.basicConstraints?.pathLength != nil, usage?.contains(.keyCertSign) != true {
      problems.append((.pathLength, usage?.description ?? "no keyUsage"))
    }
    if certificate.policyMappings != nil, !isAuthority {
      problems.append((.policyMappings, "one that is no authority's"))
    }
    if certificate.policyConstraints != nil, !certificate.isCritical(.Extensions.policyConstraints)
    {
      problems.append((.policyConstraintsCriticality, isNotCritical))
    }
    if certificate.inhibitAnyPolicy != nil, !certificate.isCritical(.Extensions.inhibitAnyPolicy) {
      problems.append((.inhibitAnyPolicyCriticality, isNotCritical))
    }
    guard let constraints = certificate.nameConstraints else { return problems }
    if !isAuthority { problems.append((.nameConstraints, "one that is no authority's")) }
    if !certificate.isCritical(.Extensions.nameConstraints) {
      problems.append((.nameConstraintsCriticality, isNotCritical))
    }
    for case .dnsName(let base) in constraints.permitted + constraints.excluded
    where !base.isEmpty && !PreferredName.isHost(base.utf8[...]) {
      problems.append((.nameConstraintsDNSName, base.quoted))
      break
    }
    return problems
  }

  /// What is wrong with the subject's alternative names (section 4.2.1.6).
  private static func nameProblems(_ certificate: Certificate) -> [Problem] {
    guard let alternatives = certificate.subjectAlternativeNames else {
      return certificate.subject.isEmpty ? [(.alternativeNames, "none")] : []
    }
    var problems: [Problem] = []
    if certificate.subject.isEmpty, !certificate.isCritical(.Extensions.subjectAltName) {
      problems.append((.alternativeNamesCriticality, isNotCritical))
    }
    for case .dnsName(let name) in alternatives.names
    where !PreferredName.isHostOrWildcard(name) {
      problems.append((.dnsName, name.quoted))
      break
    }
    return problems
  }

  /// What is wrong with what says where to learn more (section 4.2.2).
  private static func accessProblems(_ certificate: Certificate) -> [Problem] {
    var problems: [Problem] = []
    if certificate.isCritical(.Extensions.authorityInfoAccess) {
      problems.append((.authorityInfoAccessCriticality, isCritical))
    }
    if certificate.isCritical(.Extensions.subjectInfoAccess) {
      problems.append((.subjectInfoAccessCriticality, isCritical))
    }
    return problems
  }
}

extension Certificate {
  /// Whether it says that it is an authority's.
  fileprivate var isAuthority: Bool { basicConstraints?.isAuthority == true }
}

/// Where the profile is asked for: where the rules are that cost next to nothing.
extension CertificateRules {
  /// What is wrong with a certificate that is not trusted itself.
  ///
  /// The Baseline Requirements are on top of the profile, and are asked for first: what both have is
  /// theirs.
  func profileProblem(with certificate: Certificate) -> VerificationRule? {
    if policy.profile == .strictRFC5280 {
      return rule(CertificateProfileRules.problem(with: certificate) { _ in true })
    }
    guard asksBaseline else { return nil }
    return rule(
      CertificateProfileRules.problem(with: certificate, isAsked: \.isAskedByBaselineRequirements))
  }

  /// What is wrong with a root that issued another certificate.
  func profileProblem(withRoot root: Certificate) -> VerificationRule? {
    guard policy.profile == .strictRFC5280 else { return nil }
    return rule(CertificateProfileRules.problem(with: root, isAsked: \.isAskedOfRoots))
  }

  private func rule(_ problem: CertificateProfileRules.Problem?) -> VerificationRule? {
    problem.map { .certificateProfile($0.requirement, found: $0.found) }
  }
}
