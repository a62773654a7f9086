@testable import TLSCertificates

/// A change to a certificate that keeps or breaks a requirement, and is for others to judge.
struct StrictCase: Sendable {
  enum Requirement: Sendable {
    case kept(CertificateProfileRequirement)
    case broken(CertificateProfileRequirement)

    var isKept: Bool { if case .kept = self { true } else { false } }

    var value: CertificateProfileRequirement {
      switch self {
      case .kept(let value), .broken(let value): value
      }
    }
  }

  typealias Change = @Sendable (inout SpoiltCertificate) -> Void

  let name: String
  let about: String
  let requirement: Requirement
  let openSSL: PeerAnswer?
  let change: Change

  /// A certificate that keeps a requirement.
  static func keeps(
    _ requirement: CertificateProfileRequirement, _ name: String, _ about: String,
    openSSL: PeerAnswer? = nil, _ change: @escaping Change
  ) -> StrictCase {
    StrictCase(
      name: name, about: about, requirement: .kept(requirement), openSSL: openSSL, change: change)
  }

  /// A certificate that breaks a requirement.
  static func breaks(
    _ requirement: CertificateProfileRequirement, _ name: String, _ about: String,
    openSSL: PeerAnswer? = nil, _ change: @escaping Change
  ) -> StrictCase {
    StrictCase(
      name: name, about: about, requirement: .broken(requirement), openSSL: openSSL, change: change)
  }

  static let distributionPoints = TLV.sequence(
    TLV.sequence(TLV.tagged(0, TLV.tagged(0, NameDER.uri("http://example.com/list")))))

  static let access = TLV.sequence(
    TLV.sequence(TLV.identifier("1.3.6.1.5.5.7.48.1"), NameDER.uri("http://example.com/ocsp")))
  static let mappings = TLV.sequence(
    TLV.sequence(
      TLV.identifier("1.3.6.1.4.1.32473.10.1"), TLV.identifier("1.3.6.1.4.1.32473.10.2")))
  static let isAuthority = TLV.sequence(TLV.true)
  static let digitalSignature = TLV.bits([0x80], unused: 7)
  static let signatureAndCertificates = TLV.bits([0x84], unused: 2)
  static let signatureAndLists = TLV.bits([0x82], unused: 1)

  static func constraint(_ base: String) -> [UInt8] {
    TLV.sequence(TLV.tagged(0, TLV.sequence(NameDER.dns(base))))
  }

  static func names(_ names: String...) -> [UInt8] {
    TLV.sequence(names.flatMap(NameDER.dns))
  }

  static let unasked = PeerAnswer.differs("-x509_strict does not ask for it")
  static let unaskedText = PeerAnswer.differs("it does not look into the text")

  /// Where to learn more: `authorityInfoAccess` and `subjectInfoAccess`.
  static func access(of who: String) -> [StrictCase] {
    let cases: [(String, String, CertificateProfileRequirement)] = [
      ("authority", "1.3.6.1.5.5.7.1.1", .authorityInfoAccessCriticality),
      ("subject", "1.3.6.1.5.5.7.1.11", .subjectInfoAccessCriticality),
    ]
    return cases.flatMap { name, identifier, requirement in
      [
        keeps(requirement, "\(name)-info", "The \(who) has \(name)InfoAccess.") {
          $0.set(identifier, access)
        },
        breaks(requirement, "\(name)-info-critical", "The \(who)'s \(name)InfoAccess is critical.")
        {
          $0.set(identifier, critical: true, access)
        },
      ]
    }
  }
}

extension SpoiltCertificate {
  /// Makes an extension critical that is there, and is short: its header has two bytes.
  mutating func makeCritical(_ identifier: String) {
    guard let found = extensions.first(where: { $0.identifier == identifier }) else { return }
    let type = TLV.identifier(identifier)
    setEncoded(
      identifier, TLV.sequence(type, TLV.true, Array(found.der.dropFirst(2 + type.count))))
  }
}
