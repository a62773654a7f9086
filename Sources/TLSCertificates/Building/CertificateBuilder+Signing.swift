internal import SwiftASN1
public import TLSCrypto

extension CertificateBuilder {
  /// Makes a certificate for a key, and signs it with another one.
  ///
  /// - Parameters:
  ///   - publicKey: the key that the certificate is for.
  ///   - issuer: who signs. Whether its certificate allows that is not asked.
  ///   - random: where the serial number comes from, unless it is given, and the salt of RSA-PSS.
  /// - Throws: ``CertificateBuilderError`` if what the builder holds makes no certificate.
  public func build(
    publicKey: PublicKey, issuedBy issuer: Issuer, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> Certificate {
    let certificateKey = issuer.certificate.publicKey
    guard certificateKey == issuer.key.publicKey else {
      throw .keyOfAnotherCertificate(certificate: certificateKey, key: issuer.key.publicKey)
    }
    let name = try IssuerName(issuer.certificate)
    return try parse(try sign(publicKey, name, issuer.key, &random))
  }

  /// Makes a certificate for a key, and signs it with the same one.
  ///
  /// - Parameters:
  ///   - key: the key that the certificate is for.
  ///   - random: where the serial number comes from, unless it is given, and the salt of RSA-PSS.
  /// - Throws: ``CertificateBuilderError`` if what the builder holds makes no certificate.
  public func build(
    selfSignedWith key: PrivateKey, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> Certificate {
    try parse(try selfSignedDER(with: key, random: &random))
  }

  /// The DER of a self-signed certificate, which may be one that does not parse.
  package func selfSignedDER(
    with key: PrivateKey, random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    let name = IssuerName(
      der: try subjectDER(), keyIdentifier: try Self.keyIdentifier(of: key.publicKey))
    return try sign(key.publicKey, name, key, &random)
  }

  private func parse(_ der: [UInt8]) throws(CertificateBuilderError) -> Certificate {
    do {
      return try Certificate(der: der)
    } catch {
      throw .malformed(error)
    }
  }

  private func subjectDER() throws(CertificateBuilderError) -> [UInt8] {
    try SubjectNameWriter(commonName: commonName, organization: organization).der()
  }

  static func keyIdentifier(of key: PublicKey) throws(CertificateBuilderError) -> [UInt8] {
    do {
      return try key.keyIdentifier()
    } catch {
      throw .crypto(error)
    }
  }
}

extension CertificateBuilder {
  /// A `Certificate` in DER (RFC 5280 section 4.1).
  private func sign(
    _ publicKey: PublicKey, _ issuer: IssuerName, _ key: PrivateKey,
    _ random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    guard commonName != nil || organization != nil || !names.isEmpty else { throw .nothingToName }
    let algorithm = try signature.algorithmIdentifier(for: key.publicKey)
    let body = try bodyDER(publicKey, issuer, algorithm, &random)
    let bits = try signature.bits(of: body, key, &random)
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(body)
        serializer.serializeRawBytes(algorithm)
        serializer.bitString(bits)
      }
    }
  }

  /// The `TBSCertificate`: what is signed.
  private func bodyDER(
    _ publicKey: PublicKey, _ issuer: IssuerName, _ algorithm: [UInt8],
    _ random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    let serial = try serialBytes(&random)
    let validity = try ValidityWriter(notBefore: notBefore, notAfter: notAfter).der()
    let subject = try subjectDER()
    let extensions = try extensionsDER(
      subjectKeyIdentifier: try Self.keyIdentifier(of: publicKey),
      authorityKeyIdentifier: issuer.keyIdentifier)
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        // Version 1 is the default, which DER leaves out; version 3 is the number 2.
        if version == .v3 { serializer.explicit(0) { $0.unsignedInteger([2]) } }
        serializer.unsignedInteger(serial)
        serializer.serializeRawBytes(algorithm)
        serializer.serializeRawBytes(issuer.der)
        serializer.serializeRawBytes(validity)
        serializer.serializeRawBytes(subject)
        serializer.serializeRawBytes(publicKey.subjectPublicKeyInfo)
        if version == .v3 { serializer.serializeRawBytes(extensions) }
      }
    }
  }

  /// At most 20 bytes with the sign, and not zero (RFC 5280 section 4.1.2.2).
  private func serialBytes(
    _ random: inout some RandomSource
  ) throws(CertificateBuilderError) -> [UInt8] {
    guard let serialNumber else {
      var bytes = random.bytes(16)
      // Positive, and of one length.
      bytes[0] = bytes[0] & 0x7f | 0x40
      return bytes
    }
    let digits = Array(serialNumber.drop { $0 == 0 })
    guard let first = digits.first, digits.count < 20 || (digits.count == 20 && first < 0x80)
    else { throw .invalidSerialNumber(serialNumber) }
    return digits
  }
}
