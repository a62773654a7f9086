/// The server asks for the client's certificate (RFC 5246 section 7.4.4).
struct CertificateRequest: DecodableHandshakeBody {
  static let type = HandshakeType.certificateRequest

  /// `ClientCertificateType.rsa_sign`.
  static let rsaSign: UInt8 = 1
  /// `ClientCertificateType.ecdsa_sign`, which holds for Ed25519 too (RFC 8422 section 5.5).
  static let ecdsaSign: UInt8 = 64

  let certificateTypes: [UInt8]
  let signatureSchemes: [SignatureScheme]

  /// The names of authorities that the server would accept, in DER.
  let certificateAuthorities: VectorList

  init(
    certificateTypes: [UInt8], signatureSchemes: [SignatureScheme],
    certificateAuthorities: [[UInt8]]
  ) {
    self.certificateTypes = certificateTypes
    self.signatureSchemes = signatureSchemes
    self.certificateAuthorities = VectorList(certificateAuthorities, .twoBytes)
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    var types = try reader.readVector8("certificate_types", in: 1...255)
    certificateTypes = types.readRemainder()
    var schemes = try reader.readVector16("supported_signature_algorithms", in: 2...65_534)
    signatureSchemes = try schemes.readUInt16s("supported_signature_algorithms")
      .map(SignatureScheme.init)
    var names = try reader.readVector16("certificate_authorities")
    certificateAuthorities = try VectorList(
      decoding: &names, .twoBytes, of: "distinguished_name")
  }

  func encode(into writer: inout Writer) {
    writer.writeVector8 { $0.write(certificateTypes) }
    writer.writeVector16 { writer in
      for scheme in signatureSchemes { writer.write(scheme.rawValue) }
    }
    writer.writeVector16 { certificateAuthorities.encode(into: &$0) }
  }

  var detail: String { "\(certificateAuthorities.count) authorities named" }
}
