/// What the client offers (RFC 5246 section 7.4.1.2).
///
/// It is a class because all that is chosen for it goes about with it, and its lists are not counted anew
/// each time.
final class ClientHello: DecodableHandshakeBody {
  static let type = HandshakeType.clientHello

  let version: ProtocolVersion
  let random: HelloRandom
  let sessionID: [UInt8]
  let cipherSuites: [CipherSuite]
  let compressionMethods: [UInt8]
  let extensions: ExtensionOffers

  init(
    random: HelloRandom, sessionID: [UInt8], cipherSuites: [CipherSuite],
    extensions: ExtensionOffers
  ) {
    version = .tls12
    self.random = random
    self.sessionID = sessionID
    self.cipherSuites = cipherSuites
    compressionMethods = [0]
    self.extensions = extensions
  }

  /// What a client says with this draft. The extensions come last: one of them counts the rest.
  convenience init(random: HelloRandom, _ draft: ClientHelloDraft) throws(TLSError) {
    let suites = draft.cipherSuites
    var draft = draft
    // The version, and the lengths of three lists, the last of one compression method.
    draft.byteCount =
      HandshakeMessage.headerByteCount + 2 + HelloRandom.byteCount + 1 + draft.sessionID.count + 2
      + 2 * suites.count + 1 + 1
    self.init(
      random: random, sessionID: draft.sessionID, cipherSuites: suites,
      extensions: try ExtensionOffers(draft))
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
    // Signals and reserved values are no suites.
    let suites = cipherSuites.filter {
      $0 != .emptyRenegotiationInfoSCSV && $0 != .fallbackSCSV && !GREASE.isReserved($0.rawValue)
    }
    return ([version.description, "\(suites.count) suites"] + extensions.details)
      .joined(separator: ", ")
  }
}
