import TLSEngine
import Testing

/// A suite and a group, the kind of key that the suite wants, and what other stacks call them.
struct Combination: Sendable, CustomTestStringConvertible {
  let suite: CipherSuite
  let group: NamedGroup

  /// Every suite with every curve, P-521 and X448 included.
  static let all = combinations(of: NamedGroup.supported.filter { !$0.isFiniteField })

  /// The same with each group that is on unless told otherwise.
  static let ofDefaults = combinations(of: NamedGroup.defaults)

  private static func combinations(of groups: [NamedGroup]) -> [Combination] {
    CipherSuite.defaults.flatMap { suite in
      groups.map { Combination(suite: suite, group: $0) }
    }
  }

  var kind: Authority.Kind { suite.description.contains("_RSA_") ? .rsa : .ecdsa }

  var testDescription: String { "\(suite), \(group)" }

  /// OpenSSL's name of the suite, for `-cipher`.
  var opensslSuite: String {
    let authentication = kind == .rsa ? "RSA" : "ECDSA"
    return "ECDHE-\(authentication)-"
      + pick(
        "AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")
  }

  /// OpenSSL's name of the group, for `-groups`.
  var opensslGroup: String {
    switch group {
    case .x25519: "X25519"
    case .x448: "X448"
    case .secp256r1: "P-256"
    case .secp384r1: "P-384"
    default: "P-521"
    }
  }

  /// Whether a client that offers this group alone could not take the certificate, whose key is on
  /// P-256 where it is ECDSA's.
  private var certificateCurveIsMissing: Bool { kind == .ecdsa && group != .secp256r1 }

  /// The groups of an OpenSSL client that is to end up with this: the curve of the certificate has to
  /// be among them.
  var opensslClientGroups: String {
    certificateCurveIsMissing ? opensslGroup + ":P-256" : opensslGroup
  }

  /// The priority string of a GnuTLS client that is to end up with this.
  var gnutlsClientPriority: String {
    certificateCurveIsMissing ? gnutlsPriority + ":+GROUP-SECP256R1" : gnutlsPriority
  }

  /// GnuTLS's priority string for exactly this.
  var gnutlsPriority: String {
    let exchange = kind == .rsa ? "ECDHE-RSA" : "ECDHE-ECDSA"
    let cipher = pick("AES-128-GCM", "AES-256-GCM", "CHACHA20-POLY1305")
    let name =
      switch group {
      case .x25519: "X25519"
      case .x448: "X448"
      case .secp256r1: "SECP256R1"
      case .secp384r1: "SECP384R1"
      default: "SECP521R1"
      }
    return "NONE:+VERS-TLS1.2:+CTYPE-X509:+COMP-NULL:+SIGN-ALL:+AEAD:"
      + "+\(exchange):+\(cipher):+GROUP-\(name)"
  }

  /// The one of three that is the suite's cipher.
  private func pick(_ aes128: String, _ aes256: String, _ chacha: String) -> String {
    let name = suite.description
    return name.contains("AES_128") ? aes128 : name.contains("AES_256") ? aes256 : chacha
  }

  /// Checks that this is what was negotiated.
  func expect(_ summary: ConnectionSummary) {
    #expect(summary.cipherSuite == suite)
    #expect(summary.group == group)
    #expect(summary.usesExtendedMasterSecret)
  }
}
