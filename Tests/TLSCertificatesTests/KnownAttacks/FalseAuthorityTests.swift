import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// The missing CA flag (Marlinspike's sslsniff against Internet Explorer 2002, CVE-2002-0862; again on
  /// iOS 2011, CVE-2011-0228): whoever has a certificate for `evil.example` signs one for `example.com`
  /// with its key. RFC 5280 sections 6.1.4 (k) to (n).
  @Suite("False authorities: whoever has a certificate may not issue another")
  struct FalseAuthorityTests {
    /// What is said of a chain for `example.com` by way of a certificate that is no full authority.
    private func rule(
      path: [(inout CertificateBuilder) -> Void]
    ) throws -> (rule: VerificationRule?, position: Int?) {
      let root = try Party.root()
      var issuer = root
      var chain: [Certificate] = []
      for (number, change) in path.enumerated() {
        issuer = try issuer.authority("Authority \(number)", change)
        chain.insert(issuer.certificate, at: 0)
      }
      let leaf = try issuer.leaf().certificate
      let error = try refusal(of: [leaf] + chain, trusting: [root.certificate])
      return (error?.rule, error?.position)
    }

    @Test("A server's own certificate signs nothing, even if its key may sign certificates")
    func leaf() throws {
      let root = try Party.root()
      for usage in [KeyUsage.digitalSignature, [.digitalSignature, .keyCertSign]] {
        let evil = try root.leaf(["evil.example"], commonName: "Evil") { $0.keyUsage = usage }
        let forged = try evil.leaf().certificate
        let error = try refusal(of: [forged, evil.certificate], trusting: [root.certificate])
        #expect(error?.rule == .notACertificateAuthority)
        #expect(error?.position == 1)
      }
    }

    @Test("Nor does one without basicConstraints, of version 1, or that says cA is FALSE")
    func flags() throws {
      let changes: [(inout CertificateBuilder) -> Void] = [
        { $0.omittedExtensions = ["2.5.29.19"] }, { $0.version = .v1 },
        { $0.isCertificateAuthority = false },
      ]
      for change in changes {
        let found = try rule(path: [change])
        #expect(found.rule == .notACertificateAuthority)
        #expect(found.position == 1)
      }
      #expect(try rule(path: [{ _ in }]).rule == nil)
    }

    @Test("An authority whose key is not for certificates signs none")
    func keyUsage() throws {
      for usage in [KeyUsage.cRLSign, .digitalSignature] {
        let found = try rule(path: [{ $0.keyUsage = usage }])
        #expect(found.rule == .keyUsage(missing: .keyCertSign, found: usage))
        #expect(found.position == 1)
      }
    }

    @Test("An authority that may have none below it has none, however deep it hides")
    func pathLength() throws {
      let all: (inout CertificateBuilder) -> Void = { _ in }
      #expect(try rule(path: [{ $0.pathLength = 0 }]).rule == nil)
      #expect(
        try rule(path: [{ $0.pathLength = 0 }, all]).rule == .pathTooLong(limit: 0, found: 1))
      // What an authority allows below itself is no matter where one above it allows less.
      #expect(
        try rule(path: [{ $0.pathLength = 1 }, { $0.pathLength = 5 }, all]).rule
          == .pathTooLong(limit: 1, found: 2))
    }

    @Test("An authority for clients, or for code, vouches for no server")
    func purpose() throws {
      for purpose in [CertificateBuilder.KeyPurpose.clientAuth, .codeSigning] {
        guard case .extendedKeyUsage = try rule(path: [{ $0.extendedKeyUsages = [purpose] }]).rule
        else {
          Issue.record("an authority for \(purpose) vouches for a server")
          continue
        }
      }
    }
  }
}
