import TLSCrypto

@testable import TLSCertificates

/// The cases of one folder, while they are defined.
struct ChainTopic {
  let name: String
  /// Where the rule stands that the next cases are about.
  var rule = ""
  /// What other programs are not asked, or answer otherwise, unless a case says more.
  var openSSL: PeerAnswer?
  var certtool: PeerAnswer?
  /// What GnuTLS answers where a rule refuses the chain, by the rule.
  var certtoolByRule: [String: PeerAnswer] = [:]
  private(set) var cases: [ChainCase] = []

  init(_ name: String) { self.name = name }

  /// Defines a case.
  ///
  /// - Parameters:
  ///   - chain: leaf first.
  ///   - openSSL: what OpenSSL answers, if not the same.
  ///   - certtool: what GnuTLS answers, if not the same.
  ///   - change: changes the question.
  mutating func add(
    _ name: String, _ about: String, _ expected: ChainAnswer, _ chain: [any EncodedCertificate],
    _ roots: [any EncodedCertificate], lists: [[UInt8]] = [], response: [UInt8]? = nil,
    openSSL: PeerAnswer? = nil, certtool: PeerAnswer? = nil,
    _ change: (inout ChainQuestion) -> Void = { _ in }
  ) {
    var one = ChainCase(
      path: "\(self.name)/\(name)", about: about, rule: rule, expected: expected,
      openSSL: .refused, certtool: .refused)
    change(&one.question)
    let same = expected.isAccepted ? PeerAnswer.accepted : .refused
    one.openSSL = openSSL ?? self.openSSL ?? same
    let byRule: PeerAnswer? =
      if case .refused(let rule, _) = expected { certtoolByRule[rule] } else { nil }
    one.certtool = certtool ?? byRule ?? self.certtool ?? same
    if one.question.time != ChainQuestion.defaultTime, certtool == nil {
      one.certtool = .notAsked(Self.presentTime)
    }
    one.roots = roots.map(\.der)
    one.chain = chain.map(\.der)
    one.lists = lists
    one.response = response
    cases.append(one)
  }

  /// Why GnuTLS's command cannot be asked about another time.
  static let presentTime = "it knows no other time than the present"

  /// All the cases, by topics.
  static func all() throws -> [ChainCase] {
    let topics = [
      try dates(), try basicConstraints(), try pathLength(), try keyUsage(),
      try extendedKeyUsage(), try selfIssued(), try criticalExtensions(), try signatures(),
      try names(), try nameConstraints(), try paths(), try malformed(), try algorithms(),
      try policies(), try revocationLists(), try stapling(), try baseline(), try trust(),
      try strict(),
    ]
    return topics.flatMap(\.cases)
  }
}

extension Party {
  /// What certificates of cases are valid for, where it is not the question: certtool asks for the
  /// present.
  static let since = Timestamp(secondsSince1970: 1_577_836_800)  // 2020-01-01T00:00:00Z
  static let until = Timestamp(secondsSince1970: 2_524_607_999)  // 2049-12-31T23:59:59Z

  /// A root of a case.
  static func anchor(
    _ name: String = "Root", key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    try root(name, key: key) {
      $0.isValidLong()
      // A root need not name its own key twice (RFC 5280 section 4.2.1.1).
      $0.omittedExtensions = ["2.5.29.35"]
      change(&$0)
    }
  }

  /// An authority of a case.
  func issuer(
    _ name: String = "Middle", key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    try authority(name, key: key) {
      $0.isValidLong()
      change(&$0)
    }
  }

  /// A server of a case.
  func server(
    _ names: [String] = ["example.com"], commonName: String? = "Leaf", key: PrivateKey? = nil,
    _ change: (inout CertificateBuilder) -> Void = { _ in }
  ) throws -> Party {
    try leaf(names, commonName: commonName, key: key) {
      $0.isValidLong()
      $0.omittedExtensions = ["2.5.29.14"]
      change(&$0)
    }
  }
}

extension CertificateBuilder {
  /// Four bytes made of a text (FNV-1a), since there are more than a thousand certificates.
  private static func shortSerialNumber(of text: String) -> [UInt8] {
    let hash = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let number = hash & 0x3fff_ffff | 0x4000_0000
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  fileprivate mutating func isValidLong() {
    notBefore = Party.since
    notAfter = Party.until
    serialNumber = Self.shortSerialNumber(of: "\(commonName ?? "") \(names)")
  }
}
