import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("The CA/Browser Forum's profile")
struct BaselineTests {
  private typealias Change = @Sendable (inout CertificateBuilder) -> Void

  /// A leaf and an authority as public ones are, with changes.
  private static func verdict(
    key: PrivateKey? = nil, middleKey: PrivateKey? = nil, rootKey: PrivateKey? = nil,
    usage: ChainVerifier.Usage = .server, profile: ChainVerifier.Profile = .baselineRequirements,
    leaf changeLeaf: Change = { _ in }, middle changeMiddle: Change = { _ in }
  ) throws -> Verdict {
    let root = try Party.root(key: rootKey)
    let middle = try root.authority("Middle", key: middleKey) {
      $0.extendedKeyUsages = [.serverAuth, .clientAuth]
      changeMiddle(&$0)
    }
    let leaf = try middle.leaf(commonName: nil, key: key) {
      if usage == .client { $0.extendedKeyUsages = [.clientAuth] }
      changeLeaf(&$0)
    }
    return try Verdict(
      [leaf.certificate, middle.certificate], trusting: [root.certificate], for: nil, usage: usage
    ) { $0.profile = profile }
  }

  private static func requirement(_ verdict: Verdict) -> BaselineRequirement? {
    guard case .baselineRequirement(let requirement, _) = verdict.rule else { return nil }
    return requirement
  }

  @Test("a chain as public authorities issue them is good")
  func good() throws {
    #expect(try Self.verdict().error == nil)
    #expect(try Self.verdict { $0.commonName = "example.com" }.error == nil)
    #expect(
      try Self.verdict {
        $0.names = ["example.com", "*.example.com", "xn--bcher-kva.example.com", "8.8.8.8"]
        $0.commonName = "8.8.8.8"
      }.error == nil)
    let rsa = try PrivateKey(pem: Array(OpenSSLKeys.rsaPKCS8.utf8))
    #expect(
      try Self.verdict(key: rsa) { $0.keyUsage = [.digitalSignature, .keyEncipherment] }.error
        == nil)
    #expect(try Self.verdict(middleKey: rsa, rootKey: rsa).error == nil)
  }

  private static func der(_ name: String) -> [UInt8] { TLV.field(2, Array(name.utf8)) }

  /// Names that the builder would not write.
  private static func names(_ names: [UInt8]...) -> Change {
    { builder in
      builder.extraExtensions = [
        .init(identifier: "2.5.29.17", isCritical: true, der: TLV.sequence(names.flatMap(\.self)))
      ]
    }
  }

  private static let leaves: [(BaselineRequirement, Change)] = [
    (.lifetime, { $0.notBefore = $0.notAfter.adding(seconds: -200 * 86_400) }),
    (.serverAuthentication, { $0.extendedKeyUsages = [] }),
    (.purposes, { $0.extendedKeyUsages = [.serverAuth, .codeSigning] }),
    (.purposes, { $0.extendedKeyUsages = [.serverAuth, .anyExtendedKeyUsage] }),
    (.keyUsage, { $0.keyUsage = [.digitalSignature, .keyEncipherment] }),
    (.keyUsage, { $0.keyUsage = [.digitalSignature, .cRLSign] }),
    (
      .keyUsage,
      {
        $0.extraExtensions = [
          .init(identifier: "2.5.29.15", isCritical: false, der: [0x03, 0x02, 0x07, 0x80])
        ]
      }
    ),
    (.notAnAuthority, { $0.isCertificateAuthority = true }),
    (.noNameConstraints, { $0.permittedNames = ["example.com"] }),
    (
      .alternativeNames,
      {
        $0.names = []
        $0.commonName = "example.com"
      }
    ),
    (
      .alternativeNamesCriticality,
      {
        $0.organization = "Example"
        $0.extraExtensions = [
          .init(identifier: "2.5.29.17", isCritical: true, der: TLV.sequence(der("example.com")))
        ]
      }
    ),
    (
      .alternativeNamesCriticality,
      {
        $0.extraExtensions = [
          .init(identifier: "2.5.29.17", isCritical: false, der: TLV.sequence(der("example.com")))
        ]
      }
    ),
    (.alternativeNameForms, names(der("example.com"), TLV.field(1, Array("a@example.com".utf8)))),
    (.alternativeNameForms, names(TLV.field(6, Array("https://example.com".utf8)))),
    (.dnsName, { $0.names = ["a_b.example.com"] }),
    (.dnsName, names(der("example.com."))), (.dnsName, names(der("w*.example.com"))),
    (.dnsName, names(der("*.*.example.com"))), (.dnsName, names(der("*.com"))),
    (.dnsName, names(der("www.*.com"))), (.dnsName, names(der(""))),
    (.dnsName, names(der("192.0.2.1"))), (.dnsName, names(der("-a.example.com"))),
    (.dnsName, names(der("ab--c.example.com"))), (.dnsName, names(der("a b.example.com"))),
    (.internalName, { $0.names = ["localhost"] }), (.internalName, { $0.names = ["db.internal"] }),
    (.internalName, { $0.names = ["printer.local"] }),
    (.reverseZone, { $0.names = ["1.2.0.192.in-addr.arpa"] }),
    (.reverseZone, { $0.names = ["*.in-addr.arpa"] }), (.reverseZone, { $0.names = ["ip6.arpa"] }),
    (.reservedAddress, { $0.names = ["192.88.99.1"] }),
    (.reservedAddress, { $0.names = ["64:ff9b::1"] }),
    (.reservedAddress, { $0.names = ["2620:4f:8000::1"] }),
    (.reservedAddress, { $0.names = ["10.0.0.1"] }), (.reservedAddress, { $0.names = ["fd00::1"] }),
    (.reservedAddress, { $0.names = ["192.0.2.1"] }), (.reservedAddress, { $0.names = ["::1"] }),
    (.reservedAddress, { $0.names = ["172.31.255.255"] }),
    (.commonName, { $0.commonName = "example.org" }),
    (.commonName, { $0.commonName = "EXAMPLE.com" }),
    (.authorityKeyIdentifier, { $0.omittedExtensions = ["2.5.29.35"] }),
    (.serialNumber, { $0.serialNumber = [0x80] + [UInt8](repeating: 1, count: 19) }),
  ]

  @Test(
    "a leaf that breaks a requirement is refused by this profile alone", arguments: leaves.indices)
  func leaf(_ index: Int) throws {
    let (requirement, change) = Self.leaves[index]
    if requirement == .serialNumber {
      // The parser takes none that long, so that nothing is left to be refused.
      #expect(throws: CertificateBuilderError.self) { _ = try Self.verdict(leaf: change) }
      return
    }
    let verdict = try Self.verdict(leaf: change)
    #expect(Self.requirement(verdict) == requirement, "\(String(describing: verdict.error))")
    #expect(verdict.error?.position == 0)
    #expect(verdict.error?.section == "BR \(requirement.section)")
    #expect(try Self.verdict(profile: .rfc5280, leaf: change).error == nil)
  }

  private static let authorities: [(BaselineRequirement, Change)] = [
    (.serverAuthentication, { $0.extendedKeyUsages = [] }),
    (.purposes, { $0.extendedKeyUsages = [.serverAuth, .anyExtendedKeyUsage] }),
    (.authorityKeyUsage, { $0.keyUsage = [.keyCertSign] }),
    (.authorityKeyUsage, { $0.keyUsage = [] }),
    (.authorityKeyUsage, { $0.keyUsage = [.keyCertSign, .cRLSign, .keyEncipherment] }),
    (.subjectKeyIdentifier, { $0.omittedExtensions = ["2.5.29.14"] }),
    (.authorityKeyIdentifier, { $0.omittedExtensions = ["2.5.29.35"] }),
    (
      .basicConstraints,
      {
        $0.extraExtensions = [
          .init(identifier: "2.5.29.19", isCritical: false, der: TLV.sequence(TLV.true))
        ]
      }
    ),
  ]

  @Test("so is an authority", arguments: authorities.indices)
  func authority(_ index: Int) throws {
    let (requirement, change) = Self.authorities[index]
    let verdict = try Self.verdict(middle: change)
    #expect(Self.requirement(verdict) == requirement, "\(String(describing: verdict.error))")
    #expect(verdict.error?.position == 1)
    #expect(try Self.verdict(profile: .rfc5280, middle: change).error == nil)
  }

  @Test("an authority of a time before extended key usages were asked for needs none")
  func oldAuthority() throws {
    let day = Timestamp(secondsSince1970: 1_601_424_000)
    #expect(
      try Self.verdict(middle: {
        $0.extendedKeyUsages = []
        $0.notBefore = day.adding(seconds: -1)
      }).error == nil)
    let later = try Self.verdict(middle: {
      $0.extendedKeyUsages = []
      $0.notBefore = day
    })
    #expect(Self.requirement(later) == .serverAuthentication)
  }

  @Test("keys and signatures are of the kinds that the requirements have, a root's key too")
  func keys() throws {
    let ed25519 = try Party.key("ed", .ed25519)
    #expect(Self.requirement(try Self.verdict(key: ed25519)) == .key)
    #expect(Self.requirement(try Self.verdict(middleKey: ed25519)) == .key)
    let root = try Self.verdict(rootKey: ed25519)
    #expect(Self.requirement(root) == .key)
    #expect(root.error?.position == nil)
    let other = try Self.verdict { $0.signature = .algorithm(.ecdsa(.sha384)) }
    #expect(Self.requirement(other) == .signature)
    #expect(other.error?.position == 0)
    let middle = try Self.verdict(middle: { $0.signature = .algorithm(.ecdsa(.sha512)) })
    #expect(Self.requirement(middle) == .signature)
    #expect(middle.error?.position == 1)
  }

  /// The day of issue, and the most days.
  private static let lifetimes: [(Int64, Int64)] = [
    (1_519_862_400, 825), (1_598_918_399, 825), (1_598_918_400, 398), (1_773_532_799, 398),
    (1_773_532_800, 200), (1_805_068_799, 200), (1_805_068_800, 100), (1_868_227_199, 100),
    (1_868_227_200, 47),
  ]

  @Test("a lifetime is judged by the day of issue, to the second", arguments: lifetimes)
  func lifetime(_ issued: Int64, _ days: Int64) throws {
    let start = Timestamp(secondsSince1970: issued)
    for (extra, isGood) in [(Int64(-1), true), (0, false)] {
      var builder = CertificateBuilder(
        commonName: "example.com", names: ["example.com"], notBefore: start,
        notAfter: start.adding(seconds: days * 86_400 + extra))
      builder.keyUsage = [.digitalSignature]
      var random = DeterministicRandomSource(seed: [1])
      let leaf = try builder.build(selfSignedWith: try Party.key("leaf"), random: &random)
      let problem = BaselineRules.problem(withSubscriber: leaf)
      #expect((problem == nil) == isGood, "\(String(describing: problem))")
      if !isGood { #expect(problem?.requirement == .lifetime) }
    }
  }

  @Test("clients' chains have nothing to do with it")
  func clients() throws {
    #expect(try Self.verdict(usage: .client) { $0.commonName = "someone" }.error == nil)
  }
}
