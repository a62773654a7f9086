/// The stapled answer of the certificate's issuer: not revoked, it says, or otherwise (RFC 6066
/// section 8).
struct CertificateStatus: DecodableHandshakeBody {
  static let type = HandshakeType.certificateStatus

  /// `CertificateStatusType.ocsp`, the only one there is.
  private static let ocsp: UInt8 = 1

  /// The OCSP response, in DER (RFC 6960).
  let response: [UInt8]

  init(response: [UInt8]) {
    self.response = response
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    let statusType = try reader.readUInt8("status_type")
    guard statusType == Self.ocsp else {
      throw .illegalParameter("status_type is \(statusType), and only OCSP (1) was asked for")
    }
    var response = try reader.readVector24("OCSPResponse", in: 1...16_777_215)
    self.response = response.readRemainder()
  }

  func encode(into writer: inout Writer) {
    writer.write(Self.ocsp)
    writer.writeVector24 { $0.write(response) }
  }

  var detail: String { "OCSP response, \(response.count) bytes" }
}
