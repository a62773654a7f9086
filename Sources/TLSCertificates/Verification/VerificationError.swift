public import TLSCrypto

/// Why a chain is refused: which certificate, which rule, and the values that were compared.
public struct VerificationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The rule that the chain breaks.
  public enum Rule: Sendable, Equatable {
    /// There is no certificate at all.
    case emptyChain
    /// There are more certificates than are looked at.
    case tooManyCertificates(limit: Int, found: Int)
    /// The certificate is no longer valid.
    case expired(notAfter: Timestamp, now: Timestamp)
    /// The certificate is not yet valid.
    case notYetValid(notBefore: Timestamp, now: Timestamp)
    /// The certificate is for other names.
    case nameMismatch(presented: [String], expected: ServerName)
    /// Nothing that is trusted, and nothing that came with it, issued the certificate.
    case untrustedRoot(issuer: String)
    /// The certificate was issued by itself, and is not trusted.
    case selfSigned
    /// The signature is not the issuer's.
    case badSignature(issuer: String)
    /// The certificate was used to issue another, which it may not do.
    case notACertificateAuthority
    /// More authorities follow than the certificate allows.
    case pathTooLong(limit: Int, found: Int)
    /// The key may not be used for this.
    case keyUsage(missing: KeyUsage, found: KeyUsage)
    /// The certificate is for other purposes.
    case extendedKeyUsage(required: String, found: String)
    /// The certificate has a critical extension that is not understood.
    case unknownCriticalExtension(String)
    /// The certificate is signed in a way that proves nothing, or that is unknown.
    case weakSignature(String)
    /// The key is too short.
    case weakKey(String, minimumBitCount: Int)
    /// The certificate bears a name that an authority above it may not give.
    case nameConstraints(authority: String, problem: String)
    /// There are more names and name constraints than are compared.
    case tooManyNames(limit: Int)
    /// There are more ways through the certificates, or longer ones, than are tried.
    case tooManyPaths
  }

  /// The rule.
  public let rule: Rule

  /// The subject of the certificate that breaks it.
  public let certificate: String

  /// Where that stands in the chain that the peer sent, from 0; `nil` if it is not in there.
  public let position: Int?

  init(_ rule: Rule, _ certificate: Certificate?, in chain: [Certificate]) {
    self.rule = rule
    self.certificate = certificate?.description ?? ""
    position = certificate.flatMap(chain.firstIndex)
  }

  /// Where the rule stands.
  public var section: String {
    switch rule {
    case .emptyChain: "RFC 5246 7.4.2"
    case .tooManyCertificates, .tooManyNames, .tooManyPaths, .weakKey, .weakSignature: "RFC 9325 4"
    case .expired, .notYetValid: "RFC 5280 6.1.3 (a)(2)"
    case .nameMismatch: "RFC 9525 6"
    case .untrustedRoot, .selfSigned: "RFC 5280 6.1"
    case .badSignature: "RFC 5280 6.1.3 (a)(1)"
    case .notACertificateAuthority: "RFC 5280 6.1.4 (k)"
    case .pathTooLong: "RFC 5280 6.1.4 (m)"
    case .keyUsage: "RFC 5280 4.2.1.3"
    case .extendedKeyUsage: "RFC 5280 4.2.1.12"
    case .unknownCriticalExtension: "RFC 5280 6.1.4 (o)"
    case .nameConstraints: "RFC 5280 6.1.3 (b)"
    }
  }

  /// A sentence without its full stop that names the certificate and the values.
  public var description: String {
    let subject = "certificate \"\(certificate)\""
    return switch rule {
    case .emptyChain: "the peer sent no certificate"
    case .tooManyCertificates(let limit, let found):
      "the peer sent \(found) certificates, more than \(limit)"
    case .expired(let notAfter, let now): "\(subject) expired at \(notAfter); it is \(now) now"
    case .notYetValid(let notBefore, let now):
      "\(subject) is not valid before \(notBefore); it is \(now) now"
    case .nameMismatch(let presented, let expected): Self.mismatch(presented, expected)
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
      "\(subject) is for \(found), not for \(required)"
    case .unknownCriticalExtension(let identifier):
      "\(subject) has the critical extension \(identifier), which is not understood"
    case .weakSignature(let name): "\(subject) is signed by \(name), which is not accepted"
    case .weakKey(let key, let minimum):
      "\(subject) has a key of \(key); \(minimum) bits are the least"
    case .nameConstraints(let authority, let problem):
      "\(subject) breaks the name constraints of \"\(authority)\": \(problem)"
    case .tooManyNames(let limit):
      "the names of \(subject) and the name constraints above it take more than \(limit) "
        + "comparisons"
    case .tooManyPaths: "\(subject) leads into more paths, or longer ones, than are tried"
    }
  }

  private static func mismatch(_ presented: [String], _ expected: ServerName) -> String {
    guard !presented.isEmpty else {
      return "certificate is for no name at all, not \(expected.description.quoted)"
    }
    let names = presented.prefix(5).map(\.quoted).joined(separator: ", ")
    let more = presented.count > 5 ? " and \(presented.count - 5) more" : ""
    return "certificate is for \(names)\(more), not \(expected.description.quoted)"
  }
}
