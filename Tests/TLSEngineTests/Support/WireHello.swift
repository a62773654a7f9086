/// A hello taken apart, so that a test can change a field and put it together again. It reads and
/// writes by itself, and knows nothing of what is allowed.
struct WireHello {
  struct Extension: Equatable {
    var type: Int
    var body: [UInt8]
  }

  /// Whose hello it is: 1 for ClientHello, 2 for ServerHello.
  var type: UInt8
  var version = 0x0303
  var random: [UInt8]
  var sessionID: [UInt8] = []
  /// What the client offers, or the one that the server chose.
  var cipherSuites: [Int]
  var compressionMethods: [UInt8] = [0]
  var extensions: [Extension]

  /// A ServerHello that chooses `suite` and answers these.
  init(choosing suite: Int, answering extensions: [Extension]) {
    type = 2
    random = (0..<32).map { 0xa0 ^ $0 }
    cipherSuites = [suite]
    self.extensions = extensions
  }

  init(_ message: [UInt8]) throws {
    var cursor = WireCursor(message.dropFirst(4))
    type = message.first ?? 0
    version = try cursor.number(2)
    random = try cursor.bytes(32)
    sessionID = try cursor.vector(1)
    var suites = WireCursor(try type == 1 ? cursor.vector(2) : cursor.bytes(2))
    cipherSuites = []
    while !suites.isEmpty { cipherSuites.append(try suites.number(2)) }
    compressionMethods = try type == 1 ? cursor.vector(1) : cursor.bytes(1)
    extensions = []
    guard !cursor.isEmpty else { return }
    var list = WireCursor(try cursor.vector(2))
    while !list.isEmpty {
      extensions.append(Extension(type: try list.number(2), body: try list.vector(2)))
    }
  }

  /// The first message of a stream of records that are not protected.
  init(ofStream stream: [UInt8]) throws {
    try self.init(WireRecord.messages(WireRecord.split(stream)).first ?? [])
  }

  /// The whole message. Without extensions the list of them is left out altogether.
  var message: [UInt8] {
    var body: [UInt8] = .number(version, 2) + random + sessionID.vector(1)
    let suites = cipherSuites.flatMap { [UInt8].number($0, 2) }
    body += type == 1 ? suites.vector(2) : suites
    body += type == 1 ? compressionMethods.vector(1) : compressionMethods
    let list = extensions.flatMap { .number($0.type, 2) + $0.body.vector(2) }
    body += list.isEmpty ? [] : list.vector(2)
    return body.message(type)
  }

  /// The body of an extension, if it is there.
  func body(of type: Int) -> [UInt8]? {
    extensions.first { $0.type == type }?.body
  }

  /// Gives an extension another body, or adds it at the end.
  mutating func set(_ type: Int, _ body: [UInt8]) {
    if let place = extensions.firstIndex(where: { $0.type == type }) {
      extensions[place].body = body
    } else {
      extensions.append(Extension(type: type, body: body))
    }
  }

  mutating func remove(_ type: Int) {
    extensions.removeAll { $0.type == type }
  }
}

extension WireHello {
  // The extensions by their numbers in the IANA registry.
  static let serverName = 0
  static let maximumFragmentLength = 1
  static let statusRequest = 5
  static let supportedGroups = 10
  static let ecPointFormats = 11
  static let signatureAlgorithms = 13
  static let applicationProtocols = 16
  static let signedCertificateTimestamp = 18
  static let padding = 21
  static let encryptThenMAC = 22
  static let extendedMasterSecret = 23
  static let recordSizeLimit = 28
  static let sessionTicket = 35
  static let signatureAlgorithmsCert = 50
  static let nextProtocolNegotiation = 13_172
  static let renegotiationInfo = 0xff01

  /// Reserved values that a peer has to ignore (RFC 8701).
  static let grease = 0x0a0a
}
