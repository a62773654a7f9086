/// What the server chose (RFC 5246 section 7.4.1.3).
struct ServerHello: DecodableHandshakeBody {
  static let type = HandshakeType.serverHello

  let version: ProtocolVersion
  let random: HelloRandom
  let sessionID: [UInt8]
  let cipherSuite: CipherSuite
  let compressionMethod: UInt8

  /// The extensions, still encoded: only the client knows which of them it offered.
  let extensions: [RawExtension]

  init(
    random: HelloRandom, sessionID: [UInt8], cipherSuite: CipherSuite,
    extensions: [RawExtension]
  ) {
    version = .tls12
    self.random = random
    self.sessionID = sessionID
    self.cipherSuite = cipherSuite
    compressionMethod = 0
    self.extensions = extensions
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    version = ProtocolVersion(rawValue: try reader.readUInt16("server_version"))
    random = try HelloRandom(decoding: &reader)
    var sessionID = try reader.readVector8("session_id", in: 0...32)
    self.sessionID = sessionID.readRemainder()
    cipherSuite = CipherSuite(rawValue: try reader.readUInt16("cipher_suite"))
    compressionMethod = try reader.readUInt8("compression_method")
    extensions = try RawExtension.decodeList(&reader)
  }

  func encode(into writer: inout Writer) {
    writer.write(version.rawValue)
    writer.write(random.bytes)
    writer.writeVector8 { $0.write(sessionID) }
    writer.write(cipherSuite.rawValue)
    writer.write(compressionMethod)
    RawExtension.encodeList(extensions, into: &writer)
  }

  var detail: String {
    ([version.description, cipherSuite.description] + extensions.map(\.answerDetail))
      .joined(separator: ", ")
  }
}
