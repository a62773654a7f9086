/// What a certificate that is being made says of who signed it.
struct IssuerName {
  /// The `Name` in DER, byte for byte as the issuer's certificate has it.
  let der: [UInt8]
  /// What `authorityKeyIdentifier` calls the key by.
  let keyIdentifier: [UInt8]
}

extension IssuerName {
  /// The subject of a certificate; its key by the name that the certificate itself gives it
  /// (RFC 5280 section 4.2.1.1), or else as we would.
  init(_ certificate: Certificate) throws(CertificateBuilderError) {
    der = certificate.subject.der
    if let identifier = certificate.subjectKeyIdentifier {
      keyIdentifier = identifier
    } else {
      keyIdentifier = try CertificateBuilder.keyIdentifier(of: certificate.publicKey)
    }
  }
}
