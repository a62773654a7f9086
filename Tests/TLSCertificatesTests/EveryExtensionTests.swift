import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("A certificate with every extension, as OpenSSL writes it")
struct EveryExtensionTests {
  private let certificate: Certificate

  init() throws {
    certificate = try Certificate(fixture: OpenSSLEverything.certificate)
  }

  private static let identifier: [UInt8] = RawCertificate.bytes(
    "5e9123ded34152a7df8e20b03f349eff93f81f7b")

  @Test("all are there in their order, each with its name and its criticality")
  func list() throws {
    #expect(
      certificate.extensions.map { ($0.identifier.name ?? "?") + ($0.isCritical ? "!" : "") } == [
        "basicConstraints!", "keyUsage!", "extKeyUsage", "subjectKeyIdentifier",
        "authorityKeyIdentifier", "subjectAltName", "issuerAltName", "certificatePolicies",
        "policyMappings", "policyConstraints!", "inhibitAnyPolicy!", "nameConstraints!",
        "cRLDistributionPoints", "freshestCRL", "authorityInfoAccess", "subjectInfoAccess",
        "tlsFeature", "ocsp-nocheck", "signedCertificateTimestampList",
      ])
    #expect(certificate.unknownCriticalExtensions.isEmpty)
    #expect(certificate.isCritical(OID.Extensions.keyUsage))
    #expect(!certificate.isCritical(OID.Extensions.extKeyUsage))
    #expect(!certificate.isCritical(OID.Extensions.precertificatePoison))
    let features = certificate.extension(OID.Extensions.tlsFeature)
    #expect(features?.der == TLV.sequence(TLV.integer(5), TLV.integer(17)))
  }

  @Test("key identifiers, and the issuer's certificate by its issuer and number")
  func keys() {
    #expect(certificate.subjectKeyIdentifier == Self.identifier)
    let authority = certificate.authorityKeyIdentifier
    #expect(authority?.keyIdentifier == Self.identifier)
    #expect(authority?.authorityCertIssuer == [.directoryName(certificate.subject)])
    #expect(authority?.authorityCertSerialNumber == [0x12, 0x34])
  }

  @Test("usages and names")
  func usages() throws {
    #expect(certificate.basicConstraints?.isAuthority == true)
    #expect(certificate.basicConstraints?.pathLength == 3)
    #expect(
      certificate.keyUsage?.description == "keyAgreement, keyCertSign, cRLSign, decipherOnly")
    let other = try #require(OID("1.2.3.4"))
    #expect(certificate.extendedKeyUsage?.purposes == [.serverAuth, .ocspSigning, other])
    #expect(certificate.extendedKeyUsage?.allowsOCSPSigning == true)
    #expect(
      certificate.issuerAlternativeNames == [
        .rfc822Name("ca@example.com"), .uniformResourceIdentifier("https://ca.example.com/"),
      ])
    #expect(
      certificate.nameConstraints?.permitted == [.uniformResourceIdentifier(".example.com")])
    #expect(
      certificate.nameConstraints?.excluded.map(\.description) == ["IP:192.0.2.0/255.255.255.0"])
  }

  @Test("policies with their statements and notices, mappings and constraints")
  func policies() throws {
    let policies = try #require(certificate.certificatePolicies?.policies)
    #expect(policies.map(\.identifier.text) == ["1.2.3.5", "1.2.3.7"])
    #expect(policies.first?.cpsURIs == [])
    #expect(policies.first?.userNotices == [])
    #expect(policies.last?.cpsURIs == ["https://ca.example.com/cps"])
    #expect(policies.last?.userNotices.count == 1)
    #expect(policies.last?.userNotices.first?.description == "Not for you")
    #expect(policies.last?.userNotices.first?.reference?.organization == "Example")
    #expect(policies.last?.userNotices.first?.reference?.noticeNumbers == [1, 22])
    #expect(certificate.certificatePolicies?.contains(.anyPolicy) == false)
    #expect(
      certificate.policyMappings?.mappings.map { [$0.issuerDomainPolicy, $0.subjectDomainPolicy] }
        .map { $0.map(\.text) } == [["1.2.3.5", "1.2.3.6"], ["1.2.3.7", "1.2.3.8"]])
    #expect(certificate.policyConstraints?.requireExplicitPolicy == 3)
    #expect(certificate.policyConstraints?.inhibitPolicyMapping == 0)
    #expect(certificate.inhibitAnyPolicy == 2)
  }

  @Test("distribution points of every form")
  func distributionPoints() throws {
    let points = certificate.cRLDistributionPoints
    #expect(points.count == 3)
    let (first, second) = (try #require(points.first), try #require(points.dropFirst().first))
    #expect(
      first.uniformResourceIdentifiers == [
        "http://crl.example.com/1.crl", "ldap://crl.example.com/cn=1",
      ])
    #expect(first.reasons == nil)
    #expect(first.cRLIssuer == [])
    #expect(
      second.distributionPoint
        == .nameRelativeToCRLIssuer(
          der: TLV.relativeName("2.5.4.3", TLV.text(0x0c, "List 2"))))
    #expect(second.reasons == [.keyCompromise, .cACompromise])
    #expect(second.reasons?.description == "keyCompromise, cACompromise")
    #expect(second.cRLIssuer.map(\.description) == ["DirName:O=Lists, C=DE"])
    #expect(points.last?.distributionPoint == nil)
    #expect(points.last?.cRLIssuer == second.cRLIssuer)
    #expect(
      certificate.freshestCRL.flatMap(\.uniformResourceIdentifiers)
        == ["http://crl.example.com/delta.crl"])
  }

  @Test("where to ask, and what a server answers")
  func services() throws {
    let access = try #require(certificate.authorityInformationAccess)
    #expect(access.descriptions.count == 3)
    #expect(access.ocspURLs == ["http://ocsp.example.com/"])
    #expect(access.caIssuerURLs == ["http://ca.example.com/ca.der"])
    #expect(access.descriptions.last?.accessLocation == .rfc822Name("ocsp@example.com"))
    let subject = try #require(certificate.subjectInformationAccess?.descriptions)
    #expect(subject.map(\.accessMethod) == [.caRepository])
    #expect(certificate.tlsFeature?.features == [5, 17])
    #expect(certificate.mustStaple)
    #expect(certificate.hasOCSPNoCheck)
  }

  @Test("the promises of logs, of a version that is known and of one that is not")
  func timestamps() throws {
    let timestamps = certificate.signedCertificateTimestamps
    #expect(timestamps.map(\.version) == [0, 1])
    let first = try #require(timestamps.first?.versionOne)
    #expect(first.logID == Array(0..<32))
    #expect(first.timestamp == 1_700_000_000_123)
    #expect(first.extensions == [])
    #expect(first.hashAlgorithm == 4)
    #expect(first.signatureAlgorithm == 3)
    #expect(first.signature == [0x30, 6, 2, 1, 1, 2, 1, 2])
    #expect(timestamps.last?.versionOne == nil)
    #expect(timestamps.last?.encoded == [1] + Array("new".utf8))
  }

  @Test("what is signed, the signature and the key are the parts of the encoding")
  func parts() throws {
    let der = certificate.der
    let key = certificate.subjectPublicKeyInfo
    #expect(key.first == 0x30)
    #expect(der.firstRange(of: key) != nil)
    #expect(certificate.subjectPublicKey.count == 65)
    #expect(Array(key.suffix(65)) == certificate.subjectPublicKey)
    #expect(
      TLV.sequence(
        certificate.toBeSigned, RawCertificate.ecdsaWithSHA256,
        TLV.bits(certificate.signatureBytes)) == der)
    #expect(certificate.verifySignature(by: certificate.publicKey))
  }
}
