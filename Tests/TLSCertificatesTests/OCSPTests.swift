import TLSCrypto
import Testing

@testable import TLSCertificates

@Suite("OCSP responses")
struct OCSPTests {
  private typealias Scene = RevocationScene

  @Test("everything that a response says can be read")
  func fields() throws {
    let scene = try Scene()
    let delegate = try Scene.delegate(of: scene.issuing)
    let der = try scene.responseDER(
      .revoked(at: Party.notBefore, reason: .affiliationChanged), signedBy: delegate
    ) { builder in
      builder.answers.append(
        .init(
          of: scene.issuing.certificate, issuedBy: scene.root.certificate, status: .good,
          thisUpdate: Party.now, nextUpdate: nil))
      builder.answers[1].hashAlgorithm = .sha2(.sha256)
      builder.answers[1].serialNumber = [0x80, 0x01]
    }
    let response = try OCSPResponse(der: der)
    #expect(response.status == .successful)
    let basic = try #require(response.basic)
    #expect(basic.responder == .name(delegate.certificate.subject))
    #expect(basic.producedAt == Scene.thisUpdate)
    #expect(basic.signature == .known(.ecdsa(.sha256)))
    #expect(basic.certificates == [delegate.certificate])
    try #require(basic.responses.count == 2)
    let first = basic.responses[0]
    #expect(first.certificate.hashAlgorithm == .sha1)
    #expect(first.certificate.issuerNameHash.count == 20)
    #expect(first.certificate.issuerKeyHash.count == 20)
    #expect(first.certificate.serialNumber == [0x10, 0x01])
    #expect(first.status == .revoked(at: Party.notBefore, reason: .affiliationChanged))
    #expect(first.thisUpdate == Scene.thisUpdate)
    #expect(first.nextUpdate == Scene.nextUpdate)
    let second = basic.responses[1]
    #expect(second.certificate.hashAlgorithm == .sha2(.sha256))
    #expect(second.certificate.issuerKeyHash.count == 32)
    #expect(second.certificate.serialNumber == [0x80, 0x01])
    #expect(second.status == .good)
    #expect(second.nextUpdate == nil)
    #expect(
      response.description
        == "signed by CN=Responder at 2026-12-31T23:00:00Z: 1001: revoked at "
        + "2026-12-31T00:00:00Z, affiliationChanged; 8001: good")
  }

  @Test("a responder may be named by the SHA-1 of its key")
  func keyHash() throws {
    let scene = try Scene()
    let response = try OCSPResponse(der: scene.responseDER { $0.responderID = .keyHash })
    let key = scene.issuing.certificate.subjectPublicKey
    let hash = try Hash.identifierSHA1(of: key.rawSpan)
    #expect(response.basic?.responder == .keyHash(hash.array))
    #expect(response.description.hasPrefix("signed by the key with the SHA-1 \(hash) at ") == true)
  }

  @Test("a responder without an answer says why", arguments: OCSPResponse.Status.allCases)
  func withoutAnswer(_ status: OCSPResponse.Status) throws {
    guard status != .successful else {
      #expect(throws: CertificateBuilderError.self) {
        try OCSPResponseBuilder.build(withoutAnswer: status)
      }
      return
    }
    let response = try OCSPResponseBuilder.build(withoutAnswer: status)
    #expect(response.der == [0x30, 3, 0x0a, 1, UInt8(status.rawValue)])
    #expect(response.status == status)
    #expect(response.basic == nil)
    #expect(response.description == "the responder said \(status)")
  }

  @Test(
    "the signature is that of the signer's key alone",
    arguments: [
      PrivateKey.Generation.rsa(bits: 2048), .ecdsa(.secp256r1), .ed25519,
    ])
  func signature(_ kind: PrivateKey.Generation) throws {
    let issuer = try Party.root(key: try Party.key("responses", kind))
    var builder = OCSPResponseBuilder(producedAt: Party.now)
    builder.answers = [
      .init(
        of: issuer.certificate, issuedBy: issuer.certificate, status: .good, thisUpdate: Party.now,
        nextUpdate: nil)
    ]
    var random = SystemRandomSource()
    let response = try builder.build(
      signedBy: .init(certificate: issuer.certificate, key: issuer.key), random: &random)
    let basic = try #require(response.basic)
    #expect(basic.verifySignature(by: issuer.key.publicKey))
    #expect(!basic.verifySignature(by: try Party.key("other").publicKey))
  }
}
