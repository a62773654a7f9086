/// The client says which protocol it speaks inside, where nobody else can read it
/// (draft-agl-tls-nextprotoneg-04 section 3).
struct NextProtocol: DecodableHandshakeBody {
  static let type = HandshakeType.nextProtocol

  /// The length that the message is filled up to a multiple of, so that it does not tell which
  /// protocol it names.
  private static let unitByteCount = 32

  let selectedProtocol: [UInt8]

  init(selectedProtocol: [UInt8]) {
    self.selectedProtocol = selectedProtocol
  }

  /// What the padding holds is not looked at: the draft asks for zeros, and gives nobody a reason to
  /// refuse others.
  init(decoding reader: inout Reader) throws(TLSError) {
    var name = try reader.readVector8("selected_protocol")
    selectedProtocol = name.readRemainder()
    _ = try reader.readVector8("padding")
  }

  func encode(into writer: inout Writer) {
    let paddingByteCount =
      Self.unitByteCount - (selectedProtocol.count + 2) % Self.unitByteCount
    writer.writeVector8 { $0.write(selectedProtocol) }
    writer.writeVector8 { $0.write([UInt8](repeating: 0, count: paddingByteCount)) }
  }

  var detail: String { "NPN " + ProtocolName.text(selectedProtocol) }
}
