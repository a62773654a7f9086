/// The server has said all of its first flight (RFC 5246 section 7.4.5).
struct ServerHelloDone: DecodableHandshakeBody {
  static let type = HandshakeType.serverHelloDone

  init() {}
  init(decoding reader: inout Reader) throws(TLSError) {}
  func encode(into writer: inout Writer) {}
}

/// The server would like to negotiate anew (RFC 5246 section 7.4.1.1); it is told that we do not.
struct HelloRequest: DecodableHandshakeBody {
  static let type = HandshakeType.helloRequest

  init() {}
  init(decoding reader: inout Reader) throws(TLSError) {}
  func encode(into writer: inout Writer) {}
}
