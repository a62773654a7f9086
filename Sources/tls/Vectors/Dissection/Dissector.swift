import TLSEngine

/// Cuts the messages of one connection into fields that can be followed without the RFC at hand.
///
/// It is written from the RFCs and knows nothing of the engine's decoders: it is a second reading of
/// what they read. It never fails. What cannot be decoded is one field, `undecodable`, that covers the
/// rest of the structure it stands in, so that the fields always cover the whole message.
struct Dissector: Sendable {
  /// The suite of the last ServerHello.
  private(set) var cipherSuite: CipherSuite?

  /// The random of the last ClientHello.
  private(set) var clientRandom: [UInt8]?

  /// The random of the last ServerHello.
  private(set) var serverRandom: [UInt8]?

  /// The types of the extensions in the last ClientHello.
  private(set) var offeredExtensions: Set<Int> = []

  /// The types of the extensions in the last ServerHello.
  private(set) var answeredExtensions: Set<Int> = []

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
    case 20: try cutter.bytes("verify_data", 12)
    default: cutter.rest("body")
    }
  }

  // MARK: Hellos

  /// RFC 5246 section 7.4.1.2.
  private mutating func cutClientHello(
    _ cutter: inout FieldCutter
  ) throws(FieldCutter.Undecodable) {
    offeredExtensions = []
    try cutter.version("client_version")
    clientRandom = try cutter.bytes("random", 32)
    try cutter.opaque("session_id", lengthByteCount: 1)
    try cutter.vector("cipher_suites", lengthByteCount: 2) {
      cutter throws(FieldCutter.Undecodable) in
      while !cutter.isEmpty { try cutter.cipherSuite() }
    }
    try cutter.vector("compression_methods", lengthByteCount: 1) {
      cutter throws(FieldCutter.Undecodable) in
      while !cutter.isEmpty { try cutter.compressionMethod() }
    }
    try cutter.extensions(of: .client) { offeredExtensions.insert($0) }
  }

  /// RFC 5246 section 7.4.1.3.
  private mutating func cutServerHello(
    _ cutter: inout FieldCutter
  ) throws(FieldCutter.Undecodable) {
    answeredExtensions = []
    try cutter.version("server_version")
    serverRandom = try cutter.bytes("random", 32) { random in
      // What a server puts there that could speak TLS 1.3, but was offered less: "DOWNGRD", and 1.
      random.suffix(8) == [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 1]
        ? "its end says that the server speaks TLS 1.3 too (RFC 8446 section 4.1.3)" : ""
    }
    try cutter.opaque("session_id", lengthByteCount: 1)
    cipherSuite = CipherSuite(rawValue: UInt16(truncatingIfNeeded: try cutter.cipherSuite()))
    try cutter.compressionMethod()
    try cutter.extensions(of: .server) { answeredExtensions.insert($0) }
  }
}

extension FieldCutter {
  /// Who says something.
  enum Side {
    case client
    case server
  }

  mutating func version(_ name: String) throws(Undecodable) {
    try number(name, byteCount: 2) { RegisteredNames.name($0, in: RegisteredNames.versions) }
  }

  @discardableResult
  mutating func cipherSuite() throws(Undecodable) -> Int {
    try number("cipher_suite", byteCount: 2) {
      RegisteredNames.name($0, in: RegisteredNames.cipherSuites)
    }
  }

  mutating func compressionMethod() throws(Undecodable) {
    try number("compression_method", byteCount: 1) {
      RegisteredNames.name($0, in: RegisteredNames.compressionMethods)
    }
  }

  /// The extensions, if there are any: a hello may end before them (RFC 5246 section 7.4.1.4).
  mutating func extensions(of side: Side, note: (Int) -> Void) throws(Undecodable) {
    guard !isEmpty else { return }
    try vector("extensions", lengthByteCount: 2) { cutter throws(Undecodable) in
      while !cutter.isEmpty { note(try cutter.oneExtension(of: side)) }
    }
  }

  /// One extension: its type and length in one field, and then its parts.
  ///
  /// - Returns: its type.
  private mutating func oneExtension(of side: Side) throws(Undecodable) -> Int {
    guard count >= 4 else { throw Undecodable(reason: "an extension has a header of 4 bytes") }
    let head = next(4)
    let type = FieldText.number(Array(head.prefix(2)))
    let length = FieldText.number(Array(head.suffix(2)))
    let left = count - 4
    try bytes("extension " + Self.extensionName(type), 4) { _ in
      "type \(type), \(FieldText.bytes(length))" + (length > left ? ", more than there are" : "")
    }
    try structure(length) { cutter throws(Undecodable) in
      cutter.rest("data")
    }
    return type
  }

  /// The name for a path: one that has no number where it means nothing.
  private static func extensionName(_ type: Int) -> String {
    guard let number = UInt16(exactly: type) else { return "\(type)" }
    if RegisteredNames.isGREASE(number) { return "GREASE" }
    return RegisteredNames.extensions[number] ?? "\(type)"
  }
}
