import TLSCrypto

/// Who may have signed the lists that speak of a certificate (RFC 5280 section 6.3.3 (f) and (g)).
struct RevocationListSigners {
  /// The certificate in question.
  let certificate: Certificate
  /// Those above the certificate, its issuer first. Nobody below them may speak of it: one who was
  /// revoked would otherwise say that he was not.
  let authorities: [Certificate]
  /// Where somebody else may be found.
  let others: [Certificate]
  let time: Timestamp
  let policy: RevocationPolicy
  let algorithms: AlgorithmPolicy

  /// Why a list is not signed by who may, if it is not.
  func problem(
    with list: CertificateRevocationList, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> String? {
    if algorithms.problem(with: list.signature) != nil {
      return "the list of \"\(list)\" is signed by \(list.signature), which is not accepted"
    }
    var problem: String?
    for authority in authorities where mayHaveSigned(authority, list) {
      if let usage = authority.keyUsage, !usage.contains(.cRLSign) {
        problem = problem ?? "the key of \"\(authority)\" is for \(usage), not for cRLSign"
      } else if try isSigned(list, by: authority, &budget) {
        return nil
      }
    }
    for other in others where mayHaveSigned(other, list) && !authorities.contains(other) {
      if let found = try self.problem(withIssuer: other, &budget) {
        problem = problem ?? found
      } else if try isSigned(list, by: other, &budget) {
        return nil
      }
    }
    return problem
      ?? "the signature of the list of \"\(list)\" is not that of anybody of this name in the path"
  }

  /// Different key identifiers say that it was another key (RFC 5280 section 5.2.1).
  private func mayHaveSigned(
    _ signer: Certificate, _ list: CertificateRevocationList
  ) -> Bool {
    guard signer.subject == list.issuer else { return false }
    guard let wanted = list.authorityKeyIdentifier?.keyIdentifier,
      let found = signer.subjectKeyIdentifier
    else { return true }
    return wanted == found
  }

  private func isSigned(
    _ list: CertificateRevocationList, by signer: Certificate, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> Bool {
    try budget.isSigned(list.der, by: signer.publicKey) {
      list.verifySignature(by: signer.publicKey)
    }
  }

  /// Why somebody outside of the path may not sign lists, if so. The right to it must be said
  /// outright: the certificate may be one that a peer has sent.
  private func problem(
    withIssuer signer: Certificate, _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> String? {
    let who = "the list issuer's certificate \"\(signer)\""
    guard signer.publicKey != certificate.publicKey else {
      return "\(who) has the key of the certificate in question"
    }
    guard signer.keyUsage?.contains(.cRLSign) == true else { return "\(who) is not for cRLSign" }
    if let problem = SignerRules(time: time, algorithms: algorithms).problem(with: signer) {
      return "\(who) \(problem)"
    }
    for (index, authority) in authorities.enumerated() where authority.subject == signer.issuer {
      let isIssued = try budget.isSigned(signer.der, by: authority.publicKey) {
        signer.verifySignature(by: authority.publicKey)
      }
      guard isIssued else { continue }
      // The signer may have been revoked, too. Whether it was, the authorities themselves say, so that
      // no chain of signers is followed.
      let lookup = RevocationListLookup(
        certificate: signer, authorities: Array(authorities.dropFirst(index)), others: [],
        time: time, policy: policy, algorithms: algorithms)
      return try lookup.revocation(&budget)?.sentence(about: who)
    }
    return "\(who) was issued by nobody in the path"
  }
}
