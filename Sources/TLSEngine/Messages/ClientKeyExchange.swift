/// The client's ephemeral ECDH key (RFC 8422 section 5.7).
struct ClientKeyExchange: HandshakeBody {
  static let type = HandshakeType.clientKeyExchange

  let publicKey: [UInt8]

  init(publicKey: [UInt8]) {
    self.publicKey = publicKey
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    var point = try reader.readVector8("ecdh_Yc", in: 1...255)
    publicKey = point.readRemainder()
  }

  func encode(into writer: inout Writer) {
    writer.writeVector8 { $0.write(publicKey) }
  }

  var detail: String { "\(publicKey.count)-byte key" }
}
