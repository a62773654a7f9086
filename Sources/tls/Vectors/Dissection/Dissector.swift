import TLSEngine

/// Cuts the messages of one connection into fields that can be followed without the RFC at hand.
///
/// It is written from the RFCs and knows nothing of the engine's decoders: it is a second reading of
/// what they read. It never fails. What cannot be decoded is one field, `undecodable`, that covers the
/// rest of the structure it stands in, so that the fields always cover the whole message.
struct Dissector: Sendable {
  /// The suite of the last ServerHello.
  var cipherSuite: CipherSuite?

  /// The random of the last ClientHello.
  var clientRandom: [UInt8]?

  /// The random of the last ServerHello.
  var serverRandom: [UInt8]?

  /// The types of the extensions in the last ClientHello.
  var offeredExtensions: Set<Int> = []

  /// The types of the extensions in the last ServerHello.
  var answeredExtensions: Set<Int> = []

  init() {}

  /// Whether encrypt_then_mac was offered and answered (RFC 7366).
  var usesEncryptThenMAC: Bool { isNegotiated(22) }

  /// Whether extended_master_secret was offered and answered (RFC 7627).
  var usesExtendedMasterSecret: Bool { isNegotiated(23) }

  private func isNegotiated(_ type: Int) -> Bool {
    offeredExtensions.contains(type) && answeredExtensions.contains(type)
  }

  // MARK: Messages

  /// The fields of one whole handshake message, with its header (RFC 5246 section 7.4). Remembers of the
  /// hellos what later messages depend on.
  mutating func fields(ofHandshake message: [UInt8]) -> [Field] {
    var cutter = FieldCutter(message)
    guard message.count >= 4, let type = message.first else {
      cutter.rest("undecodable", "a handshake message has a header of 4 bytes")
      return cutter.fields
    }
    let announced = FieldText.number(Array(message[1..<4]))
    let present = message.count - 4
    let name = RegisteredNames.handshakeTypes[type] ?? "handshake message \(type)"
    _ = try? cutter.bytes(name, 4) { _ in
      "handshake type \(type), \(FieldText.bytes(announced))"
        + (announced > present ? ", more than there are" : "")
    }
    try? cutter.structure(min(announced, present)) { cutter throws(FieldCutter.Undecodable) in
      try cutBody(ofType: type, &cutter)
    }
    try? cutter.structure(cutter.count) { cutter in
      cutter.rest("undecodable", "behind the end of the message")
    }
    return cutter.fields
  }

  /// The fields of an alert (RFC 5246 section 7.2).
  static func fields(ofAlert bytes: [UInt8]) -> [Field] {
    fields(bytes) { cutter throws(FieldCutter.Undecodable) in
      try cutter.number("level", byteCount: 1) {
        RegisteredNames.name($0, in: RegisteredNames.alertLevels)
      }
      try cutter.number("description", byteCount: 1) {
        RegisteredNames.name($0, in: RegisteredNames.alertDescriptions)
      }
    }
  }

  /// The fields of a ChangeCipherSpec (RFC 5246 section 7.1).
  static func fields(ofChangeCipherSpec bytes: [UInt8]) -> [Field] {
    fields(bytes) { cutter throws(FieldCutter.Undecodable) in
      try cutter.number("type", byteCount: 1) {
        $0 == 1 ? "change_cipher_spec (1)" : "unknown (\($0))"
      }
    }
  }

  private static func fields(
    _ bytes: [UInt8], _ cut: (inout FieldCutter) throws(FieldCutter.Undecodable) -> Void
  ) -> [Field] {
    var cutter = FieldCutter(bytes)
    var reason = "more than belongs here"
    do throws(FieldCutter.Undecodable) { try cut(&cutter) } catch { reason = error.reason }
    cutter.rest("undecodable", reason)
    return cutter.fields
  }

  /// The fields of a message's body.
  private mutating func cutBody(
    ofType type: UInt8, _ cutter: inout FieldCutter
  ) throws(FieldCutter.Undecodable) {
    switch type {
    // HelloRequest and ServerHelloDone are empty (RFC 5246 sections 7.4.1.1 and 7.4.5).
    case 0, 14: break
    case 1: try cutClientHello(&cutter)
    case 2: try cutServerHello(&cutter)
    case 4: try cutter.newSessionTicket()
    case 11: try cutter.certificate()
    case 12: try cutter.serverKeyExchange(try keyExchange())
    case 13: try cutter.certificateRequest()
    case 15: try cutter.digitallySigned()
    case 16: try cutter.clientKeyExchange(try keyExchange())
    // Of 12 bytes with each suite that there is (RFC 5246 section 7.4.9).
    case 20: try cutter.bytes("verify_data", 12)
    case 22: try cutter.certificateStatus()
    case 67: try cutter.nextProtocol()
    default: cutter.rest("body")
    }
  }

  /// How the suite agrees on a secret, on which the form of two messages depends.
  private func keyExchange() throws(FieldCutter.Undecodable) -> KeyExchangeForm {
    guard let suite = cipherSuite else {
      throw FieldCutter.Undecodable(
        reason: "its form depends on the suite, and no ServerHello was seen")
    }
    guard let form = KeyExchangeForm(suite) else {
      throw FieldCutter.Undecodable(
        reason: "its form depends on the suite, which is not known here")
    }
    return form
  }
}
