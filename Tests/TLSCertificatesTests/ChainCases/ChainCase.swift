import TLSCrypto

@testable import TLSCertificates

/// A chain, a question about it, and the answer: what a file below `Vectors/chains` holds.
struct ChainCase: Sendable, Equatable {
  /// The folder and the file's name without its ending, such as `dates/leaf-expired`.
  var path: String
  /// What there is to see, in a sentence.
  var about: String
  /// Where the rule stands.
  var rule: String
  var question = ChainQuestion()
  var expected: ChainAnswer
  var openSSL: PeerAnswer
  var certtool: PeerAnswer
  /// The certificates in DER. They need not be readable.
  var roots: [[UInt8]] = []
  /// Leaf first.
  var chain: [[UInt8]] = []
  /// Revocation lists in DER.
  var lists: [[UInt8]] = []
  /// The stapled OCSP response in DER.
  var response: [UInt8]?

  /// The folder.
  var topic: String { String(path.prefix { $0 != "/" }) }
}

/// What is asked, beside the certificates. What stands in a file is `settings`.
struct ChainQuestion: Sendable, Equatable {
  /// 2027-01-01T00:00:00Z
  static let defaultTime = Timestamp(secondsSince1970: 1_798_761_600)

  var usage = ChainVerifier.Usage.server
  /// `nil` for anybody.
  var name: String? = "example.com"
  var time = Self.defaultTime
  /// What is not the default, by its key: see `Vectors/chains/README.md`.
  var more: [String: String] = [:]

  /// The header lines, in order.
  var settings: [(key: String, value: String)] {
    [
      ("usage", usage == .server ? "server" : "client"), ("name", name ?? "-"),
      ("time", time.description),
    ] + more.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// What has an encoding that stands in a file.
protocol EncodedCertificate {
  var der: [UInt8] { get }
}

extension Certificate: EncodedCertificate {}

extension Party: EncodedCertificate {
  var der: [UInt8] { certificate.der }
}

extension [UInt8]: EncodedCertificate {
  var der: [UInt8] { self }
}
