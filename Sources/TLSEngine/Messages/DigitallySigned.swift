/// A signature and how it was made (RFC 5246 section 4.7).
struct DigitallySigned: Sendable, Equatable {
  let scheme: SignatureScheme
  let signature: [UInt8]

  init(scheme: SignatureScheme, signature: [UInt8]) {
    self.scheme = scheme
    self.signature = signature
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    scheme = SignatureScheme(rawValue: try reader.readUInt16("algorithm"))
    var signature = try reader.readVector16("signature")
    self.signature = signature.readRemainder()
  }

  func encode(into writer: inout Writer) {
    writer.write(scheme.rawValue)
    writer.writeVector16 { $0.write(signature) }
  }
}
