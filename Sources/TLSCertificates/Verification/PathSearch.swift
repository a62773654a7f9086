import TLSCrypto

/// Looks for a path from a leaf to a root in a heap of certificates.
///
/// Depth first: roots before certificates of the heap, those whose key identifier is the one that is
/// looked for before those without, those in time before those out of it (RFC 4158 section 3.5).
/// Rules that cost next to nothing are asked of each candidate. When a path is whole, its signatures
/// are checked from the root down, and after them what only a signature lets somebody make dear: name
/// constraints, policies and revocation. It keeps a stack of its own, so that the length of a path
/// costs no more than memory.
struct PathSearch {
  /// A path and the candidates for its next certificate, the last first.
  private struct Fork {
    var candidates: [CandidatePath.Step]
  }

  /// Why the search ends before all is tried.
  private struct Bound: Error {
    let rule: VerificationRule
    let step: CandidatePath.Step?
  }

  private let roots: TrustRoots
  private let rules: CertificateRules
  private let pathRules: PathRules
  private let stapledStatus: StapledStatus
  private var heap: CertificateHeap
  private var path = CandidatePath()
  private var forks: [Fork] = []
  private var log = AttemptLog()
  private var work: VerificationWork

  init(
    heap: CertificateHeap, roots: TrustRoots, rules: CertificateRules, stapledStatus: StapledStatus
  ) {
    self.heap = heap
    self.roots = roots
    self.rules = rules
    self.stapledStatus = stapledStatus
    pathRules = PathRules(policy: rules.policy, asksBaseline: rules.asksBaseline)
    work = VerificationWork(policy: rules.policy)
  }

  /// How much work was done.
  var workDone: VerificationWork { work }

  /// The first path that is good.
  ///
  /// - Parameter leaf: the first certificate of the heap.
  mutating func findPath(from leaf: Certificate) throws(VerificationError) -> [Certificate] {
    let purposes = roots.purposes(of: leaf)
    let start = CandidatePath.Step(
      certificate: leaf, position: 0,
      isRoot: purposes?.isSuperset(of: rules.usage.purpose) ?? false)
    path.append(start)
    if let purposes, !start.isRoot { note(purposeProblem(purposes), start, .rule) }
    if let rule = rules.problem(withLeaf: leaf, isRoot: start.isRoot) {
      note(rule, start, start.isRoot ? .ruleOfProvenPath : .rule)
      throw failed()
    }
    do {
      if start.isRoot {
        if try isGood() { return path.certificates }
      } else {
        try fork()
        while try step() {
          if path.last?.isRoot == true { return path.certificates }
        }
      }
    } catch {
      note(error.rule, error.step, .final)
    }
    throw failed()
  }

  /// A failure that was found after the search, on the path that it gave.
  mutating func error(_ failure: VerificationFailure, of path: [Certificate]) -> VerificationError {
    log.note(failure, of: path, .final)
    return log.error(otherwise: failure)
  }

  private func failed() -> VerificationError {
    log.error(otherwise: deadEnd())
  }

  /// Tries the next candidate.
  ///
  /// - Returns: whether there is more to do. A path that ends in a root is good.
  private mutating func step() throws(Bound) -> Bool {
    guard let depth = forks.indices.last else { return false }
    guard let candidate = forks[depth].candidates.popLast() else {
      forks.removeLast()
      path.removeLast()
      return true
    }
    guard work.takeCandidate() else {
      throw Bound(rule: .tooManyPaths(limit: work.candidateLimit), step: path.last)
    }
    let certificate = candidate.certificate
    let problem = rules.problem(
      withAuthority: certificate, isRoot: candidate.isRoot, below: path)
    path.append(candidate)
    if let problem {
      note(problem, candidate, leadsToRoot(from: candidate) ? .rule : .ruleWithoutRoot)
    } else if !candidate.isRoot {
      try fork()
      return true
    } else if try isGood() {
      return true
    }
    path.removeLast()
    return true
  }

  /// Looks for what may have issued the last certificate of the path.
  private mutating func fork() throws(Bound) {
    guard let last = path.last else { return }
    guard path.count < rules.policy.maximumPathLength else {
      note(.pathBeyondLimit(limit: rules.policy.maximumPathLength), last, .length)
      forks.append(Fork(candidates: []))
      return
    }
    let noted = log.count
    var candidates = candidates(for: last)
    if candidates.isEmpty {
      if log.count == noted { note(deadEnd(), .noIssuer) }
    } else if let problem = rules.policy.algorithms.problem(with: last.certificate.signature) {
      note(problem, last, .rule)
      candidates = []
    }
    forks.append(Fork(candidates: candidates))
  }

  /// What may have issued a certificate, the best last.
  private mutating func candidates(for last: CandidatePath.Step) -> [CandidatePath.Step] {
    var found = rootCandidates(for: last)
    // One more than may be tried, so that it is noticed where that is not enough.
    let left = work.candidatesLeft
    let limit = left == .max ? left : left + 1
    for position in heap.issuers(of: last.certificate, at: rules.time, limit: limit) {
      let issuer = heap.certificates[position]
      guard !path.leadsBack(to: issuer) else { continue }
      found.append(CandidatePath.Step(certificate: issuer, position: position, isRoot: false))
    }
    return found.reversed()
  }

  /// The roots that may have issued a certificate. Those that cannot be used are noted, so that
  /// nobody looks for a root that is there.
  private mutating func rootCandidates(for last: CandidatePath.Step) -> [CandidatePath.Step] {
    var found: [CandidatePath.Step] = []
    for root in roots.named(last.certificate.issuer) {
      let certificate: Certificate
      do {
        certificate = try root.certificate()
      } catch {
        note(.unreadableRoot("\(error)"), last, .rule)
        continue
      }
      guard last.certificate.mayBeIssued(by: certificate), !path.leadsBack(to: certificate) else {
        continue
      }
      guard root.purposes.isSuperset(of: rules.usage.purpose) else {
        note(purposeProblem(root.purposes), last, .rule)
        continue
      }
      found.append(CandidatePath.Step(certificate: certificate, position: nil, isRoot: true))
    }
    guard found.count > 1 else { return found }
    let ranks = found.map { last.certificate.rank(ofIssuer: $0.certificate, at: rules.time) }
    return (0...3).flatMap { rank in zip(found, ranks).filter { $0.1 == rank }.map(\.0) }
  }

  private func purposeProblem(_ found: TrustRoots.Purposes) -> VerificationRule {
    .rootPurpose(required: rules.usage.purpose, found: found)
  }

  /// Whether the first issuers that come to hand lead on to a root by their names. It tells a rule
  /// that is broken on the way to a root from one that is broken on the way to nowhere.
  private mutating func leadsToRoot(from step: CandidatePath.Step) -> Bool {
    if step.isRoot { return true }
    var certificate = step.certificate
    // A path that is longer than the heap goes in a circle.
    let length = min(rules.policy.maximumPathLength - path.count, heap.certificates.count + 1)
    for _ in 0..<max(0, length) {
      let current = certificate
      let isBelowRoot = roots.named(current.issuer, for: rules.usage.purpose)
        .contains { (try? $0.certificate()).map(current.mayBeIssued) ?? false }
      if isBelowRoot { return true }
      guard let position = heap.issuers(of: current, at: rules.time, limit: 1).first else {
        return false
      }
      certificate = heap.certificates[position]
    }
    return false
  }

  /// Whether the path, which is whole, is good.
  private mutating func isGood() throws(Bound) -> Bool {
    if let (problem, step) = try signatureProblem() {
      note(problem, step, .signature)
      return false
    }
    guard let (problem, index) = pathRules.problem(with: path, work: &work) ?? revocation() else {
      return true
    }
    let step = path.steps[index]
    switch problem {
    case .tooManyNames, .tooManyPolicies, .tooManySignatures:
      throw Bound(rule: problem, step: step)
    default:
      note(problem, step, .ruleOfProvenPath)
      return false
    }
  }

  /// The certificate of the path that was revoked, or of which nothing says that it was not where
  /// something must.
  private mutating func revocation() -> (VerificationRule, Int)? {
    let check = RevocationCheck(
      path: path.certificates, chain: heap.certificates, time: rules.time,
      policy: rules.policy.revocation, algorithms: rules.policy.algorithms, status: stapledStatus)
    return check.problem(&work.signatures)
  }

  /// Checks the signatures of the path, from the root down: what no root signed is found at once.
  private mutating func signatureProblem() throws(Bound) -> (VerificationRule, CandidatePath.Step)?
  {
    for (step, issuer) in zip(path.steps, path.steps.dropFirst()).reversed() {
      let certificate = step.certificate
      let key = issuer.certificate.publicKey
      let isGood: Bool
      do {
        isGood = try work.signatures.isSigned(certificate.der, by: key) {
          certificate.verifySignature(by: key)
        }
      } catch {
        throw Bound(rule: .tooManySignatures(limit: error.limit), step: step)
      }
      guard isGood else {
        return (.badSignature(issuer: issuer.certificate.description), step)
      }
    }
    return nil
  }

  /// What to say where nothing goes on.
  private func deadEnd() -> VerificationFailure {
    guard let last = path.last else { return VerificationFailure(.emptyChain) }
    let certificate = last.certificate
    let rule: VerificationRule =
      path.count == 1 && certificate.isSelfIssued
      ? .selfSigned : .untrustedRoot(issuer: certificate.issuer.description)
    return VerificationFailure(rule, certificate, position: last.position)
  }

  private mutating func note(
    _ rule: VerificationRule, _ step: CandidatePath.Step?, _ weight: AttemptLog.Weight
  ) {
    let position = step?.position ?? step.flatMap { heap.position(of: $0.certificate) }
    note(VerificationFailure(rule, step?.certificate, position: position), weight)
  }

  private mutating func note(_ failure: VerificationFailure, _ weight: AttemptLog.Weight) {
    log.note(failure, of: path.certificates, weight)
  }
}
