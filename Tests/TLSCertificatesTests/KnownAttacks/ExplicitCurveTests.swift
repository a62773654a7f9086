import TLSCrypto
import Testing

@testable import TLSCertificates

extension KnownAttacks {
  /// CurveBall (2020, CVE-2020-0601): Windows compared the public key of a root and not the parameters of
  /// its curve, so that a key with a generator of the attacker's own choice passed for the root's. Curves
  /// are named here, or they are none (RFC 5480 section 2.1.1).
  @Suite("CurveBall: a curve has a name, or it is none")
  struct ExplicitCurveTests {
    /// `ECParameters` of P-256 (SEC 1 appendix C.2) with a generator.
    private static func parameters(generator: [UInt8], cofactor: [UInt8] = TLV.integer(1))
      -> [UInt8]
    {
      let prime = RawCertificate.bytes(
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")
      let a = RawCertificate.bytes(
        "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc")
      let b = RawCertificate.bytes(
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b")
      let order = RawCertificate.bytes(
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
      return TLV.sequence(
        TLV.integer(1),
        TLV.sequence(TLV.identifier("1.2.840.10045.1.1"), TLV.element(2, [0] + prime)),
        TLV.sequence(TLV.octets(a), TLV.octets(b)), TLV.octets(generator),
        TLV.element(2, [0] + order), cofactor)
    }

    private static func key(_ parameters: [UInt8], _ point: [UInt8]) -> [UInt8] {
      TLV.sequence(
        TLV.sequence(TLV.identifier("1.2.840.10045.2.1"), parameters), TLV.bits(point))
    }

    @Test("A key with explicit parameters is refused, in the leaf, above it, and as a root")
    func explicit() throws {
      let root = try Party.root("Root")
      let point = try #require(root.key.publicKey.point)
      // With the root's own key as the generator, its private key is 1.
      for generator in [point, RawCertificate.basePoint] {
        let parameters = Self.parameters(generator: generator)
        let error = #expect(throws: CertificateError.self) {
          try RawCertificate.parse { $0.publicKey = Self.key(parameters, point) }
        }
        #expect(
          error?.description
            == "the certificate's subjectPublicKeyInfo is a point on a curve that is not supported")
        #expect(error?.isUnsupported == true)
      }
    }

    @Test("So are parameters that are inherited, missing, or the name of another curve")
    func others() {
      let parameters = [TLV.null, [], TLV.identifier("1.3.132.0.10"), TLV.identifier("1.2.3")]
      for parameters in parameters {
        #expect(throws: CertificateError.self) {
          try RawCertificate.parse {
            $0.publicKey = Self.key(parameters, RawCertificate.basePoint)
          }
        }
      }
    }

    @Test("A root is known by all of its certificate, never by the bits of its key")
    func sameBits() throws {
      let root = try Party.root("Root")
      // Another key that says to be the root's by its identifier and name.
      let identifier = try root.certificate.publicKey.keyIdentifier()
      let impostor = try Party.root("Root", key: Party.key("impostor")) {
        $0.extraExtensions = [
          .init(identifier: "2.5.29.14", isCritical: false, der: TLV.octets(identifier))
        ]
      }
      let leaf = try impostor.leaf().certificate
      for chain in [[leaf], [leaf, impostor.certificate]] {
        let rule = try refusal(of: chain, trusting: [root.certificate])?.rule
        #expect(rule == .badSignature(issuer: "CN=Root"), "\(String(describing: rule))")
      }
    }
  }
}
