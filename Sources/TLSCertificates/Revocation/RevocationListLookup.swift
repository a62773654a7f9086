import TLSCrypto

/// What the lists say of one certificate (RFC 5280 section 6.3.3).
struct RevocationListLookup {
  enum Answer {
    /// Lists for all reasons are there, and it is on none.
    case notRevoked
    case revoked(VerificationRule)
    /// No such lists are there, for this reason.
    case unknown(String)
  }

  let certificate: Certificate
  /// Those above the certificate, its issuer first.
  let authorities: [Certificate]
  let chain: [Certificate]
  let time: Timestamp
  let policy: RevocationPolicy
  let algorithms: AlgorithmPolicy

  func answer(
    _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> Answer {
    let scope = RevocationListScope(certificate: certificate)
    let signers = RevocationListSigners(
      authorities: authorities, others: policy.listIssuers + chain, time: time,
      algorithms: algorithms)
    var covered: ReasonFlags = []
    var problem: String?
    for list in policy.lists {
      guard let reasons = scope.reasons(of: list) else { continue }
      let staleness = staleness(of: list)
      var entry = list.entry(for: certificate.serialNumber, issuer: certificate.issuer)
      // What is on hold may be good again by now.
      if staleness != nil, entry?.reason?.isFinal == false { entry = nil }
      if entry == nil {
        // A list that tells nothing new costs no signature. One that tells that the certificate was
        // revoked is never passed over: of two lists the newer one alone may say so.
        if covered.isSuperset(of: reasons) { continue }
        if let staleness {
          problem = problem ?? staleness
          continue
        }
      }
      if let found = try signers.problem(with: list, &budget) {
        problem = problem ?? found
        continue
      }
      if let entry {
        return .revoked(
          .revoked(
            at: entry.revocationDate, reason: entry.reason,
            source: "the list of \"\(list)\""))
      }
      covered.formUnion(reasons)
    }
    if covered.isSuperset(of: .all) { return .notRevoked }
    return .unknown(problem ?? missing(covered))
  }

  /// Why a list is not of now, if it is not.
  private func staleness(of list: CertificateRevocationList) -> String? {
    let tolerance = Int64(policy.clockTolerance)
    guard list.thisUpdate <= time.adding(seconds: tolerance) else {
      return "the list of \"\(list)\" begins at \(list.thisUpdate); it is \(time) now"
    }
    guard time <= list.nextUpdate.adding(seconds: tolerance) else {
      return "the list of \"\(list)\" ended at \(list.nextUpdate); it is \(time) now"
    }
    return nil
  }

  private func missing(_ covered: ReasonFlags) -> String {
    guard covered.isEmpty else {
      return "the lists speak of \(covered) alone, and nothing of "
        + "\(ReasonFlags.all.subtracting(covered))"
    }
    guard !policy.lists.isEmpty else { return "no revocation list was given" }
    return "of \(policy.lists.count) revocation lists given, none speaks of this certificate of "
      + "\"\(certificate.issuer)\""
  }
}
