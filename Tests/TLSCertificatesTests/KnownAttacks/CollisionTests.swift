import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// The rogue authority of 2008 (Sotirov, Stevens and others, MD5), Flame (2012, MD5) and SHAttered
  /// (2017, SHA-1): whoever finds a collision moves an authority's signature to another certificate. No
  /// policy accepts MD5 or SHA-1, and nothing here can verify them.
  @Suite("Collisions: a signature with MD5 or SHA-1 proves nothing, though it is right")
  struct CollisionTests {
    private func expectRefused(
      _ rule: VerificationRule, _ sentence: String, position: Int?, _ chain: [Certificate],
      trusting roots: [Certificate], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let error = try refusal(of: chain, trusting: roots)
      #expect(error?.rule == rule, sourceLocation: sourceLocation)
      #expect(error?.description == sentence, sourceLocation: sourceLocation)
      #expect(error?.position == position, sourceLocation: sourceLocation)
    }

    private static let weak: [(String, String)] = [
      (OpenSSLSignatures.leafSHA1, "SHA-1 with RSA"), (OpenSSLSignatures.leafMD5, "MD5 with RSA"),
      (OpenSSLSignatures.leafPSSSHA1, "RSA-PSS with other parameters than TLS uses"),
      (OpenSSLSignatures.leafPSSLongSalt, "RSA-PSS with other parameters than TLS uses"),
    ]

    @Test("signatures with SHA-1, MD5 or odd parameters, though they are right", arguments: weak)
    func weakSignature(_ fixture: String, _ name: String) throws {
      let leaf = try Certificate(fixture: fixture)
      try expectRefused(
        .weakSignature(name), "certificate \"\(leaf)\" is signed by \(name), which is not accepted",
        position: 0, [leaf, try Certificate(fixture: OpenSSLChain.issuing)],
        trusting: [try Certificate(fixture: OpenSSLChain.root)])
    }

    @Test("an intermediate signed with SHA-1, and a signature that nothing knows")
    func weakIntermediate() throws {
      let root = try Party.root()
      let identifiers = [
        ("1.2.840.10045.4.1", "SHA-1 with ECDSA"), ("1.2.840.113549.1.1.5", "SHA-1 with RSA"),
        ("1.2.3.4", "algorithm 1.2.3.4"),
      ]
      for (identifier, name) in identifiers {
        let middle = try root.authority("Middle") {
          $0.signature = .unsigned(algorithm: identifier, parameters: [], signature: [1])
        }
        try expectRefused(
          .weakSignature(name),
          "certificate \"CN=Middle\" is signed by \(name), which is not accepted", position: 1,
          [try middle.leaf().certificate, middle.certificate], trusting: [root.certificate])
      }
      // A root's own signature proves nothing, and does not matter.
      let old = try Party.root("Old") {
        $0.signature = .unsigned(algorithm: "1.2.840.10045.4.1", parameters: [], signature: [1])
      }
      #expect(
        try refusal(of: [try old.leaf().certificate], trusting: [old.certificate]) == nil)
    }

    @Test("No preset has them, and a policy cannot name them")
    func policies() {
      for policy in [AlgorithmPolicy.strict, .modern, .intermediate, .legacy] {
        for name in ["SHA-1 with RSA", "MD5 with RSA", "MD2 with RSA", "SHA-1 with ECDSA"] {
          #expect(policy.problem(with: CertificateSignature.weak(name)) == .weakSignature(name))
        }
        #expect(policy.signatures.allSatisfy { !"\($0)".contains("SHA-1") })
      }
    }
  }
}
