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
  /// Where others may be found who sign lists.
  let others: [Certificate]
  let time: Timestamp
  let policy: RevocationPolicy
  let algorithms: AlgorithmPolicy

  func answer(
    _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> Answer {
    if let rule = try revocation(&budget) { return .revoked(rule) }
    let scope = RevocationListScope(certificate: certificate)
    var covered: ReasonFlags = []
    var problem: String?
    for list in policy.lists {
      // A list that tells nothing new costs no signature.
      guard let reasons = scope.reasons(of: list), !covered.isSuperset(of: reasons) else {
        continue
      }
      if let staleness = staleness(of: list) {
        problem = problem ?? staleness
      } else if let found = try signers.problem(with: list, &budget) {
        problem = problem ?? found
      } else {
        covered.formUnion(reasons)
      }
    }
    if covered.isSuperset(of: .all) { return .notRevoked }
    return .unknown(problem ?? missing(covered))
  }

  /// How the certificate was revoked, if a list says that it was. Of two lists the newer one alone may
  /// say so, and none that does is passed over.
  ///
  /// What the certificate's own issuer has revoked is revoked, whatever else the list says that it
  /// speaks of: that limits what follows from being on none.
  func revocation(
    _ budget: inout SignatureBudget
  ) throws(SignatureBudget.Exhausted) -> VerificationRule? {
    let scope = RevocationListScope(certificate: certificate)
    for list in policy.lists {
      guard
        let entry = list.entry(for: certificate.serialNumber, issuer: certificate.issuer),
        list.issuer == certificate.issuer || scope.reasons(of: list) != nil
      else { continue }
      // What is on hold may be good again by now.
      if entry.reason?.isFinal == false, staleness(of: list) != nil { continue }
      guard try signers.problem(with: list, &budget) == nil else { continue }
      return .revoked(
        at: entry.revocationDate, reason: entry.reason,
        source: "the list of \"\(list)\"")
    }
    return nil
  }

  private var signers: RevocationListSigners {
    RevocationListSigners(
      certificate: certificate, authorities: authorities, others: others, time: time,
      policy: policy, algorithms: algorithms)
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
    let count = policy.lists.count
    guard count > 0 else { return "no revocation list was given" }
    return "of \(count) revocation lists given, none speaks of this certificate of "
      + "\"\(certificate.issuer)\""
  }
}
