import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// Keys that are worth nothing, or that cost much: an exponent of 1 (every message is its own signature),
  /// even ones, moduli of 512 bits (FREAK) and of 16,384 (CVE-2023-29409: verifying takes time with the square of the modulus and with the exponent).
  @Suite("Hostile keys: exponents and moduli that are no good, or too dear")
  struct HostileKeyTests {
    private static func key(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
      TLV.sequence(
        TLV.sequence(TLV.identifier("1.2.840.113549.1.1.1"), TLV.null),
        TLV.bits(TLV.sequence(TLV.element(2, modulus), TLV.element(2, exponent))))
    }

    /// An odd number of so many bits, a multiple of 8, as an INTEGER.
    private static func modulus(bits: Int) -> [UInt8] {
      [0] + [UInt8](repeating: 0xff, count: bits / 8)
    }

    private func refusal(modulus: [UInt8], exponent: [UInt8]) -> String? {
      do {
        _ = try RawCertificate.parse {
          $0.publicKey = Self.key(modulus: modulus, exponent: exponent)
        }
        return nil
      } catch {
        return error.description
      }
    }

    @Test(
      "An exponent of 0, 1, 2, 65,536, less than 0 or more than 64 bits is refused",
      arguments: [[0], [1], [2], [1, 0, 0], [0xff], [1] + [UInt8](repeating: 1, count: 8)]
        as [[UInt8]])
    func exponents(exponent: [UInt8]) {
      #expect(refusal(modulus: Self.modulus(bits: 2048), exponent: exponent) != nil)
    }

    @Test("A modulus that is even, of 512 or 1016 bits, or of 8200 or 16,384, is refused")
    func moduli() {
      #expect(
        refusal(modulus: Self.modulus(bits: 2048).dropLast() + [0xfe], exponent: [3]) != nil)
      for bits in [8, 512, 1_016, 8_200, 16_384] {
        #expect(refusal(modulus: Self.modulus(bits: bits), exponent: [1, 0, 1]) != nil, "\(bits)")
      }
      for bits in [1_024, 2_048, 8_192] {
        #expect(refusal(modulus: Self.modulus(bits: bits), exponent: [1, 0, 1]) == nil, "\(bits)")
      }
    }

    @Test("With an exponent of 1 the message would be its own signature: no such key exists")
    func identity() {
      let modulus = Self.modulus(bits: 2048)
      let exponent: [UInt8] = [1]
      #expect(throws: CryptoError.self) {
        try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
      }
    }

    @Test("The dearest keys there can be are never used where no way leads to a root")
    func dearest() throws {
      let root = try Party.root("Same")
      let hidden: Set<String> = ["2.5.29.14", "2.5.29.35"]
      let exponent = [UInt8](repeating: 0xff, count: 8)
      let modulus = Array(Self.modulus(bits: 8_192).dropFirst())
      let dear = try PublicKey.rsa(modulus: modulus.rawSpan, exponent: exponent.rawSpan)
      // Authorities of one name with the dearest key, each of which nobody has signed.
      let heap = try (1...15).map { number in
        var builder = CertificateBuilder.authority(
          commonName: "Same", notBefore: Party.notBefore, notAfter: Party.notAfter)
        builder.omittedExtensions = hidden
        builder.serialNumber = [UInt8(number)]
        builder.signature = .unsigned(
          algorithm: "1.2.840.113549.1.1.11", parameters: TLV.null,
          signature: [UInt8](repeating: 1, count: 1_024))
        var random = DeterministicRandomSource(seed: [UInt8(number)])
        return try builder.build(
          publicKey: dear, issuedBy: .init(certificate: root.certificate, key: root.key),
          random: &random)
      }
      let leaf = try root.leaf {
        $0.omittedExtensions = ["2.5.29.35"]
        $0.signature = .unsigned(
          algorithm: "1.2.840.113549.1.1.11", parameters: TLV.null,
          signature: [UInt8](repeating: 1, count: 1_024))
      }.certificate
      let stranger = try Party.root("Stranger")
      let verdict = try Verdict([leaf] + heap, trusting: [stranger.certificate])
      #expect(verdict.work.signatures.count == 0)
      #expect(verdict.work.candidateCount <= 64)
      #expect(verdict.chain == nil)
    }
  }
}
