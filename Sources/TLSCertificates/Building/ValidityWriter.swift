internal import SwiftASN1
internal import TLSCrypto

/// When a certificate that is being made is valid (RFC 5280 section 4.1.2.5).
struct ValidityWriter {
  let notBefore: Timestamp
  let notAfter: Timestamp

  /// A `Validity` in DER.
  func der() throws(CertificateBuilderError) -> [UInt8] {
    guard notBefore <= notAfter else {
      throw .endsBeforeItBegins(notBefore: notBefore, notAfter: notAfter)
    }
    let start = try TimeWriter.time(notBefore)
    let end = try TimeWriter.time(notAfter)
    return DER.Serializer.bytes { serializer in
      serializer.sequence { serializer in
        serializer.serializeRawBytes(start)
        serializer.serializeRawBytes(end)
      }
    }
  }
}
