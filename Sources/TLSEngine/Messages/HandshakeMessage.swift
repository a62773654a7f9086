import TLSCrypto

/// A whole handshake message as it came, header and all (RFC 5246 section 7.4).
struct HandshakeMessage: Sendable {
  /// The type and the three bytes of length.
  static let headerByteCount = 4

  let type: HandshakeType

  /// Header and body: what the transcript hashes.
  let bytes: [UInt8]

  /// The body, without its header.
  var body: RawSpan {
    @_lifetime(borrow self)
    get { bytes.rawSpan.extracting(droppingFirst: Self.headerByteCount) }
  }

  /// Decodes the body, all of it.
  func decode<Body: DecodableHandshakeBody>(_: Body.Type) throws(TLSError) -> Body {
    var reader = Reader(body)
    let message = try Body(decoding: &reader)
    try reader.expectEnd(of: "the message")
    return message
  }

  /// Decodes the body, all of it, whose form depends on the suite.
  func decode<Body: SuiteDependentHandshakeBody>(
    _: Body.Type, for suite: CipherSuiteParameters
  ) throws(TLSError) -> Body {
    var reader = Reader(body)
    let message = try Body(decoding: &reader, for: suite)
    try reader.expectEnd(of: "the message")
    return message
  }
}

/// The body of a handshake message, and its wire form.
protocol HandshakeBody: Sendable {
  static var type: HandshakeType { get }

  func encode(into writer: inout Writer)

  /// What a person wants to know of it in a trace.
  var detail: String { get }
}

/// A body that can be read by itself.
protocol DecodableHandshakeBody: HandshakeBody {
  init(decoding reader: inout Reader) throws(TLSError)
}

/// A body whose form depends on the suite.
protocol SuiteDependentHandshakeBody: HandshakeBody {
  init(decoding reader: inout Reader, for suite: CipherSuiteParameters) throws(TLSError)
}

extension HandshakeBody {
  var detail: String { "" }

  /// The whole message: header and body.
  func message() throws(TLSError) -> HandshakeMessage {
    var writer = Writer(reservingCapacity: 256)
    writer.write(Self.type.rawValue)
    writer.writeVector24 { writer in encode(into: &writer) }
    return HandshakeMessage(type: Self.type, bytes: try writer.finish())
  }
}
