/// What the client offers (RFC 5246 section 7.4.1.2).
struct ClientHello: HandshakeBody {
  static let type = HandshakeType.clientHello

  let version: ProtocolVersion
  let random: HelloRandom
  let sessionID: [UInt8]
  let cipherSuites: [CipherSuite]
  let compressionMethods: [UInt8]
  let extensions: ExtensionOffers

  init(
    random: HelloRandom, cipherSuites: [CipherSuite], extensions: ExtensionOffers
  ) {
    version = .tls12
    self.random = random
    sessionID = []
    self.cipherSuites = cipherSuites
    compressionMethods = [0]
    self.extensions = extensions
  }

  init(decoding reader: inout Reader) throws(TLSError) {
    version = ProtocolVersion(rawValue: try reader.readUInt16("client_version"))
    random = try HelloRandom(decoding: &reader)
    var sessionID = try reader.readVector8("session_id", in: 0...32)
    self.sessionID = sessionID.readRemainder()
    var suites = try reader.readVector16("cipher_suites", in: 2...65_534)
    cipherSuites = try suites.readUInt16s("cipher_suites").map(CipherSuite.init)
    var methods = try reader.readVector8("compression_methods", in: 1...255)
    compressionMethods = methods.readRemainder()
    extensions = try ExtensionOffers(decoding: &reader)
  }

  func encode(into writer: inout Writer) {
    writer.write(version.rawValue)
    writer.write(random.bytes)
    writer.writeVector8 { $0.write(sessionID) }
    writer.writeVector16 { writer in
      for suite in cipherSuites { writer.write(suite.rawValue) }
    }
    writer.writeVector8 { $0.write(compressionMethods) }
    extensions.encode(into: &writer)
  }

  var detail: String {
    let suites = cipherSuites.filter { $0 != .emptyRenegotiationInfoSCSV }
    return ([version.description, "\(suites.count) suites"] + extensions.details)
      .joined(separator: ", ")
  }
}
