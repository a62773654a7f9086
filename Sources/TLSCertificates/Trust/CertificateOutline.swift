/// Where the parts of a certificate lie in its encoding (RFC 5280 section 4.1), found without
/// reading them: some hundred roots are outlined in the time that reading one takes.
struct CertificateOutline {
  /// How many bytes the certificate has; other things may follow it.
  let byteCount: Int
  /// The subject's encoding.
  let subject: Range<Int>

  /// The tag of the version, the only field that may be missing before the subject.
  private static let version = DERCursor.Tag.field0

  /// Outlines the certificate that `bytes` begin with.
  ///
  /// - Throws: ``CertificateError`` if a field is missing, or has another tag than it must.
  init(of bytes: [UInt8]) throws(CertificateError) {
    var outer = DERCursor(bytes, "encoding")
    let whole = try outer.next(DERCursor.Tag.sequence, "certificate")
    byteCount = whole.all.upperBound
    guard byteCount <= Certificate.maximumByteCount else {
      throw CertificateError(
        "encoding", "has \(byteCount) bytes, more than \(Certificate.maximumByteCount)")
    }
    var certificate = outer.inside(whole, "encoding")
    let body = try certificate.next(DERCursor.Tag.sequence, "tbsCertificate")
    _ = try certificate.next(DERCursor.Tag.sequence, "signatureAlgorithm")
    _ = try certificate.next(DERCursor.Tag.bitString, "signatureValue")
    try certificate.end()
    var fields = certificate.inside(body, "tbsCertificate")
    _ = try fields.next(if: Self.version)
    _ = try fields.next(DERCursor.Tag.integer, "serialNumber")
    _ = try fields.next(DERCursor.Tag.sequence, "signature")
    _ = try fields.next(DERCursor.Tag.sequence, "issuer")
    _ = try fields.next(DERCursor.Tag.sequence, "validity")
    subject = try fields.next(DERCursor.Tag.sequence, "subject").all
    _ = try fields.next(DERCursor.Tag.sequence, "subjectPublicKeyInfo")
  }
}
