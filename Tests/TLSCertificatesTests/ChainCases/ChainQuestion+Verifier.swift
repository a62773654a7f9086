import TLSCrypto

@testable import TLSCertificates

extension ChainCase {
  /// Why a case cannot be asked.
  struct Unaskable: Error, CustomStringConvertible {
    let path: String
    let problem: String

    var description: String { "\(path): \(problem)" }
  }

  /// What we answer, from the encodings on.
  func answer() throws -> ChainAnswer {
    let roots: TrustRoots
    do throws(MalformedRoot) {
      roots = try trustRoots()
    } catch {
      return .malformed(error.field, at: .root)
    }
    var chain: [Certificate] = []
    for der in self.chain {
      do throws(CertificateError) {
        chain.append(try Certificate(der: der))
      } catch {
        return .malformed(error.field, at: .position(chain.count))
      }
    }
    var policy = try question.policy(path)
    var readLists: [CertificateRevocationList] = []
    for der in lists {
      do throws(RevocationListError) {
        readLists.append(try CertificateRevocationList(der: der))
      } catch {
        return .malformed("list's \(error.field)", at: .none)
      }
    }
    if case .on(_, let scope, let whenUnknown) = policy.revocation.listChecking {
      policy.revocation.listChecking = .on(readLists, scope, whenUnknown: whenUnknown)
    }
    let verifier = ChainVerifier(roots: roots, policy: policy)
    let status: StapledStatus =
      if let response { .response(response) } else {
        question.more["status"] == "absent" ? .absent : .notRequested
      }
    let name = try question.name.map { try ServerName($0) }
    do throws(VerificationError) {
      _ = try verifier.verify(
        chain, for: name, usage: question.usage, at: question.time,
        stapledStatus: status)
      return .accepted
    } catch {
      return ChainAnswer(error)
    }
  }
}

/// The field of a root that is wrong.
private struct MalformedRoot: Error {
  let field: String
}

extension ChainCase {
  /// The roots, for what the settings say.
  ///
  /// Those of a directory are read in full when they are needed, so that one can be spoilt.
  private func trustRoots() throws(MalformedRoot) -> TrustRoots {
    let purposes: TrustRoots.Purposes =
      switch question.more["roots-for"] {
      case "servers": .serverAuthentication
      case "clients": .clientAuthentication
      default: .all
      }
    if question.more["roots-in"] == "directory" {
      do {
        let directory = try TemporaryDirectory()
        for (index, der) in roots.enumerated() { try directory.write("\(index).der", der) }
        return try TrustRoots(directory: directory.path, purposes: purposes)
      } catch {
        throw MalformedRoot(field: "directory")
      }
    }
    var certificates: [Certificate] = []
    for der in roots {
      do throws(CertificateError) {
        certificates.append(try Certificate(der: der))
      } catch {
        throw MalformedRoot(field: error.field)
      }
    }
    return TrustRoots(certificates: certificates, purposes: purposes)
  }
}

extension ChainAnswer {
  init(_ error: VerificationError) {
    let place: Place =
      if let position = error.position {
        .position(position)
      } else {
        error.certificate == nil ? .none : .root
      }
    let name = error.rule.name
    switch error.rule {
    case .baselineRequirement(let requirement, _):
      self = .refused("\(name) \(requirement)", at: place)
    case .certificateProfile(let requirement, _):
      self = .refused("\(name) \(requirement)", at: place)
    default: self = .refused(name, at: place)
    }
  }
}

extension ChainQuestion {
  /// The policy that the settings say.
  fileprivate func policy(_ path: String) throws -> ChainVerifier.Policy {
    var policy = ChainVerifier.Policy()
    for (key, value) in more where !["roots-for", "roots-in"].contains(key) {
      let number = Int(value)
      if try policy.takeSetting(key, value) || policy.revocation.takeSetting(key, value) {
        continue
      }
      switch (key, number) {
      case ("limit-certificates", let limit?): policy.maximumCertificateCount = limit
      case ("limit-path", let limit?): policy.maximumPathLength = limit
      case ("limit-candidates", let limit?): policy.maximumCandidateCount = limit
      case ("limit-signatures", let limit?): policy.maximumSignatureCount = limit
      case ("limit-names", let limit?): policy.maximumNameComparisonCount = limit
      default: throw ChainCase.Unaskable(path: path, problem: "\(key): \(value) is not known")
      }
    }
    return policy
  }
}

extension ChainVerifier.Policy {
  /// Takes a setting that is not a number.
  ///
  /// - Returns: whether it is one of these.
  fileprivate mutating func takeSetting(_ key: String, _ value: String) throws -> Bool {
    switch (key, value) {
    case ("algorithms", "strict"): algorithms = .strict
    case ("algorithms", "legacy"): algorithms = .legacy
    case ("profile", "strict-rfc5280"): profile = .strictRFC5280
    case ("profile", "baseline-requirements"): profile = .baselineRequirements
    case ("pins", _):
      pins = Set(try value.split(separator: " ").map { try PublicKeyPin(String($0)) })
    case ("ed25519", "refused"): algorithms.allowsEd25519 = false
    case ("curves", _): algorithms.curves = try Self.curves(value)
    case ("policies", _):
      acceptablePolicies = Set(
        value.split(separator: " ").compactMap { OID(String($0)) })
    case ("explicit-policy", "required"): requiresExplicitPolicy = true
    case ("policy-mapping", "inhibited"): inhibitsPolicyMapping = true
    case ("any-policy", "inhibited"): inhibitsAnyPolicy = true
    default: return false
    }
    return true
  }

  private static func curves(_ value: String) throws -> Set<EllipticCurve> {
    let known = ["P-256": EllipticCurve.secp256r1, "P-384": .secp384r1, "P-521": .secp521r1]
    return Set(
      try value.split(separator: " ").map { name in
        guard let curve = known[String(name)] else {
          throw ChainCase.Unaskable(path: "curves", problem: "\(name) is not known")
        }
        return curve
      })
  }
}

extension RevocationPolicy {
  /// Takes a setting.
  ///
  /// - Returns: whether it is one of these.
  fileprivate mutating func takeSetting(_ key: String, _ value: String) -> Bool {
    switch (key, value) {
    case ("status", "absent"): break
    case ("revocation-lists", "leaf"): listChecking = .on([], .leaf, whenUnknown: .refuse)
    case ("revocation-lists", "leaf-if-known"): listChecking = .on([], .leaf, whenUnknown: .accept)
    case ("revocation-lists", "chain"): listChecking = .on([], .chain, whenUnknown: .refuse)
    case ("revocation-lists", "chain-if-known"):
      listChecking = .on([], .chain, whenUnknown: .accept)
    case ("stapling", "off"): staplingChecking = .off
    case ("stapling", "required"):
      staplingChecking = .on(whenUnusable: .refuse, whenAbsent: .refuse)
    case ("stapling", "if-known"):
      staplingChecking = .on(whenUnusable: .accept, whenAbsent: .accept)
    case ("must-staple", "ignored"): enforcesMustStaple = false
    default: return false
    }
    return true
  }
}
