import TLSCrypto

/// What is wrong with a path: which certificate, which rule, and the values that were compared.
///
/// It holds the certificate itself, so that whom it was issued by and its fingerprint are there too.
public struct VerificationFailure: Sendable, Hashable, CustomStringConvertible {
  /// The rule that is broken.
  public let rule: VerificationRule

  /// The certificate that breaks it; `nil` where it is no single one.
  public let certificate: Certificate?

  /// Where that stands among those that were given, from 0; `nil` if it is not among them, as a root.
  public let position: Int?

  init(_ rule: VerificationRule, _ certificate: Certificate? = nil, position: Int? = nil) {
    self.rule = rule
    self.certificate = certificate
    self.position = position
  }

  /// Where the rule stands, such as `RFC 5280 6.1.3 (a)(2)`.
  public var section: String { rule.section }

  /// What the rule wants.
  public var expected: String { rule.expected }

  /// What there is instead.
  public var found: String { rule.found }

  /// A sentence without its full stop that names the certificate and the values.
  public var description: String {
    rule.sentence(about: "certificate \"\(certificate?.description ?? "")\"")
  }

  /// All that is known, a line each: the sentence, the rule, what was expected and found, and of the
  /// certificate its place, subject, issuer and SHA-256 fingerprint.
  public var report: String {
    var lines = [description, "rule: \(section)", "expected: \(expected)", "found: \(found)"]
    if let certificate {
      lines.append(position.map { "position: \($0)" } ?? "position: among the trusted roots")
      lines.append("subject: \(certificate.subject)")
      lines.append("issuer: \(certificate.issuer)")
      lines.append("SHA-256 fingerprint: \(certificate.fingerprintText)")
    }
    return lines.joined(separator: "\n")
  }
}

extension Certificate {
  /// The SHA-256 of the encoding in hexadecimal digits.
  fileprivate var fingerprintText: String {
    do {
      return try fingerprint().description
    } catch {
      return "\(error)"
    }
  }
}
