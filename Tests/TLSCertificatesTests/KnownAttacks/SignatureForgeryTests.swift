import TLSCrypto
import TestSupport
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// Bleichenbacher's forgery (2006, CVE-2006-4339), its variants (Kühn, Pyshkin, Tews and Weinmann 2008)
  /// and BERserk (2014, CVE-2014-1568): a verifier that parses what is in an RSA signature, instead of
  /// comparing it with what must be in it, takes forgeries of keys with the exponent 3. Here the encoded
  /// message is made anew and compared as a whole (RFC 8017 section 8.2.2).
  @Suite("Forged RSA signatures in certificates")
  struct SignatureForgeryTests {
    /// What becomes of a leaf whose signature stands for this encoded message under its issuer's key.
    private func rule(_ form: EncodedMessage.Form) throws -> VerificationRule? {
      // The leaf names no key, so that the issuer's can be made for it.
      let stand = try Party.root()
      let sha256WithRSA = TLV.sequence(TLV.identifier("1.2.840.113549.1.1.11"), TLV.null)
      var forgery: CubeForgery?
      let leaf = try SpoiltCertificate.make(below: stand) {
        $0.raw.innerAlgorithm = sha256WithRSA
        $0.raw.outerAlgorithm = sha256WithRSA
        $0.remove("2.5.29.35")
      } finish: { raw in
        guard let digest = try? Hash.digest(of: raw.body.rawSpan, using: .sha256).array else {
          return
        }
        let forged = CubeForgery(of: form.encoded(digest))
        raw.signature = TLV.bits(forged.signature)
        forgery = forged
      }
      let forged = try #require(forgery)
      let key = TLV.sequence(
        TLV.sequence(TLV.identifier("1.2.840.113549.1.1.1"), TLV.null),
        TLV.bits(TLV.sequence(TLV.element(2, forged.modulus), TLV.integer(3))))
      let issuer = try RawCertificate.parse {
        $0.issuer = stand.certificate.subject.der
        $0.subject = $0.issuer
        $0.publicKey = key
        $0.extensions = [
          TLV.certificateExtension("2.5.29.19", critical: true, TLV.sequence(TLV.true))
        ]
      }
      return try refusal(of: [try Certificate(der: leaf)], trusting: [issuer])?.rule
    }

    @Test("The right encoded message passes, so that the others fail for what is wrong in them")
    func right() throws {
      #expect(try rule(.right) == nil)
    }

    @Test("Any other is no signature", arguments: EncodedMessage.Form.wrong)
    func wrong(form: EncodedMessage.Form) throws {
      #expect(try rule(form) == .badSignature(issuer: "CN=Root"))
    }
  }
}
