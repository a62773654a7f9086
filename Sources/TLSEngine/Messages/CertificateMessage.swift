/// A certificate chain, leaf first (RFC 5246 section 7.4.2). Named so as not to be taken for one
/// certificate.
struct CertificateMessage: DecodableHandshakeBody {
  static let type = HandshakeType.certificate

  /// The certificates in DER. Empty only from a client that has none.
  let certificates: [[UInt8]]

  init(certificates: [[UInt8]]) {
    self.certificates = certificates
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    var list = try reader.readVector24("certificate_list")
    var certificates: [[UInt8]] = []
    while !list.isEmpty {
      var certificate = try list.readVector24("certificate", in: 1...16_777_215)
      certificates.append(certificate.readRemainder())
    }
    self.certificates = certificates
  }

  func encode(into writer: inout Writer) {
    writer.writeVector24 { writer in
      for certificate in certificates {
        writer.writeVector24 { $0.write(certificate) }
      }
    }
  }

  var detail: String {
    switch certificates.count {
    case 0: "no certificate"
    case 1: "1 certificate"
    case let count: "\(count) certificates"
    }
  }
}
