import TLSCrypto
import Testing

@testable import TLSCertificates

/// Every truncation and every flip of one bit of a list or a response gives a value or a typed error,
/// and none passes for what was signed.
@Suite("Damaged lists and responses")
struct RevocationMutationTests {
  private static func list(_ scene: RevocationScene) throws -> CertificateRevocationList {
    try RevocationScene.list(
      of: scene.issuing, revoking: [scene.root.certificate], reason: .superseded
    ) { builder in
      var scope = RevocationListBuilder.Scope()
      scope.isIndirect = true
      scope.onlySomeReasons = .all
      builder.scope = scope
      builder.entries[0].certificateIssuer = scene.root.certificate.subject
      builder.entries[0].invalidityDate = Party.now
    }
  }

  @Test("lists")
  func lists() throws {
    let scene = try RevocationScene()
    let original = try Self.list(scene)
    var tally = Tally()
    for bytes in Mutations(original: original.der) {
      do throws(RevocationListError) {
        let list = try CertificateRevocationList(der: bytes)
        tally.values += 1
        // What was read can be shown, searched and looked at, too.
        _ = list.entries.map { "\($0.certificateIssuer) \($0.revocationDate)" }
        _ = list.entry(for: [1])
        #expect(!list.verifySignature(by: scene.issuing.key.publicKey))
        _ = try? scene.problem(lists: [list])
      } catch {
        tally.errors += 1
      }
    }
    #expect(tally.total == original.der.count * 9)
    #expect(tally.errors > original.der.count)
    #expect(tally.values > original.der.count)
    for bytes in Mutations(original: original.der).truncations {
      #expect(throws: RevocationListError.self) { try CertificateRevocationList(der: bytes) }
    }
  }

  @Test("responses")
  func responses() throws {
    let scene = try RevocationScene()
    let delegate = try RevocationScene.delegate(of: scene.issuing)
    let original = try scene.responseDER(
      .revoked(at: Party.notBefore, reason: .superseded), signedBy: delegate)
    var tally = Tally()
    for bytes in Mutations(original: original) {
      do throws(OCSPError) {
        let response = try OCSPResponse(der: bytes)
        tally.values += 1
        _ = response.description
      } catch {
        tally.errors += 1
      }
    }
    #expect(tally.total == original.count * 9)
    #expect(tally.errors > original.count)
    #expect(tally.values > original.count)
    for bytes in Mutations(original: original).truncations {
      #expect(throws: OCSPError.self) { try OCSPResponse(der: bytes) }
    }
  }

  @Test("no damaged response passes for a good one")
  func goodResponses() throws {
    let scene = try RevocationScene()
    let original = try scene.responseDER(signedBy: try RevocationScene.delegate(of: scene.issuing))
    #expect(try scene.problem(status: .response(original)) == nil)
    var refused = 0
    for (number, bytes) in Mutations(original: original).bitFlips.enumerated() {
      // Each may cost two signatures' checks: one bit of every byte is enough.
      guard number % 8 == number / 8 % 8 else { continue }
      if try scene.problem(status: .response(bytes)) != nil { refused += 1 }
    }
    #expect(refused == original.count)
  }
}
