import TLSCertificates
import TLSCrypto
import TLSEngine

/// What was negotiated, for people and for programs.
struct Report {
  /// Whose report it is.
  enum Role {
    case client
    case server
  }

  private let summary: ConnectionSummary
  private let role: Role

  init(_ summary: ConnectionSummary, by role: Role) {
    self.summary = summary
    self.role = role
  }

  /// A line for each thing.
  var lines: [String] {
    var lines = [
      "version      \(summary.version)",
      "cipher suite \(summary.cipherSuite)",
      "group        \(summary.group?.description ?? "none")",
      "signature    \(summary.signatureScheme?.description ?? "none")",
      "session      \(summary.isResumed ? "resumed" : "new")",
      protocolLine,
      "server name  \(summary.serverName?.printable ?? "none")",
      "extended master secret \(summary.usesExtendedMasterSecret ? "yes" : "no")",
    ]
    if summary.cipherSuite.parameters?.macName != "AEAD" {
      lines.append("encrypt-then-MAC \(summary.usesEncryptThenMAC ? "yes" : "no")")
    }
    if let preSharedKeyIdentity { lines.append("PSK          \(preSharedKeyIdentity.printable)") }
    return lines + stapledLines + chainLines
  }

  private var protocolLine: String {
    guard let name = summary.applicationProtocol?.printable else { return "ALPN         none" }
    return (protocolNegotiation ?? "").padded(to: 13) + name
  }

  /// What the application protocol was negotiated by.
  private var protocolNegotiation: String? {
    guard summary.applicationProtocol != nil else { return nil }
    return summary.usesNextProtocolNegotiation ? "NPN" : "ALPN"
  }

  /// The peer's chain: a summary that comes with the end of a handshake has it.
  private var peerCertificates: [Certificate] { summary.peerCertificates ?? [] }

  private var preSharedKeyIdentity: String? {
    summary.preSharedKeyIdentity.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What came with the server's certificate, which only a client is told.
  private var stapledLines: [String] {
    guard role == .client, !peerCertificates.isEmpty, !summary.isResumed else { return [] }
    let timestamps = summary.signedCertificateTimestamps.count
    return [
      "OCSP         " + (summary.stapledStatus.map { "\($0.count) bytes, stapled" } ?? "none"),
      "timestamps   " + (timestamps == 0 ? "none" : "\(timestamps), signed"),
    ]
  }

  private var chainLines: [String] {
    guard let leaf = peerCertificates.first else { return [] }
    var lines = [
      "certificate  \(leaf.subject)",
      "  issued by  \(leaf.issuer)",
      "  for        \(Self.names(leaf).joined(separator: ", ").printable)",
      "  valid      \(leaf.notBefore) to \(leaf.notAfter)",
      "  key        \(leaf.publicKey)",
      "  SHA-256    \((try? leaf.fingerprint().description) ?? "unknown")",
    ]
    lines += peerCertificates.dropFirst().map { "  with       \($0.subject)" }
    if let root = summary.verifiedPeerChain.last { lines.append("  trusted by \(root.subject)") }
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
      ("protocolNegotiation", .optional(protocolNegotiation)),
      ("serverName", .optional(summary.serverName)),
      ("extendedMasterSecret", .bool(summary.usesExtendedMasterSecret)),
      ("encryptThenMAC", .bool(summary.usesEncryptThenMAC)),
      ("preSharedKeyIdentity", .optional(preSharedKeyIdentity)),
      ("stapledStatusByteCount", summary.stapledStatus.map { .number($0.count) } ?? .null),
      ("signedCertificateTimestampCount", .number(summary.signedCertificateTimestamps.count)),
      ("peerCertificates", .array(peerCertificates.map(Self.json))),
      ("verifiedChain", .array(summary.verifiedPeerChain.map { .string("\($0.subject)") })),
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
