import TLSCrypto

/// What a stapled OCSP response proves about a leaf (RFC 6960 section 3.2).
struct StapledStatusCheck {
  let leaf: Certificate
  /// Who issued the leaf.
  let issuer: Certificate
  /// Those above the leaf, its issuer first.
  let authorities: [Certificate]
  /// Where others may be found who sign lists.
  let listSigners: [Certificate]
  let time: Timestamp
  let policy: RevocationPolicy
  let algorithms: AlgorithmPolicy

  func answer(
    of der: [UInt8], _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> StapledAnswer {
    let response: OCSPResponse
    do {
      response = try OCSPResponse(der: der)
    } catch {
      return .unusable("\(error)")
    }
    guard let basic = response.basic else {
      return .unusable("the responder said \(response.status) instead of an answer")
    }
    let answers = basic.responses.filter(isAboutLeaf)
    guard !answers.isEmpty else {
      return .unusable("the response is about \(Self.others(basic)), not about this certificate")
    }
    if let problem = try signerProblem(basic, &budget) { return .unusable(problem) }
    // If there are several that differ, the worst counts.
    for answer in answers {
      guard case .revoked(let revocation, let reason) = answer.status else { continue }
      if reason?.isFinal ?? true || staleness(of: answer) == nil {
        return .revoked(
          .revoked(
            at: revocation, reason: reason,
            source: "the stapled OCSP response"))
      }
    }
    return goodAnswer(answers)
  }

  /// What answers are worth of which none says that the leaf was revoked for good. Those that are not
  /// of now are passed over, where there are others.
  private func goodAnswer(_ answers: [OCSPSingleResponse]) -> StapledAnswer {
    let fresh = answers.filter { staleness(of: $0) == nil }
    let problems = (fresh.isEmpty ? answers : fresh).compactMap(problem)
    return problems.first.map { .unusable($0) } ?? .good
  }

  /// Whether an answer means the leaf: by its number, its issuer's name and its issuer's key.
  private func isAboutLeaf(_ response: OCSPSingleResponse) -> Bool {
    let found = response.certificate
    guard found.serialNumber == leaf.serialNumber else { return false }
    let wanted = try? OCSPCertificateID(
      serialNumber: leaf.serialNumber, issuerName: leaf.issuer.der,
      issuerKey: issuer.subjectPublicKey, using: found.hashAlgorithm)
    return wanted == found
  }

  /// What an answer is about, if not the leaf.
  private static func others(_ basic: BasicOCSPResponse) -> String {
    let shown = basic.responses.prefix(3).map { $0.certificate.serialNumber.hexadecimal }
    let more = basic.responses.count > shown.count ? ", …" : ""
    return "the serial number \(shown.joined(separator: ", "))\(more) of some issuer"
  }

  /// Why an answer that is not "revoked" is not "good", if it is not.
  private func problem(_ answer: OCSPSingleResponse) -> String? {
    if let problem = staleness(of: answer) { return problem }
    switch answer.status {
    case .good: return nil
    case .unknown: return "the responder does not know the certificate"
    case .revoked: return "the response says that the certificate is on hold"
    }
  }

  /// Why an answer is not of now (RFC 6960 section 4.2.2.1), if it is not.
  private func staleness(of answer: OCSPSingleResponse) -> String? {
    let tolerance = Int64(policy.clockTolerance)
    guard answer.thisUpdate <= time.adding(seconds: tolerance) else {
      return "the response begins at \(answer.thisUpdate); it is \(time) now"
    }
    if let nextUpdate = answer.nextUpdate {
      guard time <= nextUpdate.adding(seconds: tolerance) else {
        return "the response ended at \(nextUpdate); it is \(time) now"
      }
      return nil
    }
    let last = answer.thisUpdate.adding(seconds: Int64(policy.maximumStatusAge))
    guard time <= last.adding(seconds: tolerance) else {
      return "the response is of \(answer.thisUpdate) and does not say when it ends; "
        + "without that, \(policy.maximumStatusAge) seconds are the most; it is \(time) now"
    }
    return nil
  }
}

/// Who signed a response (RFC 6960 section 4.2.2.2): the leaf's issuer, or somebody to whom the same
/// issuer gave a certificate for it. Whether that one was revoked, no response is asked, since the
/// same issuer would answer; the lists are, whether or not it has id-pkix-ocsp-nocheck.
extension StapledStatusCheck {
  private func signerProblem(
    _ basic: BasicOCSPResponse, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> String? {
    if algorithms.problem(with: basic.signature) != nil {
      return "the response is signed by \(basic.signature), which is not accepted"
    }
    if Self.isNamed(issuer, basic.responder) {
      if try isSigned(basic, by: issuer, &budget) { return nil }
    }
    var problem: String?
    for delegate in basic.certificates where Self.isNamed(delegate, basic.responder) {
      if let found = try delegateProblem(delegate, &budget) {
        problem = problem ?? found
      } else if try isSigned(basic, by: delegate, &budget) {
        return nil
      } else {
        problem = problem ?? "the signature of the response is not that of \"\(delegate)\""
      }
    }
    if let problem { return problem }
    return Self.isNamed(issuer, basic.responder)
      ? "the signature of the response is not that of \"\(issuer)\""
      : "the response is signed by \(basic.responder), who is neither \"\(issuer)\" nor has a "
        + "certificate in the response"
  }

  private func isSigned(
    _ basic: BasicOCSPResponse, by signer: Certificate, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> Bool {
    try budget.isSigned(basic.der, by: signer.publicKey) {
      basic.verifySignature(by: signer.publicKey)
    }
  }

  private static func isNamed(_ certificate: Certificate, _ responder: OCSPResponder) -> Bool {
    switch responder {
    case .name(let name): return certificate.subject == name
    case .keyHash(let hash):
      let key = certificate.subjectPublicKey
      guard let digest = try? Hash.identifierSHA1(of: key.rawSpan) else { return false }
      return digest.array == hash
    }
  }

  /// Why somebody may not sign for the issuer, if so.
  private func delegateProblem(
    _ delegate: Certificate, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> String? {
    let who = "the responder's certificate \"\(delegate)\""
    guard delegate.issuer == issuer.subject else {
      return "\(who) was issued by \"\(delegate.issuer)\", not by \"\(issuer)\""
    }
    // Not anyExtendedKeyUsage, which every server might have.
    guard delegate.extendedKeyUsage?.allowsOCSPSigning == true else {
      return "\(who) is not for OCSPSigning"
    }
    // The leaf would vouch for itself.
    guard delegate.publicKey != leaf.publicKey else {
      return "\(who) has the key of the certificate that the response is about"
    }
    if let usage = delegate.keyUsage, !usage.contains(.digitalSignature) {
      return "\(who) has a key for \(usage), not for digitalSignature"
    }
    if let problem = SignerRules(time: time, algorithms: algorithms).problem(with: delegate) {
      return "\(who) \(problem)"
    }
    let isIssued = try budget.isSigned(delegate.der, by: issuer.publicKey) {
      delegate.verifySignature(by: issuer.publicKey)
    }
    guard isIssued else { return "\(who) is not signed by \"\(issuer)\"" }
    let lookup = RevocationListLookup(
      certificate: delegate, authorities: authorities, others: listSigners, time: time,
      policy: policy, algorithms: algorithms)
    return try lookup.revocation(&budget)?.sentence(about: who)
  }
}
