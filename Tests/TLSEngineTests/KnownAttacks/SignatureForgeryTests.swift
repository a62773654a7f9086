import TLSCertificates
import TLSCrypto
import TestSupport
import Testing

@testable import TLSEngine

extension KnownAttacks {
  /// Bleichenbacher's forgery (2006, CVE-2006-4339) and BERserk (2014, CVE-2014-1568), in a
  /// ServerKeyExchange: a server whose certificate has an RSA key with the exponent 3 "signs" with an
  /// encoded message that is not quite one of PKCS #1 (RFC 8017 section 9.2).
  @Suite("Forged RSA signatures in a ServerKeyExchange")
  struct SignatureForgeryTests {
    /// What a client makes of a flight whose signature stands for this encoded message.
    private func failure(_ form: EncodedMessage.Form) throws -> TLSError? {
      var client = try TestIdentities.startedClient()
      var peer = try HandDrivenServer(answering: &client, as: .rsa)
      let content = peer.clientHello.random + peer.flight.hello.random + peer.flight.parameters
      let digest = try Hash.digest(of: content.rawSpan, using: .sha256).array
      let forgery = CubeForgery(of: form.encoded(digest))
      let exponent: [UInt8] = [3]
      let key = try PublicKey.rsa(
        modulus: forgery.modulus.rawSpan, exponent: exponent.rawSpan)
      peer.flight.certificates = [try TestIdentities.certificate(for: key).der]
      peer.flight.scheme = .rsaPKCS1SHA256
      peer.flight.signature = forgery.signature
      let flight = try peer.firstFlight()
      do throws(TLSError) {
        _ = try client.receive(flight)
        return nil
      } catch {
        return error
      }
    }

    @Test("The right encoded message passes, so that the others fail for what is wrong in them")
    func right() throws {
      #expect(try failure(.right) == nil)
    }

    @Test("Any other is decrypt_error", arguments: EncodedMessage.Form.wrong)
    func wrong(form: EncodedMessage.Form) throws {
      let error = try failure(form)
      #expect(error?.alert == .decryptError)
      #expect(
        error?.description.hasPrefix(
          "the rsa_pkcs1_sha256 signature over the key exchange does not verify") == true)
    }
  }
}
