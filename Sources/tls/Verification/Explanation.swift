import TLSCertificates
import TLSCrypto

/// Why a chain was refused, for people and for programs: which certificate, which rule, what was
/// expected and found, what to do, and what became of every path that was tried.
struct Explanation {
  let error: VerificationError

  /// Who is trusted, as far as that is known.
  let roots: TrustRoots?

  /// Where a certificate is from, as far as that is known.
  let place: (Certificate) -> String?

  init(
    _ error: VerificationError, roots: TrustRoots? = nil,
    place: @escaping (Certificate) -> String? = { _ in nil }
  ) {
    self.error = error
    self.roots = roots
    self.place = place
  }

  /// What follows the sentence that says why.
  var lines: [String] {
    FactSheet.lines(certificateFacts + ruleFacts, indent: 2)
      + error.attempts.indices.flatMap { [""] + path($0) }
      + (error.unlistedAttemptCount > 0
        ? ["", "  and \(error.unlistedAttemptCount) paths more that were tried"] : [])
  }

  private var certificateFacts: [Fact] {
    guard let certificate = error.certificate else { return [] }
    return [
      Fact("certificate", nil, .text("\(certificate.subject)")),
      place(certificate).map { Fact("place", nil, .text($0)) }
        ?? error.position.map { Fact("place", nil, .text("position \($0)")) },
      Fact("issuer", nil, .text("\(certificate.issuer)")),
      Fact("serial", nil, .bytes(certificate.serialNumber)),
      Fact("SHA-256", nil, .text((try? certificate.fingerprint().description) ?? "unknown")),
    ].compactMap(\.self)
  }

  private var ruleFacts: [Fact] {
    [
      Fact("rule", nil, .text(error.section)),
      Fact("expected", nil, .text(error.failure.expected)),
      Fact("found", nil, .text(error.failure.found)),
      hint(error.failure).map { Fact("to do", nil, .text($0)) },
    ].compactMap(\.self)
  }

  private func hint(_ failure: VerificationFailure) -> String? {
    // One of the path is enough (RFC 7633 section 4.2.3).
    let certificates = error.attempts.flatMap(\.path) + [error.certificate].compactMap(\.self)
    let mustStaple = certificates.contains { $0.tlsFeature?.mustStaple == true }
    return Hint(failure: failure, roots: roots, mustStaple: mustStaple).text
  }

  /// A path as a ladder, leaf first, and why it fell.
  private func path(_ index: Int) -> [String] {
    let attempt = error.attempts[index]
    var lines = ["  path \(index + 1)"]
    for (depth, certificate) in attempt.path.enumerated() {
      let isCulprit = certificate == attempt.failure.certificate
      let place = place(certificate).map { " (\($0.printable))" } ?? ""
      let rung = String(repeating: "  ", count: depth + 2) + "\(certificate.subject)\(place)"
      lines.append(rung + (isCulprit ? "  <--" : ""))
    }
    let reason = FactSheet.wrap("fell: \(attempt.failure)", to: 94)
    return lines + reason.enumerated().map { ($0.offset == 0 ? "    " : "      ") + $0.element }
  }

  /// The same as the members of an object.
  var members: [(name: String, value: JSON)] {
    [
      ("failure", json(error.failure)),
      (
        "attempts",
        .array(
          error.attempts.map { attempt in
            .object([
              ("path", .array(attempt.path.map(json))), ("failure", json(attempt.failure)),
            ])
          })
      ),
      ("unlistedAttemptCount", .number(error.unlistedAttemptCount)),
    ]
  }

  private func json(_ failure: VerificationFailure) -> JSON {
    .object([
      ("rule", .string(failure.rule.name)),
      ("requirement", .optional(failure.rule.requirement)),
      ("section", .string(failure.section)),
      ("sentence", .string(failure.description)),
      ("expected", .string(failure.expected)),
      ("found", .string(failure.found)),
      ("hint", .optional(hint(failure))),
      ("position", failure.position.map { .number($0) } ?? .null),
      ("certificate", failure.certificate.map(json) ?? .null),
    ])
  }

  private func json(_ certificate: Certificate) -> JSON {
    Self.json(certificate, place: place(certificate))
  }

  /// What tells a certificate apart, as an object.
  static func json(_ certificate: Certificate, place: String?) -> JSON {
    .object([
      ("subject", .string("\(certificate.subject)")),
      ("issuer", .string("\(certificate.issuer)")),
      ("serialNumber", .string(Hexadecimal.text(certificate.serialNumber))),
      ("notBefore", .string("\(certificate.notBefore)")),
      ("notAfter", .string("\(certificate.notAfter)")),
      ("sha256", .optional(try? certificate.fingerprint().description)),
      ("place", .optional(place)),
    ])
  }
}
