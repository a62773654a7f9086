import TLSCertificates
import TLSCrypto
import TLSEngine

/// What was negotiated, for people and for programs.
struct Report {
  private let summary: ConnectionSummary

  init(_ summary: ConnectionSummary) {
    self.summary = summary
  }

  /// A line for each thing.
  var lines: [String] {
    var lines = [
      "version      \(summary.version)",
      "cipher suite \(summary.cipherSuite)",
      "group        \(summary.group?.description ?? "none")",
      "signature    \(summary.signatureScheme?.description ?? "none")",
      "session      \(summary.isResumed ? "resumed" : "new")",
      "\(summary.usesNextProtocolNegotiation ? "NPN " : "ALPN")         "
        + (summary.applicationProtocol?.printable ?? "none"),
      "server name  \(summary.serverName?.printable ?? "none")",
      "extended master secret \(summary.usesExtendedMasterSecret ? "yes" : "no")",
    ]
    if let leaf = summary.peerCertificates.first {
      lines += [
        "certificate  \(leaf.subject)",
        "  issued by  \(leaf.issuer)",
        "  for        \(Self.names(leaf).joined(separator: ", ").printable)",
        "  valid      \(leaf.notBefore) to \(leaf.notAfter)",
        "  key        \(leaf.publicKey)",
        "  SHA-256    \((try? leaf.fingerprint().description) ?? "unknown")",
      ]
    }
    return lines
  }

  /// The same as an object.
  var json: JSON {
    .object([
      ("version", .string("\(summary.version)")),
      ("cipherSuite", .string("\(summary.cipherSuite)")),
      ("group", .optional(summary.group?.description)),
      ("signatureScheme", .optional(summary.signatureScheme?.description)),
      ("resumed", .bool(summary.isResumed)),
      ("applicationProtocol", .optional(summary.applicationProtocol)),
      ("serverName", .optional(summary.serverName)),
      ("extendedMasterSecret", .bool(summary.usesExtendedMasterSecret)),
      ("peerCertificates", .array(summary.peerCertificates.map(Self.json))),
    ])
  }

  private static func names(_ certificate: Certificate) -> [String] {
    certificate.subjectAlternativeNames?.texts ?? []
  }

  /// A certificate as an object.
  static func json(_ certificate: Certificate) -> JSON {
    .object([
      ("subject", .string("\(certificate.subject)")),
      ("issuer", .string("\(certificate.issuer)")),
      ("names", .array(names(certificate).map { .string($0) })),
      ("notBefore", .string("\(certificate.notBefore)")),
      ("notAfter", .string("\(certificate.notAfter)")),
      ("publicKey", .string("\(certificate.publicKey)")),
      ("sha256", .optional(try? certificate.fingerprint().description)),
    ])
  }
}
