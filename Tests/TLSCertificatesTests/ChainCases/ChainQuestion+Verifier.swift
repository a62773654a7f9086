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
    var roots: [Certificate] = []
    for der in self.roots {
      do throws(CertificateError) {
        roots.append(try Certificate(der: der))
      } catch {
        return .malformed(error.field, at: .root)
      }
    }
    var chain: [Certificate] = []
    for der in self.chain {
      do throws(CertificateError) {
        chain.append(try Certificate(der: der))
      } catch {
        return .malformed(error.field, at: .position(chain.count))
      }
    }
    let verifier = ChainVerifier(
      roots: TrustRoots(certificates: roots), policy: try question.policy(path))
    let name = try question.name.map { try ServerName($0) }
    do throws(VerificationError) {
      _ = try verifier.verify(chain, for: name, usage: question.usage, at: question.time)
      return .accepted
    } catch {
      return ChainAnswer(error)
    }
  }
}

extension ChainAnswer {
  init(_ error: VerificationError) {
    let place: Place =
      if let position = error.position {
        .position(position)
      } else {
        error.certificate.isEmpty ? .none : .root
      }
    self = .refused(Self.name(of: error.rule), at: place)
  }

  /// The name of an enumeration's case, without its values.
  private static func name(of rule: some Any) -> String {
    Mirror(reflecting: rule).children.first?.label ?? "\(rule)"
  }
}

extension ChainQuestion {
  /// The policy that the settings say.
  fileprivate func policy(_ path: String) throws -> ChainVerifier.Policy {
    var policy = ChainVerifier.Policy()
    for (key, value) in more {
      let number = Int(value)
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
