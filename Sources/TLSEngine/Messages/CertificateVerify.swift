/// The client signs the handshake so far, and so proves that its certificate is its own (RFC 5246
/// section 7.4.8).
struct CertificateVerify: DecodableHandshakeBody {
  static let type = HandshakeType.certificateVerify

  let signed: DigitallySigned

  init(_ signed: DigitallySigned) {
    self.signed = signed
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    signed = try DigitallySigned(decoding: &reader)
  }

  func encode(into writer: inout Writer) {
    signed.encode(into: &writer)
  }

  var detail: String { signed.scheme.description }
}
