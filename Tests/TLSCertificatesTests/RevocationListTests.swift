import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("Revocation lists")
struct RevocationListTests {
  private static let date = Party.notBefore

  @Test("everything that a list says can be read")
  func fields() throws {
    let authority = try Party.root("Authority")
    let list = try RevocationScene.list(of: authority) { builder in
      builder.number = [0x01, 0x00]
      builder.entries = [
        .init(serialNumber: [0x7f, 0xff], revocationDate: Self.date),
        .init(
          serialNumber: [5], revocationDate: Self.date.adding(seconds: 1), reason: .keyCompromise,
          invalidityDate: Self.date.adding(seconds: -1)),
        .init(
          serialNumber: [UInt8](repeating: 0x71, count: 20), revocationDate: Self.date,
          reason: .certificateHold),
      ]
    }
    #expect(list.version == 2)
    #expect(list.issuer == authority.certificate.subject)
    #expect(list.description == "CN=Authority")
    #expect(list.thisUpdate == RevocationScene.thisUpdate)
    #expect(list.nextUpdate == RevocationScene.nextUpdate)
    #expect(list.number == [1, 0])
    #expect(list.signature == .known(.ecdsa(.sha256)))
    #expect(
      list.authorityKeyIdentifier?.keyIdentifier == authority.certificate.subjectKeyIdentifier)
    #expect(list.issuingDistributionPoint == nil)
    #expect(list.count == 3)
    #expect(
      list.entries.map(\.serialNumber) == [
        [5], [0x7f, 0xff], [UInt8](repeating: 0x71, count: 20),
      ])
    let entry = try #require(list.entry(for: [5]))
    #expect(entry.certificateIssuer == authority.certificate.subject)
    #expect(entry.revocationDate == Self.date.adding(seconds: 1))
    #expect(entry.reason == .keyCompromise)
    #expect(entry.invalidityDate == Self.date.adding(seconds: -1))
    let plain = try #require(list.entry(for: [0, 0x7f, 0xff]))
    #expect(plain.reason == nil)
    #expect(plain.invalidityDate == nil)
    #expect(list.entry(for: [6]) == nil)
    #expect(list.entry(for: []) == nil)
    #expect(list.entry(for: [1] + [UInt8](repeating: 0x71, count: 20)) == nil)
    #expect(list.entry(for: [5], issuer: try Party.root("Other").certificate.subject) == nil)
  }

  @Test("the text form gives the same list back, other blocks are passed over")
  func pem() throws {
    let authority = try Party.root()
    let first = try RevocationScene.list(of: authority, revoking: [authority.certificate])
    let second = try RevocationScene.list(of: authority) { $0.number = [2] }
    let text = first.pem + authority.certificate.pem + "a comment\n" + second.pem
    #expect(try CertificateRevocationList.lists(pem: Array(text.utf8)) == [first, second])
    #expect(first.pem.hasPrefix("-----BEGIN X509 CRL-----\n"))
  }

  @Test("a text without a good list says what is wrong with it")
  func badText() throws {
    let authority = try Party.root()
    let good = try RevocationScene.list(of: authority)
    func error(_ text: String) -> String? {
      do throws(RevocationListFileError) {
        _ = try CertificateRevocationList.lists(pem: Array(text.utf8))
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(error("") == "there is no revocation list in the text")
    #expect(
      error(authority.certificate.pem)
        == "there is no revocation list in the text, but \"CERTIFICATE\"")
    #expect(error("-----BEGIN X509 CRL-----\n")?.hasPrefix("PEM text, line 1") == true)
    let empty = PEM.encode(.init(label: "X509 CRL", contents: [0x30, 0x00]))
    #expect(
      error(good.pem + empty)
        == "revocation list 2: the revocation list's encoding has no tbsCertList")
  }

  @Test("an indirect list: an issuer holds until the next one is named")
  func indirect() throws {
    let authority = try Party.root("Lists")
    let (a, b) = (
      try Party.root("A").certificate.subject, try Party.root("B").certificate.subject
    )
    let list = try RevocationScene.list(of: authority) { builder in
      builder.scope = .init()
      builder.scope?.isIndirect = true
      builder.entries = [
        .init(serialNumber: [1], revocationDate: Self.date),
        .init(serialNumber: [2], revocationDate: Self.date, certificateIssuer: a),
        .init(serialNumber: [3], revocationDate: Self.date),
        .init(serialNumber: [1], revocationDate: Self.date, certificateIssuer: b),
        .init(serialNumber: [4], revocationDate: Self.date, certificateIssuer: a),
      ]
    }
    #expect(list.issuingDistributionPoint?.isIndirect == true)
    let found = list.entries.map { "\($0.certificateIssuer) \($0.serialNumber)" }
    #expect(found == ["CN=Lists [1]", "CN=A [2]", "CN=A [3]", "CN=A [4]", "CN=B [1]"])
    #expect(list.entry(for: [1]) != nil)
    #expect(list.entry(for: [1], issuer: a) == nil)
    #expect(list.entry(for: [1], issuer: b) != nil)
    #expect(list.entry(for: [3]) == nil)
    #expect(list.entry(for: [3], issuer: a) != nil)
    #expect(list.entry(for: [4], issuer: a) != nil)
  }

  @Test("the scope of a list can be read")
  func scope() throws {
    let authority = try Party.root()
    let list = try RevocationScene.list(of: authority) { builder in
      var scope = RevocationListBuilder.Scope()
      scope.uniformResourceIdentifiers = ["http://example.com/a.crl", "ldap://example.com"]
      scope.certificates = .ofAuthorities
      scope.onlySomeReasons = [.keyCompromise, .aACompromise]
      builder.scope = scope
    }
    let point = try #require(list.issuingDistributionPoint)
    #expect(
      point.distributionPoint
        == .fullName([
          .uniformResourceIdentifier("http://example.com/a.crl"),
          .uniformResourceIdentifier("ldap://example.com"),
        ]))
    #expect(point.certificates == .ofAuthorities)
    #expect(point.onlySomeReasons == [.keyCompromise, .aACompromise])
    #expect(!point.isIndirect)
  }

  @Test("a list of version 1 has no extensions and is read")
  func versionOne() throws {
    let list = try RevocationScene.list(of: try Party.root()) { builder in
      builder.version = .v1
      builder.entries = [.init(serialNumber: [9], revocationDate: Self.date)]
    }
    #expect(list.version == 1)
    #expect(list.number == nil)
    #expect(list.entry(for: [9]) != nil)
  }

  @Test("the signature is that of the issuer's key alone")
  func signature() throws {
    for kind in [PrivateKey.Generation.rsa(bits: 2048), .ecdsa(.secp384r1), .ed25519] {
      let authority = try Party.root(key: try Party.key("signature", kind))
      let list = try RevocationScene.list(of: authority)
      #expect(list.verifySignature(by: authority.key.publicKey))
      #expect(list.verifySignature(by: authority.key.publicKey), "what is remembered is the same")
      #expect(!list.verifySignature(by: try Party.key("other").publicKey))
      #expect(list.verifySignature(by: authority.key.publicKey))
    }
  }

  /// A serial number of 13 bytes; those of one number after the other are in no order.
  private static func serialNumber(_ number: Int) -> [UInt8] {
    let mixed = UInt32(truncatingIfNeeded: number) &* 2_654_435_761
    return [1, 2, 3, 4, 5, 6, 7, 8, 9]
      + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: mixed >> $0) }
  }

  /// Some 9 MB, as the longest lists of public authorities have.
  @Test(
    "a list of 200,000 entries is read in one pass, and answers at once", .timeLimit(.minutes(1)))
  func long() throws {
    let count = 200_000
    let date: [UInt8] = [0x17, 0x0d] + Array("261230000000Z".utf8)
    let reason: [UInt8] = [
      0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, 0x01,
    ]
    var entries: [UInt8] = []
    for number in 0..<count {
      entries += [0x30, 0x2c, 0x02, 0x0d]
      entries += Self.serialNumber(number)
      entries += date
      entries += reason
    }
    var raw = RawRevocationList()
    raw.entries = [entries]
    let list = try CertificateRevocationList(der: raw.der)
    #expect(list.der.count > 9_000_000)
    #expect(list.count == count)
    let numbers = list.entries.prefix(1000).map(\.serialNumber)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    for number in stride(from: 0, to: count, by: 997) {
      let serial = Self.serialNumber(number)
      #expect(list.entry(for: serial)?.reason == .keyCompromise)
      #expect(list.entry(for: [2] + serial) == nil)
    }
  }

  @Test("more bytes than a list may have are not looked at")
  func tooLong() {
    let bytes = [UInt8](repeating: 0x30, count: CertificateRevocationList.maximumByteCount + 1)
    do throws(RevocationListError) {
      _ = try CertificateRevocationList(der: bytes)
      Issue.record("it was read")
    } catch {
      #expect(error.description.contains("has 67108865 bytes, more than 67108864"))
    }
  }

  @Test("serial numbers are compared as numbers of up to 20 bytes")
  func serialKeys() throws {
    let ordered: [[UInt8]] = [
      [0], [1], [0xff], [1, 0], [0xff, 0xff, 0xff, 0xff], [1, 0, 0, 0, 0],
      [1] + [UInt8](repeating: 0, count: 11), [1] + [UInt8](repeating: 0, count: 12),
      [UInt8](repeating: 0xff, count: 20),
    ]
    let keys = try ordered.map { try #require(SerialKey($0)) }
    #expect(keys.map(\.bytes) == ordered)
    #expect(keys.sorted() == keys)
    #expect(SerialKey([0, 0, 7]) == SerialKey([7]))
    #expect(SerialKey([]) == SerialKey([0]))
    #expect(SerialKey([UInt8](repeating: 0, count: 30)) == SerialKey([0]))
    #expect(SerialKey([1] + [UInt8](repeating: 0, count: 20)) == nil)
  }
}
