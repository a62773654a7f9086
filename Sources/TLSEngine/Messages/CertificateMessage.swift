/// A certificate chain, leaf first (RFC 5246 section 7.4.2). Named so as not to be taken for one
/// certificate.
struct CertificateMessage: DecodableHandshakeBody {
  static let type = HandshakeType.certificate

  private let list: VectorList

  init(certificates: [[UInt8]]) {
    list = VectorList(certificates, .threeBytes)
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    var list = try reader.readVector24("certificate_list")
    self.list = try VectorList(decoding: &list, .threeBytes, of: "certificate")
  }

  /// How many certificates there are. None only from a client that has none.
  var count: Int { list.count }

  /// The certificates in DER.
  func certificates() throws(TLSError) -> [[UInt8]] { try list.elements("certificate") }

  func encode(into writer: inout Writer) {
    writer.writeVector24 { list.encode(into: &$0) }
  }

  var detail: String {
    switch count {
    case 0: "no certificate"
    case 1: "1 certificate"
    case let count: "\(count) certificates"
    }
  }
}
